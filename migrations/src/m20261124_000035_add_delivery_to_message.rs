//! What delivery needs to know of a message: where its bounces go, whose mail it is, how often nobody knows
//! whether it arrived, and how often it may be repeated after that.

use sea_orm_migration::prelude::*;

use crate::columns::{column, optional};

const COLUMNS: [&str; 5] = ["return_path", "asf_id", "uncertain_times", "repeats_left", "bounced_at"];

/// Adds the columns.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [return_path, asf_id, uncertain_times, repeats_left, bounced_at] = COLUMNS;
        let columns = [
            column(return_path).text().default("").take(),
            optional(asf_id).big_integer().take(),
            column(uncertain_times).integer().default(0).take(),
            column(repeats_left).integer().default(1).take(),
            optional(bounced_at).timestamp_with_time_zone().take(),
        ];
        for new in columns {
            manager.alter_table(Table::alter().table("message").add_column(new).take()).await?;
        }
        let index = Index::create().name("message_asf_id").table("message").col("asf_id").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("message_asf_id").table("message").to_owned()).await?;
        for old in COLUMNS {
            manager.alter_table(Table::alter().table("message").drop_column(old).take()).await?;
        }
        Ok(())
    }
}
