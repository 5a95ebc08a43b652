//! Files that staff upload: looked at first, taken in by a button. Looking runs the import itself in
//! transactions that are rolled back, so that it says just what taking in would do.

use std::{
    collections::BTreeMap,
    io::{BufRead, Cursor},
    ops::ControlFlow,
};

use chrono::Duration;

use super::{
    Error, Result,
    arrivals::{Arrivals, Report},
    column_mappings,
    imports::{self, Importable, Imported},
    matching, search,
};
use crate::{
    app::App,
    domain::{
        asf::NewAsf,
        need::NewNeed,
        quarantine::{Difference, QuarantineKind, differences},
        rejection::Rejection,
        upload::{Change, HeadingRead, MAX_RECORDS, NewUpload, Preview, Refused, Upload, UploadKind, asf_differences},
    },
    intake::{
        self, Header, Reading, Record, Refusal,
        archive::Document,
        csv::header::Mappings,
        keeping::keeping,
        template::{self, Noun},
    },
    store::{asf, audit, connection, needs, quarantine, uploads},
};

/// How long a file waits to be taken in.
const WAITS: Duration = Duration::hours(24);

/// Records that are looked at in one transaction: on SQLite others wait as long to write.
const TOGETHER: usize = 1_000;

/// Records of each outcome that are listed.
const LISTED: usize = 50;

/// Changes that are matched before the answer; more are matched by the next beat.
const MATCHED_AT_ONCE: u64 = 500;

/// What can be uploaded.
trait Uploaded: Importable + Send + 'static {
    /// What its tables are about.
    const NOUN: Noun;

    /// Reads one document of a file.
    fn read(
        source: &str,
        bytes: &mut dyn BufRead,
        mappings: &Mappings,
        contents: &mut Contents<Self>,
    ) -> ControlFlow<()>;

    /// What people call it.
    fn name(&self) -> &str;

    /// What would change in what is stored.
    async fn differences(&self, app: &App) -> Result<Vec<Difference>>;

    /// An empty report.
    fn report() -> Report;
}

impl Uploaded for NewAsf {
    const NOUN: Noun = Noun::Asf;

    fn read(
        source: &str,
        bytes: &mut dyn BufRead,
        mappings: &Mappings,
        contents: &mut Contents<Self>,
    ) -> ControlFlow<()> {
        let mut records = intake::read_asf_mapped(source, bytes, mappings);
        contents.header = records.header().or(contents.header.take());
        records.try_for_each(|record| contents.push(record))
    }

    fn name(&self) -> &str {
        &self.name
    }

    async fn differences(&self, app: &App) -> Result<Vec<Difference>> {
        let Some((id, _)) = asf::find_identity(&app.db, &self.org_no, &self.unit).await? else { return Ok(Vec::new()) };
        let stored = asf::find(&app.db, id).await?;
        Ok(stored.map(|stored| asf_differences(&stored, self)).unwrap_or_default())
    }

    fn report() -> Report {
        Report::default()
    }
}

impl Uploaded for NewNeed {
    const NOUN: Noun = Noun::Needs;

    fn read(
        source: &str,
        bytes: &mut dyn BufRead,
        mappings: &Mappings,
        contents: &mut Contents<Self>,
    ) -> ControlFlow<()> {
        let mut records = intake::read_needs_mapped(source, bytes, mappings);
        contents.header = records.header().or(contents.header.take());
        records.try_for_each(|record| contents.push(record))
    }

    fn name(&self) -> &str {
        &self.title
    }

    async fn differences(&self, app: &App) -> Result<Vec<Difference>> {
        let Some(version) = needs::find_version(&app.db, self).await? else { return Ok(Vec::new()) };
        let stored = needs::find(&app.db, version.id).await?;
        Ok(stored.map(|stored| differences(&stored, self)).unwrap_or_default())
    }

    fn report() -> Report {
        Report::of_needs()
    }
}

/// What stands in a file.
struct Contents<T> {
    header: Option<Header>,
    records: Vec<Record<T>>,
    skipped: Vec<&'static str>,
}

impl<T> Contents<T> {
    /// Takes one more; `Break` after one too many.
    fn push(&mut self, record: Record<T>) -> ControlFlow<()> {
        self.records.push(record);
        if self.records.len() > MAX_RECORDS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Why nothing of the file can be used, when it is the file itself that cannot be read.
    fn refusal(&self) -> Option<&'static str> {
        match &self.records[..] {
            [] => Some("rejected-upload-nothing"),
            [Record { record, reading: Reading::Rejected(refusal), .. }] if record == "file" => Some(refusal.rule),
            records if records.len() > MAX_RECORDS => Some("rejected-upload-records"),
            _ => None,
        }
    }
}

