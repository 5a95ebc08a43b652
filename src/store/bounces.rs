//! What came back, and the addresses that get no more mail.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{
    Reader, StoreResult, Tx,
    entities::{bounce, message, suppression},
    outbox::StoredMessage,
};

/// A returned mail about to be stored.
#[derive(Debug, Clone)]
pub struct NewBounce {
    /// The message it is about.
    pub message_id: Option<i64>,
    /// What followed.
    pub effect: String,
    /// The status as written.
    pub status: String,
    /// Hash of the whole mail: the same mail twice counts once.
    pub raw_hash: String,
    /// The whole mail.
    pub raw: String,
}

/// Stores a returned mail.
///
/// # Errors
/// `Conflict` when it was stored before.
pub async fn insert(tx: &Tx, new: NewBounce, now: DateTime<Utc>) -> StoreResult<()> {
    let row = bounce::ActiveModel {
        message_id: Set(new.message_id),
        effect: Set(new.effect),
        status: Set(new.status),
        raw_hash: Set(new.raw_hash),
        raw: Set(new.raw),
        received_at: Set(now),
        ..Default::default()
    };
    bounce::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The message whose bounces come to this address.
///
/// # Errors
/// When the database does not answer.
pub async fn find_message(db: &impl Reader, return_path: &str) -> StoreResult<Option<StoredMessage>> {
    Ok(message::Entity::find().filter(message::Column::ReturnPath.eq(return_path)).one(db).await?)
}

/// Notes that a message came back.
///
/// # Errors
/// When the database does not answer.
pub async fn set_bounced_at(tx: &Tx, message_id: i64, now: DateTime<Utc>) -> StoreResult<()> {
    message::Entity::update_many()
        .col_expr(message::Column::BouncedAt, Expr::value(now))
        .filter(message::Column::Id.eq(message_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether each of the last `number` mails of this kind to this address came back.
///
/// # Errors
/// When the database does not answer.
pub async fn all_came_back(db: &impl Reader, recipient: &str, kind: &str, number: usize) -> StoreResult<bool> {
    let latest = message::Entity::find()
        .filter(message::Column::Recipient.eq(recipient))
        .filter(message::Column::Kind.eq(kind))
        .filter(message::Column::State.is_in(["sent", "uncertain", "failed"]))
        .order_by_desc(message::Column::Id)
        .limit(number as u64)
        .all(db)
        .await?;
    Ok(latest.len() == number && latest.iter().all(|message| message.bounced_at.is_some()))
}

/// Sends no more mail to an address.
///
/// # Errors
/// When the database does not answer.
pub async fn suppress(tx: &Tx, address: &str, reason: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let row = suppression::ActiveModel {
        address: Set(address.to_owned()),
        reason: Set(reason.to_owned()),
        suppressed_at: Set(now),
        ..Default::default()
    };
    let once = OnConflict::column(suppression::Column::Address).do_nothing().to_owned();
    suppression::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

/// How many mails came back since an instant, and how many addresses get no more.
///
/// # Errors
/// When the database does not answer.
pub async fn count_since(db: &impl Reader, since: DateTime<Utc>) -> StoreResult<(u64, u64)> {
    let returned = bounce::Entity::find().filter(bounce::Column::ReceivedAt.gt(since)).count(db).await?;
    Ok((returned, suppression::Entity::find().count(db).await?))
}

/// Whether an address gets no more mail.
///
/// # Errors
/// When the database does not answer.
pub async fn is_suppressed(db: &impl Reader, address: &str) -> StoreResult<bool> {
    Ok(suppression::Entity::find().filter(suppression::Column::Address.eq(address)).count(db).await? > 0)
}

/// Those of these addresses that get no more mail.
///
/// # Errors
/// When the database does not answer.
pub async fn list_suppressed(db: &impl Reader, addresses: &[&str]) -> StoreResult<HashSet<String>> {
    let mut found = HashSet::new();
    for chunk in addresses.chunks(500) {
        let keys = chunk.iter().copied();
        let rows = suppression::Entity::find().filter(suppression::Column::Address.is_in(keys)).all(db).await?;
        found.extend(rows.into_iter().map(|row| row.address));
    }
    Ok(found)
}
