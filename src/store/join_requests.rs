//! Who asks to act for an ASF.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{Reader, StoreResult, Tx, entities::join_request};
use crate::domain::{asf::AsfId, email::Email, language::Language};

/// A request as stored.
pub type JoinRequest = join_request::Model;

/// What is decided of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They may act for the ASF.
    LetIn,
    /// They may not.
    KeepOut,
}

const OPEN: &str = "open";

/// Stores a request, unless the same address waits for the same ASF already; `false` then.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_new(
    tx: &Tx,
    asf: AsfId,
    email: &Email,
    note: &str,
    language: Language,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    let waits = join_request::Entity::find()
        .filter(join_request::Column::AsfId.eq(asf.0))
        .filter(join_request::Column::Email.eq(email.as_str()))
        .filter(join_request::Column::State.eq(OPEN))
        .count(tx)
        .await?;
    if waits > 0 {
        return Ok(false);
    }
    let row = join_request::ActiveModel {
        asf_id: Set(asf.0),
        email: Set(email.as_str().to_owned()),
        note: Set(note.to_owned()),
        language: Set(language.code().to_owned()),
        state: Set(OPEN.to_owned()),
        created_at: Set(now),
        decided_at: Set(None),
        decided_by: Set(None),
        ..Default::default()
    };
    join_request::Entity::insert(row).exec(tx).await?;
    Ok(true)
}

/// What waits, for one ASF or for all, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open(db: &impl Reader, asf: Option<AsfId>, limit: u64) -> StoreResult<Vec<JoinRequest>> {
    let mut open = join_request::Entity::find().filter(join_request::Column::State.eq(OPEN));
    if let Some(asf) = asf {
        open = open.filter(join_request::Column::AsfId.eq(asf.0));
    }
    Ok(open.order_by_asc(join_request::Column::Id).limit(limit).all(db).await?)
}

/// One that waits.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(db: &impl Reader, id: i64) -> StoreResult<Option<JoinRequest>> {
    Ok(join_request::Entity::find_by_id(id).filter(join_request::Column::State.eq(OPEN)).one(db).await?)
}

/// Decides one that waits; `false` when somebody else was faster.
///
/// # Errors
/// When the database does not answer.
pub async fn decide(tx: &Tx, id: i64, verdict: Verdict, by: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let state = if verdict == Verdict::LetIn { "approved" } else { "rejected" };
    let decided = join_request::Entity::update_many()
        .col_expr(join_request::Column::State, Expr::value(state))
        .col_expr(join_request::Column::DecidedAt, Expr::value(now))
        .col_expr(join_request::Column::DecidedBy, Expr::value(by))
        .filter(join_request::Column::Id.eq(id))
        .filter(join_request::Column::State.eq(OPEN))
        .exec(tx)
        .await?;
    Ok(decided.rows_affected == 1)
}
