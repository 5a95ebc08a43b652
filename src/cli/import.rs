//! `import asf`, `needs`, `codes` and `history`: reads files, stores what is good, tells what is not.

use std::{
    collections::{BTreeMap, VecDeque},
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::{Ended, arguments::Format, output};
use crate::{
    app::App,
    domain::language::Language,
    intake::{self, Reading, Record, Refusal, input::Input},
    service::{
        imports,
        imports::{Importable, Imported},
        matching, search,
    },
};

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Report {
    read: u64,
    created: u64,
    updated: u64,
    unchanged: u64,
    rejected: Vec<Rejected>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<BTreeMap<String, u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lots: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown_columns: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Rejected {
    source: String,
    record: String,
    reason: String,
}

/// `import asf`.
pub(super) async fn asf(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut report = Report::default();
    let mut pending = Vec::new();
    for input in intake::files(files) {
        let Some((source, reader)) = open(app, input, &mut report) else { continue };
        let mut records = intake::read_asf(&source, reader);
        note_columns(&mut report, records.unknown_columns());
        for record in &mut records {
            take(app, record, &mut pending, &mut report).await?;
        }
    }
    flush(app, &mut pending, &mut report).await?;
    finish(app, &report, format).await
}

/// `import needs`.
pub(super) async fn needs(app: &App, paths: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut report = Report { skipped: Some(BTreeMap::new()), lots: Some(0), ..Report::default() };
    let mut pending = Vec::new();
    let inputs = VecDeque::from(intake::files(paths));
    let bar = progress(inputs.len() as u64);
    for input in inputs {
        bar.inc(1);
        let Some((source, reader)) = open(app, input, &mut report) else { continue };
        let mut records = intake::read_needs(&source, reader);
        note_columns(&mut report, records.unknown_columns());
        for record in &mut records {
            if let (Reading::Read(need), Some(lots)) = (&record.reading, report.lots.as_mut()) {
                *lots += need.lots.len() as u64;
            }
            take(app, record, &mut pending, &mut report).await?;
        }
    }
    flush(app, &mut pending, &mut report).await?;
    bar.finish_and_clear();
    finish(app, &report, format).await
}

/// `import codes`.
pub(super) async fn codes(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut report = Report::default();
    let mut pending = Vec::new();
    for input in intake::files(files) {
        let Some((source, reader)) = open(app, input, &mut report) else { continue };
        let mut records = intake::read_codes(&source, reader);
        note_columns(&mut report, records.unknown_columns());
        for record in &mut records {
            take(app, record, &mut pending, &mut report).await?;
        }
    }
    flush(app, &mut pending, &mut report).await?;
    tell(&report, format)
}

/// `import history`.
pub(super) async fn history(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut report = Report::default();
    let mut pending = Vec::new();
    for input in intake::files(files) {
        let Some((source, reader)) = open(app, input, &mut report) else { continue };
        let mut records = intake::read_history(&source, reader);
        note_columns(&mut report, records.unknown_columns());
        for record in &mut records {
            take(app, record, &mut pending, &mut report).await?;
        }
    }
    flush(app, &mut pending, &mut report).await?;
    tell(&report, format)
}

/// A bar on stderr when somebody watches.
fn progress(files: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(files), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files") {
        bar.set_style(style);
    }
    bar
}

fn open(app: &App, input: Input, report: &mut Report) -> Option<(String, Box<dyn BufRead>)> {
    match input {
        Input::Stdin => Some(("-".to_owned(), Box::new(BufReader::new(std::io::stdin())))),
        Input::File(path) => {
            let source = path.display().to_string();
            match File::open(&path) {
                Ok(file) => Some((source, Box::new(BufReader::new(file)))),
                Err(error) => {
                    reject(app, report, source, "file".to_owned(), &Refusal::new("rejected-file", error.to_string()));
                    None
                }
            }
        }
        Input::Skipped { reason, .. } => {
            skip(report, reason);
            None
        }
        Input::Refused { path, refusal } => {
            reject(app, report, path.display().to_string(), "file".to_owned(), &refusal);
            None
        }
    }
}

fn skip(report: &mut Report, reason: &str) {
    *report.skipped.get_or_insert_default().entry(reason.to_owned()).or_default() += 1;
}

fn reject(app: &App, report: &mut Report, source: String, record: String, refusal: &Refusal) {
    let Refusal { rule, detail } = refusal;
    let sentence = app.words.text(Language::En, rule, &[]);
    report.rejected.push(Rejected { source, record, reason: format!("{rule}: {sentence} ({detail})") });
}

fn note_columns(report: &mut Report, columns: &[String]) {
    for column in columns {
        if !report.unknown_columns.contains(column) {
            eprintln!("samhandla: nothing is read from the column \"{column}\"");
            report.unknown_columns.push(column.clone());
        }
    }
}

async fn take<T: Importable>(
    app: &App,
    record: Record<T>,
    pending: &mut Vec<T>,
    report: &mut Report,
) -> anyhow::Result<()> {
    match record.reading {
        Reading::Skipped { reason } => skip(report, reason),
        Reading::Rejected(refusal) => reject(app, report, record.source, record.record, &refusal),
        Reading::Read(value) => {
            report.read += 1;
            let is_large = value.is_large();
            pending.push(value);
            if is_large || pending.len() >= T::BATCH {
                flush(app, pending, report).await?;
            }
        }
    }
    Ok(())
}

async fn flush<T: Importable>(app: &App, pending: &mut Vec<T>, report: &mut Report) -> anyhow::Result<()> {
    let records = std::mem::take(pending);
    for outcome in imports::store(app, &records).await.context("store a batch")? {
        match outcome {
            Imported::Created => report.created += 1,
            Imported::Updated => report.updated += 1,
            Imported::Unchanged => report.unchanged += 1,
        }
    }
    Ok(())
}

/// Brings the index up to date, matches what came in, and prints.
async fn finish(app: &App, report: &Report, format: Format) -> anyhow::Result<Ended> {
    search::follow(app).await?;
    matching::run_changed(app).await?;
    tell(report, format)
}

fn tell(report: &Report, format: Format) -> anyhow::Result<Ended> {
    output::print(format, report, || text(report))?;
    Ok(if report.rejected.is_empty() { Ended::Done } else { Ended::SomeRejected })
}

fn text(report: &Report) -> String {
    let mut lines = vec![format!(
        "read {}, created {}, updated {}, unchanged {}, rejected {}",
        report.read,
        report.created,
        report.updated,
        report.unchanged,
        report.rejected.len()
    )];
    if let Some(lots) = report.lots {
        lines.push(format!("lots {lots}"));
    }
    lines.extend(report.skipped.iter().flatten().map(|(reason, number)| format!("skipped {number}: {reason}")));
    lines.extend(report.rejected.iter().map(|r| format!("rejected {} ({}): {}", r.source, r.record, r.reason)));
    lines.join("\n")
}
