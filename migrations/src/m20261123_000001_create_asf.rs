//! Work-integration social enterprises; identity is organisation number and unit.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `asf`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("asf")
            .col(key("id"))
            .col(column("org_no").text())
            .col(column("unit").text())
            .col(column("name").text())
            .col(column("legal_form").text())
            .col(column("municipality").text())
            .col(column("postal_code").text())
            .col(column("website").text())
            .col(optional("email").text())
            .col(column("area").text())
            .col(column("language").text().default("sv"))
            .col(optional("paused_until").date())
            .col(optional("unsubscribed_at").timestamp_with_time_zone())
            .col(column("content_hash").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("updated_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("asf_org_no_unit_unique").col("org_no").col("unit"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("asf").take()).await
    }
}
