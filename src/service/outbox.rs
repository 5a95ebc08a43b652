//! Queues messages in the transaction of their cause, and delivers what is queued.

use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use tokio::sync::SemaphorePermit;

use super::{Result, bounces, secrets};
use crate::{
    app::App,
    config::Config,
    domain::{asf::AsfId, email::Email, language::Language},
    faults,
    mail::{
        self, ListHeaders, MessageKind, Outgoing, Rendered, Sender,
        bounce::RETURN_PREFIX,
        mailer::{FailureKind, Phase, PhaseRefused, Progress, SendFailure},
    },
    store::{
        Tx, audit, bounces as store_bounces, connection, outbox,
        outbox::{Claimed, NewMessage, Outcome},
        tasks,
    },
};

/// Waits after the first, second … temporary failure.
const BACK_OFF: [Duration; 5] =
    [Duration::minutes(5), Duration::minutes(15), Duration::hours(1), Duration::hours(4), Duration::hours(12)];
/// Least wait before a message that perhaps arrived is sent once more.
const UNCERTAIN_WAIT: Duration = Duration::minutes(30);

/// A mail about to be queued.
pub struct Letter {
    /// The same cause never queues twice.
    pub dedupe_key: String,
    /// Which mail.
    pub kind: MessageKind,
    /// Reader.
    pub to: Email,
    /// Language of the mail.
    pub language: Language,
    /// Subject and bodies.
    pub rendered: Rendered,
    /// Headers of a mailing list; none on mails that the reader asked for.
    pub list: Option<ListHeaders>,
    /// The ASF whose mail it is: a bounce ends the mails to it.
    pub asf: Option<AsfId>,
}

/// Whether whoever reads a message can sign in by it.
pub fn signs_in(message: &outbox::StoredMessage) -> bool {
    message.kind == MessageKind::SignIn.as_str()
}

/// Writes a letter to the outbox, with its Message-ID and date for good.
///
/// # Errors
/// `Conflict` when its key is queued already; otherwise when the database does not answer.
pub async fn queue(app: &App, tx: &Tx, letter: Letter, now: DateTime<Utc>) -> Result<()> {
    outbox::insert(tx, &write(app, letter, now)?, now).await?;
    Ok(())
}

/// A letter as the bytes that every attempt sends, with its Message-ID and date for good.
///
/// # Errors
/// When a header cannot hold what it should.
pub fn write(app: &App, letter: Letter, now: DateTime<Utc>) -> Result<NewMessage> {
    let message_id = format!("{}@{}", uuid::Uuid::now_v7(), app.config.mail_domain());
    let outgoing = Outgoing {
        kind: letter.kind,
        to: letter.to.clone(),
        language: letter.language,
        rendered: letter.rendered,
        message_id: format!("<{message_id}>"),
        date: now,
        from: app.config.mail_from.clone(),
        reply_to: None,
        list: letter.list,
    };
    let raw = mail::compose_signed(&outgoing, &app.signer).map_err(anyhow::Error::new).context("compose a message")?;
    Ok(NewMessage {
        dedupe_key: letter.dedupe_key,
        kind: letter.kind.as_str().to_owned(),
        recipient: letter.to.as_str().to_owned(),
        subject: outgoing.rendered.subject,
        text: outgoing.rendered.text,
        html: outgoing.rendered.html,
        message_id,
        raw,
        // Nobody can guess it: what comes to it is about this message.
        return_path: format!("{RETURN_PREFIX}{}@{}", secrets::short(), app.config.mail_domain()),
        asf_id: letter.asf.map(|asf| asf.0),
        // Who waits for a sign-in mail asks again; a second link would only puzzle.
        repeats: i32::from(letter.kind != MessageKind::SignIn),
    })
}

fn mail_address(config: &Config) -> String {
    config.mail_from.rsplit('<').next().unwrap_or_default().trim_end_matches('>').to_owned()
}

/// Who sends, named under every mail.
pub fn sender(config: &Config) -> Sender {
    Sender { service: config.service_name.clone(), base_url: config.base_url(), contact: config.contact.clone() }
}

