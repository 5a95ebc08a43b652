//! Signed-in browsers; only the hash of the cookie is kept.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `session`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("session")
            .col(key("id"))
            .col(column("token_hash").text())
            .col(column("user_id").big_integer())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("expires_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("session", "user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("session_token_hash_unique").col("token_hash"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("session_user_id").table("session").col("user_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("session").take()).await
    }
}
