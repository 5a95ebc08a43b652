//! Whether somebody may sign in at all: since when not.

use sea_orm_migration::prelude::*;

use crate::columns::optional;

/// Adds the column.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let suspended = optional("suspended_at").timestamp_with_time_zone().take();
        manager.alter_table(Table::alter().table("user").add_column(suspended).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("user").drop_column("suspended_at").take()).await
    }
}
