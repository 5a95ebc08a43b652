//! Links by which the other party confirms an entry.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Reader, StoreResult, Tx, entities::confirmation};
use crate::domain::{email::Email, ledger::EntryId};

/// Stores a link by its hash.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    hash: &str,
    entry: EntryId,
    recipient: &Email,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> StoreResult<()> {
    let row = confirmation::ActiveModel {
        token_hash: Set(hash.to_owned()),
        entry_id: Set(entry.0),
        recipient: Set(recipient.as_str().to_owned()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    confirmation::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The entry of a link and whom it was sent to, while it works. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, hash: &str, now: DateTime<Utc>) -> StoreResult<Option<(EntryId, String)>> {
    let row = confirmation::Entity::find()
        .filter(confirmation::Column::TokenHash.eq(hash))
        .filter(confirmation::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.map(|row| (EntryId(row.entry_id), row.recipient)))
}

/// Uses a link up; false when it was used before.
///
/// # Errors
/// When the database does not answer.
pub async fn consume(tx: &Tx, hash: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let used = confirmation::Entity::update_many()
        .col_expr(confirmation::Column::UsedAt, Expr::value(now))
        .filter(confirmation::Column::TokenHash.eq(hash))
        .filter(confirmation::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}
