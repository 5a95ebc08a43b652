//! What could not be taken in; for staff.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    cursor::{self, Page},
    extract::{Answer, Asked, Id},
    gate::Caller,
    problem::ApiResult,
    proposals::PageQuery,
};
use crate::{
    domain::quarantine::Quarantined,
    service::quarantine::{self as service, Retried},
    store::quarantine,
};

/// Longest part of a record that is told, in characters.
const SHOWN_CHARS: usize = 4_000;

/// A record that was refused, or that tells of a need that is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantineItem {
    id: i64,
    /// `needs`, `asf` or `twin`.
    kind: &'static str,
    source: String,
    record: String,
    /// Name of the rule.
    rule: String,
    /// The rule in words.
    reason: String,
    /// The beginning of what it says.
    raw: String,
    first_seen_at: DateTime<Utc>,
    tries: i32,
}

/// List what could not be taken in
#[utoipa::path(get, path = "/quarantine", tag = "staff", params(PageQuery), security(("key" = ["read:staff"])),
    responses((status = 200, description = "A page of records, oldest first", body = Page<QuarantineItem>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PageQuery>) -> ApiResult<Answer<Page<QuarantineItem>>> {
    caller.staff()?;
    let question = ["quarantine"];
    let limit = cursor::limit(asked.limit.as_deref())?;
    let after = cursor::read(asked.cursor.as_deref(), &question)?.map_or(0, |place| place.key);
    let found = quarantine::list_after(&caller.app.db, after, limit as u64 + 1).await?;
    let page = cursor::keyed(found, limit, |kept| kept.id, &question);
    let item = |kept: Quarantined| QuarantineItem {
        id: kept.id,
        kind: kept.kept.kind.as_str(),
        reason: caller.app.words.text(caller.language, &kept.kept.rule, &[]),
        source: kept.kept.source,
        record: kept.kept.record,
        rule: kept.kept.rule,
        raw: kept.kept.raw.chars().take(SHOWN_CHARS).collect(),
        first_seen_at: kept.first_seen_at,
        tries: kept.tries,
    };
    Ok(Answer(Page { items: page.items.into_iter().map(item).collect(), next: page.next }))
}

/// What became of records that were tried again.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetriedAnswer {
    tried: u64,
    /// Gone in.
    taken: u64,
    /// Refused again.
    refused: u64,
    /// Too large to be kept whole, and not tried.
    cut: u64,
}

impl From<Retried> for RetriedAnswer {
    fn from(report: Retried) -> Self {
        Self { tried: report.tried, taken: report.taken, refused: report.refused, cut: report.cut }
    }
}

/// Try everything again
#[utoipa::path(post, path = "/quarantine/retry", tag = "staff", security(("key" = ["write:staff"])),
    responses((status = 200, description = "What became of it", body = RetriedAnswer)))]
pub async fn retry_all(caller: Caller) -> ApiResult<Answer<RetriedAnswer>> {
    caller.staff()?;
    Ok(Answer(service::retry_all(&caller.app).await?.into()))
}

/// Try one again
#[utoipa::path(post, path = "/quarantine/{id}/retry", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:staff"])),
    responses((status = 200, description = "What became of it", body = RetriedAnswer)))]
pub async fn retry(caller: Caller, Id(id): Id) -> ApiResult<Answer<RetriedAnswer>> {
    caller.staff()?;
    Ok(Answer(service::retry(&caller.app, id).await?.into()))
}

/// Let one go for good
#[utoipa::path(delete, path = "/quarantine/{id}", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:staff"])), responses((status = 204, description = "Gone")))]
pub async fn dismiss(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    caller.staff()?;
    service::dismiss(&caller.app, id, caller.user.email.as_str()).await?;
    Ok(StatusCode::NO_CONTENT)
}
