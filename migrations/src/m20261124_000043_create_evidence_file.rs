//! Documents behind ledger entries. The bytes lie in the data directory, named by their hash.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `evidence_file`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("evidence_file")
            .col(key("id"))
            .col(column("entry_id").big_integer())
            .col(column("sha256").text())
            .col(column("name").text())
            .col(column("media_type").text())
            .col(column("bytes").big_integer())
            .col(column("uploaded_at").timestamp_with_time_zone())
            .col(column("uploaded_by").text())
            .foreign_key(ForeignKey::create().from("evidence_file", "entry_id").to("ledger_entry", "id"))
            .index(Index::create().unique().name("evidence_file_entry_sha256_unique").col("entry_id").col("sha256"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("evidence_file").take()).await
    }
}
