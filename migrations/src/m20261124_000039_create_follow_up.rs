//! What both sides said when asked what an introduction led to.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

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
            .table("follow_up")
            .col(key("id"))
            .col(column("pairing_id").big_integer())
            .col(column("side").text())
            .col(column("asked_at").timestamp_with_time_zone())
            .col(optional("answer").text())
            .col(optional("amount_ore").big_integer())
            .col(optional("answered_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("follow_up", "pairing_id")
                    .to("pairing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("follow_up_pairing_id_side_unique").col("pairing_id").col("side"))
            .check(Expr::cust("side IN ('asf', 'buyer')"))
            .check(Expr::cust("answer IN ('yes', 'not_yet', 'no')"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("follow_up").take()).await
    }
}
