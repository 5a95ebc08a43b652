//! One weekly mail: an ASF and an ISO week, once.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `digest`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("digest")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("iso_year").integer())
            .col(column("iso_week").integer())
            .col(column("composed_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("digest", "asf_id").to("asf", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(
                Index::create()
                    .unique()
                    .name("digest_asf_id_iso_year_iso_week_unique")
                    .col("asf_id")
                    .col("iso_year")
                    .col("iso_week"),
            )
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("digest").take()).await
    }
}
