//! When and how much an ASF wants to be mailed; no row is the default.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates the table.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("mail_preference")
            .col(key("id"))
            .col(column("asf_id").big_integer())
            .col(column("weekday").integer())
            .col(column("hour").integer())
            .col(column("every_weeks").integer())
            .col(column("breadth").text())
            .col(column("summer_rest").boolean())
            .col(column("updated_at").timestamp_with_time_zone())
            .foreign_key(
                ForeignKey::create()
                    .from("mail_preference", "asf_id")
                    .to("asf", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("mail_preference_asf_id_unique").col("asf_id"))
            .check(Expr::cust("weekday BETWEEN 1 AND 7"))
            .check(Expr::cust("hour BETWEEN 6 AND 18"))
            .check(Expr::cust("every_weeks IN (1, 2, 4)"))
            .check(Expr::cust("breadth IN ('all', 'strong')"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("mail_preference").take()).await
    }
}
