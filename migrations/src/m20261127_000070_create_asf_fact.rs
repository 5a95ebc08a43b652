//! What is recorded about an ASF, each with the day it was true and how it was found out: append-only, the
//! latest of a kind stands.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates the table.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("asf_fact")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("kind").text())
            .col(column("value").text())
            .col(column("how").text())
            .col(column("as_of").date())
            .col(column("recorded_at").timestamp_with_time_zone())
            .col(column("recorded_by").text())
            .foreign_key(
                ForeignKey::create().from("asf_fact", "asf_id").to("asf", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .check(Expr::cust("kind IN ('basis', 'purpose', 'share')"))
            .take();
        manager.create_table(table).await?;
        let by_asf = Index::create().name("asf_fact_asf_id").table("asf_fact").col("asf_id").take();
        manager.create_index(by_asf).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("asf_fact").take()).await
    }
}
