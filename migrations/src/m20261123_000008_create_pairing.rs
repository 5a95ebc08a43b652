//! One lot and one ASF that may suit each other.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `pairing`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("pairing")
            .col(key("id"))
            .col(column("lot_id").big_integer())
            .col(column("asf_id").big_integer())
            .col(column("score").double())
            .col(column("strength").text())
            .col(column("reasons").text())
            .col(column("objections").text())
            .col(column("state").text())
            .col(optional("decline_reason").text())
            .col(column("note").text())
            .col(optional("introduced_at").timestamp_with_time_zone())
            .col(optional("answered_at").timestamp_with_time_zone())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("updated_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("pairing", "lot_id").to("lot", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create().from("pairing", "asf_id").to("asf", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("pairing_lot_id_asf_id_unique").col("lot_id").col("asf_id"))
            .check(Expr::cust("state IN ('suggested','yes','maybe','no','withdrawn')"))
            .check(Expr::cust("strength IN ('strong','possible')"))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("pairing_asf_id_state").table("pairing").col("asf_id").col("state").take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("pairing").take()).await
    }
}
