//! The official code list, as it was imported.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `cpv_code`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("cpv_code")
            .col(key("id"))
            .col(column("code").text())
            .col(column("label_sv").text())
            .col(column("label_en").text())
            .col(column("imported_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("cpv_code_code_unique").col("code"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("cpv_code").take()).await
    }
}
