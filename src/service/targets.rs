//! How far the programme's targets are reached, and the decisions that counting rests on.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;

use super::Result;
use crate::{
    app::{App, Known, Remembered},
    domain::{
        ledger::Entry,
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

/// What was known at an instant.
///
/// # Errors
/// When the database does not answer.
pub async fn known(database: &DatabaseConnection, as_of: DateTime<Utc>) -> Result<Known> {
    let settings = targets::settings(database, as_of).await?;
    let entries = ledger::list_until(database, as_of).await?;
    Ok(count(settings, entries, as_of))
}

fn count(settings: Settings, entries: Vec<Entry>, as_of: DateTime<Utc>) -> Known {
    let progress = target::progress(&entries, &settings, as_of);
    let nameable = target::nameable(&entries, &progress, as_of).into_iter().cloned().collect();
    Known { settings, entries, progress, nameable }
}

/// What is known now. A ledger that has not grown is not read again.
///
/// # Errors
/// When the database does not answer.
pub async fn current(app: &App) -> Result<Arc<Known>> {
    let now = app.clock.now();
    let mut remembered = app.figures.lock().await;
    let settings = targets::settings(&app.db, now).await?;
    let extent = ledger::extent(&app.db).await?;
    let earlier = remembered.take();
    if let Some(same) = earlier.as_ref().filter(|kept| kept.extent == extent && kept.known.settings == settings) {
        let known = Arc::clone(&same.known);
        *remembered = earlier;
        return Ok(known);
    }
    let entries = match earlier {
        Some(kept) if kept.extent.last < extent.last => {
            let new = ledger::list_after(&app.db, kept.extent.last).await?;
            let mut entries = Arc::try_unwrap(kept.known).map_or_else(|kept| kept.entries.clone(), |kept| kept.entries);
            entries.extend(new);
            entries
        }
        _ => ledger::list_after(&app.db, 0).await?,
    };
    // One that committed late has a number among those that were read.
    let is_whole = usize::try_from(extent.number).is_ok_and(|number| entries.len() >= number);
    let entries = if is_whole { entries } else { ledger::list_after(&app.db, 0).await? };
    let known = Arc::new(count(settings, entries, now));
    *remembered = Some(Remembered { extent, known: Arc::clone(&known) });
    Ok(known)
}

/// How far every target is reached, by what was known at an instant.
///
/// # Errors
/// When the database does not answer.
pub async fn progress(database: &DatabaseConnection, as_of: DateTime<Utc>) -> Result<Vec<Progress>> {
    Ok(known(database, as_of).await?.progress)
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
