//! How far the programme's targets are reached, and the decisions that counting rests on.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;

use super::Result;
use crate::{
    domain::{
        rejection::Rejection,
        target::{
            self, Progress, TargetId,
            settings::{SettingName, Settings},
        },
    },
    store::{
        StoreError, audit, connection, ledger,
        targets::{self, Decided},
    },
};

/// What the programme decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A setting, in its written form.
    Setting(SettingName, String),
    /// How many of a target shall be reached.
    Goal(TargetId, u32),
}

/// How far every target is reached, by what was known at an instant.
///
/// # Errors
/// When the database does not answer.
pub async fn progress(database: &DatabaseConnection, as_of: DateTime<Utc>) -> Result<Vec<Progress>> {
    let settings = targets::settings(database, as_of).await?;
    let entries = ledger::list_until(database, as_of).await?;
    Ok(target::progress(&entries, &settings, as_of))
}

/// The decisions in force at an instant.
///
/// # Errors
/// When the database does not answer.
pub async fn settings(database: &DatabaseConnection, as_of: DateTime<Utc>) -> Result<Settings> {
    Ok(targets::settings(database, as_of).await?)
}

/// Writes down decisions that hold together from a day on.
///
/// # Errors
/// `Rejected` when they do not fit together, and then none is kept.
pub async fn decide(
    database: &DatabaseConnection,
    actor: &str,
    decisions: &[Decision],
    valid_from: NaiveDate,
    now: DateTime<Utc>,
) -> Result<()> {
    let tx = connection::begin(database).await?;
    let decided = Decided { valid_from, by: actor, recorded_at: now };
    for decision in decisions {
        let detail = match decision {
            Decision::Setting(name, value) => {
                targets::insert_setting(&tx, *name, value, decided).await?;
                format!("{} = {value} from {valid_from}", name.as_str())
            }
            Decision::Goal(id, goal) => {
                targets::insert_goal(&tx, *id, *goal, decided).await?;
                format!("{} = {goal} from {valid_from}", id.as_str())
            }
        };
        audit::insert(&tx, now, actor, "decide", "setting", 0, &detail).await?;
    }
    let from = target::end_of_day(valid_from).max(now);
    targets::settings(&tx, from).await.map_err(|error| match error {
        StoreError::Unreadable { detail, .. } => Rejection::new("setting", "rejected-setting-value", &detail).into(),
        other => super::Error::from(other),
    })?;
    tx.commit().await?;
    Ok(())
}
