//! What an ASF can do.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `capability`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("capability")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("position").integer())
            .col(column("title").text())
            .col(column("text").text())
            .col(column("cpv").text())
            .col(optional("people").integer())
            .col(optional("hours_per_week").integer())
            .col(optional("max_value_sek").big_integer())
            .col(optional("earliest_start").date())
            .foreign_key(
                ForeignKey::create().from("capability", "asf_id").to("asf", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("capability_asf_id_position_unique").col("asf_id").col("position"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("capability").take()).await
    }
}
