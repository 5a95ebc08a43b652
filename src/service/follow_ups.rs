//! Asks both sides of an introduction what it led to, and turns the answers into proposals to the ledger.

use chrono::{DateTime, Duration, Utc};

use super::{
    Error, Result, claims, deals, outbox, pairings,
    pairings::AnswerView,
    secrets::{self, Secret},
};
use crate::{
    app::App,
    domain::{
        email::Email,
        follow_up::{self, Led, Side, Told},
        language::Language,
        ledger::Fact,
        pairing::PairingId,
        schedule::local_date,
    },
    mail::{MessageKind, follow_up as letter},
    store::{Tx, audit, connection, follow_ups, ledger},
};

/// Pairings read from the database at a time.
const BATCH: u64 = 200;
/// How long the link of a question works.
const LINK_LASTS: Duration = Duration::days(120);

/// Asks about every introduction that is due, and once more where the answer was "not yet". Gives the number of
/// mails queued.
///
/// # Errors
/// When the database does not answer; what was asked before that stays asked.
pub async fn ask_due(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let mut asked = 0;
    let mut after = PairingId(0);
    loop {
        let ids = follow_ups::list_unasked(&app.db, (now - follow_up::TOO_OLD, now), after, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        for id in &ids {
            asked += ask(app, *id, now).await?;
        }
    }
    loop {
        let again = follow_ups::list_again(&app.db, now, BATCH).await?;
        if again.is_empty() {
            return Ok(asked);
        }
        for question in &again {
            asked += ask_again(app, question, now).await?;
        }
    }
}

/// Asks both sides for the first time, if it is time.
async fn ask(app: &App, id: PairingId, now: DateTime<Utc>) -> Result<u64> {
    let view = pairings::find(app, id).await?;
    let Some(introduced_at) = view.pairing.introduced_at else { return Ok(0) };
    let work = &view.lot.work;
    if follow_up::due_at(introduced_at, work.deadline_at, work.start_on) > now || is_told(app, id).await? {
        return Ok(0);
    }
    let mut asked = 0;
    let tx = connection::begin(&app.db).await?;
    for side in Side::ALL {
        let Some((to, language)) = reader(&view, side) else { continue };
        let secret = Secret::random();
        follow_ups::insert(&tx, id, side, &secrets::hash(secret.plain()), now).await?;
        queue(app, &tx, &view, (side, 1), (&to, language), &secret, now).await?;
        asked += 1;
    }
    tx.commit().await?;
    Ok(asked)
}

async fn ask_again(app: &App, question: &follow_ups::FollowUp, now: DateTime<Utc>) -> Result<u64> {
    let view = pairings::find(app, question.pairing_id).await?;
    let tx = connection::begin(&app.db).await?;
    let secret = Secret::random();
    let is_ours = follow_ups::set_asked_again(&tx, question, &secrets::hash(secret.plain()), now).await?;
    let reader = reader(&view, question.side).filter(|_| is_ours);
    if let Some((to, language)) = &reader {
        queue(app, &tx, &view, (question.side, question.times + 1), (to, *language), &secret, now).await?;
    }
    tx.commit().await?;
    Ok(u64::from(reader.is_some()))
}

/// Whether somebody has told already what it led to.
async fn is_told(app: &App, id: PairingId) -> Result<bool> {
    let entries = ledger::list_for_pairing(&app.db, id).await?;
    let tells = |fact: &Fact| matches!(fact, Fact::Order(_) | Fact::Agreement(_) | Fact::Income(_));
    Ok(entries.iter().any(|entry| tells(&entry.told.fact)))
}

/// Where a side reads mail; an ASF that has stopped the mails is not asked.
fn reader(view: &AnswerView, side: Side) -> Option<(Email, Language)> {
    match side {
        Side::Asf if view.asf.unsubscribed_at.is_some() => None,
        Side::Asf => view.asf.email.clone().map(|email| (email, view.asf.language)),
        Side::Buyer => view.need.buyer.email.clone().map(|email| (email, Language::Sv)),
    }
}

async fn queue(
    app: &App,
    tx: &Tx,
    view: &AnswerView,
    (side, times): (Side, i32),
    (to, language): (&Email, Language),
    secret: &Secret,
    now: DateTime<Utc>,
) -> Result<()> {
    let base = app.config.base_url();
    let (reader, other) = match side {
        Side::Asf => (&view.asf.name, &view.need.buyer.name),
        Side::Buyer => (&view.need.buyer.name, &view.asf.name),
    };
    let mail = letter::FollowUp {
        side,
        is_again: times > 1,
        reader_name: reader.clone(),
        other_name: other.clone(),
        need_title: view.need.title.clone(),
        url_need: format!("{base}/behov/{}", view.need.id.0),
        url: format!("{base}/uppfoljning/{}", secret.plain()),
        sender: outbox::sender(&app.config),
    };
    let rendered = letter::render(&app.words, language, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("follow_up:{}:{}:{times}", view.pairing.id.0, side.as_str()),
        kind: MessageKind::FollowUp,
        to: to.clone(),
        language,
        rendered,
        list: None,
        asf: (side == Side::Asf).then_some(view.asf.id),
    };
    outbox::queue(app, tx, letter, now).await
}

/// What a link asks about.
#[derive(Debug, Clone)]
pub struct Question {
    /// Who is asked.
    pub side: Side,
    /// The last answer.
    pub led: Option<Led>,
    /// What it is about.
    pub view: AnswerView,
}

/// What a link asks about. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find(app: &App, token: &str) -> Result<Question> {
    let asked_after = app.clock.now() - LINK_LASTS;
    let found = follow_ups::find(&app.db, &secrets::hash(token), asked_after).await?.ok_or(Error::NotFound)?;
    Ok(Question { side: found.side, led: found.led, view: pairings::find(app, found.pairing_id).await? })
}

/// Keeps an answer; the last word stands, and a yes becomes proposals once.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn answer(app: &App, token: &str, told: &Told) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let found = follow_ups::find(&tx, &secrets::hash(token), now - LINK_LASTS).await?.ok_or(Error::NotFound)?;
    follow_ups::update(&tx, found.id, told, follow_up::ask_again_at(told.led, found.times, now), now).await?;
    if told.led == Led::Yes {
        let parties = deals::parties(&tx, found.pairing_id).await?;
        let reference = reference(app, found.side, told);
        for entry in told.suggested(found.pairing_id, found.side, &parties, (local_date(now), &reference)) {
            claims::suggest(&tx, entry, now).await?;
        }
    }
    let actor = format!("follow_up:{}", found.side.as_str());
    audit::insert(&tx, now, &actor, "follow_up", "pairing", found.pairing_id.0, told.led.as_str()).await?;
    tx.commit().await?;
    Ok(())
}

/// What staff reads beside the proposal: who says so, and whether the service made a difference.
fn reference(app: &App, side: Side, told: &Told) -> String {
    let text = |id: &str| app.words.text(Language::Sv, id, &[]);
    let said = text(&format!("follow-up-said-{}", side.as_str()));
    match told.without {
        Some(without) => {
            let without = without.as_str().replace('_', "-");
            format!("{said} {}", text(&format!("follow-up-said-without-{without}")))
        }
        None => said,
    }
}
