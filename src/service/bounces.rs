//! What came back: believed only when it came to the address of one message, then weighed by DOMAIN section 6.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Error, Result, secrets};
use crate::{
    app::App,
    domain::bounce::{SOFT_LIMIT, Status, Verdict},
    mail::{MessageKind, bounce, bounce::Returned},
    store::{Tx, asf, audit, bounces, bounces::NewBounce, connection, outbox::StoredMessage, tasks},
};

/// Longest part of a returned mail that is kept.
const KEPT_CHARS: usize = 20_000;

/// What a run took in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Mails read.
    pub read: u64,
    /// Addresses that get no more mail.
    pub suppressed: u64,
    /// Failures for now.
    pub soft: u64,
    /// For staff to look at.
    pub tasks: u64,
    /// No failure, or taken in before.
    pub ignored: u64,
    /// Not sent to the address of any message of ours: nothing follows from it.
    pub untrusted: u64,
}

/// What followed from one mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The address gets no more mail.
    Suppressed,
    /// Noted; again and again it would be suppressed.
    Soft,
    /// Staff look at it.
    Task,
    /// No failure, or taken in before.
    Ignored,
    /// It is not about a message of ours.
    Untrusted,
}

impl Report {
    /// Counts one more.
    pub fn add(&mut self, effect: Effect) {
        self.read += 1;
        *match effect {
            Effect::Suppressed => &mut self.suppressed,
            Effect::Soft => &mut self.soft,
            Effect::Task => &mut self.tasks,
            Effect::Ignored => &mut self.ignored,
            Effect::Untrusted => &mut self.untrusted,
        } += 1;
    }
}

/// Takes in one returned mail; `to` is its envelope recipient where that is known.
///
/// # Errors
/// When the database does not answer.
pub async fn take_in(app: &App, raw: &[u8], to: Option<&str>) -> Result<Effect> {
    let returned = bounce::read(raw, to);
    let mut about = None;
    for path in returned.return_paths.iter().take(5) {
        about = about.or(bounces::find_message(&app.db, path).await?);
    }
    let Some(message) = about else { return Ok(Effect::Untrusted) };
    if returned.verdict == Verdict::Nothing {
        return Ok(Effect::Ignored);
    }
    let now = app.clock.now();
    let text: String = String::from_utf8_lossy(raw).replace('\0', "").chars().take(KEPT_CHARS).collect();
    let kept = NewBounce {
        message_id: Some(message.id),
        effect: returned.verdict.as_str().to_owned(),
        status: returned.status.clone(),
        raw_hash: secrets::hash(&text),
        raw: text,
    };
    let tx = connection::begin(&app.db).await?;
    match bounces::insert(&tx, kept, now).await.map_err(Error::from) {
        Err(Error::Conflict) => return Ok(Effect::Ignored),
        inserted => inserted?,
    }
    let effect = follow(&tx, &message, &returned, now).await?;
    tx.commit().await?;
    Ok(effect)
}

/// What follows from an answer of the reader's mail server that no later attempt will change.
///
/// # Errors
/// When the database does not answer.
pub async fn refused_at_once(tx: &Tx, message: &StoredMessage, answer: &str, now: DateTime<Utc>) -> Result<()> {
    let status = Status::find(answer);
    let verdict = status.map_or(Verdict::Unclear, Verdict::of);
    let status = status.map(|s| format!("{}.{}.{}", s.class, s.subject, s.detail)).unwrap_or_default();
    follow(tx, message, &Returned { return_paths: Vec::new(), verdict, status }, now).await?;
    Ok(())
}

async fn follow(tx: &Tx, message: &StoredMessage, returned: &Returned, now: DateTime<Utc>) -> Result<Effect> {
    bounces::set_bounced_at(tx, message.id, now).await?;
    match returned.verdict {
        Verdict::Nothing => Ok(Effect::Ignored),
        Verdict::Gone | Verdict::Complaint => {
            suppress(tx, message, returned.verdict, now).await?;
            Ok(Effect::Suppressed)
        }
        Verdict::Soft => {
            let digest = MessageKind::WeeklyDigest.as_str();
            if bounces::all_came_back(tx, &message.recipient, digest, SOFT_LIMIT).await? {
                suppress(tx, message, returned.verdict, now).await?;
                return Ok(Effect::Suppressed);
            }
            Ok(Effect::Soft)
        }
        Verdict::Refused => {
            // Our reputation, not this reader: one task for all of them.
            let subject = format!("{} {}", returned.status, domain_of(&message.recipient));
            tasks::open(tx, "task-kind-mail-refused", "mail", &subject, now).await?;
            Ok(Effect::Task)
        }
        Verdict::Unclear => {
            let about = format!("message:{}", message.id);
            tasks::open(tx, "task-kind-bounce-unclear", &about, &name(tx, message).await?, now).await?;
            Ok(Effect::Task)
        }
    }
}

/// No more mail to the address, and somebody calls: an ASF that silently gets nothing is the worst that
/// can happen to it here.
async fn suppress(tx: &Tx, message: &StoredMessage, verdict: Verdict, now: DateTime<Utc>) -> Result<()> {
    bounces::suppress(tx, &message.recipient, verdict.as_str(), now).await?;
    let (noun, id) = message.asf_id.map_or(("message", message.id), |asf| ("asf", asf));
    let kind = if verdict == Verdict::Complaint { "task-kind-complaint" } else { "task-kind-call" };
    tasks::open(tx, kind, &format!("{noun}:{id}"), &name(tx, message).await?, now).await?;
    audit::insert(tx, now, "mail", "suppress", noun, id, verdict.as_str()).await?;
    Ok(())
}

async fn name(tx: &Tx, message: &StoredMessage) -> Result<String> {
    let asf = match message.asf_id {
        Some(id) => asf::find(tx, crate::domain::asf::AsfId(id)).await?,
        None => None,
    };
    Ok(asf.map_or_else(|| message.recipient.clone(), |asf| format!("{} ({})", asf.name, message.recipient)))
}

fn domain_of(address: &str) -> &str {
    address.rsplit('@').next().unwrap_or_default()
}
