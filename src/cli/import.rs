//! `import asf`, `needs`, `codes`, `history` and `retry`: reads files, stores what is good, tells what is not.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    Ended,
    arguments::{Format, Mapped, Table},
    documents::{self, Step},
    output,
};
use crate::{
    app::App,
    domain::{asf::NewAsf, need::NewNeed},
    intake::{
        self, Header, Refusal,
        input::Input,
        template::{self, Noun},
    },
    service::{
        arrivals::{self, Arrivals, Report},
        column_mappings,
        imports::Importable,
        quarantine,
    },
};

/// A file that is read.
struct Opened {
    source: String,
    reader: Box<dyn BufRead>,
}

/// `import asf`.
pub(super) async fn asf(app: &App, files: &Mapped, format: Format) -> anyhow::Result<Ended> {
    let arrivals = Arrivals::<NewAsf>::new(app, Report::default());
    let report = read_and_store(app, files, arrivals, |source, bytes, mappings, send| {
        let mut records = intake::read_asf_mapped(source, bytes, mappings);
        records.header().map_or(ControlFlow::Continue(()), |header| send(Step::Header(header)))?;
        records.try_for_each(|record| send(Step::Record(record)))
    });
    tell(&report.await?, format)
}

/// `import needs`.
pub(super) async fn needs(app: &App, files: &Mapped, format: Format) -> anyhow::Result<Ended> {
    let arrivals = Arrivals::<NewNeed>::new(app, Report::of_needs());
    let report = read_and_store(app, files, arrivals, |source, bytes, mappings, send| {
        let mut records = intake::read_needs_mapped(source, bytes, mappings);
        records.header().map_or(ControlFlow::Continue(()), |header| send(Step::Header(header)))?;
        records.try_for_each(|record| send(Step::Record(record)))
    });
    tell(&report.await?, format)
}

/// `import template`.
pub(super) fn template(table: Table, out: &Path) -> anyhow::Result<Ended> {
    let noun = match table {
        Table::Asf => Noun::Asf,
        Table::Needs => Noun::Needs,
    };
    let is_workbook = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let bytes = if is_workbook { template::workbook(noun)? } else { template::csv(noun).into_bytes() };
    let file = File::options().write(true).create_new(true).open(out);
    file.and_then(|mut file| file.write_all(&bytes)).with_context(|| format!("cannot write {}", out.display()))?;
    Ok(Ended::Done)
}

async fn read_and_store<T: Importable + Send + 'static>(
    app: &App,
    files: &Mapped,
    mut arrivals: Arrivals<T>,
    read: documents::ReadDocument<T>,
) -> anyhow::Result<Report> {
    let inputs = intake::files(&files.paths);
    let bar = progress(inputs.len() as u64);
    let mut mappings = column_mappings::load(app).await?;
    mappings.always = files.map.iter().cloned().collect();
    let always = mappings.always.clone();
    let mut steps = documents::read(inputs, mappings, read);
    while let Some(step) = steps.recv().await {
        match step {
            Step::Path => bar.inc(1),
            Step::Document(source) => arrivals.begin(&source),
            Step::Header(header) => {
                note_header(&mut arrivals.report, &header);
                column_mappings::remember(app, &header, &always).await?;
            }
            Step::Skipped(reason) => arrivals.skip(reason),
            Step::Refused(source, refusal) => arrivals.refuse(app, source, "file".to_owned(), refusal).await?,
            Step::Record(record) => {
                arrivals.take(app, record, None).await.context("store a batch")?;
                bar.set_message(arrivals.report.read.to_string());
            }
        }
    }
    let report = arrivals.finish(app).await.context("store a batch")?;
    bar.finish_and_clear();
    arrivals::settle(app).await?;
    Ok(report)
}

fn note_header(report: &mut Report, header: &Header) {
    let unread = header.headings.iter().filter(|heading| heading.column.is_none());
    let unread: Vec<String> = unread.map(|heading| heading.written.clone()).collect();
    note_columns(report, &unread);
}

/// `import codes`.
pub(super) async fn codes(app: &App, files: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut arrivals = Arrivals::new(app, Report::default());
    for input in intake::files(files) {
        let Some(Opened { source, reader }) = open(app, input, &mut arrivals).await? else { continue };
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
        let Some(Opened { source, reader }) = open(app, input, &mut arrivals).await? else { continue };
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
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {msg} records") {
        bar.set_style(style);
    }
    bar
}

async fn open<T: Importable>(app: &App, input: Input, arrivals: &mut Arrivals<T>) -> anyhow::Result<Option<Opened>> {
    let opened = |source: String, reader: Box<dyn BufRead>| Some(Opened { source, reader });
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
