//! Keys of the API, by hash.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{Reader, StoreResult, Tx, entities::api_token, rows};
use crate::domain::{
    api_token::{ApiToken, ApiTokenId, NewApiToken, Scopes},
    user::UserId,
};

/// Stores the hash of a new token.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    user: UserId,
    new: &NewApiToken,
    hash: &str,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> StoreResult<ApiTokenId> {
    let row = api_token::ActiveModel {
        user_id: Set(user.0),
        name: Set(new.name.clone()),
        token_hash: Set(hash.to_owned()),
        scopes: Set(new.scopes.words().join(" ")),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    Ok(ApiTokenId(api_token::Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// The token with this hash, accepted or not.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, hash: &str) -> StoreResult<Option<ApiToken>> {
    let row = api_token::Entity::find().filter(api_token::Column::TokenHash.eq(hash)).one(db).await?;
    row.map(to_token).transpose()
}

/// The tokens of a user that were not taken back, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_user(db: &impl Reader, user: UserId) -> StoreResult<Vec<ApiToken>> {
    let rows = api_token::Entity::find()
        .filter(api_token::Column::UserId.eq(user.0))
        .filter(api_token::Column::RevokedAt.is_null())
        .order_by_asc(api_token::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_token).collect()
}

/// Takes a token of a user back; `false` when there is none to take back.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(tx: &Tx, user: UserId, id: ApiTokenId, now: DateTime<Utc>) -> StoreResult<bool> {
    let done = api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Expr::value(now))
        .filter(api_token::Column::Id.eq(id.0))
        .filter(api_token::Column::UserId.eq(user.0))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes the day of a use.
///
/// # Errors
/// When the database does not answer.
pub async fn set_last_used_on(tx: &Tx, id: ApiTokenId, day: NaiveDate) -> StoreResult<()> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedOn, Expr::value(day))
        .filter(api_token::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

fn to_token(row: api_token::Model) -> StoreResult<ApiToken> {
    Ok(ApiToken {
        id: ApiTokenId(row.id),
        user: UserId(row.user_id),
        name: row.name,
        scopes: rows::known("api_token", Scopes::parse(row.scopes.split(' ')))?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_on: row.last_used_on,
        revoked_at: row.revoked_at,
    })
}
