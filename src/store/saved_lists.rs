//! Lists of ASF that people keep.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use super::{
    Reader, StoreResult, Tx,
    entities::{saved_list, saved_list_item},
};
use crate::domain::{
    asf::AsfId,
    saved_list::{SavedItem, SavedList, SavedListId},
    user::UserId,
};

/// Stores an empty list.
///
/// # Errors
/// `Conflict` when the owner has one of that name.
pub async fn insert(tx: &Tx, owner: UserId, name: &str, now: DateTime<Utc>) -> StoreResult<SavedListId> {
    let row = saved_list::ActiveModel {
        user_id: Set(owner.0),
        name: Set(name.to_owned()),
        share_hash: Set(None),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(SavedListId(saved_list::Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// Removes a list with what is on it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, id: SavedListId) -> StoreResult<()> {
    saved_list_item::Entity::delete_many().filter(saved_list_item::Column::ListId.eq(id.0)).exec(tx).await?;
    saved_list::Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(())
}

/// Lets whoever has the link see a list, or nobody any more.
///
/// # Errors
/// When the database does not answer.
pub async fn set_share(tx: &Tx, id: SavedListId, hash: Option<String>) -> StoreResult<()> {
    saved_list::Entity::update_many()
        .col_expr(saved_list::Column::ShareHash, Expr::value(hash))
        .filter(saved_list::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Puts an ASF on a list, or writes its note anew.
///
/// # Errors
/// When the database does not answer.
pub async fn put(tx: &Tx, id: SavedListId, item: &SavedItem, now: DateTime<Utc>) -> StoreResult<()> {
    let row = saved_list_item::ActiveModel {
        list_id: Set(id.0),
        asf_id: Set(item.asf.0),
        note: Set(item.note.clone()),
        added_at: Set(now),
        ..Default::default()
    };
    let anew = OnConflict::columns([saved_list_item::Column::ListId, saved_list_item::Column::AsfId])
        .update_column(saved_list_item::Column::Note)
        .to_owned();
    saved_list_item::Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes an ASF off a list.
///
/// # Errors
/// When the database does not answer.
pub async fn take_off(tx: &Tx, id: SavedListId, asf: AsfId) -> StoreResult<()> {
    saved_list_item::Entity::delete_many()
        .filter(saved_list_item::Column::ListId.eq(id.0))
        .filter(saved_list_item::Column::AsfId.eq(asf.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Somebody's lists, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for(db: &impl Reader, owner: UserId) -> StoreResult<Vec<SavedList>> {
    let rows = saved_list::Entity::find()
        .filter(saved_list::Column::UserId.eq(owner.0))
        .order_by_asc(saved_list::Column::Id)
        .all(db)
        .await?;
    with_items(db, rows).await
}

/// One list of its owner.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, owner: UserId, id: SavedListId) -> StoreResult<Option<SavedList>> {
    let row = saved_list::Entity::find_by_id(id.0).filter(saved_list::Column::UserId.eq(owner.0)).one(db).await?;
    Ok(with_items(db, row.into_iter().collect()).await?.pop())
}

/// The list that a secret link shows.
///
/// # Errors
/// When the database does not answer.
pub async fn find_shared(db: &impl Reader, hash: &str) -> StoreResult<Option<SavedList>> {
    let row = saved_list::Entity::find().filter(saved_list::Column::ShareHash.eq(hash)).one(db).await?;
    Ok(with_items(db, row.into_iter().collect()).await?.pop())
}

async fn with_items(db: &impl Reader, rows: Vec<saved_list::Model>) -> StoreResult<Vec<SavedList>> {
    let found = saved_list_item::Entity::find()
        .filter(saved_list_item::Column::ListId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(saved_list_item::Column::Id)
        .all(db)
        .await?;
    let mut items: HashMap<i64, Vec<SavedItem>> = HashMap::new();
    for row in found {
        items.entry(row.list_id).or_default().push(SavedItem { asf: AsfId(row.asf_id), note: row.note });
    }
    let list = |row: saved_list::Model| SavedList {
        id: SavedListId(row.id),
        owner: UserId(row.user_id),
        name: row.name,
        is_shared: row.share_hash.is_some(),
        items: items.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(list).collect())
}
