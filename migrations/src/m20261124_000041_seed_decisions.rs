//! The project's decisions D1 to D14 as they hold until somebody decides otherwise. Those on period,
//! look-back and evidence were there before.

use sea_orm_migration::prelude::*;

use crate::append_only;

const TABLE: &str = "setting";

/// Name and value. Several values are parted by `|`.
const DECISIONS: &[(&str, &str)] = &[
    ("nonprofit_is_business", "no"),
    ("company_level", "company"),
    ("iop", "paid"),
    ("renewal", "new_award"),
    ("placement", "yes"),
    ("social_stage", "applied"),
    ("public_level", "group"),
    ("direct_answers", "beside"),
    ("causality", "two"),
    ("excluded", "556448-1397"),
    ("baseline", ""),
    (
        "support_actors",
        "Science Park|Almi|Coompanion|Mikrofonden|NyföretagarCentrum|Kommunens näringslivskontor|\
         Region Jönköpings län|Länsstyrelsen|Tillväxtverket|Handelskammaren|Företagarna|Leader",
    ),
];

/// Writes the decisions.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, value) in DECISIONS {
            let sql = format!(
                "INSERT INTO {TABLE} (name, value, valid_from, decided_by, recorded_at) \
                 VALUES ('{name}', '{value}', '2026-01-01', 'programme', '2026-01-01T00:00:00+00:00')"
            );
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::unseal(manager, TABLE).await?;
        let names = DECISIONS.iter().map(|(name, _)| format!("'{name}'")).collect::<Vec<_>>().join(",");
        let sql = format!("DELETE FROM {TABLE} WHERE name IN ({names})");
        manager.get_connection().execute_unprepared(&sql).await?;
        append_only::seal(manager, TABLE).await
    }
}
