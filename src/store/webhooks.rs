//! Webhooks, and what is to be told to them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{webhook, webhook_delivery},
};
use crate::domain::{
    user::UserId,
    webhook::{NewWebhook, Webhook, WebhookId},
};

/// One thing to be told, as stored.
pub type Delivery = webhook_delivery::Model;

/// Stores a webhook with the secret that signs what it is told.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    user: UserId,
    new: &NewWebhook,
    secret: &str,
    now: DateTime<Utc>,
) -> StoreResult<WebhookId> {
    let row = webhook::ActiveModel {
        user_id: Set(user.0),
        url: Set(new.url.clone()),
        secret: Set(secret.to_owned()),
        events: Set(new.events.join(" ")),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(WebhookId(webhook::Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// The webhooks of a user, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_user(db: &impl Reader, user: UserId) -> StoreResult<Vec<Webhook>> {
    let rows = webhook::Entity::find().filter(webhook::Column::UserId.eq(user.0)).order_by_asc(webhook::Column::Id);
    Ok(rows.all(db).await?.into_iter().map(to_webhook).collect())
}

/// Every webhook that is tried.
///
/// # Errors
/// When the database does not answer.
pub async fn list_enabled(db: &impl Reader) -> StoreResult<Vec<Webhook>> {
    let rows = webhook::Entity::find().filter(webhook::Column::DisabledAt.is_null()).order_by_asc(webhook::Column::Id);
    Ok(rows.all(db).await?.into_iter().map(to_webhook).collect())
}

/// A webhook with its secret.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: WebhookId) -> StoreResult<Option<(Webhook, String)>> {
    let row = webhook::Entity::find_by_id(id.0).one(db).await?;
    Ok(row.map(|row| {
        let secret = row.secret.clone();
        (to_webhook(row), secret)
    }))
}

/// Removes a webhook of a user with all it was told; `false` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, user: UserId, id: WebhookId) -> StoreResult<bool> {
    let gone = webhook::Entity::delete_many()
        .filter(webhook::Column::Id.eq(id.0))
        .filter(webhook::Column::UserId.eq(user.0))
        .exec(tx)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Stops trying a webhook, or begins again.
///
/// # Errors
/// When the database does not answer.
pub async fn set_disabled_at(tx: &Tx, id: WebhookId, at: Option<DateTime<Utc>>) -> StoreResult<()> {
    webhook::Entity::update_many()
        .col_expr(webhook::Column::DisabledAt, Expr::value(at))
        .filter(webhook::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Queues something to be told.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_delivery(
    tx: &Tx,
    webhook: WebhookId,
    event: &str,
    (message_id, payload): (&str, &str),
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let row = webhook_delivery::ActiveModel {
        webhook_id: Set(webhook.0),
        message_id: Set(message_id.to_owned()),
        event: Set(event.to_owned()),
        payload: Set(payload.to_owned()),
        state: Set("waiting".to_owned()),
        attempts: Set(0),
        created_at: Set(now),
        next_attempt_at: Set(now),
        ..Default::default()
    };
    webhook_delivery::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// What is due for webhooks that are tried, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_due(db: &impl Reader, now: DateTime<Utc>, limit: u64) -> StoreResult<Vec<Delivery>> {
    let enabled = webhook::Entity::find().select_only().column(webhook::Column::Id);
    let enabled = enabled.filter(webhook::Column::DisabledAt.is_null()).into_query();
    Ok(webhook_delivery::Entity::find()
        .filter(webhook_delivery::Column::State.eq("waiting"))
        .filter(webhook_delivery::Column::NextAttemptAt.lte(now))
        .filter(webhook_delivery::Column::WebhookId.in_subquery(enabled))
        .order_by_asc(webhook_delivery::Column::NextAttemptAt)
        .order_by_asc(webhook_delivery::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Takes a delivery for one attempt; until `lease` nobody else does. `false` when another node took it.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(tx: &Tx, delivery: &Delivery, lease: DateTime<Utc>) -> StoreResult<bool> {
    let taken = webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::Attempts, Expr::value(delivery.attempts + 1))
        .col_expr(webhook_delivery::Column::NextAttemptAt, Expr::value(lease))
        .filter(webhook_delivery::Column::Id.eq(delivery.id))
        .filter(webhook_delivery::Column::Attempts.eq(delivery.attempts))
        .filter(webhook_delivery::Column::State.eq("waiting"))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// What failed; empty when nothing did.
    pub error: String,
    /// When it is made again; none when it was the last.
    pub again_at: Option<DateTime<Utc>>,
}

/// Notes how an attempt ended.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(tx: &Tx, id: i64, attempt: &Attempt, now: DateTime<Utc>) -> StoreResult<()> {
    let is_delivered = attempt.error.is_empty();
    let state = match attempt.again_at {
        _ if is_delivered => "delivered",
        Some(_) => "waiting",
        None => "failed",
    };
    let mut query = webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::State, Expr::value(state))
        .col_expr(webhook_delivery::Column::LastStatus, Expr::value(attempt.status.map(i32::from)))
        .col_expr(webhook_delivery::Column::LastError, Expr::value(&*attempt.error))
        .col_expr(webhook_delivery::Column::DeliveredAt, Expr::value(is_delivered.then_some(now)))
        .filter(webhook_delivery::Column::Id.eq(id));
    if let Some(again_at) = attempt.again_at {
        query = query.col_expr(webhook_delivery::Column::NextAttemptAt, Expr::value(again_at));
    }
    query.exec(tx).await?;
    Ok(())
}

/// The latest that a webhook was told, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_deliveries(db: &impl Reader, webhook: WebhookId, limit: u64) -> StoreResult<Vec<Delivery>> {
    Ok(webhook_delivery::Entity::find()
        .filter(webhook_delivery::Column::WebhookId.eq(webhook.0))
        .order_by_desc(webhook_delivery::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many webhooks a user has.
///
/// # Errors
/// When the database does not answer.
pub async fn count_for_user(db: &impl Reader, user: UserId) -> StoreResult<u64> {
    Ok(webhook::Entity::find().filter(webhook::Column::UserId.eq(user.0)).count(db).await?)
}

fn to_webhook(row: webhook::Model) -> Webhook {
    Webhook {
        id: WebhookId(row.id),
        user: UserId(row.user_id),
        url: row.url,
        events: row.events.split(' ').map(str::to_owned).collect(),
        created_at: row.created_at,
        disabled_at: row.disabled_at,
    }
}
