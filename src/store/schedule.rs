//! When each job is due, and which due times have been run.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    Reader, StoreError, StoreResult, Tx,
    entities::{job_run, schedule},
};

/// A job's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Name.
    pub job: String,
    /// Five cron fields, local wall time.
    pub pattern: String,
    /// When it is due next.
    pub next_due_at: DateTime<Utc>,
}

/// A job with its runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobState {
    /// Name.
    pub job: String,
    /// When it is due next.
    pub next_due_at: DateTime<Utc>,
    /// When the last run began.
    pub last_started_at: Option<DateTime<Utc>>,
    /// When it ended; none while it runs, or when it broke off.
    pub last_finished_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub last_outcome: Option<String>,
}

/// Every job, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list_jobs(db: &impl Reader) -> StoreResult<Vec<JobState>> {
    let mut jobs = Vec::new();
    for row in schedule::Entity::find().order_by_asc(schedule::Column::Job).all(db).await? {
        let runs = job_run::Entity::find().filter(job_run::Column::Job.eq(&row.job));
        let last = runs.order_by_desc(job_run::Column::DueAt).one(db).await?;
        jobs.push(JobState {
            job: row.job,
            next_due_at: row.next_due_at,
            last_started_at: last.as_ref().map(|run| run.started_at),
            last_finished_at: last.as_ref().and_then(|run| run.finished_at),
            last_outcome: last.map(|run| run.outcome),
        });
    }
    Ok(jobs)
}

/// Puts a job on the schedule if it is not there; an operator's own pattern stays.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_missing(tx: &Tx, due: &Due) -> StoreResult<()> {
    let stored = schedule::Entity::find().filter(schedule::Column::Job.eq(&due.job)).one(tx).await?;
    if stored.is_none() {
        let row = schedule::ActiveModel {
            job: Set(due.job.clone()),
            pattern: Set(due.pattern.clone()),
            next_due_at: Set(due.next_due_at),
            ..Default::default()
        };
        schedule::Entity::insert(row).exec(tx).await?;
    }
    Ok(())
}

/// What is due at an instant.
///
/// # Errors
/// When the database does not answer.
pub async fn list_due(db: &impl Reader, now: DateTime<Utc>) -> StoreResult<Vec<Due>> {
    let rows = schedule::Entity::find().filter(schedule::Column::NextDueAt.lte(now)).all(db).await?;
    Ok(rows.into_iter().map(|row| Due { job: row.job, pattern: row.pattern, next_due_at: row.next_due_at }).collect())
}

/// Takes what is due: moves the job on to `next` and notes a run for `due_at`, the latest due time
/// that has passed. `false` when another node took it.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(
    tx: &Tx,
    due: &Due,
    due_at: DateTime<Utc>,
    next: DateTime<Utc>,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    let moved = schedule::Entity::update_many()
        .col_expr(schedule::Column::NextDueAt, Expr::value(next))
        .filter(schedule::Column::Job.eq(&due.job))
        .filter(schedule::Column::NextDueAt.eq(due.next_due_at))
        .exec(tx)
        .await?;
    if moved.rows_affected != 1 {
        return Ok(false);
    }
    let run = job_run::ActiveModel {
        job: Set(due.job.clone()),
        due_at: Set(due_at),
        outcome: Set("running".to_owned()),
        started_at: Set(now),
        finished_at: Set(None),
        ..Default::default()
    };
    match job_run::Entity::insert(run).exec(tx).await.map_err(StoreError::from) {
        Ok(_) => Ok(true),
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The latest due time of a job whose run was done.
///
/// # Errors
/// When the database does not answer.
pub async fn last_done(db: &impl Reader, job: &str) -> StoreResult<Option<DateTime<Utc>>> {
    let row = job_run::Entity::find()
        .filter(job_run::Column::Job.eq(job))
        .filter(job_run::Column::Outcome.eq("done"))
        .order_by_desc(job_run::Column::DueAt)
        .one(db)
        .await?;
    Ok(row.map(|row| row.due_at))
}

/// Takes over runs that were begun before an instant and never ended: their node died or failed.
/// Answers job and due time of each; another node that tries the same gets none.
///
/// # Errors
/// When the database does not answer.
pub async fn retake(
    tx: &Tx,
    begun_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> StoreResult<Vec<(String, DateTime<Utc>)>> {
    let stale = job_run::Entity::find()
        .filter(job_run::Column::FinishedAt.is_null())
        .filter(job_run::Column::StartedAt.lte(begun_before))
        .all(tx)
        .await?;
    let mut taken = Vec::new();
    for run in stale {
        let moved = job_run::Entity::update_many()
            .col_expr(job_run::Column::StartedAt, Expr::value(now))
            .filter(job_run::Column::Id.eq(run.id))
            .filter(job_run::Column::StartedAt.eq(run.started_at))
            .exec(tx)
            .await?;
        if moved.rows_affected == 1 {
            taken.push((run.job, run.due_at));
        }
    }
    Ok(taken)
}

/// Notes how a run ended.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(tx: &Tx, job: &str, due_at: DateTime<Utc>, outcome: &str, now: DateTime<Utc>) -> StoreResult<()> {
    job_run::Entity::update_many()
        .col_expr(job_run::Column::Outcome, Expr::value(outcome))
        .col_expr(job_run::Column::FinishedAt, Expr::value(now))
        .filter(job_run::Column::Job.eq(job))
        .filter(job_run::Column::DueAt.eq(due_at))
        .exec(tx)
        .await?;
    Ok(())
}
