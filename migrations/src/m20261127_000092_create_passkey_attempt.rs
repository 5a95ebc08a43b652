//! What a browser was asked of a key and has not answered: one a session, gone with it.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `passkey_attempt`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("passkey_attempt")
            .col(key("id"))
            .col(column("session_id").big_integer())
            .col(column("name").text())
            .col(column("state").text())
            .col(column("begun_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("passkey_attempt", "session_id")
                    .to("session", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("passkey_attempt_session").col("session_id"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("passkey_attempt").take()).await
    }
}
