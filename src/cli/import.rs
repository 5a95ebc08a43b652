//! `import asf`, `needs`, `codes`, `history` and `retry`: reads files, stores what is good, tells what is not.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Ended, arguments::Format, output};
use crate::{
    app::App,
    domain::{asf::NewAsf, need::NewNeed},
    intake::{
        self, Refusal,
        input::Input,
        keeping::{Keeping, Kept, keeping},
    },
    service::{
        arrivals::{self, Arrivals, Report},
        imports::Importable,
        quarantine,
    },
};

/// A file that is read, and its beginning as it was.
struct Opened {
    source: String,
    reader: Keeping<Box<dyn BufRead>>,
    kept: Kept,
}

/// `import asf`.
pub(super) async fn asf(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut arrivals = Arrivals::<NewAsf>::new(app, Report::default());
    for input in intake::files(files) {
        let Some(Opened { source, reader, kept }) = open(app, input, &mut arrivals).await? else { continue };
        let mut records = intake::read_asf(&source, reader);
        note_columns(&mut arrivals.report, records.unknown_columns());
        for record in &mut records {
            arrivals.take(app, record, Some(&kept)).await.context("store a batch")?;
        }
    }
    let report = arrivals.finish(app).await.context("store a batch")?;
    arrivals::settle(app).await?;
    tell(&report, format)
}

/// `import needs`.
pub(super) async fn needs(app: &App, paths: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut arrivals = Arrivals::<NewNeed>::new(app, Report::of_needs());
    let inputs = intake::files(paths);
    let bar = progress(inputs.len() as u64);
    for input in inputs {
        bar.inc(1);
        let Some(Opened { source, reader, kept }) = open(app, input, &mut arrivals).await? else { continue };
        let mut records = intake::read_needs(&source, reader);
        note_columns(&mut arrivals.report, records.unknown_columns());
        for record in &mut records {
            arrivals.take(app, record, Some(&kept)).await.context("store a batch")?;
        }
    }
    let report = arrivals.finish(app).await.context("store a batch")?;
    bar.finish_and_clear();
    arrivals::settle(app).await?;
    tell(&report, format)
}

/// `import codes`.
pub(super) async fn codes(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut arrivals = Arrivals::new(app, Report::default());
    for input in intake::files(files) {
        let Some(Opened { source, reader, .. }) = open(app, input, &mut arrivals).await? else { continue };
        let mut records = intake::read_codes(&source, reader);
        note_columns(&mut arrivals.report, records.unknown_columns());
        for record in &mut records {
            arrivals.take(app, record, None).await.context("store a batch")?;
        }
    }
    tell(&arrivals.finish(app).await.context("store a batch")?, format)
}

/// `import history`.
pub(super) async fn history(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut arrivals = Arrivals::new(app, Report::default());
    for input in intake::files(files) {
        let Some(Opened { source, reader, .. }) = open(app, input, &mut arrivals).await? else { continue };
        let mut records = intake::read_history(&source, reader);
        note_columns(&mut arrivals.report, records.unknown_columns());
        for record in &mut records {
            arrivals.take(app, record, None).await.context("store a batch")?;
        }
    }
    tell(&arrivals.finish(app).await.context("store a batch")?, format)
}

/// `import retry`.
pub(super) async fn retry(app: &App, format: Format) -> anyhow::Result<Ended> {
    let report = quarantine::retry_all(app).await?;
    output::print(format, &report, || {
        format!(
            "tried {}, taken in {}, refused again {}, too large to try {}",
            report.tried, report.taken, report.refused, report.cut
        )
    })?;
    Ok(if report.refused + report.cut == 0 { Ended::Done } else { Ended::SomeRejected })
}

/// A bar on stderr when somebody watches.
fn progress(files: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(files), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files") {
        bar.set_style(style);
    }
    bar
}

async fn open<T: Importable>(app: &App, input: Input, arrivals: &mut Arrivals<T>) -> anyhow::Result<Option<Opened>> {
    let opened = |source: String, reader: Box<dyn BufRead>| {
        let (reader, kept) = keeping(reader);
        Some(Opened { source, reader, kept })
    };
    match input {
        Input::Stdin => Ok(opened("-".to_owned(), Box::new(BufReader::new(std::io::stdin())))),
        Input::File(path) => {
            let source = path.display().to_string();
            arrivals.begin(&source);
            match File::open(&path) {
                Ok(file) => Ok(opened(source, Box::new(BufReader::new(file)))),
                Err(error) => {
                    let refusal = Refusal::new("rejected-file", error.to_string());
                    arrivals.refuse(app, source, "file".to_owned(), refusal).await?;
                    Ok(None)
                }
            }
        }
        Input::Skipped { reason, .. } => {
            arrivals.skip(reason);
            Ok(None)
        }
        Input::Refused { path, refusal } => {
            arrivals.refuse(app, path.display().to_string(), "file".to_owned(), refusal).await?;
            Ok(None)
        }
    }
}

fn note_columns(report: &mut Report, columns: &[String]) {
    for column in columns {
        if !report.unknown_columns.contains(column) {
            eprintln!("samhandla: nothing is read from the column \"{column}\"");
            report.unknown_columns.push(column.clone());
        }
    }
}

/// Prints what an import did.
pub(super) fn tell(report: &Report, format: Format) -> anyhow::Result<Ended> {
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