/// Reads a file, says what it would do, and keeps both until somebody decides.
///
/// # Errors
/// `Rejected` at the field `file` when nothing of it can be read. A table whose headings are not known is
/// kept all the same: somebody can say what they mean.
pub async fn receive(app: &App, actor: &str, new: NewUpload) -> Result<i64> {
    let preview = match new.kind {
        UploadKind::Asf => look::<NewAsf>(app, &new).await?,
        UploadKind::Needs => look::<NewNeed>(app, &new).await?,
    };
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let id = uploads::insert(&tx, &new, &preview, actor, now).await?;
    audit::insert(&tx, now, actor, "upload", "upload", id, &new.name).await?;
    tx.commit().await?;
    Ok(id)
}

/// A file that waits.
///
/// # Errors
/// `NotFound` when it was taken in, let go or waited too long.
pub async fn find(app: &App, id: i64) -> Result<Upload> {
    uploads::find(&app.db, id).await?.ok_or(Error::NotFound)
}

/// Remembers what the headings of a file mean, for this and later files with the same ones, and looks at it anew.
///
/// # Errors
/// As [`receive`] and [`find`].
pub async fn decide_columns(app: &App, id: i64, decided: &BTreeMap<String, String>) -> Result<()> {
    let new = find(app, id).await?.told;
    let header = match new.kind {
        UploadKind::Asf => read::<NewAsf>(app, &new).await?.header,
        UploadKind::Needs => read::<NewNeed>(app, &new).await?.header,
    };
    if let Some(header) = header {
        column_mappings::remember(app, &header, decided).await?;
    }
    let preview = match new.kind {
        UploadKind::Asf => look::<NewAsf>(app, &new).await?,
        UploadKind::Needs => look::<NewNeed>(app, &new).await?,
    };
    let tx = connection::begin(&app.db).await?;
    uploads::set_preview(&tx, id, &preview).await?;
    Ok(tx.commit().await?)
}

/// Takes a file in and lets it go. What a few records change is matched at once, more by the next beat.
///
/// # Errors
/// As [`find`]; when the database does not answer, what was stored before stays, and the file can be taken again.
pub async fn take(app: &App, id: i64, actor: &str) -> Result<(UploadKind, Report)> {
    let new = find(app, id).await?.told;
    let report = match new.kind {
        UploadKind::Asf => store::<NewAsf>(app, &new).await?,
        UploadKind::Needs => store::<NewNeed>(app, &new).await?,
    };
    forget(app, id, actor, "take_in").await?;
    search::follow(app).await?;
    if report.created + report.updated <= MATCHED_AT_ONCE {
        matching::run_changed(app).await?;
    }
    Ok((new.kind, report))
}

/// Lets a file go that nobody wants to take in.
///
/// # Errors
/// As [`find`].
pub async fn dismiss(app: &App, id: i64, actor: &str) -> Result<()> {
    find(app, id).await?;
    forget(app, id, actor, "dismiss").await
}

/// Lets go of files that have waited for a day; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn expire(app: &App) -> Result<u64> {
    let tx = connection::begin(&app.db).await?;
    let gone = uploads::delete_before(&tx, app.clock.now() - WAITS).await?;
    tx.commit().await?;
    Ok(gone)
}

/// The columns that a file may have.
pub fn columns(kind: UploadKind) -> &'static [&'static str] {
    noun(kind).columns()
}

/// A file to fill in, as a workbook or as CSV.
///
/// # Errors
/// When the workbook cannot be written.
pub fn template(kind: UploadKind, is_workbook: bool) -> Result<Vec<u8>> {
    if is_workbook {
        Ok(template::workbook(noun(kind)).map_err(anyhow::Error::new)?)
    } else {
        Ok(template::csv(noun(kind)).into_bytes())
    }
}

fn noun(kind: UploadKind) -> Noun {
    match kind {
        UploadKind::Asf => Noun::Asf,
        UploadKind::Needs => Noun::Needs,
    }
}

async fn forget(app: &App, id: i64, actor: &str, action: &str) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    if uploads::delete(&tx, id).await? {
        audit::insert(&tx, app.clock.now(), actor, action, "upload", id, "").await?;
    }
    Ok(tx.commit().await?)
}

