//! Facts that are suggested and wait for a human.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `proposal`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("proposal")
            .col(key("id"))
            .col(column("key").text())
            .col(column("entry").text())
            .col(optional("asf_id").big_integer())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("state").text())
            .col(optional("decided_at").timestamp_with_time_zone())
            .col(optional("decided_by").text())
            .foreign_key(ForeignKey::create().from("proposal", "asf_id").to("asf", "id"))
            .index(Index::create().unique().name("proposal_key_unique").col("key"))
            .check(Expr::cust("state IN ('open','accepted','dismissed')"))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("proposal_state_id").table("proposal").col("state").col("id").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("proposal").take()).await
    }
}
