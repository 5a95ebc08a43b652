//! Keys of telephones and computers to sign in with; only the public half is here.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `passkey`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("passkey")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("name").text())
            .col(column("credential_id").text())
            .col(column("credential").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(optional("used_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("passkey", "user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("passkey_credential_id").col("credential_id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("passkey_user").table("passkey").col("user_id").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("passkey").take()).await
    }
}
