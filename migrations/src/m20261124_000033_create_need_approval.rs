//! What a coordinator has decided about needs that wait before they are mailed. The latest row of a
//! need holds.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `need_approval`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("need_approval")
            .col(key("id"))
            .col(column("need_id").big_integer())
            .col(column("decision").text())
            .col(column("decided_by").text())
            .col(column("recorded_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("need_approval", "need_id")
                    .to("need", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .check(Expr::cust("decision IN ('approved','rejected')"))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("need_approval_need_id").table("need_approval").col("need_id").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("need_approval").take()).await
    }
}
