//! Parts of a need; matching is per lot.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `lot`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("lot")
            .col(key("id"))
            .col(column("need_id").big_integer())
            .col(column("lot_no").text())
            .col(column("title").text())
            .col(column("text").text())
            .col(column("cpv").text())
            .col(column("places").text())
            .col(optional("value_sek").big_integer())
            .col(optional("deadline_at").timestamp_with_time_zone())
            .col(column("deadline_doubtful").boolean())
            .col(optional("start_on").date())
            .col(optional("end_on").date())
            .col(column("reservation").text())
            .col(column("social").text())
            .col(optional("withdrawn_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("lot", "need_id").to("need", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("lot_need_id_lot_no_unique").col("need_id").col("lot_no"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("lot_deadline_at").table("lot").col("deadline_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lot").take()).await
    }
}
