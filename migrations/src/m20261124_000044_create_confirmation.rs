//! Links by which the other party confirms a ledger entry; kept as a hash, used once, by POST.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `confirmation`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("confirmation")
            .col(key("id"))
            .col(column("token_hash").text())
            .col(column("entry_id").big_integer())
            .col(column("recipient").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("expires_at").timestamp_with_time_zone())
            .col(optional("used_at").timestamp_with_time_zone())
            .foreign_key(ForeignKey::create().from("confirmation", "entry_id").to("ledger_entry", "id"))
            .index(Index::create().unique().name("confirmation_token_hash_unique").col("token_hash"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("confirmation").take()).await
    }
}
