//! The contract terms of a lot, what changed in it after it was first stored, and when and why it closed.

use sea_orm_migration::prelude::*;

use crate::columns::{column, optional};

const TABLE: &str = "lot";

/// Adds columns to `lot`, and the index by which lots past their deadline are found.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column at a time: SQLite adds no more in one statement.
        for mut added in [
            column("contract").text().default("{}").take(),
            column("amendments").text().default("[]").take(),
            optional("materially_changed_at").timestamp_with_time_zone().take(),
            optional("closed_at").timestamp_with_time_zone().take(),
            optional("closed_because").text().take(),
        ] {
            manager.alter_table(Table::alter().table(TABLE).add_column(&mut added).take()).await?;
        }
        let open_until =
            Index::create().name("lot_closed_at_deadline_at").table(TABLE).col("closed_at").col("deadline_at").take();
        manager.create_index(open_until).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("lot_closed_at_deadline_at").table(TABLE).to_owned()).await?;
        for name in ["closed_because", "closed_at", "materially_changed_at", "amendments", "contract"] {
            manager.alter_table(Table::alter().table(TABLE).drop_column(name).take()).await?;
        }
        Ok(())
    }
}
