//! How far each query to another server has been followed.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `fetch_mark`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("fetch_mark")
            .col(key("id"))
            .col(column("source").text())
            .col(column("query").text())
            .col(column("published_on").date())
            .col(column("updated_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("fetch_mark_source_query_unique").col("source").col("query"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("fetch_mark").take()).await
    }
}
