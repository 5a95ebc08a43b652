//! Lists of ASF that people keep and may share by a secret link, each ASF with a note.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates both tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let cascade = |from: &'static str, column: &'static str, to: &'static str| {
            ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).take()
        };
        let list = Table::create()
            .table("saved_list")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("name").text())
            .col(optional("share_hash").text())
            .col(column("created_at").timestamp_with_time_zone())
            .foreign_key(&mut cascade("saved_list", "user_id", "user"))
            .index(Index::create().unique().name("saved_list_user_id_name").col("user_id").col("name"))
            .index(Index::create().unique().name("saved_list_share_hash_unique").col("share_hash"))
            .take();
        manager.create_table(list).await?;
        let item = Table::create()
            .table("saved_list_item")
            .col(key("id"))
            .col(column("list_id").big_integer())
            .col(column("asf_id").big_integer())
            .col(column("note").text())
            .col(column("added_at").timestamp_with_time_zone())
            .foreign_key(&mut cascade("saved_list_item", "list_id", "saved_list"))
            .foreign_key(&mut cascade("saved_list_item", "asf_id", "asf"))
            .index(Index::create().unique().name("saved_list_item_list_id_asf_id").col("list_id").col("asf_id"))
            .take();
        manager.create_table(item).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("saved_list_item").take()).await?;
        manager.drop_table(Table::drop().table("saved_list").take()).await
    }
}
