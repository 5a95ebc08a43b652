//! Webhooks: made, tried, removed, and the log of what they were told. For everybody who is signed in.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        user::User,
        webhook::{EVENTS, NewWebhook, Webhook, WebhookId},
    },
    service::{self, webhooks},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::{FieldError, Visit, field_errors},
    },
};

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct WebhookForm {
    url: String,
    events: Vec<String>,
}

#[derive(Serialize)]
struct WebhooksPage {
    webhooks: Vec<WebhookLine>,
    events: [&'static str; EVENTS.len()],
    form: WebhookForm,
    errors: Vec<FieldError>,
    /// The secret, just made; shown this once.
    made: Option<String>,
}

#[derive(Serialize)]
struct WebhookLine {
    id: i64,
    url: String,
    events: String,
    created_at: DateTime<Utc>,
    disabled_at: Option<DateTime<Utc>>,
}

impl From<Webhook> for WebhookLine {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id.0,
            url: webhook.url,
            events: webhook.events.join(", "),
            created_at: webhook.created_at,
            disabled_at: webhook.disabled_at,
        }
    }
}

/// Lists the user's webhooks, with a form for a new one.
pub async fn list(visit: Visit) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let page = page(&visit, user, WebhookForm::default(), Vec::new(), None).await?;
    visit.page("pages/webhooks/list.html", page)
}

async fn page(
    visit: &Visit,
    user: &User,
    form: WebhookForm,
    errors: Vec<FieldError>,
    made: Option<String>,
) -> PageResult<WebhooksPage> {
    let found = webhooks::list(&visit.app, user.id).await?;
    let lines = found.into_iter().map(WebhookLine::from).collect();
    Ok(WebhooksPage { webhooks: lines, events: EVENTS, form, errors, made })
}

/// Makes a webhook and shows its secret, or shows the form again with what is wrong.
pub async fn create(visit: Visit, Form(form): Form<WebhookForm>) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let made = match NewWebhook::parse(&form.url, form.events.iter().map(String::as_str)) {
        Ok(new) => webhooks::create(&visit.app, &visit.actor(), user.id, &new).await,
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match made {
        Ok(made) => {
            let page = page(&visit, user, WebhookForm::default(), Vec::new(), Some(made.secret)).await?;
            visit.page("pages/webhooks/list.html", page)
        }
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let page = page(&visit, user, form, errors, None).await?;
            visit.rejected("pages/webhooks/list.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Serialize)]
struct WebhookPage {
    webhook: WebhookLine,
    deliveries: Vec<DeliveryLine>,
}

#[derive(Serialize)]
struct DeliveryLine {
    event: String,
    state: String,
    attempts: i32,
    created_at: DateTime<Utc>,
    delivered_at: Option<DateTime<Utc>>,
    next_attempt_at: DateTime<Utc>,
    last_status: Option<i32>,
}

/// Shows what a webhook was told.
pub async fn show(visit: Visit, Id(id): Id) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let (webhook, told) = webhooks::find(&visit.app, user.id, WebhookId(id)).await?;
    let line = |delivery: crate::store::webhooks::Delivery| DeliveryLine {
        event: delivery.event,
        state: delivery.state,
        attempts: delivery.attempts,
        created_at: delivery.created_at,
        delivered_at: delivery.delivered_at,
        next_attempt_at: delivery.next_attempt_at,
        last_status: delivery.last_status,
    };
    let page = WebhookPage { webhook: webhook.into(), deliveries: told.into_iter().map(line).collect() };
    visit.page("pages/webhooks/show.html", page)
}

/// What to do with a webhook.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    gor: String,
}

/// Tries a webhook, or removes it.
pub async fn change(visit: Visit, Id(id): Id, Form(form): Form<ChangeForm>) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let (actor, hook) = (visit.actor(), WebhookId(id));
    if form.gor == "bort" {
        webhooks::remove(&visit.app, &actor, user.id, hook).await?;
        return Ok(Redirect::to("/api/webbkrokar").into_response());
    }
    webhooks::test(&visit.app, &actor, user.id, hook).await?;
    Ok(Redirect::to(&format!("/api/webbkrokar/{id}")).into_response())
}
