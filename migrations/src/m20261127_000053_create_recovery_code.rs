//! Codes to sign in with when the app is lost: kept as hashes, each good once.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `recovery_code`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("recovery_code")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("code_hash").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(optional("used_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("recovery_code", "user_id")
                    .to("user", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("recovery_code_unique").col("user_id").col("code_hash"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("recovery_code").take()).await
    }
}
