//! Telling other systems: queued in the transaction of the cause, signed and delivered apart from it, tried
//! again further and further apart, and stopped when nobody takes it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Duration, Utc};
use futures_util::future::join_all;
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Error, Result};
use crate::{
    app::App,
    domain::{
        ledger::{EntryId, Fact, NewEntry},
        rejection::Rejection,
        user::UserId,
        webhook::{Event, NewWebhook, TEST, Webhook, WebhookId, next_attempt},
    },
    fetch::webhook::{Parcel, Reach, post},
    store::{
        Tx, audit, connection, tasks, users, webhooks,
        webhooks::{Attempt, Delivery},
    },
};

/// Most webhooks of a user.
const MOST: u64 = 10;
/// Deliveries that are under way at the same time.
const TOGETHER: u64 = 10;
/// Nobody else takes a delivery for this long.
const LEASE: Duration = Duration::minutes(2);
/// Deliveries that are shown of a webhook.
pub const SHOWN: u64 = 50;
/// Kind of the task that a stopped webhook opens.
const STOPPED: &str = "task-kind-webhook-stopped";

/// A webhook as it is told, once.
pub struct Made {
    /// The webhook.
    pub webhook: Webhook,
    /// What signs everything it is told, `whsec_` and Base64.
    pub secret: String,
}

/// Makes a webhook for a user.
///
/// # Errors
/// `Rejected` when the user has too many, or the address is inside our own network.
pub async fn create(app: &App, actor: &str, user: UserId, new: &NewWebhook) -> Result<Made> {
    if new.url.starts_with("http://") && !app.config.webhook_private {
        return Err(Rejection::new("url", "rejected-webhook-url", &new.url).into());
    }
    let now = app.clock.now();
    let mut key = [0_u8; 32];
    rand::rng().fill_bytes(&mut key);
    let secret = format!("whsec_{}", STANDARD.encode(key));
    let tx = connection::begin(&app.db).await?;
    if webhooks::count_for_user(&tx, user).await? >= MOST {
        return Err(Rejection::new("url", "rejected-webhook-too-many", &new.url).into());
    }
    let id = webhooks::insert(&tx, user, new, &secret, now).await?;
    audit::insert(&tx, now, actor, "create", "webhook", id.0, "").await?;
    let (webhook, _) = webhooks::find(&tx, id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(Made { webhook, secret })
}

/// The webhooks of a user, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, user: UserId) -> Result<Vec<Webhook>> {
    Ok(webhooks::list_for_user(&app.db, user).await?)
}

/// A webhook of a user and what it was told, newest first.
///
/// # Errors
/// `NotFound` when the user has none such.
pub async fn find(app: &App, user: UserId, id: WebhookId) -> Result<(Webhook, Vec<Delivery>)> {
    let (webhook, _) = webhooks::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    if webhook.user != user {
        return Err(Error::NotFound);
    }
    Ok((webhook, webhooks::list_deliveries(&app.db, id, SHOWN).await?))
}

