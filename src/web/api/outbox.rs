//! What was mailed to whom; for staff.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    cursor::{self, Page},
    extract::{Answer, Asked, Id},
    gate::Caller,
    problem::{ApiError, ApiResult},
    proposals::PageQuery,
};
use crate::{
    service,
    store::outbox::{self, StoredMessage},
};

/// A mail in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageItem {
    id: i64,
    subject: String,
    recipient: String,
    /// For example `queued` or `sent`.
    state: String,
    created_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
}

/// A mail as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageAnswer {
    #[serde(flatten)]
    message: MessageItem,
    /// Empty for a mail that signs somebody in.
    text: String,
    /// As `text`.
    html: String,
    last_error: Option<String>,
}

impl From<StoredMessage> for MessageItem {
    fn from(message: StoredMessage) -> Self {
        Self {
            id: message.id,
            subject: message.subject,
            recipient: message.recipient,
            state: message.state,
            created_at: message.created_at,
            sent_at: message.sent_at,
        }
    }
}

/// List the mails
#[utoipa::path(get, path = "/messages", tag = "staff", params(PageQuery), security(("key" = ["read:staff"])),
    responses((status = 200, description = "A page of mails, newest first", body = Page<MessageItem>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PageQuery>) -> ApiResult<Answer<Page<MessageItem>>> {
    caller.staff()?;
    let question = ["messages"];
    let limit = cursor::limit(asked.limit.as_deref())?;
    let before = cursor::read(asked.cursor.as_deref(), &question)?.map_or(i64::MAX, |place| place.key);
    let found = outbox::list_before(&caller.app.db, before, limit as u64 + 1).await?;
    let page = cursor::keyed(found, limit, |message| message.id, &question);
    Ok(Answer(Page { items: page.items.into_iter().map(MessageItem::from).collect(), next: page.next }))
}

/// Show a mail
#[utoipa::path(get, path = "/messages/{id}", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:staff"])), responses((status = 200, description = "The mail", body = MessageAnswer)))]
pub async fn show(caller: Caller, Id(id): Id) -> ApiResult<Answer<MessageAnswer>> {
    caller.staff()?;
    let mut found = outbox::find(&caller.app.db, id).await?.ok_or(ApiError::NotFound)?;
    let (mut text, mut html) = (std::mem::take(&mut found.text), std::mem::take(&mut found.html));
    // A program that could read them could sign in as anybody.
    if service::outbox::signs_in(&found) {
        (text, html) = (String::new(), String::new());
    }
    let last_error = found.last_error.take();
    Ok(Answer(MessageAnswer { message: found.into(), text, html, last_error }))
}

/// Stop the weekly mail
///
/// Until the task about it is done.
#[utoipa::path(post, path = "/messages/stop", tag = "staff", security(("key" = ["write:staff"])),
    responses((status = 204, description = "Stopped")))]
pub async fn stop(caller: Caller) -> ApiResult<StatusCode> {
    caller.staff()?;
    let subject = caller.app.words.text(caller.language, "task-mail-stopped", &[]);
    service::outbox::stop_weekly(&caller.app, &caller.actor(), &subject).await?;
    Ok(StatusCode::NO_CONTENT)
}
