//! The relay between a buyer and an ASF: what one writes is mailed to the other, and no address is told before
//! the ASF says yes. That yes is the answer to the need, with its introduction.

use chrono::{DateTime, Utc};

use super::{
    Error, Result, obstacles, outbox,
    pairings::{self, AnswerView},
    secrets::{self, Secret},
    unsubscribe,
};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        follow_up::Side,
        language::Language,
        obstacle::Obstacle,
        pairing::{Answer, AnswerEffect, PairingId, PairingState},
        rejection::Rejection,
        relay::{self, Line, Relay, RelayId, Reply, ReplyKind},
    },
    mail::{MessageKind, relay as letter},
    store::{Reader, Tx, audit, connection, pairings as store_pairings, relays},
};

/// Threads of an ASF that are listed.
const LISTED: u64 = 100;

/// A thread with both its sides.
#[derive(Debug, Clone)]
pub struct Thread {
    /// What was written.
    pub relay: Relay,
    /// What it is about.
    pub view: AnswerView,
}

/// What a buyer sees of one ASF.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What was written, if anything.
    pub relay: Option<Relay>,
    /// Why no more can be written.
    pub obstacle: Option<Obstacle>,
    /// What it is about.
    pub view: AnswerView,
}

/// What the buyer of a pairing sees. Changes nothing.
///
/// # Errors
/// `NotFound` without such a pairing.
pub async fn desk(app: &App, id: PairingId) -> Result<Desk> {
    let view = pairings::find(app, id).await?;
    let relay = relays::map_for_pairings(&app.db, &[id]).await?.remove(&id);
    let obstacle = obstacle(&app.db, &view, relay.as_ref(), app.clock.now()).await?;
    Ok(Desk { relay, obstacle, view })
}

/// Why the buyer cannot write to an ASF now.
async fn obstacle(
    db: &impl Reader,
    view: &AnswerView,
    relay: Option<&Relay>,
    now: DateTime<Utc>,
) -> Result<Option<Obstacle>> {
    let of_thread = relay.and_then(Relay::obstacle_for_buyer);
    if of_thread.is_some() {
        return Ok(of_thread);
    }
    if view.need.buyer.email.is_none() {
        return Ok(Some(Obstacle::NoAnswerAddress));
    }
    let of_mail = obstacles::find(db, view, now).await?;
    if of_mail.is_some() {
        return Ok(of_mail);
    }
    let today = relays::count_lines_of_buyer(db, view.need.buyer.id, now - relay::A_DAY).await?;
    Ok((today >= relay::MOST_A_DAY).then_some(Obstacle::ManyToday))
}

/// Mails what the buyer writes to an ASF; the same line twice is sent once.
///
/// # Errors
/// `Rejected` with the obstacle when it cannot be sent; `NotFound` without such a pairing.
pub async fn write(app: &App, actor: &str, id: PairingId, text: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    store_pairings::lock(&tx, id).await?;
    let view = pairings::view(&tx, id).await?;
    let relay = relays::map_for_pairings(&tx, &[id]).await?.remove(&id);
    if relay.as_ref().is_some_and(|relay| relay.has_just_said(Side::Buyer, text)) {
        return Ok(());
    }
    if let Some(obstacle) = obstacle(&tx, &view, relay.as_ref(), now).await? {
        return Err(Rejection::new("text", obstacle.rule(), "").into());
    }
    let thread = match relay {
        Some(relay) => relay.id,
        None => relays::insert(&tx, id, now).await?,
    };
    let secret = Secret::random();
    let line = Line { side: Side::Buyer, text: text.to_owned(), written_at: now };
    let number = relays::insert_line(&tx, thread, &line, Some(&secrets::hash(secret.plain()))).await?;
    let url = format!("{}/kontakt/{}", app.config.base_url(), secret.plain());
    let mail = Mail { to: Side::Asf, reply: None, text, url, key: key(thread, number) };
    queue(app, &tx, &view, mail, now).await?;
    audit::insert(&tx, now, actor, "write", "pairing", id.0, "relay").await?;
    tx.commit().await?;
    Ok(())
}

/// What a link is about. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find_by_link(app: &App, token: &str) -> Result<Thread> {
    let after = app.clock.now() - relay::LINK_LASTS;
    let relay = relays::find_by_link(&app.db, &secrets::hash(token), after).await?.ok_or(Error::NotFound)?;
    thread(app, relay).await
}

/// A thread of an ASF.
///
/// # Errors
/// `NotFound` when it has no such thread.
pub async fn find(app: &App, asf: AsfId, id: RelayId) -> Result<Thread> {
    let relay = relays::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let thread = thread(app, relay).await?;
    if thread.view.asf.id == asf { Ok(thread) } else { Err(Error::NotFound) }
}

/// The threads of an ASF, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, asf: AsfId) -> Result<Vec<Thread>> {
    let mut threads = Vec::new();
    for relay in relays::list_for_asf(&app.db, asf, LISTED).await? {
        threads.push(thread(app, relay).await?);
    }
    Ok(threads)
}

async fn thread(app: &App, relay: Relay) -> Result<Thread> {
    Ok(Thread { view: pairings::find(app, relay.pairing_id).await?, relay })
}

impl Thread {
    /// Why the ASF cannot answer now.
    pub fn obstacle_for_asf(&self, now: DateTime<Utc>) -> Option<Obstacle> {
        obstacle_for_asf(&self.relay, &self.view, now)
    }
}

