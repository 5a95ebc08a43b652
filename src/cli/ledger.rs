//! Report, and the ledger as JSON lines.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Ended, arguments::Format, output};
use crate::{
    app::App,
    domain::language::Language,
    service::{
        ledger_transfer::{self, Taken},
        reports,
    },
};

/// Prints the report, or writes it as a spreadsheet.
pub(super) async fn report(
    app: &App,
    as_of: Option<DateTime<Utc>>,
    out: Option<&Path>,
    format: Format,
) -> anyhow::Result<Ended> {
    let report = reports::report(&app.db, as_of.unwrap_or_else(|| app.clock.now())).await?;
    if let Some(out) = out {
        let bytes = match out.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => reports::csv(&report)?.into_bytes(),
            Some("json") => serde_json::to_vec_pretty(&report)?,
            _ => reports::xlsx(&report, &app.words, Language::Sv)?,
        };
        std::fs::write(out, bytes).with_context(|| format!("cannot write {}", out.display()))?;
    }
    output::print(format, &report, || {
        let line = |target: &reports::TargetReport| {
            format!(
                "{}  {} of {}  (claimed {}, confirmed {}, pending {}, review {})",
                target.id.as_str(),
                target.counted,
                target.goal,
                target.claimed,
                target.confirmed,
                target.pending,
                target.review
            )
        };
        report.targets.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Ended::Done)
}

/// Prints every entry as a line.
pub(super) async fn export(app: &App) -> anyhow::Result<Ended> {
    let mut out = std::io::stdout().lock();
    for line in ledger_transfer::export(app).await? {
        writeln!(out, "{line}")?;
    }
    Ok(Ended::Done)
}

#[derive(Default, Serialize)]
struct Summary {
    read: usize,
    created: usize,
    unchanged: usize,
    rejected: Vec<Refused>,
}

#[derive(Serialize)]
struct Refused {
    source: String,
    record: usize,
    reason: String,
}

/// Takes in a file of lines.
pub(super) async fn import(app: &App, file: &Path, format: Format) -> anyhow::Result<Ended> {
    let reader: Box<dyn std::io::Read> = if file == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| format!("cannot open {}", file.display()))?)
    };
    let mut summary = Summary::default();
    let mut batch = Vec::new();
    for line in BufReader::new(reader).lines() {
        let line = line?;
        batch.push(line);
        if batch.len() >= ledger_transfer::BATCH {
            take_in(app, file, &mut batch, &mut summary).await?;
        }
    }
    take_in(app, file, &mut batch, &mut summary).await?;
    let ended = if summary.rejected.is_empty() { Ended::Done } else { Ended::SomeRejected };
    output::print(format, &summary, || {
        let mut lines = vec![format!(
            "{} read, {} created, {} unchanged, {} rejected",
            summary.read,
            summary.created,
            summary.unchanged,
            summary.rejected.len()
        )];
        lines.extend(
            summary.rejected.iter().map(|refused| format!("{}:{}: {}", refused.source, refused.record, refused.reason)),
        );
        lines.join("\n")
    })?;
    Ok(ended)
}

async fn take_in(app: &App, file: &Path, batch: &mut Vec<String>, summary: &mut Summary) -> anyhow::Result<()> {
    let first = summary.read;
    let outcomes = ledger_transfer::import(app, "import", batch).await?;
    for (place, outcome) in outcomes.into_iter().enumerate() {
        summary.read += 1;
        match outcome {
            Taken::Created => summary.created += 1,
            Taken::Unchanged => summary.unchanged += 1,
            Taken::Rejected(rejection) => summary.rejected.push(Refused {
                source: file.display().to_string(),
                record: first + place + 1,
                reason: rejection.to_string(),
            }),
        }
    }
    batch.clear();
    Ok(())
}
