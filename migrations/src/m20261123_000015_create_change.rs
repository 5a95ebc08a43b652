//! What the index and the matcher must look at again, in order.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `change`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("change")
            .col(key("id"))
            .col(column("noun").text())
            .col(column("noun_id").big_integer())
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("change_noun_noun_id").table("change").col("noun").col("noun_id").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("change").take()).await
    }
}
