//! The week's commands: `match`, `digest`, `deliver` and `targets`.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Ended, arguments::Format, output};
use crate::{
    app::App,
    domain::{schedule::IsoWeek, target::Progress},
    service::{digests, matching, outbox, targets},
};

/// How often `deliver` without `--once` looks again.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// `match`.
pub(super) async fn match_needs(app: &App, all: bool, format: Format) -> anyhow::Result<Ended> {
    let report = if all { matching::run_all(app).await? } else { matching::run_changed(app).await? };
    output::print(format, &report, || {
        format!(
            "{} lots and {} ASF matched, {} pairs weighed: {} strong, {} possible, {:.2} s",
            report.lots, report.asf, report.candidates, report.strong, report.possible, report.seconds
        )
    })?;
    Ok(Ended::Done)
}

/// `digest`.
pub(super) async fn digest(app: &App, week: Option<IsoWeek>, dry_run: bool, format: Format) -> anyhow::Result<Ended> {
    let week = week.unwrap_or_else(|| IsoWeek::at(app.clock.now()));
    matching::run_changed(app).await?;
    let run = if dry_run { digests::Run::Dry } else { digests::Run::Queue };
    let report = digests::queue_weekly(app, week, run).await?;
    output::print(format, &report, || {
        let counted = |counts: &BTreeMap<&'static str, u64>| {
            let counts: Vec<String> = counts.iter().map(|(reason, number)| format!("{number} {reason}")).collect();
            if counts.is_empty() { "none".to_owned() } else { counts.join(", ") }
        };
        format!(
            "{}: {} messages to {} ASF with {} pairings; skipped: {}; held back: {}",
            report.week,
            report.messages,
            report.recipients,
            report.pairings,
            counted(&report.skipped),
            counted(&report.held)
        )
    })?;
    Ok(Ended::Done)
}

/// `deliver`.
pub(super) async fn deliver(app: &App, once: bool, format: Format) -> anyhow::Result<Ended> {
    outbox::reclaim(app).await?;
    loop {
        let report = outbox::deliver_pending(app).await?;
        output::print(format, &report, || {
            format!(
                "sent {}, uncertain {}, failed {}, waiting {}",
                report.sent, report.uncertain, report.failed, report.waiting
            )
        })?;
        if once {
            return Ok(Ended::Done);
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_AGAIN) => {}
            _ = tokio::signal::ctrl_c() => return Ok(Ended::Done),
        }
    }
}

#[derive(Serialize)]
struct Targets<T> {
    targets: Vec<T>,
}

/// `targets`.
pub(super) async fn targets(app: &App, as_of: Option<DateTime<Utc>>, format: Format) -> anyhow::Result<Ended> {
    let progress = targets::progress(&app.db, as_of.unwrap_or_else(|| app.clock.now())).await?;
    let shown = Targets { targets: progress };
    output::print(format, &shown, || shown.targets.iter().map(target_line).collect::<Vec<_>>().join("\n"))?;
    Ok(Ended::Done)
}

fn target_line(target: &Progress) -> String {
    let Progress { id, counted, goal, claimed, confirmed, pending, review, .. } = target;
    let id = id.as_str();
    format!("{id}  {counted} of {goal}  (claimed {claimed}, confirmed {confirmed}, pending {pending}, review {review})")
}
