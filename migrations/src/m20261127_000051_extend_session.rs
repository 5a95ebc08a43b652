//! What a session has to show: whether the second factor was given, when it was last used, on what kind of
//! device, and how many wrong codes were typed in it. Sessions from before must sign in again.

use sea_orm_migration::prelude::*;

use crate::columns::{column, optional};

const COLUMNS: [&str; 4] = ["verified_at", "seen_at", "device", "tries"];

/// Adds the columns.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [verified_at, seen_at, device, tries] = COLUMNS;
        let columns = [
            optional(verified_at).timestamp_with_time_zone().take(),
            optional(seen_at).timestamp_with_time_zone().take(),
            column(device).text().default("").take(),
            column(tries).integer().default(0).take(),
        ];
        for new in columns {
            manager.alter_table(Table::alter().table("session").add_column(new).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for old in COLUMNS {
            manager.alter_table(Table::alter().table("session").drop_column(old).take()).await?;
        }
        Ok(())
    }
}
