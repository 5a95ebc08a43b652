//! Links in mails: one purpose each, kept as a hash.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `token`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("token")
            .col(key("id"))
            .col(column("token_hash").text())
            .col(column("purpose").text())
            .col(optional("code_hash").text())
            .col(optional("user_id").big_integer())
            .col(optional("pairing_id").big_integer())
            .col(optional("asf_id").big_integer())
            .col(optional("need_id").big_integer())
            .col(column("created_at").timestamp_with_time_zone())
            .col(column("expires_at").timestamp_with_time_zone())
            .col(optional("used_at").timestamp_with_time_zone())
            .col(column("tries").integer())
            .foreign_key(
                ForeignKey::create().from("token", "user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("token", "pairing_id")
                    .to("pairing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create().from("token", "asf_id").to("asf", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create().from("token", "need_id").to("need", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("token_token_hash_unique").col("token_hash"))
            .check(Expr::cust("purpose IN ('sign_in','answer','unsubscribe','confirm_need','deal')"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("token_expires_at").table("token").col("expires_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("token").take()).await
    }
}
