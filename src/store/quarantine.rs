//! Records that were kept aside.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::{Reader, StoreResult, Tx, entities::quarantine, rows};
use crate::domain::{
    need::NeedId,
    quarantine::{NewQuarantined, QuarantineKind, Quarantined},
};

const TABLE: &str = "quarantine";

/// Keeps records, new or again; each may be named once.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(tx: &Tx, records: &[NewQuarantined], now: DateTime<Utc>) -> StoreResult<()> {
    use quarantine::Column as C;
    for chunk in records.chunks(100) {
        let rows = chunk.iter().map(|new| quarantine::ActiveModel {
            kind: Set(new.kind.as_str().to_owned()),
            source: Set(new.source.clone()),
            record: Set(new.record.clone()),
            rule: Set(new.rule.clone()),
            detail: Set(new.detail.clone()),
            raw: Set(new.raw.clone()),
            is_whole: Set(new.is_whole),
            need_id: Set(new.need_id.map(|id| id.0)),
            first_seen_at: Set(now),
            last_tried_at: Set(now),
            tries: Set(1),
            ..Default::default()
        });
        let tries = Expr::col((quarantine::Entity, C::Tries)).add(1);
        let again = OnConflict::columns([C::Kind, C::Source, C::Record])
            .update_columns([C::Rule, C::Detail, C::Raw, C::IsWhole, C::NeedId, C::LastTriedAt])
            .value(C::Tries, tries)
            .to_owned();
        quarantine::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Removes what was kept of these sources and was not tried again since an instant: they were read anew.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_superseded(
    tx: &Tx,
    kind: QuarantineKind,
    sources: &[String],
    since: DateTime<Utc>,
) -> StoreResult<u64> {
    let mut removed = 0;
    for chunk in sources.chunks(500) {
        let query = quarantine::Entity::delete_many()
            .filter(quarantine::Column::Kind.eq(kind.as_str()))
            .filter(quarantine::Column::Source.is_in(chunk.iter().cloned()))
            .filter(quarantine::Column::LastTriedAt.lt(since));
        removed += query.exec(tx).await?.rows_affected;
    }
    Ok(removed)
}

/// Removes what was last tried before an instant; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_before(tx: &Tx, before: DateTime<Utc>) -> StoreResult<u64> {
    let old = quarantine::Entity::delete_many().filter(quarantine::Column::LastTriedAt.lt(before));
    Ok(old.exec(tx).await?.rows_affected)
}

/// Removes one; `false` when it was gone.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, id: i64) -> StoreResult<bool> {
    Ok(quarantine::Entity::delete_by_id(id).exec(tx).await?.rows_affected == 1)
}

/// One kept record.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: i64) -> StoreResult<Option<Quarantined>> {
    quarantine::Entity::find_by_id(id).one(db).await?.map(to_quarantined).transpose()
}

/// The next kept records after a key, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_after(db: &impl Reader, after: i64, limit: u64) -> StoreResult<Vec<Quarantined>> {
    let rows = quarantine::Entity::find()
        .filter(quarantine::Column::Id.gt(after))
        .order_by_asc(quarantine::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(to_quarantined).collect()
}

/// The latest kept records, of refused ones or of twins.
///
/// # Errors
/// When the database does not answer.
pub async fn list_latest(
    db: &impl Reader,
    kinds: &[QuarantineKind],
    offset: u64,
    limit: u64,
) -> StoreResult<Vec<Quarantined>> {
    let rows = quarantine::Entity::find()
        .filter(quarantine::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .order_by_desc(quarantine::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(to_quarantined).collect()
}

/// How many records of these kinds are kept.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Reader, kinds: &[QuarantineKind]) -> StoreResult<u64> {
    let of_kinds = quarantine::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str()));
    Ok(quarantine::Entity::find().filter(of_kinds).count(db).await?)
}

fn to_quarantined(row: quarantine::Model) -> StoreResult<Quarantined> {
    Ok(Quarantined {
        id: row.id,
        kept: NewQuarantined {
            kind: rows::known(TABLE, QuarantineKind::parse(&row.kind))?,
            source: row.source,
            record: row.record,
            rule: row.rule,
            detail: row.detail,
            raw: row.raw,
            is_whole: row.is_whole,
            need_id: row.need_id.map(NeedId),
        },
        first_seen_at: row.first_seen_at,
        last_tried_at: row.last_tried_at,
        tries: row.tries,
    })
}
