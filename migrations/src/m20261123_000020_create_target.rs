//! How many of each target the programme shall reach, by decision.

use sea_orm_migration::prelude::*;

use crate::{
    append_only,
    columns::{column, key},
};

const TABLE: &str = "target";

/// Creates `target` with the goals of the programme.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(TABLE)
            .col(key("id"))
            .col(column("target").text())
            .col(column("goal").integer())
            .col(column("valid_from").date())
            .col(column("decided_by").text())
            .col(column("recorded_at").timestamp_with_time_zone())
            .check(Expr::cust("target IN ('T1','T2','T3','T4','T5')"))
            .check(Expr::cust("goal >= 0"))
            .take();
        manager.create_table(table).await?;
        let seed = "INSERT INTO target (target, goal, valid_from, decided_by, recorded_at) VALUES \
            ('T1', 10, '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('T2', 3, '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('T3', 3, '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('T4', 5, '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('T5', 5, '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00')";
        manager.get_connection().execute_unprepared(seed).await?;
        append_only::seal(manager, TABLE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::unseal(manager, TABLE).await?;
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
