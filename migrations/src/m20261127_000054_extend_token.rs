//! Which browser asked for a sign-in mail: its code can be typed in no other.

use sea_orm_migration::prelude::*;

use crate::columns::optional;

/// Adds the column.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let browser = optional("browser_hash").text().take();
        manager.alter_table(Table::alter().table("token").add_column(browser).take()).await?;
        let index = Index::create().name("token_browser_hash").table("token").col("browser_hash").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("token_browser_hash").table("token").to_owned()).await?;
        manager.alter_table(Table::alter().table("token").drop_column("browser_hash").take()).await
    }
}
