//! Who has asked to be forgotten, as hashes of addresses: a restored database forgets them again.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `forgotten`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("forgotten")
            .col(key("id"))
            .col(column("address_hash").text())
            .col(column("forgotten_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("forgotten_unique").col("address_hash").col("forgotten_at"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("forgotten").take()).await
    }
}
