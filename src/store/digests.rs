//! Weekly digests: one row for an ASF and an ISO week, and what stood in it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

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
        mark: Set(item.mark.as_str().to_owned()),
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

/// The marks under which each of these pairings stood in a digest before.
///
/// # Errors
/// When the database does not answer.
pub async fn marks(db: &impl Reader, pairings: &[PairingId]) -> StoreResult<HashMap<PairingId, Vec<Mark>>> {
    let mut marks: HashMap<PairingId, Vec<Mark>> = HashMap::new();
    for chunk in pairings.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let found = digest_item::Entity::find().filter(digest_item::Column::PairingId.is_in(keys)).all(db).await?;
        for row in found {
            let mark = rows::known("digest_item", Mark::parse(&row.mark))?;
            marks.entry(PairingId(row.pairing_id)).or_default().push(mark);
        }
    }
    Ok(marks)
}
