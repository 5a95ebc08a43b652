//! What a human must do: call somebody, look at something.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates the table.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("task")
            .col(key("id"))
            .col(column("kind").text())
            .col(column("about").text())
            .col(column("subject").text())
            .col(column("opened_at").timestamp_with_time_zone())
            .col(optional("done_at").timestamp_with_time_zone())
            .col(optional("done_by").text())
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("task_kind_about").table("task").col("kind").col("about").take();
        manager.create_index(index).await?;
        manager.create_index(Index::create().name("task_done_at").table("task").col("done_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("task").take()).await
    }
}
