//! The report for print, and as files. For staff.

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::target,
    service::reports::{self, Report},
    web::{
        error::{PageError, PageResult},
        extract::{FilePath, Query},
        visit::Visit,
    },
};

/// As of when.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    per: String,
}

impl Asked {
    fn as_of(&self, now: DateTime<Utc>) -> PageResult<DateTime<Utc>> {
        if self.per.trim().is_empty() {
            return Ok(now);
        }
        target::parse_as_of(&self.per).map_err(|rejection| PageError::Rejected(vec![rejection]))
    }
}

#[derive(Serialize)]
struct ReportPage {
    query: String,
    report: Report,
}

/// Shows everything on one page that prints well.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let report = reports::report(&visit.app.db, asked.as_of(visit.app.clock.now())?).await?;
    let query = if asked.per.is_empty() {
        String::new()
    } else {
        format!("?per={}", report.as_of.format("%Y-%m-%dT%H:%M:%S%.6fZ"))
    };
    visit.page("pages/reports/show.html", ReportPage { query, report })
}

/// The same as a file.
pub async fn download(visit: Visit, FilePath(name): FilePath, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let report = reports::report(&visit.app.db, asked.as_of(visit.app.clock.now())?).await?;
    let (kind, bytes) = match name.as_str() {
        "mal.xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            reports::xlsx(&report, &visit.app.words, visit.language).map_err(PageError::Broken)?,
        ),
        "mal.csv" => ("text/csv; charset=utf-8", reports::csv(&report).map_err(PageError::Broken)?.into_bytes()),
        "mal.json" => {
            ("application/json", serde_json::to_vec(&report).map_err(|error| PageError::Broken(error.into()))?)
        }
        _ => return Err(PageError::NotFound),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
