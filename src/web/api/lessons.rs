//! What an ASF's answers have taught; for the ASF itself and for staff.

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    extract::{Answer, Id, Ids},
    gate::Caller,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::{
        asf::AsfId,
        lesson::{Lesson, LessonId},
    },
    service::lessons,
    store::asf,
};

/// What was learnt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lessons {
    items: Vec<LessonItem>,
}

/// One lesson.
#[derive(Debug, Serialize, ToSchema)]
pub struct LessonItem {
    id: i64,
    /// The suggestion whose answer taught it.
    pairing_id: i64,
    /// `concept`, `word`, `code`, `size`, `place` or `pause`.
    kind: &'static str,
    /// The trade, word, code, largest job, place or last day.
    about: String,
    /// The word that readers see, or empty.
    word: String,
}

impl From<Lesson> for LessonItem {
    fn from(lesson: Lesson) -> Self {
        let (kind, about, word) = lesson.taught.columns();
        Self { id: lesson.id.0, pairing_id: lesson.pairing_id.0, kind, about, word }
    }
}

fn allowed(caller: &Caller, id: i64) -> ApiResult<AsfId> {
    match caller.ledger_part()? {
        Some(own) if own != AsfId(id) => Err(ApiError::Forbidden),
        _ => Ok(AsfId(id)),
    }
}

/// List what an ASF's answers have taught
#[utoipa::path(get, path = "/asf/{id}/lessons", tag = "pairings", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:pairings"])), responses((status = 200, description = "The lessons", body = Lessons)))]
pub async fn list(caller: Caller, Id(id): Id) -> ApiResult<Answer<Lessons>> {
    let id = allowed(&caller, id)?;
    let found = asf::find(&caller.app.db, id).await?.ok_or(ApiError::NotFound)?;
    Ok(Answer(Lessons { items: found.lessons.into_iter().map(LessonItem::from).collect() }))
}

/// Take a lesson back
///
/// Once more changes nothing. The ASF is matched anew at once.
#[utoipa::path(delete, path = "/asf/{id}/lessons/{lesson}", tag = "pairings",
    params(("id" = i64, Path, minimum = 1), ("lesson" = i64, Path, minimum = 1)),
    security(("key" = ["write:pairings"])), responses((status = 204, description = "Taken back")))]
pub async fn undo(caller: Caller, Ids(id, lesson): Ids) -> ApiResult<StatusCode> {
    let id = allowed(&caller, id)?;
    lessons::undo(&caller.app, id, LessonId(lesson)).await?;
    Ok(StatusCode::NO_CONTENT)
}
