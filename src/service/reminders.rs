//! Reminds an ASF once of a need that it has not answered, when the buyer asks for it.

use chrono::{DateTime, Duration, Utc};

use super::{
    Result,
    mail_policy::Gate,
    obstacles, outbox,
    pairings::{self, AnswerView},
    secrets::{self, Secret},
    unsubscribe,
};
use crate::{
    app::App,
    domain::{follow_up::Side, obstacle::Obstacle, pairing::PairingId, rejection::Rejection, reminder::Facts},
    mail::{MessageKind, reminder as letter},
    store::{
        Reader, Tx, audit, connection, digests, mail_preferences, pairings as store_pairings, relays, reminders,
        tokens::{Purpose, Subject},
    },
};

/// How long the link of a reminder works.
const LINK_LASTS: Duration = Duration::days(120);

/// Why an ASF cannot be reminded now; `None` when it can. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn obstacle(app: &App, view: &AnswerView) -> Result<Option<Obstacle>> {
    let now = app.clock.now();
    let facts = facts(&app.db, view).await?;
    obstacle_in(&app.db, view, &facts, now).await
}

async fn obstacle_in(
    db: &impl Reader,
    view: &AnswerView,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<Option<Obstacle>> {
    let of_mail = obstacles::find(db, view, now).await?;
    if of_mail.is_some() {
        return Ok(of_mail);
    }
    if Gate::load(db).await?.hold(&view.need, &view.lot, now).is_some() {
        return Ok(Some(Obstacle::Held));
    }
    Ok(facts.obstacle(now))
}

async fn facts(db: &impl Reader, view: &AnswerView) -> Result<Facts> {
    let (pairing, asf) = (&view.pairing, view.asf.id);
    let in_digest = digests::map_mailed(db, &[pairing.id]).await?.remove(&pairing.id).and_then(|mailed| mailed.last_at);
    let relay = relays::map_for_pairings(db, &[pairing.id]).await?.remove(&pairing.id);
    let lines = relay.into_iter().flat_map(|relay| relay.lines);
    let by_relay = lines.filter(|line| line.side == Side::Buyer).map(|line| line.written_at).max();
    Ok(Facts {
        state: pairing.state,
        strength: pairing.strength,
        mailed_at: in_digest.max(by_relay),
        reminded_at: reminders::find(db, pairing.id).await?,
        last_digest_at: digests::map_last_composed(db, &[asf]).await?.remove(&asf),
        preference: mail_preferences::map(db, &[asf]).await?.remove(&asf).unwrap_or_default(),
    })
}

/// Reminds the ASF of a pairing.
///
/// # Errors
/// `Rejected` with the obstacle when it cannot be reminded; `NotFound` without such a pairing.
pub async fn remind(app: &App, actor: &str, id: PairingId) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    store_pairings::lock(&tx, id).await?;
    let view = pairings::view(&tx, id).await?;
    let facts = facts(&tx, &view).await?;
    if let Some(obstacle) = obstacle_in(&tx, &view, &facts, now).await? {
        return Err(Rejection::new("pairing", obstacle.rule(), "").into());
    }
    reminders::insert(&tx, id, actor, now).await?;
    queue(app, &tx, &view, facts.mailed_at, now).await?;
    audit::insert(&tx, now, actor, "remind", "pairing", id.0, "").await?;
    tx.commit().await?;
    Ok(())
}

async fn queue(
    app: &App,
    tx: &Tx,
    view: &AnswerView,
    mailed_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (asf, need) = (&view.asf, &view.need);
    let Some(to) = &asf.email else { return Ok(()) };
    let secret = Secret::random();
    let subject = Subject { pairing_id: Some(view.pairing.id.0), asf_id: Some(asf.id.0), ..Subject::default() };
    secrets::store(tx, &secret, Purpose::Answer, subject, LINK_LASTS, now).await?;
    let base = app.config.base_url();
    let mail = letter::Reminder {
        asf_name: asf.name.clone(),
        buyer_name: need.buyer.name.clone(),
        need_title: need.title.clone(),
        asked_at: mailed_at.unwrap_or(now),
        deadline: view.lot.work.deadline_at,
        reasons: view.pairing.reasons.clone(),
        url_need: format!("{base}/behov/{}", need.id.0),
        url: format!("{base}/svar/{}", secret.plain()),
        url_stop: unsubscribe::link(app, tx, asf.id, now).await?,
        sender: outbox::sender(&app.config),
    };
    let rendered = letter::render(&app.words, asf.language, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("reminder:{}", view.pairing.id.0),
        kind: MessageKind::Reminder,
        to: to.clone(),
        language: asf.language,
        rendered,
        list: None,
        asf: Some(asf.id),
    };
    outbox::queue(app, tx, letter, now).await
}
