//! What is to be told to a webhook, queued in the transaction of its cause.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `webhook_delivery`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("webhook_delivery")
            .col(key("id"))
            .col(column("webhook_id").big_integer())
            .col(column("message_id").text())
            .col(column("event").text())
            .col(column("payload").text())
            .col(column("state").text())
            .col(column("attempts").integer())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("next_attempt_at").timestamp_with_time_zone())
            .col(optional("delivered_at").timestamp_with_time_zone())
            .col(optional("last_status").integer())
            .col(optional("last_error").text())
            .foreign_key(
                ForeignKey::create()
                    .from("webhook_delivery", "webhook_id")
                    .to("webhook", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .check(Expr::cust("state IN ('waiting','delivered','failed')"))
            .take();
        manager.create_table(table).await?;
        let index = |name: &'static str| Index::create().name(name).table("webhook_delivery").take();
        manager.create_index(index("webhook_delivery_due").col("state").col("next_attempt_at").take()).await?;
        manager.create_index(index("webhook_delivery_webhook_id").col("webhook_id").col("id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("webhook_delivery").take()).await
    }
}
