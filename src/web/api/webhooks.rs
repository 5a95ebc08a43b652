//! Webhooks of the user behind a key: listed, made, tried, removed, and what they were told.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    extract::{Answer, Body, Id},
    gate::Caller,
    idempotency::ToldOnce,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::webhook::{NewWebhook, Webhook, WebhookId},
    service::webhooks,
    store::webhooks::Delivery,
};

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookItem {
    id: i64,
    url: String,
    /// `pairing.answered`, `deal.recorded`.
    events: Vec<String>,
    created_at: DateTime<Utc>,
    /// Since when it is no longer tried, after failures.
    disabled_at: Option<DateTime<Utc>>,
}

/// Every webhook of the user.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhooks {
    items: Vec<WebhookItem>,
}

/// A webhook that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeWebhook {
    #[serde(flatten)]
    webhook: WebhookItem,
    /// Signs everything that is told (Standard Webhooks); it is told this once.
    secret: String,
}

/// A webhook with what it was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookAnswer {
    #[serde(flatten)]
    webhook: WebhookItem,
    /// Newest first, at most 50.
    deliveries: Vec<DeliveryItem>,
}

/// One thing that was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryItem {
    /// The `webhook-id` of every attempt.
    id: String,
    event: String,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    attempts: i32,
    created_at: DateTime<Utc>,
    delivered_at: Option<DateTime<Utc>>,
    /// HTTP status of the last answer.
    last_status: Option<i32>,
}

/// A webhook to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    /// `https://…`, to be reached from outside.
    #[schema(min_length = 1, max_length = 500)]
    url: String,
    /// `pairing.answered`, `deal.recorded`.
    #[schema(min_items = 1, max_items = 2)]
    events: Vec<String>,
}

impl From<Webhook> for WebhookItem {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id.0,
            url: webhook.url,
            events: webhook.events,
            created_at: webhook.created_at,
            disabled_at: webhook.disabled_at,
        }
    }
}

impl From<Delivery> for DeliveryItem {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.message_id,
            event: delivery.event,
            state: delivery.state,
            attempts: delivery.attempts,
            created_at: delivery.created_at,
            delivered_at: delivery.delivered_at,
            last_status: delivery.last_status,
        }
    }
}

/// List your webhooks
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", security(("key" = ["read:webhooks"])),
    responses((status = 200, description = "The webhooks, oldest first", body = Webhooks)))]
pub async fn list(caller: Caller) -> ApiResult<Answer<Webhooks>> {
    let found = webhooks::list(&caller.app, caller.user.id).await?;
    Ok(Answer(Webhooks { items: found.into_iter().map(WebhookItem::from).collect() }))
}

/// Make a webhook
///
/// You are told of what you may see. The secret is told this once.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", request_body = WebhookBody,
    security(("key" = ["write:webhooks"])), responses((status = 201, description = "The webhook", body = MadeWebhook)))]
pub async fn create(caller: Caller, Body(body): Body<WebhookBody>) -> ApiResult<Response> {
    let events = body.events.iter().map(String::as_str);
    let new = NewWebhook::parse(&body.url, events).map_err(ApiError::Rejected)?;
    let made = webhooks::create(&caller.app, &caller.actor(), caller.user.id, &new).await?;
    let answer = Answer(MadeWebhook { webhook: made.webhook.into(), secret: made.secret });
    let mut response = (StatusCode::CREATED, answer).into_response();
    response.extensions_mut().insert(ToldOnce);
    Ok(response)
}

/// Show a webhook and what it was told
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:webhooks"])),
    responses((status = 200, description = "The webhook", body = WebhookAnswer)))]
pub async fn show(caller: Caller, Id(id): Id) -> ApiResult<Answer<WebhookAnswer>> {
    let (webhook, told) = webhooks::find(&caller.app, caller.user.id, WebhookId(id)).await?;
    let deliveries = told.into_iter().map(DeliveryItem::from).collect();
    Ok(Answer(WebhookAnswer { webhook: webhook.into(), deliveries }))
}

/// Try a webhook
///
/// Queues `webhook.test`. One that was stopped is tried again from now on.
#[utoipa::path(post, path = "/webhooks/{id}/test", tag = "webhooks", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:webhooks"])), responses((status = 204, description = "Queued")))]
pub async fn test(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    webhooks::test(&caller.app, &caller.actor(), caller.user.id, WebhookId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a webhook
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:webhooks"])), responses((status = 204, description = "Removed with its log")))]
pub async fn remove(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    webhooks::remove(&caller.app, &caller.actor(), caller.user.id, WebhookId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
