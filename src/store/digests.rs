//! Weekly digests: one row for an ASF and an ISO week, and what stood in it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

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

/// Which of these ASF have a digest for which of these weeks.
///
/// # Errors
/// When the database does not answer.
pub async fn list_weeks(db: &impl Reader, asfs: &[AsfId], weeks: &[IsoWeek]) -> StoreResult<HashSet<(AsfId, IsoWeek)>> {
    let mut one_each = weeks.to_vec();
    one_each.sort_unstable();
    one_each.dedup();
    let mut in_weeks = Condition::any();
    for week in &one_each {
        let number = i32::try_from(week.week).unwrap_or_default();
        in_weeks = in_weeks
            .add(Condition::all().add(digest::Column::IsoYear.eq(week.year)).add(digest::Column::IsoWeek.eq(number)));
    }
    let rows = digest::Entity::find()
        .filter(digest::Column::AsfId.is_in(asfs.iter().map(|id| id.0)))
        .filter(in_weeks)
        .all(db)
        .await?;
    let week = |row: &digest::Model| IsoWeek { year: row.iso_year, week: u32::try_from(row.iso_week).unwrap_or(0) };
    Ok(rows.iter().map(|row| (AsfId(row.asf_id), week(row))).collect())
}

/// When the latest digest of each of these ASF was composed.
///
/// # Errors
/// When the database does not answer.
pub async fn map_last_composed(db: &impl Reader, asfs: &[AsfId]) -> StoreResult<HashMap<AsfId, DateTime<Utc>>> {
    let rows: Vec<(i64, DateTime<Utc>)> = digest::Entity::find()
        .select_only()
        .column(digest::Column::AsfId)
        .column_as(digest::Column::ComposedAt.max(), "last")
        .filter(digest::Column::AsfId.is_in(asfs.iter().map(|id| id.0)))
        .group_by(digest::Column::AsfId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(asf, last)| (AsfId(asf), last)).collect())
}

/// What stood in the latest digest of each of these ASF.
///
/// # Errors
/// When the database does not answer.
pub async fn list_last_items(db: &impl Reader, asfs: &[AsfId]) -> StoreResult<Vec<PairingId>> {
    let latest: Vec<Option<i64>> = digest::Entity::find()
        .select_only()
        .column_as(digest::Column::Id.max(), "latest")
        .filter(digest::Column::AsfId.is_in(asfs.iter().map(|id| id.0)))
        .group_by(digest::Column::AsfId)
        .into_tuple()
        .all(db)
        .await?;
    let items: Vec<i64> = digest_item::Entity::find()
        .select_only()
        .column(digest_item::Column::PairingId)
        .filter(digest_item::Column::DigestId.is_in(latest.into_iter().flatten()))
        .order_by_asc(digest_item::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(items.into_iter().map(PairingId).collect())
}

/// ASF that got a digest in this time and have answered nothing since, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_silent(db: &impl Reader, from: DateTime<Utc>, to: DateTime<Utc>) -> StoreResult<Vec<AsfId>> {
    let silent = "NOT EXISTS (SELECT 1 FROM pairing WHERE pairing.asf_id = digest.asf_id \
         AND pairing.answered_at >= digest.composed_at)";
    let ids: Vec<i64> = digest::Entity::find()
        .select_only()
        .column(digest::Column::AsfId)
        .distinct()
        .filter(digest::Column::ComposedAt.between(from, to))
        .filter(Expr::cust(silent))
        .order_by_asc(digest::Column::AsfId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(AsfId).collect())
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
