//! What the desk of a need keeps: threads between buyer and ASF, and who has been reminded.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

const TABLES: [&str; 3] = ["reminder", "relay_line", "relay"];

/// Creates `relay`, `relay_line` and `reminder`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let relay = Table::create()
            .table("relay")
            .col(key("id"))
            .col(column("pairing_id").big_integer())
            .col(column("state").text())
            .col(column("created_at").timestamp_with_time_zone())
            .foreign_key(&mut below("relay", "pairing_id", "pairing"))
            .index(Index::create().unique().name("relay_pairing_id_unique").col("pairing_id"))
            .check(Expr::cust("state IN ('open', 'agreed', 'declined')"))
            .take();
        manager.create_table(relay).await?;
        let line = Table::create()
            .table("relay_line")
            .col(key("id"))
            .col(column("relay_id").big_integer())
            .col(column("side").text())
            .col(column("text").text())
            .col(column("written_at").timestamp_with_time_zone())
            .col(optional("token_hash").text())
            .foreign_key(&mut below("relay_line", "relay_id", "relay"))
            .index(Index::create().unique().name("relay_line_token_hash_unique").col("token_hash"))
            .check(Expr::cust("side IN ('asf', 'buyer')"))
            .take();
        manager.create_table(line).await?;
        let by_relay = Index::create().name("relay_line_relay_id").table("relay_line").col("relay_id").take();
        manager.create_index(by_relay).await?;
        let reminder = Table::create()
            .table("reminder")
            .col(key("id"))
            .col(column("pairing_id").big_integer())
            .col(column("reminded_at").timestamp_with_time_zone())
            .col(column("reminded_by").text())
            .foreign_key(&mut below("reminder", "pairing_id", "pairing"))
            .index(Index::create().unique().name("reminder_pairing_id_unique").col("pairing_id"))
            .take();
        manager.create_table(reminder).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

/// What goes with the row that it is about.
fn below(table: &'static str, field: &'static str, parent: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, field).to(parent, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}
