//! What could not be taken in, for staff: where it stood, why, what it says, and a button that tries again.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::parts::Pages;
use crate::{
    domain::quarantine::{Difference, QuarantineKind, Quarantined},
    service::quarantine as service,
    store::quarantine,
    web::{
        error::PageResult,
        extract::{Id, Query},
        visit::Visit,
    },
};

/// Records on one page.
const PAGE: usize = 20;

/// Longest part of a record on the page, in characters; the rest is kept all the same.
const SHOWN_CHARS: usize = 4_000;

/// What may follow in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sida: String,
    gick: String,
    kvar: String,
}

#[derive(Serialize)]
struct QuarantinePage {
    refused: Vec<RefusedLine>,
    refused_count: u64,
    twins: Vec<TwinLine>,
    twin_count: u64,
    pages: Pages,
    taken: Option<i64>,
    left: i64,
}

#[derive(Serialize)]
struct RefusedLine {
    id: i64,
    source: String,
    place: String,
    reason: String,
    detail: String,
    raw: String,
    is_whole: bool,
    seen_at: DateTime<Utc>,
    tries: i32,
}

#[derive(Serialize)]
struct TwinLine {
    id: i64,
    source: String,
    record: String,
    need_id: i64,
    differences: Vec<DifferenceLine>,
    seen_at: DateTime<Utc>,
}

const REFUSED: [QuarantineKind; 2] = [QuarantineKind::Needs, QuarantineKind::Asf];
const TWINS: [QuarantineKind; 1] = [QuarantineKind::Twin];

/// Lists what is kept, the latest first.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let db = &visit.app.db;
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 100_000);
    let (offset, limit) = (((number - 1) * PAGE) as u64, PAGE as u64 + 1);
    let mut refused = quarantine::list_latest(db, &REFUSED, offset, limit).await?;
    let mut twins = quarantine::list_latest(db, &TWINS, offset, limit).await?;
    let has_next = refused.len() > PAGE || twins.len() > PAGE;
    refused.truncate(PAGE);
    twins.truncate(PAGE);
    let page = QuarantinePage {
        refused: refused.into_iter().map(|kept| refused_line(&visit, kept)).collect(),
        refused_count: quarantine::count(db, &REFUSED).await?,
        twins: twins.into_iter().filter_map(|kept| twin_line(&visit, kept)).collect(),
        twin_count: quarantine::count(db, &TWINS).await?,
        pages: Pages::new("/karantan", &[], number, has_next),
        taken: asked.gick.parse().ok(),
        left: asked.kvar.parse().unwrap_or_default(),
    };
    visit.page("pages/quarantine/list.html", page)
}

fn refused_line(visit: &Visit, kept: Quarantined) -> RefusedLine {
    RefusedLine {
        id: kept.id,
        reason: visit.text(&kept.kept.rule),
        source: kept.kept.source,
        place: place_in_file(visit, &kept.kept.record),
        detail: kept.kept.detail,
        raw: kept.kept.raw.chars().take(SHOWN_CHARS).collect(),
        is_whole: kept.kept.is_whole,
        seen_at: kept.first_seen_at,
        tries: kept.tries,
    }
}

fn twin_line(visit: &Visit, kept: Quarantined) -> Option<TwinLine> {
    let differences: Vec<Difference> = serde_json::from_str(&kept.kept.detail).unwrap_or_default();
    Some(TwinLine {
        id: kept.id,
        source: kept.kept.source,
        record: kept.kept.record,
        need_id: kept.kept.need_id?.0,
        differences: differences.iter().map(|difference| DifferenceLine::new(visit, difference)).collect(),
        seen_at: kept.first_seen_at,
    })
}

/// One field in which two tellings differ, in the reader's words.
#[derive(Serialize)]
pub(super) struct DifferenceLine {
    field: String,
    stored: String,
    incoming: String,
}

impl DifferenceLine {
    pub(super) fn new(visit: &Visit, difference: &Difference) -> Self {
        let (lot, field) = match difference.field.rsplit_once(' ') {
            Some((lot, field)) => (Some(lot), field),
            None => (None, difference.field.as_str()),
        };
        let name = visit.text(&format!("difference-{field}"));
        let value = |written: &str| shown_value(visit, field, written);
        Self {
            field: match lot {
                Some(lot) => {
                    visit.text_with("difference-in-lot", &[("field", name.into()), ("lot", lot.to_owned().into())])
                }
                None => name,
            },
            stored: value(&difference.stored),
            incoming: value(&difference.incoming),
        }
    }
}

fn shown_value(visit: &Visit, field: &str, written: &str) -> String {
    match field {
        "deadline" => DateTime::parse_from_rfc3339(written)
            .map_or_else(|_| written.to_owned(), |at| visit.app.words.datetime(visit.language, at.to_utc())),
        "kind" if !written.is_empty() => visit.text(&format!("needs-kind-{}", written.replace('_', "-"))),
        "status" if !written.is_empty() => visit.text(&format!("needs-status-{written}")),
        _ => written.to_owned(),
    }
}

/// Where a record stands in its file, in the reader's words; an id of a notice is its own name.
pub(super) fn place_in_file(visit: &Visit, record: &str) -> String {
    match record.split_once(' ') {
        Some(("row", row)) => visit.text_with("file-place-row", &[("row", row.to_owned().into())]),
        Some(("rows", rows)) => {
            let (first, last) = rows.split_once('-').unwrap_or((rows, rows));
            visit.text_with("file-place-rows", &[("first", first.to_owned().into()), ("last", last.to_owned().into())])
        }
        _ if record == "file" => visit.text("file-place-file"),
        _ if record == "notice" => visit.text("file-place-notice"),
        _ => record.to_owned(),
    }
}

/// Tries everything again.
pub async fn retry_all(visit: Visit) -> PageResult {
    visit.staff()?;
    let report = service::retry_all(&visit.app).await?;
    Ok(told(&report).into_response())
}

/// Tries one again.
pub async fn retry(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let report = service::retry(&visit.app, id).await?;
    Ok(told(&report).into_response())
}

fn told(report: &service::Retried) -> Redirect {
    Redirect::to(&format!("/karantan?gick={}&kvar={}", report.taken, report.refused + report.cut))
}

/// Lets one go for good.
pub async fn dismiss(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let actor = visit.actor();
    service::dismiss(&visit.app, id, &actor).await?;
    Ok(Redirect::to("/karantan").into_response())
}
