//! Whether a profile is shown, matched and mailed. Those that were there before are.

use sea_orm_migration::prelude::*;

use crate::columns::column;

/// Adds `asf.approval`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let approval = column("approval").text().default("approved").take();
        manager.alter_table(Table::alter().table("asf").add_column(approval).take()).await?;
        manager.create_index(Index::create().name("asf_approval").table("asf").col("approval").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("asf_approval").table("asf").to_owned()).await?;
        manager.alter_table(Table::alter().table("asf").drop_column("approval").take()).await
    }
}