/// Reads a file beside the threads that answer requests.
async fn read<T: Uploaded>(app: &App, new: &NewUpload) -> Result<Contents<T>> {
    let (mappings, name, bytes) = (column_mappings::load(app).await?, new.name.clone(), new.bytes.clone());
    let read = tokio::task::spawn_blocking(move || parse::<T>(&name, &bytes, &mappings));
    Ok(read.await.map_err(anyhow::Error::new)?)
}

fn parse<T: Uploaded>(name: &str, bytes: &[u8], mappings: &Mappings) -> Contents<T> {
    let mut contents = Contents { header: None, records: Vec::new(), skipped: Vec::new() };
    intake::visit_documents(name, Cursor::new(bytes), &mut |source, document| match document {
        Document::Content(bytes) => {
            let begun = contents.records.len();
            let (mut bytes, kept) = keeping(bytes);
            let ended = T::read(source, &mut bytes, mappings, &mut contents);
            for record in &mut contents.records[begun..] {
                if let Reading::Rejected(refusal) = &mut record.reading {
                    refusal.raw = refusal.raw.take().or_else(|| kept.raw());
                }
            }
            ended
        }
        Document::Skipped(reason) => {
            contents.skipped.push(reason);
            ControlFlow::Continue(())
        }
        Document::Refused(refusal) => contents.push(refused(source, refusal)),
    });
    contents.header = contents.header.take().or_else(|| intake::table_header(T::NOUN, bytes, mappings));
    contents
}

fn refused<T>(source: &str, refusal: Refusal) -> Record<T> {
    Record { source: source.to_owned(), record: "file".to_owned(), reading: Reading::Rejected(refusal) }
}

async fn look<T: Uploaded>(app: &App, new: &NewUpload) -> Result<Preview> {
    let contents = read::<T>(app, new).await?;
    let mut preview = Preview::default();
    for heading in contents.header.iter().flat_map(|header| &header.headings) {
        let column = heading.column.unwrap_or_default().to_owned();
        preview.headings.push(HeadingRead { written: heading.written.clone(), column });
    }
    if let Some(rule) = contents.refusal().filter(|rule| *rule != "rejected-columns" || preview.headings.is_empty()) {
        return Err(Rejection::new("file", rule, &new.name).into());
    }
    preview.skipped = contents.skipped.len() as u64;
    let mut values = Vec::new();
    for record in contents.records {
        match record.reading {
            Reading::Read(value) => values.push(value),
            Reading::Skipped { .. } => preview.skipped += 1,
            Reading::Rejected(refusal) => {
                preview.rejected += 1;
                if preview.refusals.len() < LISTED {
                    let (source, record, rule) = (record.source, record.record, refusal.rule.to_owned());
                    preview.refusals.push(Refused { source, record, rule, detail: refusal.detail });
                }
            }
        }
    }
    for some in values.chunks(TOGETHER) {
        try_out(app, some, &mut preview).await?;
    }
    Ok(preview)
}

/// Stores some records, notes what came of each, and takes it back.
async fn try_out<T: Uploaded>(app: &App, values: &[T], preview: &mut Preview) -> Result<()> {
    let twins = [QuarantineKind::Twin];
    let tx = connection::begin(&app.db).await?;
    let before = quarantine::count(&tx, &twins).await?;
    let outcomes = imports::store_in(app, &tx, values).await?;
    preview.twins += quarantine::count(&tx, &twins).await?.saturating_sub(before);
    tx.rollback().await.map_err(anyhow::Error::new)?;
    for (value, outcome) in values.iter().zip(outcomes) {
        match outcome {
            Imported::Created => {
                preview.created += 1;
                if preview.new.len() < LISTED {
                    preview.new.push(value.name().to_owned());
                }
            }
            Imported::Updated => {
                preview.updated += 1;
                if preview.changes.len() < LISTED {
                    let differences = value.differences(app).await?;
                    preview.changes.push(Change { name: value.name().to_owned(), differences });
                }
            }
            Imported::Unchanged => preview.unchanged += 1,
        }
    }
    Ok(())
}

async fn store<T: Uploaded>(app: &App, new: &NewUpload) -> Result<Report> {
    let contents = read::<T>(app, new).await?;
    let mut arrivals = Arrivals::new(app, T::report());
    arrivals.begin(&new.name);
    for reason in contents.skipped {
        arrivals.skip(reason);
    }
    for record in contents.records {
        arrivals.take(app, record, None).await?;
    }
    arrivals.finish(app).await
}
