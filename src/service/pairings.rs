//! Answers: an ASF says yes, maybe or no to a suggestion, and a yes introduces both sides.

use super::{Error, Result, claims, lessons, outbox, secrets, webhooks};
use crate::{
    app::App,
    domain::{
        asf::Asf,
        email::Email,
        language::Language,
        need::{Lot, Need},
        pairing::{Answer, AnswerEffect, Pairing, PairingId},
        webhook::Event,
    },
    mail::{MessageKind, Rendered, introduction_asf, introduction_buyer},
    store::{Reader, Tx, asf, audit, connection, needs, pairings, tokens, tokens::Purpose},
};

/// What the answer page shows.
#[derive(Debug, Clone)]
pub struct AnswerView {
    /// What was suggested, and the answer so far.
    pub pairing: Pairing,
    /// The need.
    pub need: Need,
    /// The lot.
    pub lot: Lot,
    /// Who answers.
    pub asf: Asf,
}

/// What an answer link is about. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find_by_token(app: &App, token: &str) -> Result<AnswerView> {
    let id = pairing_of(app, token).await?;
    find(app, id).await
}

/// A pairing with both its sides.
///
/// # Errors
/// `NotFound` when there is no such pairing.
pub async fn find(app: &App, id: PairingId) -> Result<AnswerView> {
    view(&app.db, id).await
}

/// As [`find`], inside or outside a transaction.
pub(super) async fn view(db: &impl Reader, id: PairingId) -> Result<AnswerView> {
    let pairing = pairings::find(db, id).await?.ok_or(Error::NotFound)?;
    let need = needs::list_by_lots(db, &[pairing.lot_id]).await?.pop().ok_or(Error::NotFound)?;
    let lot = need.lots.iter().find(|lot| lot.id == pairing.lot_id).cloned().ok_or(Error::NotFound)?;
    let asf = asf::find(db, pairing.asf_id).await?.ok_or(Error::NotFound)?;
    Ok(AnswerView { pairing, need, lot, asf })
}

async fn pairing_of(app: &App, token: &str) -> Result<PairingId> {
    let subject = tokens::find(&app.db, Purpose::Answer, &secrets::hash(token), app.clock.now()).await?;
    subject.and_then(|subject| subject.pairing_id).map(PairingId).ok_or(Error::NotFound)
}

/// Records an answer; the same answer twice changes nothing and mails nobody.
///
/// # Errors
/// `NotFound` when the link is unknown or too old; `Conflict` when the need has closed.
pub async fn respond(app: &App, token: &str, answer: &Answer) -> Result<AnswerEffect> {
    let id = pairing_of(app, token).await?;
    respond_to(app, id, answer).await
}

/// As [`respond`], for somebody who is known to be of the ASF.
///
/// # Errors
/// `NotFound` without such a pairing; `Conflict` when the need has closed.
pub async fn respond_to(app: &App, id: PairingId, answer: &Answer) -> Result<AnswerEffect> {
    let tx = connection::begin(&app.db).await?;
    let (effect, view) = respond_in(app, &tx, id, answer).await?;
    tx.commit().await?;
    if effect != AnswerEffect::Nothing {
        match_anew(app, &view).await;
    }
    Ok(effect)
}

/// As [`respond_to`], in a transaction that writes more than the answer; [`match_anew`] follows it.
pub(super) async fn respond_in(
    app: &App,
    tx: &Tx,
    id: PairingId,
    answer: &Answer,
) -> Result<(AnswerEffect, AnswerView)> {
    let now = app.clock.now();
    pairings::lock(tx, id).await?;
    let mut view = view(tx, id).await?;
    let has_closed =
        !view.need.status.is_matched() || view.lot.work.deadline_at.is_some_and(|deadline| deadline <= now);
    if has_closed {
        return Err(Error::Conflict);
    }
    let effect = view.pairing.respond(answer, now);
    if effect != AnswerEffect::Nothing {
        pairings::update_answer(tx, &view.pairing, now).await?;
        let actor = format!("asf:{}", view.asf.id.0);
        lessons::learn(app, tx, &view).await?;
        audit::insert(tx, now, &actor, "answer", "pairing", id.0, view.pairing.state.as_str()).await?;
        webhooks::announce(tx, &answered(&view), now).await?;
    }
    if effect == AnswerEffect::Introduce {
        introduce(app, tx, &view).await?;
        claims::of_answer(tx, id, now).await?;
    }
    Ok((effect, view))
}

