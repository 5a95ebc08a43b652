//! Amounts of the law on public procurement, each with the days it holds. A new amount is a new row.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates the table and writes the amounts that are known.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Kind, kronor, first and last day, source.
const KNOWN: &[(&str, i64, &str, Option<&str>, &str)] = &[
    ("direct_award", 700_000, "2022-02-01", None, "LOU 19 a kap. 2 §"),
    ("documentation", 100_000, "2022-02-01", None, "LOU 19 a kap. 11 §"),
    ("eu_state", 1_546_202, "2024-01-01", Some("2025-12-31"), "LOU 5 kap. 1 §"),
    ("eu_other", 2_389_585, "2024-01-01", Some("2025-12-31"), "LOU 5 kap. 1 §"),
    ("eu_works", 59_880_179, "2024-01-01", Some("2025-12-31"), "LOU 5 kap. 1 §"),
    ("eu_annex_2", 8_109_450, "2024-01-01", Some("2025-12-31"), "LOU 5 kap. 1 §"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("legal_limit")
            .col(key("id"))
            .col(column("kind").text())
            .col(column("amount").big_integer())
            .col(column("currency").text())
            .col(column("valid_from").date())
            .col(optional("valid_to").date())
            .col(column("source").text())
            .index(Index::create().unique().name("legal_limit_kind_valid_from").col("kind").col("valid_from"))
            .check(Expr::cust(
                "kind IN ('direct_award', 'documentation', 'eu_state', 'eu_other', 'eu_works', 'eu_annex_2')",
            ))
            .check(Expr::cust("amount > 0"))
            .take();
        manager.create_table(table).await?;
        for (kind, amount, from, to, source) in KNOWN {
            let to = to.map_or_else(|| "NULL".to_owned(), |day| format!("'{day}'"));
            let sql = format!(
                "INSERT INTO legal_limit (kind, amount, currency, valid_from, valid_to, source) \
                 VALUES ('{kind}', {amount}, 'SEK', '{from}', {to}, '{source}')"
            );
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("legal_limit").take()).await
    }
}
