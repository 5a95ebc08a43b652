//! The notices that tell of a need, each version once: what has been read is known again by its hash.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `notice`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("notice")
            .col(key("id"))
            .col(column("key").text())
            .col(column("need_id").big_integer())
            .col(column("form").text())
            .col(column("version").big_integer())
            .col(optional("issued_at").timestamp_with_time_zone())
            .col(optional("publication_no").text())
            .col(column("content_hash").text())
            .col(column("stored_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("notice", "need_id").to("need", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("notice_key_unique").col("key"))
            .check(Expr::cust("form IN ('planning','competition','change','result','voluntary','modification')"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("notice_need_id").table("notice").col("need_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("notice").take()).await
    }
}
