//! The ledger as it was known on a day, and one entry with its evidence. Staff see everything, an
//! ASF its own, nobody else anything.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        asf::{Asf, AsfId},
        email::Email,
        evidence::EvidenceLevel,
        ledger::{Entry, EntryId, Fact, concerns},
        target,
    },
    service::{
        self, deals,
        ledger::{self, Upload},
        targets,
    },
    store::asf,
    web::{
        error::{PageError, PageResult},
        extract::{Document, Form, Id, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Entries on the page.
const SHOWN: usize = 200;

/// Which part of the ledger is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// As it was known on this day.
    per: String,
    /// Only this kind.
    slag: String,
}

#[derive(Serialize)]
struct LedgerPage {
    as_of: String,
    kind: String,
    kinds: Vec<&'static str>,
    entries: Vec<EntryLine>,
    total: usize,
    timeline: Vec<Month>,
    is_staff: bool,
    errors: Vec<FieldError>,
}

/// Entries of one month, for the timeline.
#[derive(Serialize)]
struct Month {
    month: String,
    number: usize,
    x: usize,
    height: usize,
}

#[derive(Serialize)]
struct EntryLine {
    id: i64,
    kind: String,
    on: NaiveDate,
    recorded_at: DateTime<Utc>,
    asf: String,
    other: String,
    amount_sek: Option<i64>,
    level: EvidenceLevel,
    evidence: String,
}

/// Lists the latest entries that were known on a day.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let part = visit.ledger_part()?;
    let now = visit.app.clock.now();
    let (as_of, errors) = match asked.per.trim() {
        "" => (now, Vec::new()),
        text => match target::parse_as_of(text) {
            Ok(as_of) => (as_of, Vec::new()),
            Err(rejection) => (now, field_errors(&visit, &[rejection])),
        },
    };
    let known = targets::current(&visit.app).await?;
    let is_shown = |entry: &&Entry| {
        let is_theirs = part.is_none() || concerns(&known.entries, entry) == part;
        let is_kind = asked.slag.is_empty() || entry.told.fact.kind() == asked.slag;
        entry.recorded_at <= as_of && is_theirs && is_kind
    };
    let entries: Vec<&Entry> = known.entries.iter().filter(is_shown).collect();
    let lines: Vec<&Entry> = entries.iter().rev().take(SHOWN).copied().collect();
    let mut kinds: Vec<&str> = known.entries.iter().map(|entry| entry.told.fact.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let page = LedgerPage {
        as_of: asked.per.trim().to_owned(),
        kind: asked.slag.clone(),
        kinds,
        total: entries.len(),
        timeline: timeline(&entries),
        entries: written(&visit, &lines).await?,
        is_staff: visit.is_staff(),
        errors,
    };
    visit.page("pages/ledger/list.html", page)
}

fn timeline(entries: &[&Entry]) -> Vec<Month> {
    let mut months: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for entry in entries {
        *months.entry(entry.told.occurred_on.format("%Y-%m").to_string()).or_default() += 1;
    }
    let most = months.values().copied().max().unwrap_or(1);
    let latest = months.len().saturating_sub(24);
    let shown = months.into_iter().skip(latest).enumerate();
    shown.map(|(x, (month, number))| Month { month, number, x: x * 10, height: (number * 40).div_ceil(most) }).collect()
}

async fn written(visit: &Visit, entries: &[&Entry]) -> PageResult<Vec<EntryLine>> {
    let ids: Vec<AsfId> = entries.iter().filter_map(|entry| entry.told.fact.asf()).collect();
    let asfs = asf::list_by_ids(&visit.app.db, &ids).await?;
    Ok(entries.iter().map(|entry| line(entry, &asfs)).collect())
}

fn line(entry: &Entry, asfs: &[Asf]) -> EntryLine {
    let about = entry.told.fact.asf();
    let asf = asfs.iter().find(|asf| Some(asf.id) == about).map(|asf| asf.name.clone());
    EntryLine {
        id: entry.id.0,
        kind: entry.told.fact.kind().replace('_', "-"),
        on: entry.told.occurred_on,
        recorded_at: entry.recorded_at,
        asf: asf.unwrap_or_default(),
        other: other(&entry.told.fact),
        amount_sek: ledger::amount_ore(&entry.told.fact).map(|ore| ore / 100),
        level: entry.told.evidence.level,
        evidence: entry.told.evidence.reference.clone(),
    }
}

/// The other side, or what it is about.
pub(in crate::web) fn other(fact: &Fact) -> String {
    let name = |counterpart: &crate::domain::ledger::Counterpart| counterpart.name.clone().unwrap_or_default();
    match fact {
        Fact::Procurement(procurement) => name(&procurement.actor),
        Fact::Cancellation(cancellation) => cancellation.procurement.clone(),
        Fact::SupportContact(contact) => format!("{}: {}", contact.case.actor, contact.case.matter),
        Fact::SupportOutcome(outcome) => format!("{}: {}", outcome.case.actor, outcome.case.matter),
        Fact::Actor(actor) => actor.org_no.to_string(),
        Fact::Reversal { of, reason } => format!("{}: {reason}", of.0),
        Fact::Evidence { of } => of.0.to_string(),
        fact => fact.parties().map(|parties| name(&parties.counterpart)).unwrap_or_default(),
    }
}

#[derive(Serialize)]
struct EntryPage {
    entry: EntryLine,
    key: String,
    recorded_by: String,
    files: Vec<FileLine>,
    can_confirm: bool,
    can_agree: bool,
    is_staff: bool,
    email: String,
    reason: String,
    errors: Vec<FieldError>,
    done: String,
}

#[derive(Serialize)]
struct FileLine {
    id: i64,
    name: String,
    kilobytes: i64,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    sparat: String,
}

/// Shows one entry.
pub async fn show(visit: Visit, Id(id): Id, Query(done): Query<Done>) -> PageResult {
    let done = if matches!(done.sparat.as_str(), "ja" | "redan" | "mejl") { done.sparat } else { String::new() };
    let page = entry_page(&visit, id, Vec::new(), done).await?;
    visit.page("pages/ledger/show.html", page)
}

/// The entry, if the visitor may see it; whether others exist is no business of theirs.
async fn allowed(visit: &Visit, id: i64) -> PageResult<EntryId> {
    let part = visit.ledger_part()?;
    match ledger::find_in_part(&visit.app, part, EntryId(id)).await {
        Err(service::Error::NotFound) if part.is_some() => Err(PageError::Forbidden),
        found => Ok(found?.id),
    }
}

async fn entry_page(visit: &Visit, id: i64, errors: Vec<FieldError>, done: String) -> PageResult<EntryPage> {
    let id = allowed(visit, id).await?;
    let (entry, files) = ledger::find(&visit.app, id).await?;
    let line = written(visit, &[&entry]).await?.pop().ok_or(PageError::NotFound)?;
    let kilobytes = |bytes: i64| bytes / 1024 + 1;
    Ok(EntryPage {
        key: entry.told.key.clone(),
        recorded_by: entry.recorded_by.clone(),
        files: files
            .into_iter()
            .map(|file| FileLine { id: file.id, name: file.name, kilobytes: kilobytes(file.bytes) })
            .collect(),
        can_confirm: entry.told.fact.parties().is_some(),
        can_agree: visit.is_staff()
            && matches!(&entry.told.fact, Fact::SupportOutcome(outcome) if outcome.agreed_by.is_none()),
        is_staff: visit.is_staff(),
        email: String::new(),
        reason: String::new(),
        entry: line,
        errors,
        done,
    })
}

/// Whom to ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    email: String,
}

