//! The sequence of changes that the index and the matcher follow.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{change, watermark},
};

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Noun {
    /// An ASF or its capabilities.
    Asf,
    /// A need or its lots.
    Need,
}

impl Noun {
    fn as_str(self) -> &'static str {
        match self {
            Self::Asf => "asf",
            Self::Need => "need",
        }
    }
}

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Place in the sequence.
    pub id: i64,
    /// What changed.
    pub noun: Noun,
    /// Which one.
    pub noun_id: i64,
}

/// Number of the PostgreSQL lock that keeps the sequence in commit order: without it a follower
/// could read change 8 while 7 is still uncommitted, and never see 7.
const SEQUENCE_LOCK: i64 = 0x5341_4d43;

/// Records a change in the transaction that makes it.
///
/// # Errors
/// When the database does not answer.
pub async fn record(tx: &Tx, noun: Noun, noun_id: i64) -> StoreResult<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({SEQUENCE_LOCK})")).await?;
    }
    let row = change::ActiveModel { noun: Set(noun.as_str().to_owned()), noun_id: Set(noun_id), ..Default::default() };
    change::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The next changes after a place in the sequence, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_after(db: &impl Reader, after: i64, limit: u64) -> StoreResult<Vec<Change>> {
    let rows = change::Entity::find()
        .filter(change::Column::Id.gt(after))
        .order_by_asc(change::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let noun = |word: &str| if word == "asf" { Noun::Asf } else { Noun::Need };
    Ok(rows.into_iter().map(|row| Change { id: row.id, noun: noun(&row.noun), noun_id: row.noun_id }).collect())
}

/// The last place in the sequence, 0 when nothing ever changed.
///
/// # Errors
/// When the database does not answer.
pub async fn last(db: &impl Reader) -> StoreResult<i64> {
    let row = change::Entity::find().order_by_desc(change::Column::Id).one(db).await?;
    Ok(row.map_or(0, |row| row.id))
}

/// How far a follower has come.
///
/// # Errors
/// When the database does not answer.
pub async fn watermark(db: &impl Reader, follower: &str) -> StoreResult<i64> {
    let row = watermark::Entity::find().filter(watermark::Column::Follower.eq(follower)).one(db).await?;
    Ok(row.map_or(0, |row| row.change_id))
}

/// Moves a follower's mark.
///
/// # Errors
/// When the database does not answer.
pub async fn set_watermark(tx: &Tx, follower: &str, change_id: i64) -> StoreResult<()> {
    let row =
        watermark::ActiveModel { follower: Set(follower.to_owned()), change_id: Set(change_id), ..Default::default() };
    watermark::Entity::insert(row)
        .on_conflict(
            OnConflict::column(watermark::Column::Follower).update_column(watermark::Column::ChangeId).to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
