//! Who did what; append-only.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `audit`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit")
            .col(key("id"))
            .col(column("at").timestamp_with_time_zone())
            .col(column("actor").text())
            .col(column("action").text())
            .col(column("noun").text())
            .col(column("noun_id").big_integer())
            .col(column("detail").text())
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("audit_noun_noun_id").table("audit").col("noun").col("noun_id").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit").take()).await
    }
}