/// What the answer taught, or what the one before it had taught, weighs at once.
pub(super) async fn match_anew(app: &App, view: &AnswerView) {
    let has_learnt = !view.asf.lessons.is_empty() || view.pairing.decline_reason.is_some();
    if has_learnt {
        // The answer stands whatever happens; the change that was noted brings the ASF up again.
        if let Err(error) = lessons::match_anew(app, view.asf.id).await {
            tracing::warn!(%error, "an ASF is matched later than its answer");
        }
    }
}

fn answered(view: &AnswerView) -> Event {
    Event::PairingAnswered {
        pairing: view.pairing.id,
        asf: view.asf.id,
        need: view.need.id,
        buyer: view.need.buyer.id,
        state: view.pairing.state,
    }
}

/// One mail to each side that has an address; a public buyer's official channel is the notice.
async fn introduce(app: &App, tx: &Tx, view: &AnswerView) -> Result<()> {
    if let Some(to) = &view.asf.email {
        let mail = introduction_to_asf(app, view);
        let language = view.asf.language;
        let rendered = introduction_asf::render(&app.words, language, &mail).map_err(anyhow::Error::new)?;
        let letter = letter(view, MessageKind::IntroductionAsf, to, language, rendered);
        outbox::queue(app, tx, letter, app.clock.now()).await?;
    }
    if let (Some(to), Some(asf_email)) = (&view.need.buyer.email, &view.asf.email) {
        let mail = introduction_to_buyer(app, view, asf_email);
        let rendered = introduction_buyer::render(&app.words, Language::Sv, &mail).map_err(anyhow::Error::new)?;
        let letter = letter(view, MessageKind::IntroductionBuyer, to, Language::Sv, rendered);
        outbox::queue(app, tx, letter, app.clock.now()).await?;
    }
    Ok(())
}

fn letter(view: &AnswerView, kind: MessageKind, to: &Email, language: Language, rendered: Rendered) -> outbox::Letter {
    let dedupe_key = format!("{}:{}", kind.as_str(), view.pairing.id.0);
    let asf = (kind == MessageKind::IntroductionAsf).then_some(view.asf.id);
    outbox::Letter { dedupe_key, kind, to: to.clone(), language, rendered, list: None, asf }
}

fn introduction_to_asf(app: &App, view: &AnswerView) -> introduction_asf::IntroductionAsf {
    let base = app.config.base_url();
    let AnswerView { pairing, need, lot, asf } = view;
    introduction_asf::IntroductionAsf {
        asf_name: asf.name.clone(),
        buyer_name: need.buyer.name.clone(),
        buyer_email: need.buyer.email.clone(),
        need_title: need.title.clone(),
        lot_title: lot_title(view),
        kind: need.kind,
        deadline: lot.work.deadline_at,
        url_need: format!("{base}/behov/{}", need.id.0),
        url_notice: need.url.clone(),
        url_deal: format!("{base}/affar/{}", pairing.id.0),
        note: pairing.note.clone(),
        sender: outbox::sender(&app.config),
    }
}

fn introduction_to_buyer(app: &App, view: &AnswerView, asf_email: &Email) -> introduction_buyer::IntroductionBuyer {
    let base = app.config.base_url();
    let AnswerView { pairing, need, asf, .. } = view;
    introduction_buyer::IntroductionBuyer {
        buyer_name: need.buyer.name.clone(),
        asf_name: asf.name.clone(),
        asf_email: asf_email.clone(),
        url_asf: format!("{base}/asf/{}", asf.id.0),
        need_title: need.title.clone(),
        lot_title: lot_title(view),
        kind: need.kind,
        url_need: format!("{base}/behov/{}", need.id.0),
        reasons: pairing.reasons.clone(),
        note: pairing.note.clone(),
        sender: outbox::sender(&app.config),
    }
}

fn lot_title(view: &AnswerView) -> Option<String> {
    let title = &view.lot.work.title;
    (*title != view.need.title).then(|| title.clone())
}
