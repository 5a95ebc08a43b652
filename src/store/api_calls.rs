//! Calls with an idempotency key, and what they were answered.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Reader, StoreResult, Tx, entities::api_call};
use crate::domain::api_token::ApiTokenId;

/// A call as stored; without a status it is under way.
pub type StoredCall = api_call::Model;

/// The call of a token by its key.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, token: ApiTokenId, key: &str) -> StoreResult<Option<StoredCall>> {
    Ok(api_call::Entity::find()
        .filter(api_call::Column::ApiTokenId.eq(token.0))
        .filter(api_call::Column::CallKey.eq(key))
        .one(db)
        .await?)
}

/// Notes that a call is under way.
///
/// # Errors
/// `Conflict` when the key is there already.
pub async fn insert(
    tx: &Tx,
    token: ApiTokenId,
    key: &str,
    request_hash: &str,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> StoreResult<i64> {
    let row = api_call::ActiveModel {
        api_token_id: Set(token.0),
        call_key: Set(key.to_owned()),
        request_hash: Set(request_hash.to_owned()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    Ok(api_call::Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Notes what a call was answered; `None` for an answer that is not kept.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(tx: &Tx, id: i64, status: u16, body: Option<&str>, expires_at: DateTime<Utc>) -> StoreResult<()> {
    api_call::Entity::update_many()
        .col_expr(api_call::Column::Status, Expr::value(i32::from(status)))
        .col_expr(api_call::Column::Body, Expr::value(body.map(str::to_owned)))
        .col_expr(api_call::Column::ExpiresAt, Expr::value(expires_at))
        .filter(api_call::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets a call, so that its key can be used again.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, id: i64) -> StoreResult<()> {
    api_call::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Forgets the calls that have ended; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_expired(tx: &Tx, now: DateTime<Utc>) -> StoreResult<u64> {
    Ok(api_call::Entity::delete_many().filter(api_call::Column::ExpiresAt.lte(now)).exec(tx).await?.rows_affected)
}
