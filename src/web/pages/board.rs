//! The board of pairings, for staff: how far each has come, filtered, paged, and as a file.

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::parts::{PAGE_SIZE, Pages, PlaceName, link, place_names, place_options};
use crate::{
    domain::{
        board::{BoardFields, BoardFilter, Stage},
        pairing::{DeclineReason, Strength},
    },
    service::board as service,
    store::board::{self, BoardRow},
    web::{
        error::{PageError, PageResult},
        extract::{FilePath, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// What is asked for in the address.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    #[serde(flatten)]
    fields: BoardFields,
    sida: String,
}

#[derive(Serialize)]
struct BoardPage {
    form: BoardFields,
    errors: Vec<FieldError>,
    stages: Vec<StageLink>,
    place_options: Vec<PlaceName>,
    rows: Vec<BoardLine>,
    pages: Pages,
    csv_href: String,
    xlsx_href: String,
}

#[derive(Serialize)]
struct StageLink {
    stage: &'static str,
    href: String,
    is_current: bool,
}

#[derive(Serialize)]
struct BoardLine {
    id: i64,
    need_id: i64,
    asf_id: i64,
    title: String,
    lot_title: Option<String>,
    buyer: String,
    asf: String,
    places: Vec<PlaceName>,
    strength: Strength,
    stage: Stage,
    decline_reason: Option<DeclineReason>,
    note: String,
    since: DateTime<Utc>,
}

/// Shows one page of the board.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 1000);
    let (filter, errors) = match BoardFilter::parse(&asked.fields) {
        Ok(filter) => (Some(filter), Vec::new()),
        Err(rejections) => (None, field_errors(&visit, &rejections)),
    };
    let mut rows = match &filter {
        None => Vec::new(),
        Some(filter) => {
            let offset = ((number - 1) * PAGE_SIZE) as u64;
            board::list(&visit.app.db, filter, visit.app.clock.now(), offset, PAGE_SIZE as u64 + 1).await?
        }
    };
    let has_next = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    let query = query(&asked.fields);
    let page = BoardPage {
        stages: stages(&asked.fields),
        place_options: place_options(),
        rows: rows.into_iter().map(line).collect(),
        pages: Pages::new("/matchningar", &query, number, has_next),
        csv_href: link("/matchningar/matchningar.csv", &query),
        xlsx_href: link("/matchningar/matchningar.xlsx", &query),
        form: asked.fields.clone(),
        errors,
    };
    let template = "pages/board/list.html";
    if filter.is_some() { visit.page(template, page) } else { visit.rejected(template, page) }
}

fn query(fields: &BoardFields) -> [(&'static str, &str); 7] {
    [
        ("lage", fields.lage.trim()),
        ("asf", fields.asf.trim()),
        ("kopare", fields.kopare.trim()),
        ("vecka", fields.vecka.trim()),
        ("plats", fields.plats.trim()),
        ("dagar", fields.dagar.trim()),
        ("tyst", fields.tyst.trim()),
    ]
}

/// The same question for each stage; what is silent is a question of its own.
fn stages(fields: &BoardFields) -> Vec<StageLink> {
    let to = |stage: &'static str| {
        let kept = query(fields).map(|(name, value)| match name {
            "lage" => (name, stage),
            "dagar" | "tyst" => (name, ""),
            _ => (name, value),
        });
        StageLink { stage, href: link("/matchningar", &kept), is_current: fields.lage.trim() == stage }
    };
    std::iter::once(to("")).chain(Stage::ALL.iter().map(|stage| to(stage.as_str()))).collect()
}

fn line(row: BoardRow) -> BoardLine {
    BoardLine {
        id: row.id,
        need_id: row.need_id,
        asf_id: row.asf_id,
        lot_title: Some(row.lot_title).filter(|title| *title != row.title && !title.is_empty()),
        title: row.title,
        buyer: row.buyer,
        asf: row.asf,
        places: place_names(&row.places),
        strength: row.strength,
        stage: row.stage,
        decline_reason: row.decline_reason,
        note: row.note,
        since: row.since,
    }
}

/// The same rows, all of them, as a file.
pub async fn download(visit: Visit, FilePath(name): FilePath, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let filter = BoardFilter::parse(&asked.fields).map_err(PageError::Rejected)?;
    let table = || service::table(&visit.app, &filter, visit.language);
    let (kind, bytes) = match name.as_str() {
        "matchningar.csv" => ("text/csv; charset=utf-8", service::csv(&table().await?).map_err(PageError::Broken)?),
        "matchningar.xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            service::xlsx(&table().await?).map_err(PageError::Broken)?,
        ),
        _ => return Err(PageError::NotFound),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
