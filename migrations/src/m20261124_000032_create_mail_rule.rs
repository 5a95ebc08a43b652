//! Which needs may be mailed: what the coordinator has decided, with date and decider. The latest
//! row of a name holds; a new decision is a new row.

use sea_orm_migration::prelude::*;

use crate::{
    append_only,
    columns::{column, key},
};

const TABLE: &str = "mail_rule";

/// Creates `mail_rule`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(TABLE)
            .col(key("id"))
            .col(column("name").text())
            .col(column("value").text())
            .col(column("decided_by").text())
            .col(column("recorded_at").timestamp_with_time_zone())
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("mail_rule_name").table(TABLE).col("name").take()).await?;
        append_only::seal(manager, TABLE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::unseal(manager, TABLE).await?;
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
