//! The official code list.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};

use super::{Reader, StoreResult, Tx, entities::cpv_code, rows};
use crate::domain::{codes::CodeLabel, cpv::Cpv};

/// Rows and time of the last import: equal as long as nothing was imported.
pub type Stamp = (u64, Option<DateTime<Utc>>);

/// The stored ones of these codes.
///
/// # Errors
/// When the database does not answer.
pub async fn map_by_codes(db: &impl Reader, codes: &[&str]) -> StoreResult<HashMap<String, CodeLabel>> {
    let wanted = cpv_code::Column::Code.is_in(codes.iter().copied());
    let rows = cpv_code::Entity::find().filter(wanted).all(db).await?;
    rows.into_iter().map(|row| Ok((row.code.clone(), to_label(row)?))).collect()
}

/// Writes codes, new or again; each may be named once.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(tx: &Tx, labels: &[CodeLabel], now: DateTime<Utc>) -> StoreResult<()> {
    if labels.is_empty() {
        return Ok(());
    }
    let rows = labels.iter().map(|label| cpv_code::ActiveModel {
        code: Set(label.code.to_string()),
        label_sv: Set(label.label_sv.clone()),
        label_en: Set(label.label_en.clone()),
        imported_at: Set(now),
        ..Default::default()
    });
    let changed = [cpv_code::Column::LabelSv, cpv_code::Column::LabelEn, cpv_code::Column::ImportedAt];
    cpv_code::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(cpv_code::Column::Code).update_columns(changed).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Every code, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader) -> StoreResult<Vec<CodeLabel>> {
    let rows = cpv_code::Entity::find().order_by_asc(cpv_code::Column::Code).all(db).await?;
    rows.into_iter().map(to_label).collect()
}

/// What the list was when it was last written.
///
/// # Errors
/// When the database does not answer.
pub async fn stamp(db: &impl Reader) -> StoreResult<Stamp> {
    let rows = cpv_code::Entity::find().count(db).await?;
    let last = cpv_code::Entity::find().order_by_desc(cpv_code::Column::ImportedAt).one(db).await?;
    Ok((rows, last.map(|row| row.imported_at)))
}

fn to_label(row: cpv_code::Model) -> StoreResult<CodeLabel> {
    let code = rows::known("cpv_code", Cpv::parse(&row.code))?;
    Ok(CodeLabel { code, label_sv: row.label_sv, label_en: row.label_en })
}
