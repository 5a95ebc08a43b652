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
    counted(settings, entries, progress, as_of)
}

fn counted(settings: Settings, entries: Vec<Entry>, progress: Vec<Progress>, as_of: DateTime<Utc>) -> Known {
    let nameable = target::nameable(&entries, &progress, as_of).into_iter().cloned().collect();
    Known { settings, entries, progress, nameable }
}

/// What is known now: all that stands in the database. A ledger that has not grown is not read again, and
/// of one that has, only what is new is read and only what it touches is judged again.
///
/// # Errors
/// When the database does not answer.
pub async fn current(app: &App) -> Result<Arc<Known>> {
    let mut remembered = app.figures.lock().await;
    let settings = targets::settings(&app.db, app.clock.now()).await?;
    let extent = ledger::extent(&app.db).await?;
    let known = match remembered.take() {
        Some(kept) if kept.known.settings == settings && kept.extent == extent => kept.known,
        Some(kept) if kept.known.settings == settings && kept.extent.last < extent.last => {
            // The latest that was read, which may have come after the extent was looked at.
            let last = kept.known.entries.last().map_or(0, |entry| entry.id.0);
            let new = ledger::list_after(&app.db, last).await?;
            let known = Arc::try_unwrap(kept.known).unwrap_or_else(|kept| Known::clone(&kept));
            Arc::new(grow(known, new))
        }
        _ => Arc::new(count(settings.clone(), ledger::list_after(&app.db, 0).await?, EVER)),
    };
    // One that committed late has a number among those that were read.
    let is_whole = usize::try_from(extent.number).is_ok_and(|number| known.entries.len() >= number);
    let known = if is_whole { known } else { Arc::new(count(settings, ledger::list_after(&app.db, 0).await?, EVER)) };
    *remembered = Some(Remembered { extent, known: Arc::clone(&known) });
    Ok(known)
}

/// What was known at a past instant, from the entries that are in memory.
///
/// # Errors
/// When the database does not answer.
pub async fn at(app: &App, as_of: DateTime<Utc>) -> Result<Known> {
    let now = current(app).await?;
    let settings = targets::settings(&app.db, as_of).await?;
    let entries = now.entries.iter().filter(|entry| entry.recorded_at <= as_of).cloned().collect();
    Ok(count(settings, entries, as_of))
}

/// What is known now is all that was ever told, whatever the clocks of other nodes say.
const EVER: DateTime<Utc> = DateTime::<Utc>::MAX_UTC;

fn grow(known: Known, new: Vec<Entry>) -> Known {
    let Known { settings, mut entries, progress, .. } = known;
    let from = entries.len();
    entries.extend(new);
    match target::grown(&entries, from, progress, &settings, EVER) {
        Some(progress) => counted(settings, entries, progress, EVER),
        None => count(settings, entries, EVER),
    }
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
