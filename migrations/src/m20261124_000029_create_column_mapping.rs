//! What people have decided about the headings of files: which column of ours each one is.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

const TABLE: &str = "column_mapping";

/// Creates `column_mapping`, one row a heading of a header that was met.
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
            .col(column("signature").text())
            .col(column("heading").text())
            .col(column("target").text())
            .col(column("decided_at").timestamp_with_time_zone())
            .take();
        manager.create_table(table).await?;
        let unique = Index::create()
            .name("column_mapping_signature_heading")
            .table(TABLE)
            .col("signature")
            .col("heading")
            .unique()
            .take();
        manager.create_index(unique).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
