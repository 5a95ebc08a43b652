//! The secrets of users' apps, and the codes for when an app is lost.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use super::{
    Reader, StoreResult, Tx,
    entities::{recovery_code, second_factor},
};
use crate::domain::{second_factor::SecondFactor, user::UserId};

/// The second factor of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, user: UserId) -> StoreResult<Option<SecondFactor>> {
    let row = second_factor::Entity::find().filter(second_factor::Column::UserId.eq(user.0)).one(db).await?;
    Ok(row.map(|row| SecondFactor {
        secret: row.secret,
        is_confirmed: row.confirmed_at.is_some(),
        last_step: row.last_step,
    }))
}

/// Stores a secret that no code was made from yet.
///
/// # Errors
/// `Conflict` when the user has one.
pub async fn insert(tx: &Tx, user: UserId, secret: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let row = second_factor::ActiveModel {
        user_id: Set(user.0),
        secret: Set(secret.to_owned()),
        created_at: Set(now),
        confirmed_at: Set(None),
        last_step: Set(0),
        ..Default::default()
    };
    second_factor::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Uses a step up; `false` when it was used meanwhile. The first one confirms that the app has the secret.
///
/// # Errors
/// When the database does not answer.
pub async fn use_step(tx: &Tx, user: UserId, step: i64, now: DateTime<Utc>) -> StoreResult<bool> {
    let used = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .col_expr(second_factor::Column::ConfirmedAt, Expr::value(now))
        .filter(second_factor::Column::UserId.eq(user.0))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Forgets the secret of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, user: UserId) -> StoreResult<()> {
    second_factor::Entity::delete_many().filter(second_factor::Column::UserId.eq(user.0)).exec(tx).await?;
    Ok(())
}

/// Forgets the codes of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_codes(tx: &Tx, user: UserId) -> StoreResult<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user.0)).exec(tx).await?;
    Ok(())
}

/// Replaces the codes of a user, given as hashes.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_codes(tx: &Tx, user: UserId, hashes: &[String], now: DateTime<Utc>) -> StoreResult<()> {
    delete_codes(tx, user).await?;
    let row = |hash: &String| recovery_code::ActiveModel {
        user_id: Set(user.0),
        code_hash: Set(hash.clone()),
        created_at: Set(now),
        used_at: Set(None),
        ..Default::default()
    };
    recovery_code::Entity::insert_many(hashes.iter().map(row)).exec(tx).await?;
    Ok(())
}

/// Uses a code up; `false` when it is not one of the user's, or was used before.
///
/// # Errors
/// When the database does not answer.
pub async fn use_code(tx: &Tx, user: UserId, hash: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::UserId.eq(user.0))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many codes a user has left.
///
/// # Errors
/// When the database does not answer.
pub async fn count_codes(db: &impl Reader, user: UserId) -> StoreResult<u64> {
    Ok(recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user.0))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await?)
}
