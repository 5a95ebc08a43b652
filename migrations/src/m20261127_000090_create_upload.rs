//! Files that staff have uploaded and not taken in yet, with what they would do.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `upload`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("upload")
            .col(key("id"))
            .col(column("kind").text())
            .col(column("name").text())
            .col(column("content").blob())
            .col(column("preview").text())
            .col(column("uploaded_by").text())
            .col(column("uploaded_at").timestamp_with_time_zone())
            .check(Expr::cust("kind IN ('asf','needs')"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("upload").take()).await
    }
}
