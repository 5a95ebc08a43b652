//! What the programme has decided about counting: period, look-back, evidence, home. Each with
//! date and decider; a new decision is a new row.

use sea_orm_migration::prelude::*;

use crate::{
    append_only,
    columns::{column, key},
};

const TABLE: &str = "setting";

/// Creates `setting` with what holds until somebody decides otherwise.
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
            .col(column("name").text())
            .col(column("value").text())
            .col(column("valid_from").date())
            .col(column("decided_by").text())
            .col(column("recorded_at").timestamp_with_time_zone())
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("setting_name_valid_from").table(TABLE).col("name").col("valid_from").take(),
            )
            .await?;
        let seed = "INSERT INTO setting (name, value, valid_from, decided_by, recorded_at) VALUES \
            ('period_start', '2026-01-01', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('period_end', '2027-12-31', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('followup_end', '2028-06-30', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('look_back_months', '24', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('evidence_level', '1', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00'), \
            ('home', '06', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00')";
        manager.get_connection().execute_unprepared(seed).await?;
        append_only::seal(manager, TABLE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::unseal(manager, TABLE).await?;
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
