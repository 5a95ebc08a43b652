//! When each job is due next.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `schedule`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("schedule")
            .col(key("id"))
            .col(column("job").text())
            .col(column("pattern").text())
            .col(column("next_due_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("schedule_job_unique").col("job"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("schedule").take()).await
    }
}
