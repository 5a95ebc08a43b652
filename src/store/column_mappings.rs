//! What people have decided about the headings of files.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{Reader, StoreResult, Tx, entities::column_mapping};

/// Every decision: for each signature of a header, heading and column.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader) -> StoreResult<HashMap<String, BTreeMap<String, String>>> {
    let mut decided: HashMap<String, BTreeMap<String, String>> = HashMap::new();
    for row in column_mapping::Entity::find().all(db).await? {
        decided.entry(row.signature).or_default().insert(row.heading, row.target);
    }
    Ok(decided)
}

/// Writes what was decided about the headings of one header, new or again.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(
    tx: &Tx,
    signature: &str,
    decided: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    if decided.is_empty() {
        return Ok(());
    }
    let rows = decided.iter().map(|(heading, target)| column_mapping::ActiveModel {
        signature: Set(signature.to_owned()),
        heading: Set(heading.clone()),
        target: Set(target.clone()),
        decided_at: Set(now),
        ..Default::default()
    });
    let key = [column_mapping::Column::Signature, column_mapping::Column::Heading];
    let changed = [column_mapping::Column::Target, column_mapping::Column::DecidedAt];
    column_mapping::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).update_columns(changed).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
