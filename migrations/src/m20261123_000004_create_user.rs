//! Who signs in.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `user`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("user")
            .col(key("id"))
            .col(column("email").text())
            .col(column("role").text())
            .col(column("language").text().default("sv"))
            .col(optional("asf_id").big_integer())
            .col(optional("buyer_id").big_integer())
            .col(column("created_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create().from("user", "asf_id").to("asf", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create().from("user", "buyer_id").to("buyer", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("user_email_unique").col("email"))
            .check(Expr::cust("role IN ('asf','buyer','procurer','coordinator','operator')"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("user").take()).await
    }
}
