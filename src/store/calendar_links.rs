//! Secret addresses of personal calendars, by hash; one a user.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{Reader, StoreResult, Tx, entities::calendar_link};
use crate::domain::{asf::AsfId, user::UserId};

/// Stores the address of a user, in place of an earlier one.
///
/// # Errors
/// When the database does not answer.
pub async fn replace(tx: &Tx, user: UserId, asf: AsfId, hash: &str, now: DateTime<Utc>) -> StoreResult<()> {
    delete(tx, user).await?;
    let row = calendar_link::ActiveModel {
        user_id: Set(user.0),
        asf_id: Set(asf.0),
        link_hash: Set(hash.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    calendar_link::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Takes the address of a user back; `false` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, user: UserId) -> StoreResult<bool> {
    let gone = calendar_link::Entity::delete_many().filter(calendar_link::Column::UserId.eq(user.0)).exec(tx).await?;
    Ok(gone.rows_affected == 1)
}

/// Whose address it is, and of which ASF.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, hash: &str) -> StoreResult<Option<(UserId, AsfId)>> {
    let row = calendar_link::Entity::find().filter(calendar_link::Column::LinkHash.eq(hash)).one(db).await?;
    Ok(row.map(|row| (UserId(row.user_id), AsfId(row.asf_id))))
}

/// Whether a user has an address.
///
/// # Errors
/// When the database does not answer.
pub async fn exists(db: &impl Reader, user: UserId) -> StoreResult<bool> {
    let row = calendar_link::Entity::find().filter(calendar_link::Column::UserId.eq(user.0)).one(db).await?;
    Ok(row.is_some())
}
