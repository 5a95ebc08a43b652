//! Those who need something done; identity is organisation number, else mail, else name.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `buyer`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("buyer")
            .col(key("id"))
            .col(column("identity").text())
            .col(column("kind").text())
            .col(column("name").text())
            .col(optional("org_no").text())
            .col(optional("municipality").text())
            .col(optional("email").text())
            .col(column("created_at").timestamp_with_time_zone())
            .index(Index::create().unique().name("buyer_identity_unique").col("identity"))
            .check(Expr::cust("kind IN ('private','public','nonprofit')"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("buyer").take()).await
    }
}
