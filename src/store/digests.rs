//! Weekly digests: one row for an ASF and an ISO week, and what stood in it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Reader, StoreResult, Tx,
    entities::{digest, digest_item},
    rows,
};
use crate::domain::{
    asf::AsfId,
    digest::{Item, Mark},
    pairing::PairingId,
    schedule::IsoWeek,
};

/// Stores a digest with its items.
///
/// # Errors
/// `Conflict` when the ASF already has a digest for that week, or an item stood under that mark before.
pub async fn insert(tx: &Tx, asf: AsfId, week: IsoWeek, items: &[Item], now: DateTime<Utc>) -> StoreResult<i64> {
    let row = digest::ActiveModel {
        asf_id: Set(asf.0),
        iso_year: Set(week.year),
        iso_week: Set(i32::try_from(week.week).unwrap_or_default()),
        composed_at: Set(now),
        ..Default::default()
    };
    let digest_id = digest::Entity::insert(row).exec(tx).await?.last_insert_id;
    let items = items.iter().map(|item| digest_item::ActiveModel {
        digest_id: Set(digest_id),
        pairing_id: Set(item.pairing_id.0),
        mark: Set(mark_column(item)),
        ..Default::default()
    });
    digest_item::Entity::insert_many(items).exec_without_returning(tx).await?;
    Ok(digest_id)
}

/// Whether an ASF has a digest for a week.
///
/// # Errors
/// When the database does not answer.
pub async fn exists(db: &impl Reader, asf: AsfId, week: IsoWeek) -> StoreResult<bool> {
    let row = digest::Entity::find()
        .filter(digest::Column::AsfId.eq(asf.0))
        .filter(digest::Column::IsoYear.eq(week.year))
        .filter(digest::Column::IsoWeek.eq(i32::try_from(week.week).unwrap_or_default()))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// When an ASF's latest digest was composed.
///
/// # Errors
/// When the database does not answer.
pub async fn last_composed_at(db: &impl Reader, asf: AsfId) -> StoreResult<Option<DateTime<Utc>>> {
    let row = digest::Entity::find()
        .filter(digest::Column::AsfId.eq(asf.0))
        .order_by_desc(digest::Column::ComposedAt)
        .one(db)
        .await?;
    Ok(row.map(|row| row.composed_at))
}

/// How a pairing stood in digests before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailed {
    /// Under which marks.
    pub marks: Vec<Mark>,
    /// When the latest of them was composed.
    pub last_at: Option<DateTime<Utc>>,
}

/// How each of these pairings stood in digests before; none that did not.
///
/// # Errors
/// When the database does not answer.
pub async fn map_mailed(db: &impl Reader, pairings: &[PairingId]) -> StoreResult<HashMap<PairingId, Mailed>> {
    let mut mailed: HashMap<PairingId, Mailed> = HashMap::new();
    for chunk in pairings.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let items = digest_item::Entity::find().filter(digest_item::Column::PairingId.is_in(keys)).all(db).await?;
        let digests: BTreeSet<i64> = items.iter().map(|item| item.digest_id).collect();
        let composed: Vec<(i64, DateTime<Utc>)> = digest::Entity::find()
            .select_only()
            .column(digest::Column::Id)
            .column(digest::Column::ComposedAt)
            .filter(digest::Column::Id.is_in(digests))
            .into_tuple()
            .all(db)
            .await?;
        let composed: HashMap<i64, DateTime<Utc>> = composed.into_iter().collect();
        for item in items {
            let before = mailed.entry(PairingId(item.pairing_id)).or_default();
            let word = item.mark.split_once(' ').map_or(item.mark.as_str(), |(word, _)| word);
            before.marks.push(rows::known("digest_item", Mark::parse(word))?);
            before.last_at = before.last_at.max(composed.get(&item.digest_id).copied());
        }
    }
    Ok(mailed)
}

/// The mark; that of a change names the change, so that the unique key lets each be told once.
fn mark_column(item: &Item) -> String {
    match item.changed_at {
        Some(at) => format!("{} {}", item.mark.as_str(), at.timestamp_micros()),
        None => item.mark.as_str().to_owned(),
    }
}
