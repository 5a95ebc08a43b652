//! What was procured before, and under which code.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `past_procurement`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("past_procurement")
            .col(key("id"))
            .col(column("source_id").text())
            .col(column("title").text())
            .col(column("main_cpv").text())
            .col(column("buyer").text())
            .col(optional("published").date())
            .col(column("imported_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("past_procurement_source_id_unique").col("source_id"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("past_procurement").take()).await
    }
}