/// Removes a webhook of a user with its log.
///
/// # Errors
/// `NotFound` when the user has none such.
pub async fn remove(app: &App, actor: &str, user: UserId, id: WebhookId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    if !webhooks::delete(&tx, user, id).await? {
        return Err(Error::NotFound);
    }
    audit::insert(&tx, app.clock.now(), actor, "remove", "webhook", id.0, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Queues a message that tries a webhook; one that was stopped is tried again from now on.
///
/// # Errors
/// `NotFound` when the user has none such.
pub async fn test(app: &App, actor: &str, user: UserId, id: WebhookId) -> Result<()> {
    let now = app.clock.now();
    let (webhook, _) = find(app, user, id).await?;
    let tx = connection::begin(&app.db).await?;
    if webhook.disabled_at.is_some() {
        webhooks::set_disabled_at(&tx, id, None).await?;
    }
    queue(&tx, id, TEST, &json!({}), now).await?;
    audit::insert(&tx, now, actor, "test", "webhook", id.0, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Queues an event for every webhook that asks for it and whose user may know of it; in the transaction of
/// its cause.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn announce(tx: &Tx, event: &Event, now: DateTime<Utc>) -> Result<()> {
    for webhook in webhooks::list_enabled(tx).await? {
        if !webhook.events.iter().any(|name| name == event.name()) {
            continue;
        }
        let user = users::find(tx, webhook.user).await?;
        if user.is_some_and(|user| event.may_be_told_to(&user)) {
            queue(tx, webhook.id, event.name(), &told(event), now).await?;
        }
    }
    Ok(())
}

/// As [`announce`], for an entry of the ledger, if it is a deal.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn announce_entry(tx: &Tx, id: EntryId, entry: &NewEntry, now: DateTime<Utc>) -> Result<()> {
    let (Fact::Order(_) | Fact::Agreement(_) | Fact::Income(_), Some(asf)) = (&entry.fact, entry.fact.asf()) else {
        return Ok(());
    };
    let event = Event::DealRecorded { entry: id, asf, kind: entry.fact.kind(), pairing: entry.pairing_id };
    announce(tx, &event, now).await
}

/// What is told: keys, so that nobody learns more than their own key lets them read.
fn told(event: &Event) -> Value {
    match event {
        Event::PairingAnswered { pairing, asf, need, state, .. } => {
            json!({ "pairing_id": pairing.0, "asf_id": asf.0, "need_id": need.0, "state": state.as_str() })
        }
        Event::DealRecorded { entry, asf, kind, pairing } => {
            json!({ "entry_id": entry.0, "asf_id": asf.0, "kind": kind, "pairing_id": pairing.map(|id| id.0) })
        }
    }
}

async fn queue(tx: &Tx, id: WebhookId, event: &str, data: &Value, now: DateTime<Utc>) -> Result<()> {
    let payload = json!({ "type": event, "timestamp": now, "data": data }).to_string();
    let message = format!("msg_{}", uuid::Uuid::now_v7().simple());
    Ok(webhooks::insert_delivery(tx, id, event, (&message, &payload), now).await?)
}

/// How many were told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Taken by the other side.
    pub delivered: u64,
    /// Not taken, now or for ever.
    pub failed: u64,
}

/// Tells everything that is due.
///
/// # Errors
/// When the database does not answer; what was told before that stays told.
pub async fn deliver_due(app: &App) -> Result<Report> {
    let mut report = Report::default();
    loop {
        let due = webhooks::list_due(&app.db, app.clock.now(), TOGETHER).await?;
        let mut taken = Vec::new();
        for delivery in due {
            let tx = connection::begin(&app.db).await?;
            if webhooks::claim(&tx, &delivery, app.clock.now() + LEASE).await? {
                taken.push(delivery);
            }
            tx.commit().await?;
        }
        if taken.is_empty() {
            return Ok(report);
        }
        for outcome in join_all(taken.iter().map(|delivery| deliver(app, delivery))).await {
            if outcome? { report.delivered += 1 } else { report.failed += 1 }
        }
    }
}

/// One attempt; says whether it was taken.
async fn deliver(app: &App, delivery: &Delivery) -> Result<bool> {
    let id = WebhookId(delivery.webhook_id);
    // Removed while it was queued: its deliveries are gone as well.
    let Some((webhook, secret)) = webhooks::find(&app.db, id).await? else { return Ok(false) };
    let timestamp = app.clock.now().timestamp();
    let signature = sign(&secret, &delivery.message_id, timestamp, &delivery.payload)?;
    let parcel = Parcel {
        url: &webhook.url,
        id: &delivery.message_id,
        timestamp,
        signature: &signature,
        body: &delivery.payload,
    };
    let reach = if app.config.webhook_private { Reach::Private } else { Reach::Public };
    let (status, error) = match post(parcel, reach).await {
        Ok(status) if (200..300).contains(&status) => (Some(status), String::new()),
        Ok(status) => (Some(status), format!("status {status}")),
        Err(error) => (None, error.to_string()),
    };
    let now = app.clock.now();
    let is_delivered = error.is_empty();
    // 410 says that nobody will take it any more.
    let again_at = next_attempt(delivery.attempts + 1, now).filter(|_| !is_delivered && status != Some(410));
    let attempt = Attempt { status, error, again_at };
    let tx = connection::begin(&app.db).await?;
    webhooks::finish(&tx, delivery.id, &attempt, now).await?;
    if !is_delivered && again_at.is_none() {
        stop(&tx, &webhook, now).await?;
    }
    tx.commit().await?;
    Ok(is_delivered)
}

/// Stops trying a webhook, and asks staff to call its owner.
async fn stop(tx: &Tx, webhook: &Webhook, now: DateTime<Utc>) -> Result<()> {
    webhooks::set_disabled_at(tx, webhook.id, Some(now)).await?;
    let about = format!("webhook:{}", webhook.id.0);
    let host = webhook.url.split('/').nth(2).unwrap_or_default();
    tasks::open(tx, STOPPED, &about, host, now).await?;
    audit::insert(tx, now, "delivery", "stop", "webhook", webhook.id.0, "").await?;
    Ok(())
}

/// `v1,` and HMAC-SHA-256 over id, time and body, by the bytes of the secret.
fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> anyhow::Result<String> {
    let key = STANDARD.decode(secret.trim_start_matches("whsec_"))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| anyhow::anyhow!("a secret of no length"))?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_standard_webhooks() {
        // The example of the specification's reference implementations.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = "{\"test\": 2432232314}";
        let signed = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).unwrap();
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
