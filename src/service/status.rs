//! How the installation is, for its operator: everything is cheap to ask but the comparison of the indexes, which
//! is made when it is asked for.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Result, checks, mail_checks, search};
use crate::{
    app::App,
    store::{
        bounces, changes, connection, outbox,
        schedule::{self, JobState},
        users,
    },
};

/// How the installation is.
#[derive(Debug, Clone)]
pub struct Status {
    /// Version of the program.
    pub version: &'static str,
    /// `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// Its size, bytes.
    pub database_bytes: u64,
    /// Migrations that have not run.
    pub pending_migrations: Vec<String>,
    /// Documents in both indexes; none when one cannot be opened.
    pub documents: Option<u64>,
    /// Changes that the indexes have not seen.
    pub index_lag: i64,
    /// Changes that the matcher has not seen.
    pub matcher_lag: i64,
    /// Messages by state: state, number, and since when the oldest waits.
    pub outbox: Vec<(String, u64, Option<DateTime<Utc>>)>,
    /// Jobs with their last and next run.
    pub jobs: Vec<JobState>,
    /// What `doctor` looks at: name, and whether it is well.
    pub checks: Vec<(&'static str, bool)>,
    /// Bytes free and in all where the data lies; none when the system does not say.
    pub disk: Option<(u64, u64)>,
    /// Mails that came back in the last 30 days, and addresses that get no more.
    pub bounced: (u64, u64),
    /// Coordinators and operators.
    pub staff: u64,
}

/// Longest wait for other servers: a page is no place to wait.
const LOOKUP_WAIT: Duration = Duration::from_secs(4);
/// Days of returned mails that are counted.
const BOUNCE_DAYS: i64 = 30;

/// Looks at everything.
///
/// # Errors
/// When the database does not answer.
pub async fn read(app: &App) -> Result<Status> {
    let mut status = figures(app).await?;
    status.checks = checks::of_settings(&app.config).iter().map(|check| (check.name, check.ok)).collect();
    // Whoever asks a name server may have to wait for it; what is not known in time is not told.
    if let Ok(found) = tokio::time::timeout(LOOKUP_WAIT, mail_checks::run(&app.config)).await {
        status.checks.extend(found.iter().map(|check| (check.name, check.ok)));
    }
    Ok(status)
}

/// The figures alone: nothing is asked but the own database and indexes.
///
/// # Errors
/// When the database does not answer.
pub async fn figures(app: &App) -> Result<Status> {
    let (db, now) = (&app.db, app.clock.now());
    let last = changes::last(db).await?;
    let indexes = [&app.asf_index, &app.lot_index].map(|index| index.current().ok());
    let marks = indexes.iter().flatten().filter_map(|index| index.watermark().ok()).map(u64::cast_signed);
    let documents = indexes.iter().map(|index| index.as_ref().map(|index| index.len())).sum();
    Ok(Status {
        version: env!("CARGO_PKG_VERSION"),
        database: checks::database_kind(&app.config),
        database_bytes: connection::size(db).await?,
        pending_migrations: connection::pending_migrations(db).await?,
        documents,
        index_lag: last - marks.min().unwrap_or_default(),
        matcher_lag: last - changes::watermark(db, super::matching::FOLLOWER).await?,
        outbox: outbox::oldest_by_state(db).await?,
        jobs: schedule::list_jobs(db).await?,
        checks: Vec::new(),
        disk: disk(&app.config.data),
        bounced: bounces::count_since(db, now - chrono::Duration::days(BOUNCE_DAYS)).await?,
        staff: users::count_staff(db).await?,
    })
}

/// Compares the indexes with the database, as `index check` does.
///
/// # Errors
/// When the database does not answer or an index cannot be opened.
pub async fn compare(app: &App) -> Result<search::Check> {
    search::follow(app).await?;
    search::check(app).await
}

/// Bytes that should be free on the disk; a share alone would warn of a large disk with room for years.
const LEAST_FREE: u64 = 5_000_000_000;

/// Whether a disk with `free` of `all` bytes free fills up: little is left, and less than a tenth.
#[must_use]
pub const fn fills_up(free: u64, all: u64) -> bool {
    free < LEAST_FREE && free < all / 10
}

fn disk(path: &std::path::Path) -> Option<(u64, u64)> {
    let space = rustix::fs::statvfs(path).ok()?;
    Some((space.f_bavail.saturating_mul(space.f_frsize), space.f_blocks.saturating_mul(space.f_frsize)))
}

/// The figures in the text format of Prometheus (version 0.0.4).
///
/// # Errors
/// When the database does not answer.
pub async fn metrics(app: &App) -> Result<String> {
    let status = figures(app).await?;
    let now = app.clock.now();
    let age = |at: Option<DateTime<Utc>>| at.map_or(0, |at| (now - at).num_seconds().max(0)).to_string();
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, values: &[(String, String)]| {
        text.push_str(&format!("# HELP samhandla_{name} {help}\n# TYPE samhandla_{name} gauge\n"));
        for (labels, value) in values {
            text.push_str(&format!("samhandla_{name}{labels} {value}\n"));
        }
    };
    let one = |value: String| vec![(String::new(), value)];
    gauge("info", "Version of the program.", &[(format!("{{version=\"{}\"}}", status.version), "1".to_owned())]);
    gauge("database_bytes", "Size of the database.", &one(status.database_bytes.to_string()));
    gauge("pending_migrations", "Migrations that have not run.", &one(status.pending_migrations.len().to_string()));
    gauge("index_documents", "Documents in both indexes.", &one(status.documents.unwrap_or_default().to_string()));
    gauge("index_lag_changes", "Changes that the indexes have not seen.", &one(status.index_lag.to_string()));
    gauge("matcher_lag_changes", "Changes that the matcher has not seen.", &one(status.matcher_lag.to_string()));
    let labelled = |name: &str, value: &str| format!("{{{name}=\"{value}\"}}");
    let messages: Vec<_> =
        status.outbox.iter().map(|(state, number, _)| (labelled("state", state), number.to_string())).collect();
    gauge("outbox_messages", "Messages by state.", &messages);
    let waiting = status.outbox.iter().filter(|(_, _, oldest)| oldest.is_some());
    let ages: Vec<_> = waiting.map(|(state, _, oldest)| (labelled("state", state), age(*oldest))).collect();
    gauge("outbox_oldest_seconds", "Age of the oldest message that waits, by state.", &ages);
    let late: Vec<_> = status
        .jobs
        .iter()
        .map(|job| (labelled("job", &job.job), (now - job.next_due_at).num_seconds().max(0).to_string()))
        .collect();
    gauge("job_late_seconds", "How long a job has been due and not run.", &late);
    gauge("bounces_30_days", "Mails that came back in 30 days.", &one(status.bounced.0.to_string()));
    gauge("suppressed_addresses", "Addresses that get no more mail.", &one(status.bounced.1.to_string()));
    if let Some((free, all)) = status.disk {
        gauge("disk_free_bytes", "Free where the data lies.", &one(free.to_string()));
        gauge("disk_bytes", "In all where the data lies.", &one(all.to_string()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_fills_up_when_little_is_left_by_size_and_by_share() {
        const GB: u64 = 1_000_000_000;
        for (free, all, expected) in [
            (21 * GB, 300 * GB, false),
            (4 * GB, 20 * GB, false),
            (4 * GB, 300 * GB, true),
            (GB, 20 * GB, true),
            (0, GB, true),
        ] {
            assert_eq!(fills_up(free, all), expected, "{free} of {all}");
        }
    }
}
