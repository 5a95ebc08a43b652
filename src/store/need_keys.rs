//! The names that a need goes by.

use std::collections::{HashMap, HashSet};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{Reader, StoreResult, Tx, entities::need_key};
use crate::domain::{need::NeedId, notice::NeedKey};

/// The need that goes by one of these names; the first name that is known decides.
///
/// # Errors
/// When the database does not answer.
pub async fn find_need(db: &impl Reader, keys: &[NeedKey]) -> StoreResult<Option<NeedId>> {
    if keys.is_empty() {
        return Ok(None);
    }
    let known = stored(db, keys).await?;
    Ok(keys.iter().find_map(|key| known.get(key.as_str())).copied())
}

/// Lets a need go by these names too; a name that another need has stays with that one.
///
/// # Errors
/// When the database does not answer.
pub async fn add(tx: &Tx, need: NeedId, keys: &[NeedKey]) -> StoreResult<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let names: HashSet<&str> = keys.iter().map(NeedKey::as_str).collect();
    let row =
        |key: &str| need_key::ActiveModel { key: Set(key.to_owned()), need_id: Set(need.0), ..Default::default() };
    let known = OnConflict::column(need_key::Column::Key).do_nothing().to_owned();
    need_key::Entity::insert_many(names.into_iter().map(row)).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}

async fn stored(db: &impl Reader, keys: &[NeedKey]) -> StoreResult<HashMap<String, NeedId>> {
    let wanted = keys.iter().map(NeedKey::as_str);
    let rows = need_key::Entity::find().filter(need_key::Column::Key.is_in(wanted)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.key, NeedId(row.need_id))).collect())
}
