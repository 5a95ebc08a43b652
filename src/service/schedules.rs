//! The schedule's verbs: put jobs on it, take what is due, note how it ended.

use chrono::{DateTime, Duration, Utc};

use super::Result;
use crate::{
    app::App,
    domain::schedule,
    store::{
        connection,
        schedule::{self as rows, Due},
    },
};

/// A job that this node runs now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its name.
    pub job: String,
    /// The latest due time that has passed.
    pub due_at: DateTime<Utc>,
}

/// Puts jobs that are not on the schedule there, due at their next time.
///
/// # Errors
/// When the database does not answer, or a pattern is wrong.
pub async fn ensure(app: &App, jobs: &[(&str, &str)]) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    for (job, pattern) in jobs {
        let next = schedule::next_due(pattern, app.clock.now())
            .ok_or_else(|| anyhow::anyhow!("the pattern {pattern} of {job} is never due"))?;
        let due = Due { job: (*job).to_owned(), pattern: (*pattern).to_owned(), next_due_at: next };
        rows::insert_missing(&tx, &due).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Takes every job that is due; each due time goes to one node. However long the downtime, a job
/// is taken once, and its next time lies in the future.
///
/// # Errors
/// When the database does not answer.
pub async fn claim_due(app: &App) -> Result<Vec<Taken>> {
    let now = app.clock.now();
    let mut taken = Vec::new();
    for due in rows::list_due(&app.db, now).await? {
        let Some(next) = schedule::next_due(&due.pattern, now) else {
            tracing::error!(job = due.job, pattern = due.pattern, "this pattern is never due");
            continue;
        };
        let latest = latest_due(&due, now);
        let tx = connection::begin(&app.db).await?;
        let claimed = rows::claim(&tx, &due, latest, next, now).await?;
        tx.commit().await?;
        if claimed {
            taken.push(Taken { job: due.job, due_at: latest });
        }
    }
    Ok(taken)
}

/// The latest due time of a job whose run was done.
///
/// # Errors
/// When the database does not answer.
pub async fn last_done(app: &App, job: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(rows::last_done(&app.db, job).await?)
}

/// A run that has not ended after this long is taken over; every job can run twice.
const GIVEN_UP_AFTER: Duration = Duration::minutes(10);

/// Takes over what a node began and did not end.
///
/// # Errors
/// When the database does not answer.
pub async fn retake(app: &App) -> Result<Vec<Taken>> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let taken = rows::retake(&tx, now - GIVEN_UP_AFTER, now).await?;
    tx.commit().await?;
    Ok(taken.into_iter().map(|(job, due_at)| Taken { job, due_at }).collect())
}

/// The latest due time that has passed: after weeks of downtime the last week counts, not the first.
fn latest_due(due: &Due, now: DateTime<Utc>) -> DateTime<Utc> {
    let mut latest = due.next_due_at;
    while let Some(next) = schedule::next_due(&due.pattern, latest).filter(|next| *next <= now) {
        latest = next;
    }
    latest
}

/// Notes how a run ended.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(app: &App, taken: &Taken, outcome: &str) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    rows::finish(&tx, &taken.job, taken.due_at, outcome, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
