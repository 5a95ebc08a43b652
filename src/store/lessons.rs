//! What answers have taught, until it is undone.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::{Reader, StoreResult, Tx, changes, entities::lesson, rows};
use crate::domain::{
    asf::AsfId,
    lesson::{Lesson, LessonId, Taught},
    pairing::PairingId,
};

const TABLE: &str = "lesson";

/// Stores what one answer taught; the ASF is matched anew.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    asf: AsfId,
    pairing: PairingId,
    taught: &Taught,
    now: DateTime<Utc>,
) -> StoreResult<LessonId> {
    let (kind, what, word) = taught.columns();
    let row = lesson::ActiveModel {
        asf_id: Set(asf.0),
        pairing_id: Set(pairing.0),
        kind: Set(kind.to_owned()),
        what: Set(what),
        word: Set(word),
        at: Set(now),
        undone_at: Set(None),
        ..Default::default()
    };
    let id = lesson::Entity::insert(row).exec(tx).await?.last_insert_id;
    changes::record(tx, changes::Noun::Asf, asf.0).await?;
    Ok(LessonId(id))
}

/// Takes a lesson back; the ASF is matched anew. The row stays, with the time.
///
/// # Errors
/// When the database does not answer.
pub async fn undo(tx: &Tx, lesson: &Lesson, now: DateTime<Utc>) -> StoreResult<()> {
    let row = lesson::ActiveModel { id: Unchanged(lesson.id.0), undone_at: Set(Some(now)), ..Default::default() };
    lesson::Entity::update(row).exec(tx).await?;
    changes::record(tx, changes::Noun::Asf, lesson.asf_id.0).await
}

/// The lessons of some ASF that hold, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_asf(db: &impl Reader, asf: impl IntoIterator<Item = AsfId>) -> StoreResult<Vec<Lesson>> {
    let rows = lesson::Entity::find()
        .filter(lesson::Column::AsfId.is_in(asf.into_iter().map(|id| id.0)))
        .filter(lesson::Column::UndoneAt.is_null())
        .order_by_asc(lesson::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_lesson).collect()
}

/// Whether an ASF has or had a lesson.
///
/// # Errors
/// When the database does not answer.
pub async fn exists(db: &impl Reader, asf: AsfId, id: LessonId) -> StoreResult<bool> {
    let row = lesson::Entity::find_by_id(id.0).filter(lesson::Column::AsfId.eq(asf.0)).one(db).await?;
    Ok(row.is_some())
}

fn to_lesson(row: lesson::Model) -> StoreResult<Lesson> {
    Ok(Lesson {
        id: LessonId(row.id),
        asf_id: AsfId(row.asf_id),
        pairing_id: PairingId(row.pairing_id),
        taught: rows::known(TABLE, Taught::parse(&row.kind, &row.what, &row.word))?,
        at: row.at,
    })
}
