//! Keys to sign in with, and the questions that wait for one.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    Reader, StoreResult, Tx,
    entities::{passkey, passkey_attempt},
};
use crate::domain::{
    passkey::{Passkey, PasskeyAttempt, PasskeyId},
    session::SessionId,
    user::UserId,
};

/// The keys of a user, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader, user: UserId) -> StoreResult<Vec<Passkey>> {
    let rows = passkey::Entity::find()
        .filter(passkey::Column::UserId.eq(user.0))
        .order_by_asc(passkey::Column::Id)
        .all(db)
        .await?;
    let key = |row: passkey::Model| Passkey {
        id: PasskeyId(row.id),
        name: row.name,
        credential: row.credential,
        created_at: row.created_at,
        used_at: row.used_at,
    };
    Ok(rows.into_iter().map(key).collect())
}

/// How many keys a user has.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Reader, user: UserId) -> StoreResult<u64> {
    Ok(passkey::Entity::find().filter(passkey::Column::UserId.eq(user.0)).count(db).await?)
}

/// Stores a key; `credential_id` is its own name for itself.
///
/// # Errors
/// `Conflict` when somebody has that key.
pub async fn insert(
    tx: &Tx,
    user: UserId,
    name: &str,
    (credential_id, credential): (&str, &str),
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let row = passkey::ActiveModel {
        user_id: Set(user.0),
        name: Set(name.to_owned()),
        credential_id: Set(credential_id.to_owned()),
        credential: Set(credential.to_owned()),
        created_at: Set(now),
        used_at: Set(None),
        ..Default::default()
    };
    passkey::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Notes that a key was used, with its counter as it is now.
///
/// # Errors
/// When the database does not answer.
pub async fn note_use(tx: &Tx, id: PasskeyId, credential: &str, now: DateTime<Utc>) -> StoreResult<()> {
    passkey::Entity::update_many()
        .col_expr(passkey::Column::Credential, Expr::value(credential))
        .col_expr(passkey::Column::UsedAt, Expr::value(now))
        .filter(passkey::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets a key; `false` when it is not the user's.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, user: UserId, id: PasskeyId) -> StoreResult<bool> {
    let gone = passkey::Entity::delete_many()
        .filter(passkey::Column::UserId.eq(user.0))
        .filter(passkey::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Forgets every key of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_all(tx: &Tx, user: UserId) -> StoreResult<()> {
    passkey::Entity::delete_many().filter(passkey::Column::UserId.eq(user.0)).exec(tx).await?;
    Ok(())
}

/// Keeps what a session was asked, instead of what it was asked before.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_attempt(tx: &Tx, session: SessionId, attempt: &PasskeyAttempt) -> StoreResult<()> {
    take_attempt(tx, session).await?;
    let row = passkey_attempt::ActiveModel {
        session_id: Set(session.0),
        name: Set(attempt.name.clone()),
        state: Set(attempt.state.clone()),
        begun_at: Set(attempt.begun_at),
        ..Default::default()
    };
    passkey_attempt::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Takes out what a session was asked: each question is answered once.
///
/// # Errors
/// When the database does not answer.
pub async fn take_attempt(tx: &Tx, session: SessionId) -> StoreResult<Option<PasskeyAttempt>> {
    let of_session = passkey_attempt::Column::SessionId.eq(session.0);
    let row = passkey_attempt::Entity::find().filter(of_session.clone()).one(tx).await?;
    passkey_attempt::Entity::delete_many().filter(of_session).exec(tx).await?;
    Ok(row.map(|row| PasskeyAttempt { name: row.name, state: row.state, begun_at: row.begun_at }))
}
