//! Runs of jobs; a due time is run once.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `job_run`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("job_run")
            .col(key("id"))
            .col(column("job").text())
            .col(column("due_at").timestamp_with_time_zone())
            .col(column("outcome").text())
            .col(column("started_at").timestamp_with_time_zone())
            .col(optional("finished_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("job_run_job_due_at_unique").col("job").col("due_at"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("job_run").take()).await
    }
}
