//! Files of ASF and needs, for staff: uploaded, looked at, and taken in by a button.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect},
};
use serde::{Deserialize, Serialize};

use super::quarantine::{DifferenceLine, place_in_file};
use crate::{
    domain::upload::{HeadingRead, NewUpload, Upload, UploadKind},
    service::{self, uploads as service_uploads},
    web::{
        error::{PageError, PageResult},
        extract::{Document, FilePath, Form, Id, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// What may follow in the address: what the file is about, and what the last one did.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    slag: String,
    nya: String,
    andrade: String,
    lika: String,
    fel: String,
}

impl Asked {
    fn kind(&self) -> UploadKind {
        if self.slag == "asf" { UploadKind::Asf } else { UploadKind::Needs }
    }
}

#[derive(Serialize)]
struct AskPage {
    kind: UploadKind,
    slug: &'static str,
    errors: Vec<FieldError>,
    taken: Option<Taken>,
}

#[derive(Serialize)]
struct Taken {
    created: i64,
    updated: i64,
    unchanged: i64,
    rejected: i64,
}

#[derive(Serialize)]
struct LookPage {
    id: i64,
    name: String,
    kind: UploadKind,
    slug: &'static str,
    created: u64,
    new: Vec<String>,
    updated: u64,
    changes: Vec<ChangeLines>,
    unchanged: u64,
    twins: u64,
    rejected: u64,
    refusals: Vec<RefusalLine>,
    skipped: u64,
    headings: Vec<HeadingRead>,
    columns: &'static [&'static str],
    unread: usize,
    can_take: bool,
}

#[derive(Serialize)]
struct ChangeLines {
    name: String,
    differences: Vec<DifferenceLine>,
}

#[derive(Serialize)]
struct RefusalLine {
    source: String,
    place: String,
    reason: String,
    detail: String,
}

fn slug(kind: UploadKind) -> &'static str {
    match kind {
        UploadKind::Asf => "asf",
        UploadKind::Needs => "behov",
    }
}

/// Asks for a file.
pub async fn ask(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let number = |text: &str| text.parse::<u32>().ok().map(i64::from);
    let taken = number(&asked.nya).map(|created| Taken {
        created,
        updated: number(&asked.andrade).unwrap_or_default(),
        unchanged: number(&asked.lika).unwrap_or_default(),
        rejected: number(&asked.fel).unwrap_or_default(),
    });
    visit.page("pages/uploads/new.html", AskPage { taken, ..ask_page(asked.kind(), Vec::new()) })
}

fn ask_page(kind: UploadKind, errors: Vec<FieldError>) -> AskPage {
    AskPage { kind, slug: slug(kind), errors, taken: None }
}

/// Takes a file aside and shows what it would do, or asks again with what is wrong.
pub async fn receive(visit: Visit, Query(asked): Query<Asked>, document: Document) -> PageResult {
    visit.staff()?;
    let kind = asked.kind();
    let received = match NewUpload::parse(kind, &document.name, document.bytes.to_vec()) {
        Ok(new) => service_uploads::receive(&visit.app, &visit.actor(), new).await,
        Err(rejection) => Err(rejection.into()),
    };
    match received {
        Ok(id) => Ok(Redirect::to(&format!("/inlasning/{id}")).into_response()),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected("pages/uploads/new.html", ask_page(kind, errors))
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows what a file would do.
pub async fn show(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let page = look_page(&visit, service_uploads::find(&visit.app, id).await?);
    visit.page("pages/uploads/show.html", page)
}

fn look_page(visit: &Visit, upload: Upload) -> LookPage {
    let Upload { id, told: NewUpload { kind, name, .. }, preview } = upload;
    let changes = preview.changes.into_iter().map(|change| ChangeLines {
        name: change.name,
        differences: change.differences.iter().map(|difference| DifferenceLine::new(visit, difference)).collect(),
    });
    let refusals = preview.refusals.into_iter().map(|refused| RefusalLine {
        place: place_in_file(visit, &refused.record),
        reason: visit.text(&refused.rule),
        source: refused.source,
        detail: refused.detail,
    });
    LookPage {
        changes: changes.collect(),
        refusals: refusals.collect(),
        unread: preview.headings.iter().filter(|heading| heading.column.is_empty()).count(),
        can_take: preview.created + preview.updated + preview.twins > 0 || preview.rejected.min(preview.unchanged) > 0,
        columns: service_uploads::columns(kind),
        slug: slug(kind),
        created: preview.created,
        new: preview.new,
        updated: preview.updated,
        unchanged: preview.unchanged,
        twins: preview.twins,
        rejected: preview.rejected,
        skipped: preview.skipped,
        headings: preview.headings,
        id,
        name,
        kind,
    }
}

/// Remembers what the headings mean, by their place in the file, and shows the file anew.
pub async fn decide_columns(visit: Visit, Id(id): Id, Form(form): Form<BTreeMap<String, String>>) -> PageResult {
    visit.staff()?;
    let upload = service_uploads::find(&visit.app, id).await?;
    let known = service_uploads::columns(upload.told.kind);
    let mut decided = BTreeMap::new();
    for (at, heading) in upload.preview.headings.iter().enumerate() {
        let Some(column) = form.get(&format!("kolumn-{at}")) else { continue };
        let is_known = column.is_empty() || known.contains(&column.as_str());
        if is_known && *column != heading.column {
            decided.insert(heading.written.clone(), column.clone());
        }
    }
    service_uploads::decide_columns(&visit.app, id, &decided).await?;
    Ok(Redirect::to(&format!("/inlasning/{id}")).into_response())
}

/// Takes the file in. It goes on when the browser goes away.
pub async fn take(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let (app, actor) = (visit.app.clone(), visit.actor());
    let taking = tokio::spawn(async move { service_uploads::take(&app, id, &actor).await });
    let (kind, report) = taking.await.map_err(|error| PageError::Broken(error.into()))??;
    let told = format!(
        "/inlasning?slag={}&nya={}&andrade={}&lika={}&fel={}",
        slug(kind),
        report.created,
        report.updated,
        report.unchanged,
        report.rejected.len()
    );
    Ok(Redirect::to(&told).into_response())
}

/// Lets the file go.
pub async fn dismiss(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    service_uploads::dismiss(&visit.app, id, &visit.actor()).await?;
    Ok(Redirect::to("/inlasning").into_response())
}

/// A file to fill in.
pub async fn template(visit: Visit, FilePath(name): FilePath) -> PageResult {
    visit.staff()?;
    let (kind, is_workbook) = match name.as_str() {
        "asf.xlsx" => (UploadKind::Asf, true),
        "asf.csv" => (UploadKind::Asf, false),
        "behov.xlsx" => (UploadKind::Needs, true),
        "behov.csv" => (UploadKind::Needs, false),
        _ => return Err(PageError::NotFound),
    };
    let media = if is_workbook {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    } else {
        "text/csv; charset=utf-8"
    };
    let mut response = service_uploads::template(kind, is_workbook)?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}