/// `List-Id` of the weekly mail (RFC 2919).
pub fn list_id(config: &Config) -> String {
    format!("veckobrev.{}", config.mail_domain())
}

/// Address that ends the weekly mail when anything is sent to it.
pub fn unsubscribe_mailto(config: &Config, token: &str) -> String {
    format!("avsluta+{token}@{}", config.mail_domain())
}

/// Holds every weekly mail back, also those that are queued, until the task about it is done.
///
/// # Errors
/// When the database does not answer.
pub async fn stop_weekly(app: &App, actor: &str, subject: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    tasks::open(&tx, outbox::STOPPED, "mail", subject, now).await?;
    audit::insert(&tx, now, actor, "stop", "mail", 0, "weekly_digest").await?;
    tx.commit().await?;
    Ok(())
}

/// What a delivery did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Taken by the server, or written to the mailbox.
    pub sent: u64,
    /// Perhaps taken: the connection broke after the final dot.
    pub uncertain: u64,
    /// Given up.
    pub failed: u64,
    /// Still to be sent, now or later.
    pub waiting: u64,
}

/// Takes back what a process that is gone had in hand before the final dot. Safe while others
/// send: the one who held it cannot pass the next phase.
///
/// # Errors
/// When the database does not answer.
pub async fn reclaim(app: &App) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    outbox::reclaim_unsent(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends everything that is due, some messages at a time.
///
/// # Errors
/// When the database does not answer. What an SMTP server says is never an error here.
pub async fn deliver_pending(app: &App) -> Result<Report> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    outbox::recover_expired(&tx, now, now + UNCERTAIN_WAIT).await?;
    tx.commit().await?;
    faults::place("deliver.recovered");
    // A worker that waits for a silent server keeps its permit; the others go on.
    let permits = std::iter::from_fn(|| app.senders.try_acquire().ok());
    let workers = permits.map(|permit| work(app, permit));
    let mut report = Report::default();
    for done in futures_util::future::join_all(workers).await {
        let done = done?;
        report.sent += done.sent;
        report.uncertain += done.uncertain;
        report.failed += done.failed;
    }
    app.mailer.hang_up().await;
    let counts = outbox::count_by_state(&app.db).await?;
    let waiting = counts.iter().filter(|(state, _)| matches!(state.as_str(), "ready" | "sending"));
    report.waiting = waiting.map(|(_, number)| number.unsigned_abs()).sum();
    Ok(report)
}

async fn work(app: &App, _permit: SemaphorePermit<'_>) -> Result<Report> {
    let mut report = Report::default();
    loop {
        let tx = connection::begin(&app.db).await?;
        let claimed = outbox::claim_next(&tx, app.clock.now()).await?;
        faults::place("claim.written");
        tx.commit().await?;
        let Some(claimed) = claimed else { return Ok(report) };
        faults::place("claim.committed");
        if is_unwanted(app, &claimed.message).await? {
            finish(app, &claimed, &Outcome::Suppressed).await?;
            continue;
        }
        match send(app, &claimed).await? {
            Outcome::Sent => report.sent += 1,
            Outcome::Uncertain { .. } => report.uncertain += 1,
            Outcome::Failed { .. } => report.failed += 1,
            Outcome::Retry { .. } | Outcome::Suppressed => {}
        }
    }
}

async fn send(app: &App, claimed: &Claimed) -> Result<Outcome> {
    let message = &claimed.message;
    let to = Email::parse(&message.recipient)?;
    let from = if message.return_path.is_empty() { mail_address(&app.config) } else { message.return_path.clone() };
    let mut marks = Marks { app, claimed };
    let sending = app.mailer.send(&to, &from, &message.raw, &mut marks);
    let result = with_renewed_lease(app, claimed, sending).await;
    let now = app.clock.now();
    let outcome = match result {
        Ok(()) => Outcome::Sent,
        Err(failure) => outcome(message, failure, now),
    };
    finish(app, claimed, &outcome).await?;
    Ok(outcome)
}

