//! What an ASF's answers have taught.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `lesson`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let cascade = |table, column| {
            ForeignKey::create().from("lesson", column).to(table, "id").on_delete(ForeignKeyAction::Cascade).take()
        };
        let table = Table::create()
            .table("lesson")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("pairing_id").big_integer())
            .col(column("kind").text())
            .col(column("what").text())
            .col(column("word").text())
            .col(column("at").timestamp_with_time_zone())
            .col(optional("undone_at").timestamp_with_time_zone())
            .foreign_key(&mut cascade("asf", "asf_id"))
            .foreign_key(&mut cascade("pairing", "pairing_id"))
            .check(Expr::cust("kind IN ('concept','word','code','size','place','pause')"))
            .take();
        manager.create_table(table).await?;
        for column in ["asf_id", "pairing_id"] {
            let index = Index::create().name(format!("lesson_{column}")).table("lesson").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lesson").take()).await
    }
}
