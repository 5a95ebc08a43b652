//! How far each follower of the changes has come.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `watermark`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("watermark")
            .col(key("id"))
            .col(column("follower").text())
            .col(column("change_id").big_integer())
            .index(Index::create().unique().name("watermark_follower_unique").col("follower"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("watermark").take()).await
    }
}
