//! Who asks to act for an ASF, and what was decided.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `join_request`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("join_request")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("email").text())
            .col(column("note").text())
            .col(column("language").text())
            .col(column("state").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(optional("decided_at").timestamp_with_time_zone())
            .col(optional("decided_by").text())
            .foreign_key(
                ForeignKey::create()
                    .from("join_request", "asf_id")
                    .to("asf", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .check(Expr::cust("state IN ('open','approved','rejected')"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("join_request_state").table("join_request").col("state").col("asf_id").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("join_request").take()).await
    }
}
