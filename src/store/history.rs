//! Past procurements.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};

use super::{Reader, StoreResult, Tx, codes::Stamp, entities::past_procurement, rows};
use crate::domain::{cpv::Cpv, history::PastProcurement};

/// The stored ones of these ids.
///
/// # Errors
/// When the database does not answer.
pub async fn map_by_source_ids(db: &impl Reader, ids: &[&str]) -> StoreResult<HashMap<String, PastProcurement>> {
    let wanted = past_procurement::Column::SourceId.is_in(ids.iter().copied());
    let rows = past_procurement::Entity::find().filter(wanted).all(db).await?;
    rows.into_iter().map(|row| Ok((row.source_id.clone(), to_procurement(row)?))).collect()
}

/// Writes procurements, new or again; each has an id, and no two the same.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(tx: &Tx, procurements: &[PastProcurement], now: DateTime<Utc>) -> StoreResult<()> {
    if procurements.is_empty() {
        return Ok(());
    }
    let rows = procurements.iter().map(|past| past_procurement::ActiveModel {
        source_id: Set(past.source_id.clone().unwrap_or_default()),
        title: Set(past.title.clone()),
        main_cpv: Set(past.main_cpv.to_string()),
        buyer: Set(past.buyer.clone()),
        published: Set(past.published),
        imported_at: Set(now),
        ..Default::default()
    });
    let changed = [
        past_procurement::Column::Title,
        past_procurement::Column::MainCpv,
        past_procurement::Column::Buyer,
        past_procurement::Column::Published,
        past_procurement::Column::ImportedAt,
    ];
    past_procurement::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(past_procurement::Column::SourceId).update_columns(changed).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Every procurement by its source's id, so that the order is the same however it came in.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader) -> StoreResult<Vec<PastProcurement>> {
    let rows = past_procurement::Entity::find().order_by_asc(past_procurement::Column::SourceId).all(db).await?;
    rows.into_iter().map(to_procurement).collect()
}

/// What the history was when it was last written.
///
/// # Errors
/// When the database does not answer.
pub async fn stamp(db: &impl Reader) -> StoreResult<Stamp> {
    let rows = past_procurement::Entity::find().count(db).await?;
    let last = past_procurement::Entity::find().order_by_desc(past_procurement::Column::ImportedAt).one(db).await?;
    Ok((rows, last.map(|row| row.imported_at)))
}

fn to_procurement(row: past_procurement::Model) -> StoreResult<PastProcurement> {
    Ok(PastProcurement {
        source_id: Some(row.source_id),
        title: row.title,
        main_cpv: rows::known("past_procurement", Cpv::parse(&row.main_cpv))?,
        buyer: row.buyer,
        published: row.published,
    })
}