/// Mails the other party a link to confirm by.
pub async fn ask_to_confirm(visit: Visit, Id(id): Id, Form(form): Form<AskForm>) -> PageResult {
    let entry = allowed(&visit, id).await?;
    match Email::parse(&form.email) {
        Ok(to) => {
            ledger::ask_to_confirm(&visit.app, &visit.actor(), entry, &to).await?;
            Ok(Redirect::to(&format!("/liggare/{id}?sparat=mejl")).into_response())
        }
        Err(rejection) => {
            let errors = field_errors(&visit, &[rejection]);
            let page = EntryPage { email: form.email, ..entry_page(&visit, id, errors, String::new()).await? };
            visit.rejected("pages/ledger/show.html", page)
        }
    }
}

/// Keeps a document behind the entry.
pub async fn attach(visit: Visit, Id(id): Id, document: Document) -> PageResult {
    let entry = allowed(&visit, id).await?;
    let upload = Upload { name: &document.name, bytes: &document.bytes };
    let attached = ledger::attach(&visit.app, &visit.actor(), entry, &upload).await.map(|_| ());
    written_or_rejected(&visit, id, attached).await
}

/// Why an entry is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReverseForm {
    reason: String,
}

/// Takes an entry back; for staff.
pub async fn reverse(visit: Visit, Id(id): Id, Form(form): Form<ReverseForm>) -> PageResult {
    visit.staff()?;
    let entry = allowed(&visit, id).await?;
    let now = visit.app.clock.now();
    let reversed = deals::reverse(&visit.app.db, &visit.actor(), entry, &form.reason, now).await;
    written_or_rejected(&visit, id, reversed.map(|_| ())).await
}

/// Stands for what an ASF says came of support; for staff.
pub async fn agree(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let entry = allowed(&visit, id).await?;
    let agreed = ledger::agree(&visit.app, &visit.actor(), entry).await.map(|_| ());
    written_or_rejected(&visit, id, agreed).await
}

async fn written_or_rejected(visit: &Visit, id: i64, written: service::Result<()>) -> PageResult {
    match written {
        Ok(()) => Ok(Redirect::to(&format!("/liggare/{id}?sparat=ja")).into_response()),
        Err(service::Error::Conflict) => Ok(Redirect::to(&format!("/liggare/{id}?sparat=redan")).into_response()),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(visit, &rejections);
            let page = entry_page(visit, id, errors, String::new()).await?;
            visit.rejected("pages/ledger/show.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

/// A document, always as a download.
pub async fn file(visit: Visit, Id(id): Id) -> PageResult {
    visit.ledger_part()?;
    let (file, bytes) = match ledger::file(&visit.app, id).await {
        Err(service::Error::NotFound) if !visit.is_staff() => return Err(PageError::Forbidden),
        found => found?,
    };
    allowed(&visit, file.entry.0).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&file.media_type).map_err(|error| PageError::Broken(error.into()))?;
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
