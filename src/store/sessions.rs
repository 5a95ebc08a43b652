//! Sessions of browsers. The token is plain in the cookie; here it is a hash.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use super::{Reader, StoreResult, Tx, entities::session};
use crate::domain::{
    session::{Session, SessionId},
    user::UserId,
};

/// A session about to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Hash of the cookie's token.
    pub hash: String,
    /// Whose it is.
    pub user: UserId,
    /// When it ends, used or not.
    pub expires_at: DateTime<Utc>,
    /// When all factors were given; none while one is missing.
    pub verified_at: Option<DateTime<Utc>>,
    /// What kind of device it is on, as its owner would name it.
    pub device: String,
}

/// Begins a session.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, new: &NewSession, now: DateTime<Utc>) -> StoreResult<()> {
    let row = session::ActiveModel {
        token_hash: Set(new.hash.clone()),
        user_id: Set(new.user.0),
        created_at: Set(now),
        expires_at: Set(new.expires_at),
        verified_at: Set(new.verified_at),
        seen_at: Set(Some(now)),
        device: Set(new.device.clone()),
        tries: Set(0),
        ..Default::default()
    };
    session::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The session of a cookie, while it lasts.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, hash: &str, now: DateTime<Utc>) -> StoreResult<Option<Session>> {
    let row = session::Entity::find()
        .filter(session::Column::TokenHash.eq(hash))
        .filter(session::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.map(to_session))
}

/// The sessions of a user that last, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader, user: UserId, now: DateTime<Utc>) -> StoreResult<Vec<Session>> {
    let rows = session::Entity::find()
        .filter(session::Column::UserId.eq(user.0))
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_session).collect())
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database does not answer.
pub async fn touch(tx: &Tx, id: SessionId, now: DateTime<Utc>) -> StoreResult<()> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(now))
        .filter(session::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Counts a wrong code.
///
/// # Errors
/// When the database does not answer.
pub async fn count_try(tx: &Tx, id: SessionId) -> StoreResult<()> {
    session::Entity::update_many()
        .col_expr(session::Column::Tries, Expr::col(session::Column::Tries).add(1))
        .filter(session::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends one session of a user; `false` when it is not theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, user: UserId, id: SessionId) -> StoreResult<bool> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::UserId.eq(user.0))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Ends every session of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_all(tx: &Tx, user: UserId) -> StoreResult<()> {
    session::Entity::delete_many().filter(session::Column::UserId.eq(user.0)).exec(tx).await?;
    Ok(())
}

fn to_session(row: session::Model) -> Session {
    Session {
        id: SessionId(row.id),
        user: UserId(row.user_id),
        created_at: row.created_at,
        seen_at: row.seen_at.unwrap_or(row.created_at),
        expires_at: row.expires_at,
        verified_at: row.verified_at,
        device: row.device,
        tries: row.tries,
    }
}
