//! When an ASF was asked whether its profile is still right, and when it said so.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `profile_check`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("profile_check")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("token_hash").text())
            .col(column("asked_at").timestamp_with_time_zone())
            .col(column("expires_at").timestamp_with_time_zone())
            .col(optional("confirmed_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("profile_check", "asf_id")
                    .to("asf", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("profile_check_token_hash_unique").col("token_hash"))
            .take();
        manager.create_table(table).await?;
        let by_asf = Index::create().name("profile_check_asf_id").table("profile_check").col("asf_id").take();
        manager.create_index(by_asf).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("profile_check").take()).await
    }
}
