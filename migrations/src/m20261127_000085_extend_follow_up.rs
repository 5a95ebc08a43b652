//! How an answer about an outcome comes in, what it says beyond yes and no, and when to ask once more.

use sea_orm_migration::prelude::*;

use crate::columns::{column, optional};

const TABLE: &str = "follow_up";
const BY_TOKEN: &str = "follow_up_token_hash_unique";

/// Extends `follow_up`.
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
            optional("token_hash").text().take(),
            column("times").integer().default(1).take(),
            optional("ask_again_at").timestamp_with_time_zone().take(),
            optional("invoiced_ore").big_integer().take(),
            optional("without").text().take(),
        ] {
            manager.alter_table(Table::alter().table(TABLE).add_column(&mut added).take()).await?;
        }
        manager.create_index(Index::create().unique().name(BY_TOKEN).table(TABLE).col("token_hash").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(BY_TOKEN).table(TABLE).to_owned()).await?;
        for name in ["without", "invoiced_ore", "ask_again_at", "times", "token_hash"] {
            manager.alter_table(Table::alter().table(TABLE).drop_column(name).take()).await?;
        }
        Ok(())
    }
}
