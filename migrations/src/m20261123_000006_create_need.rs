//! Requests, tenders and direct awards.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `need`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("need")
            .col(key("id"))
            .col(column("source").text())
            .col(column("external_id").text())
            .col(optional("issued_at").timestamp_with_time_zone())
            .col(column("kind").text())
            .col(column("title").text())
            .col(column("text").text())
            .col(column("buyer_id").big_integer())
            .col(column("language").text())
            .col(optional("published_on").date())
            .col(optional("publication_no").text())
            .col(optional("url").text())
            .col(column("status").text())
            .col(column("content_hash").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("updated_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("need", "buyer_id").to("buyer", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("need_source_external_id_unique").col("source").col("external_id"))
            .check(Expr::cust("kind IN ('request','tender','direct_award')"))
            .check(Expr::cust("status IN ('unconfirmed','open','planned','closed')"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("need_buyer_id").table("need").col("buyer_id").take()).await?;
        manager
            .create_index(
                Index::create().name("need_status_created_at").table("need").col("status").col("created_at").take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("need").take()).await
    }
}
