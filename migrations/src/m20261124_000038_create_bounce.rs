//! What mail systems sent back, and the addresses that get no more mail.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates the tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bounce = Table::create()
            .table("bounce")
            .col(key("id"))
            .col(optional("message_id").big_integer())
            .col(column("effect").text())
            .col(column("status").text())
            .col(column("raw_hash").text())
            .col(column("raw").text())
            .col(column("received_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("bounce_raw_hash_unique").col("raw_hash"))
            .take();
        manager.create_table(bounce).await?;
        let suppression = Table::create()
            .table("suppression")
            .col(key("id"))
            .col(column("address").text())
            .col(column("reason").text())
            .col(column("suppressed_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("suppression_address_unique").col("address"))
            .take();
        manager.create_table(suppression).await?;
        // A bounce finds its message by the address it came to.
        let index = Index::create().name("message_return_path").table("message").col("return_path").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("message_return_path").table("message").to_owned()).await?;
        manager.drop_table(Table::drop().table("suppression").take()).await?;
        manager.drop_table(Table::drop().table("bounce").take()).await
    }
}