/// Whether the reader's address gets no more mail; a sign-in mail was asked for just now.
async fn is_unwanted(app: &App, message: &outbox::StoredMessage) -> Result<bool> {
    let was_asked_for = message.kind == MessageKind::SignIn.as_str();
    Ok(!was_asked_for && store_bounces::is_suppressed(&app.db, &message.recipient).await?)
}

/// Notes how an attempt ended, with what follows for the address and for staff.
async fn finish(app: &App, claimed: &Claimed, outcome: &Outcome) -> Result<()> {
    let (message, now) = (&claimed.message, app.clock.now());
    let tx = connection::begin(&app.db).await?;
    let held = outbox::finish(&tx, message.id, claimed.fence, outcome, now).await?;
    match outcome {
        Outcome::Failed { error, refused: true } if held => {
            bounces::refused_at_once(&tx, message, error, now).await?;
        }
        Outcome::Failed { .. } if held => {
            let about = format!("message:{}", message.id);
            tasks::open(&tx, "task-kind-mail-failed", &about, &message.recipient, now).await?;
        }
        _ => {}
    }
    faults::place("finish.written");
    tx.commit().await?;
    faults::place("finish.committed");
    if !held {
        tracing::warn!(message = message.id, "another worker holds this message now");
    }
    Ok(())
}

/// Keeps the lease while a slow server answers.
async fn with_renewed_lease<T>(app: &App, claimed: &Claimed, sending: impl Future<Output = T>) -> T {
    let mut sending = std::pin::pin!(sending);
    let mut tick = tokio::time::interval(outbox::LEASE.to_std().unwrap_or_default() / 3);
    tick.tick().await;
    loop {
        tokio::select! {
            done = &mut sending => return done,
            _ = tick.tick() => {
                if let Err(error) = renew(app, claimed).await {
                    tracing::warn!(%error, "cannot renew the lease of a message");
                }
            }
        }
    }
}

async fn renew(app: &App, claimed: &Claimed) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    outbox::renew(&tx, claimed.message.id, claimed.fence, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Commits each phase before its step is taken; refuses when another worker holds the message.
struct Marks<'a> {
    app: &'a App,
    claimed: &'a Claimed,
}

impl Progress for Marks<'_> {
    async fn reached(&mut self, phase: Phase) -> std::result::Result<(), PhaseRefused> {
        match self.mark(phase).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(PhaseRefused("another worker holds this message".to_owned())),
            Err(error) => Err(PhaseRefused(error.to_string())),
        }
    }
}

impl Marks<'_> {
    async fn mark(&self, phase: Phase) -> Result<bool> {
        let tx = connection::begin(&self.app.db).await?;
        let held = outbox::set_phase(&tx, self.claimed.message.id, self.claimed.fence, phase.as_str()).await?;
        if phase == Phase::DotSent {
            faults::place("dot_sent.written");
        }
        tx.commit().await?;
        match phase {
            Phase::Connect => {}
            Phase::MailRcpt => faults::place("mail_rcpt.committed"),
            Phase::DataOpen => faults::place("data_open.committed"),
            Phase::DotSent => faults::place("dot_sent.committed"),
        }
        Ok(held)
    }
}

fn outcome(message: &outbox::StoredMessage, failure: SendFailure, now: DateTime<Utc>) -> Outcome {
    let error = failure.to_string();
    // The server's words may name the recipient: they go to the database, not to the log.
    tracing::warn!(message = message.id, kind = message.kind, code = failure.code, "a message was not delivered");
    match failure.kind {
        FailureKind::Permanent => Outcome::Failed { error, refused: true },
        FailureKind::Uncertain => Outcome::Uncertain { retry_at: now + UNCERTAIN_WAIT, error },
        FailureKind::Temporary => {
            let failed_before = usize::try_from(message.attempts).unwrap_or_default();
            match BACK_OFF.get(failed_before) {
                Some(wait) => Outcome::Retry { at: now + *wait, error },
                None => Outcome::Failed { error, refused: false },
            }
        }
    }
}
