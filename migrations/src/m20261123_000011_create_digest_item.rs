//! What stood in a digest; each pairing once under each mark.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `digest_item`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("digest_item")
            .col(key("id"))
            .col(column("digest_id").big_integer())
            .col(column("pairing_id").big_integer())
            .col(column("mark").text())
            .foreign_key(
                ForeignKey::create()
                    .from("digest_item", "digest_id")
                    .to("digest", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("digest_item", "pairing_id")
                    .to("pairing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("digest_item_pairing_id_mark_unique").col("pairing_id").col("mark"))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("digest_item_digest_id").table("digest_item").col("digest_id").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("digest_item").take()).await
    }
}
