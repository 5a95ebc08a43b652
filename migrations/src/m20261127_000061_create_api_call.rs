//! Calls that were made with an idempotency key, and what they were answered.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `api_call`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("api_call")
            .col(key("id"))
            .col(column("api_token_id").big_integer())
            .col(column("call_key").text())
            .col(column("request_hash").text())
            .col(optional("status").integer())
            .col(optional("body").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("expires_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("api_call", "api_token_id")
                    .to("api_token", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("api_call_key_unique").col("api_token_id").col("call_key"))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("api_call_expires_at").table("api_call").col("expires_at").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("api_call").take()).await
    }
}
