//! When each ASF was asked whether its profile is still right, and when it said so.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{asf, profile_check},
};
use crate::domain::asf::AsfId;

/// ASF with an address that came before `since` and have neither been asked nor answered after it, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_due(db: &impl Reader, since: DateTime<Utc>, after: AsfId, limit: u64) -> StoreResult<Vec<AsfId>> {
    let lately = Condition::any()
        .add(profile_check::Column::AskedAt.gt(since))
        .add(profile_check::Column::ConfirmedAt.gt(since));
    let asked =
        profile_check::Entity::find().select_only().column(profile_check::Column::AsfId).filter(lately).into_query();
    let ids: Vec<i64> = asf::Entity::find()
        .select_only()
        .column(asf::Column::Id)
        .filter(asf::Column::CreatedAt.lte(since))
        .filter(asf::Column::Email.is_not_null())
        .filter(asf::Column::UnsubscribedAt.is_null())
        .filter(asf::Column::Id.gt(after.0))
        .filter(asf::Column::Id.not_in_subquery(asked))
        .order_by_asc(asf::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(AsfId).collect())
}

/// Notes that an ASF is asked.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    asf: AsfId,
    hash: &str,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> StoreResult<()> {
    let row = profile_check::ActiveModel {
        asf_id: Set(asf.0),
        token_hash: Set(hash.to_owned()),
        asked_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    profile_check::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Whose profile a link is about, and when it was confirmed by it.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &impl Reader,
    hash: &str,
    now: DateTime<Utc>,
) -> StoreResult<Option<(AsfId, Option<DateTime<Utc>>)>> {
    let row = profile_check::Entity::find()
        .filter(profile_check::Column::TokenHash.eq(hash))
        .filter(profile_check::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.map(|row| (AsfId(row.asf_id), row.confirmed_at)))
}

/// Notes that a profile is right; `false` when it was noted before.
///
/// # Errors
/// When the database does not answer.
pub async fn confirm(tx: &Tx, hash: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let written = profile_check::Entity::update_many()
        .col_expr(profile_check::Column::ConfirmedAt, Expr::value(now))
        .filter(profile_check::Column::TokenHash.eq(hash))
        .filter(profile_check::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    Ok(written.rows_affected == 1)
}

/// How many ASF were asked in this time and have not said anything.
///
/// # Errors
/// When the database does not answer.
pub async fn count_silent(db: &impl Reader, from: DateTime<Utc>, to: DateTime<Utc>) -> StoreResult<u64> {
    let silent = profile_check::Entity::find()
        .filter(profile_check::Column::AskedAt.between(from, to))
        .filter(profile_check::Column::ConfirmedAt.is_null());
    Ok(silent.count(db).await?)
}
