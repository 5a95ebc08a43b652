//! Addresses of other systems that are told what happens.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `webhook`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("webhook")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("url").text())
            .col(column("secret").text())
            .col(column("events").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(optional("disabled_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("webhook", "user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("webhook_user_id").table("webhook").col("user_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("webhook").take()).await
    }
}
