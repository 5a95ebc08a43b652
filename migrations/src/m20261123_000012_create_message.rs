//! The outbox: written with its cause, delivered by a worker.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `message`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("message")
            .col(key("id"))
            .col(column("dedupe_key").text())
            .col(column("kind").text())
            .col(column("recipient").text())
            .col(column("subject").text())
            .col(column("text").text())
            .col(column("html").text())
            .col(column("message_id").text())
            .col(column("raw").text())
            .col(column("state").text())
            .col(optional("phase").text())
            .col(column("attempts").integer())
            .col(column("fence").big_integer())
            .col(column("next_attempt_at").timestamp_with_time_zone())
            .col(optional("lease_until").timestamp_with_time_zone())
            .col(optional("last_error").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(optional("sent_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("message_dedupe_key_unique").col("dedupe_key"))
            .index(Index::create().unique().name("message_message_id_unique").col("message_id"))
            .check(Expr::cust("state IN ('ready','sending','sent','uncertain','failed','suppressed','cancelled')"))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("message_state_next_attempt_at")
                    .table("message")
                    .col("state")
                    .col("next_attempt_at")
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("message").take()).await
    }
}