fn obstacle_for_asf(relay: &Relay, view: &AnswerView, now: DateTime<Utc>) -> Option<Obstacle> {
    match relay.state {
        relay::RelayState::Agreed => Some(Obstacle::Agreed),
        relay::RelayState::Declined => Some(Obstacle::Declined),
        relay::RelayState::Open if obstacles::is_closed(view, now) => Some(Obstacle::Closed),
        relay::RelayState::Open => None,
    }
}

/// Takes what an ASF answers. A yes introduces both sides, as a yes to the need does; everything else is mailed to
/// the buyer.
///
/// # Errors
/// `Rejected` when the ASF has written all that a thread holds, or one side has no address to give; `Conflict`
/// when the thread has ended or the need has closed.
pub async fn reply(app: &App, id: RelayId, reply: &Reply) -> Result<()> {
    let now = app.clock.now();
    let pairing = relays::find(&app.db, id).await?.ok_or(Error::NotFound)?.pairing_id;
    let tx = connection::begin(&app.db).await?;
    store_pairings::lock(&tx, pairing).await?;
    let relay = relays::find(&tx, id).await?.ok_or(Error::NotFound)?;
    let view = pairings::view(&tx, pairing).await?;
    if reply.kind == ReplyKind::Line && relay.has_just_said(Side::Asf, &reply.text) {
        return Ok(());
    }
    if obstacle_for_asf(&relay, &view, now).is_some() {
        return Err(Error::Conflict);
    }
    check(&relay, &view, reply)?;
    let mut number = 0;
    if !reply.text.is_empty() {
        let line = Line { side: Side::Asf, text: reply.text.clone(), written_at: now };
        number = relays::insert_line(&tx, id, &line, None).await?;
    }
    if reply.kind != ReplyKind::Line && !relays::set_state(&tx, id, reply.kind.state()).await? {
        return Err(Error::Conflict);
    }
    let actor = format!("asf:{}", view.asf.id.0);
    audit::insert(&tx, now, &actor, reply.kind.as_str(), "pairing", pairing.0, "relay").await?;
    let answered = match reply.kind {
        ReplyKind::Agree => Some(pairings::respond_in(app, &tx, pairing, &yes(&view, reply)).await?),
        ReplyKind::Line | ReplyKind::Decline => None,
    };
    let is_introduced = matches!(answered, Some((AnswerEffect::Introduce, _)));
    if !is_introduced {
        let url = format!("{}/behov/{}/kontakt?par={}", app.config.base_url(), view.need.id.0, pairing.0);
        let key = key(id, number) + ":" + reply.kind.as_str();
        let mail = Mail { to: Side::Buyer, reply: Some(reply.kind), text: &reply.text, url, key };
        queue(app, &tx, &view, mail, now).await?;
    }
    tx.commit().await?;
    if let Some((_, view)) = &answered {
        pairings::match_anew(app, view).await;
    }
    Ok(())
}

/// What only the thread as a whole can say of an answer.
fn check(relay: &Relay, view: &AnswerView, reply: &Reply) -> Result<()> {
    if !reply.text.is_empty() && relay.is_full(Side::Asf) {
        return Err(Rejection::new("text", Obstacle::Full.rule(), "").into());
    }
    let has_both = view.asf.email.is_some() && view.need.buyer.email.is_some();
    if reply.kind == ReplyKind::Agree && !has_both {
        return Err(Rejection::new("reply", "rejected-relay-address", "").into());
    }
    Ok(())
}

/// The yes to the need; without words of its own, an earlier note stands.
fn yes(view: &AnswerView, reply: &Reply) -> Answer {
    let note = if reply.text.is_empty() { &view.pairing.note } else { &reply.text };
    Answer { state: PairingState::Yes, decline_reason: None, note: note.clone() }
}

/// Begins with the thread, so that its mails are found when it is let go.
fn key(thread: RelayId, line: i64) -> String {
    format!("{}{line}", relays::key_prefix(thread.0))
}

/// A mail about to be queued.
struct Mail<'a> {
    to: Side,
    reply: Option<ReplyKind>,
    text: &'a str,
    url: String,
    key: String,
}

async fn queue(app: &App, tx: &Tx, view: &AnswerView, mail: Mail<'_>, now: DateTime<Utc>) -> Result<()> {
    let (asf, buyer) = (&view.asf, &view.need.buyer);
    let (reader, other, language) = match mail.to {
        Side::Asf => ((&asf.name, &asf.email), &buyer.name, asf.language),
        Side::Buyer => ((&buyer.name, &buyer.email), &asf.name, Language::Sv),
    };
    let (reader_name, Some(to)) = reader else { return Ok(()) };
    let url_stop = match mail.to {
        Side::Asf => Some(unsubscribe::link(app, tx, asf.id, now).await?),
        Side::Buyer => None,
    };
    let content = letter::RelayMail {
        side: mail.to,
        reply: mail.reply.map(ReplyKind::as_str),
        reader_name: reader_name.clone(),
        other_name: other.clone(),
        need_title: view.need.title.clone(),
        url_need: format!("{}/behov/{}", app.config.base_url(), view.need.id.0),
        text: mail.text.to_owned(),
        url: mail.url,
        url_stop,
        sender: outbox::sender(&app.config),
    };
    let rendered = letter::render(&app.words, language, &content).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: mail.key,
        kind: MessageKind::Relay,
        to: to.clone(),
        language,
        rendered,
        list: None,
        asf: (mail.to == Side::Asf).then_some(asf.id),
    };
    outbox::queue(app, tx, letter, now).await
}
