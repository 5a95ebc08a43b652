//! Keys that programs ask the API with: one a purpose, kept as a hash.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `api_token`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("api_token")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("name").text())
            .col(column("token_hash").text())
            .col(column("scopes").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("expires_at").timestamp_with_time_zone())
            .col(optional("last_used_on").date())
            .col(optional("revoked_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("api_token", "user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("api_token_token_hash_unique").col("token_hash"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("api_token_user_id").table("api_token").col("user_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("api_token").take()).await
    }
}
