//! How the installation is: a page for staff, and figures for a monitor.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    service::{
        search::Check,
        status::{self as service, Status},
    },
    web::{
        error::{PageError, PageResult},
        extract::{Query, Shared},
        visit::Visit,
    },
};

/// What may follow in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    jamfor: String,
}

#[derive(Serialize)]
struct StatusPage {
    version: &'static str,
    database: &'static str,
    database_mb: String,
    pending_migrations: Vec<String>,
    documents: Option<u64>,
    index_lag: i64,
    matcher_lag: i64,
    compared: Option<Check>,
    outbox: Vec<OutboxLine>,
    jobs: Vec<JobLine>,
    checks: Vec<CheckLine>,
    disk_free_gb: Option<String>,
    disk_percent: Option<u64>,
    disk_fills_up: bool,
    bounced: u64,
    suppressed: u64,
    staff: u64,
    is_well: bool,
}

#[derive(Serialize)]
struct OutboxLine {
    state: String,
    number: u64,
    oldest: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct JobLine {
    job: String,
    last_at: Option<DateTime<Utc>>,
    is_running: bool,
    is_done: bool,
    next_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct CheckLine {
    name: String,
    ok: bool,
}

/// Shows how the installation is; compares the indexes with the database when asked to.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let status = service::read(&visit.app).await?;
    let compared = if asked.jamfor.is_empty() { None } else { Some(service::compare(&visit.app).await?) };
    visit.page("pages/status/show.html", page(status, compared))
}

fn page(status: Status, compared: Option<Check>) -> StatusPage {
    let percent = status.disk.map(|(free, all)| free.saturating_mul(100).checked_div(all).unwrap_or_default());
    let disk_fills_up = status.disk.is_some_and(|(free, all)| service::fills_up(free, all));
    let differs = compared.is_some_and(|check| check.missing + check.ghosts > 0);
    let has_failed = status.outbox.iter().any(|(state, number, _)| state == "failed" && *number > 0);
    let is_well = status.pending_migrations.is_empty()
        && status.documents.is_some()
        && !differs
        && !has_failed
        && !disk_fills_up
        && status.checks.iter().all(|(_, ok)| *ok);
    let jobs = status.jobs.into_iter().map(|job| JobLine {
        is_running: job.last_started_at.is_some() && job.last_finished_at.is_none(),
        is_done: job.last_outcome.as_deref() == Some("done"),
        last_at: job.last_finished_at.or(job.last_started_at),
        next_at: job.next_due_at,
        job: job.job,
    });
    StatusPage {
        version: status.version,
        database: status.database,
        database_mb: tenths(status.database_bytes, 1_000_000),
        pending_migrations: status.pending_migrations,
        documents: status.documents,
        index_lag: status.index_lag,
        matcher_lag: status.matcher_lag,
        compared,
        outbox: status.outbox.into_iter().map(|(state, number, oldest)| OutboxLine { state, number, oldest }).collect(),
        jobs: jobs.collect(),
        checks: status.checks.into_iter().map(|(name, ok)| CheckLine { name: name.replace(' ', "-"), ok }).collect(),
        disk_free_gb: status.disk.map(|(free, _)| tenths(free, 1_000_000_000)),
        disk_percent: percent,
        disk_fills_up,
        bounced: status.bounced.0,
        suppressed: status.bounced.1,
        staff: status.staff,
        is_well,
    }
}

/// A number of bytes in a larger unit, with one decimal as it is written in Swedish.
fn tenths(bytes: u64, unit: u64) -> String {
    let tenths = bytes / (unit / 10);
    format!("{},{}", tenths / 10, tenths % 10)
}

/// The figures for a monitor that knows the token of the settings; to all others there is no such page.
pub async fn metrics(State(app): State<Shared>, headers: HeaderMap) -> PageResult {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|value| value.strip_prefix("Bearer "));
    let is_known = app.config.metrics_token.as_deref().zip(token).is_some_and(|(known, sent)| {
        // Hashes first: how long the comparison takes says nothing about the token.
        !known.is_empty() && Sha256::digest(known) == Sha256::digest(sent)
    });
    if !is_known {
        return Err(PageError::NotFound);
    }
    let mut response = service::metrics(&app).await?.into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
