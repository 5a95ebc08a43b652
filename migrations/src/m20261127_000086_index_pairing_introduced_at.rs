//! Finds the pairings whose sides have been introduced, without reading all the others.

use sea_orm_migration::prelude::*;

const NAME: &str = "pairing_introduced_at";

/// Indexes `pairing.introduced_at`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(Index::create().name(NAME).table("pairing").col("introduced_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table("pairing").to_owned()).await
    }
}
