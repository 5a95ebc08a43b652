//! Secret addresses of personal calendars, kept as hashes.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `calendar_link`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("calendar_link")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("asf_id").big_integer())
            .col(column("link_hash").text())
            .col(column("created_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("calendar_link", "user_id")
                    .to("user", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("calendar_link", "asf_id")
                    .to("asf", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("calendar_link_user_id_unique").col("user_id"))
            .index(Index::create().unique().name("calendar_link_link_hash_unique").col("link_hash"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("calendar_link").take()).await
    }
}
