//! What coordinators have corrected in lots for the matcher. The latest row of a lot holds, unless it was taken
//! back. The lot itself keeps the words of its notice.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `tuning`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_lot =
            ForeignKey::create().from("tuning", "lot_id").to("lot", "id").on_delete(ForeignKeyAction::Cascade).take();
        let table = Table::create()
            .table("tuning")
            .col(key("id"))
            .col(column("lot_id").big_integer())
            .col(column("words").text())
            .col(column("cpv").text())
            .col(column("places").text())
            .col(column("added").text())
            .col(column("excluded").text())
            .col(column("reason").text())
            .col(column("decided_by").text())
            .col(column("recorded_at").timestamp_with_time_zone())
            .col(optional("taken_back_by").text())
            .col(optional("taken_back_at").timestamp_with_time_zone())
            .foreign_key(&mut of_lot.clone())
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("tuning_lot_id").table("tuning").col("lot_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("tuning").take()).await
    }
}
