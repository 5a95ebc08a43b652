//! Needs that people post: without an account, confirmed by mail, matched at once.

use chrono::Duration;

use super::{Error, Result, imports, matching, outbox, search, secrets};
use crate::{
    app::App,
    domain::{
        cpv::Cpv,
        email::Email,
        language::Language,
        need::{ClosedBecause, LotId, Need, NeedId, NeedStatus, NewNeed},
        rejection::Rejection,
    },
    mail::{MessageKind, confirm_need},
    store::{
        audit, buyers, changes, connection, lots, needs, tokens,
        tokens::{Purpose, Subject},
    },
};

/// How long a posted need waits to be confirmed.
const CONFIRM_LINK_LASTS: Duration = Duration::days(7);

/// Stores a need that nobody sees yet, and mails the link that confirms it.
///
/// # Errors
/// When the database does not answer.
pub async fn post(app: &App, mut new: NewNeed, contact: &Email, language: Language) -> Result<NeedId> {
    let now = app.clock.now();
    new.status = NeedStatus::Unconfirmed;
    new.buyer.email = Some(contact.clone());
    let tx = connection::begin(&app.db).await?;
    let buyer = buyers::upsert(&tx, &new.buyer, now).await?;
    let id = needs::insert(&tx, &new, buyer, &imports::content_hash(&new), now).await?;
    changes::record(&tx, changes::Noun::Need, id.0).await?;
    let subject = Subject { need_id: Some(id.0), ..Subject::default() };
    let secret = secrets::issue(&tx, Purpose::ConfirmNeed, subject, CONFIRM_LINK_LASTS, now).await?;
    let mail = confirm_need::ConfirmNeed {
        need_title: new.title.clone(),
        url: format!("{}/bekrafta/{}", app.config.base_url(), secret.plain()),
        sender: outbox::sender(&app.config),
    };
    let rendered = confirm_need::render(&app.words, language, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("confirm-need:{}", id.0),
        kind: MessageKind::ConfirmNeed,
        to: contact.clone(),
        language,
        rendered,
        list: None,
        asf: None,
    };
    outbox::queue(app, &tx, letter, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The need that a confirm link is about. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find_confirmation(app: &App, token: &str) -> Result<Need> {
    let subject = tokens::find(&app.db, Purpose::ConfirmNeed, &secrets::hash(token), app.clock.now()).await?;
    let id = subject.and_then(|subject| subject.need_id).map(NeedId).ok_or(Error::NotFound)?;
    needs::find(&app.db, id).await?.ok_or(Error::NotFound)
}

/// Opens a posted need and matches it at once, with the codes that its buyer chose among those that
/// were offered. A second time changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn confirm(app: &App, token: &str, chosen: &[Cpv]) -> Result<NeedId> {
    let need = find_confirmation(app, token).await?;
    if need.status != NeedStatus::Unconfirmed {
        return Ok(need.id);
    }
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    if tokens::consume(&tx, Purpose::ConfirmNeed, &secrets::hash(token), now).await?.is_some() {
        if !chosen.is_empty() {
            needs::set_codes(&tx, need.id, chosen).await?;
            let codes: Vec<&str> = chosen.iter().map(Cpv::as_str).collect();
            audit::insert(&tx, now, "buyer", "choose-codes", "need", need.id.0, &codes.join(" ")).await?;
        }
        needs::set_status(&tx, need.id, NeedStatus::Open, now).await?;
        audit::insert(&tx, now, "buyer", "confirm", "need", need.id.0, "").await?;
    }
    tx.commit().await?;
    match_anew(app, need.id).await?;
    Ok(need.id)
}

/// A short name of what a need says now; it changes whenever one of its words does.
pub fn version(need: &Need) -> String {
    let lots: Vec<_> = need.lots.iter().map(|lot| (&lot.work, lot.closed.is_some())).collect();
    imports::content_hash(&(&need.title, &need.text, &need.url, need.status, lots))
}

/// Changes the words of a need that was posted in a form; its buyer and its identity stay.
///
/// # Errors
/// `Stale` when it says something else than `expected`; `Conflict` when it is closed or no form's;
/// `NotFound` without such a need.
pub async fn change(app: &App, actor: &str, id: NeedId, expected: &str, mut new: NewNeed) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    needs::lock(&tx, id).await?;
    let stored = needs::find(&tx, id).await?.ok_or(Error::NotFound)?;
    if version(&stored) != expected {
        return Err(Error::Stale);
    }
    if stored.source != "form" || stored.status == NeedStatus::Closed {
        return Err(Error::Conflict);
    }
    new.source = stored.source;
    new.external_id = stored.external_id;
    new.status = stored.status;
    new.published_on = stored.published_on;
    needs::update(&tx, id, &new, stored.buyer.id, &imports::content_hash(&new), now).await?;
    changes::record(&tx, changes::Noun::Need, id.0).await?;
    audit::insert(&tx, now, actor, "change", "need", id.0, "").await?;
    tx.commit().await?;
    match_anew(app, id).await
}

/// Closes a need that its buyer no longer has: it was met, nobody was chosen, or it is withdrawn. Its
/// suggestions are taken back; answers stay.
///
/// # Errors
/// `Rejected` for a reason that only a clock may give; `Conflict` when it is closed already; `NotFound`
/// without such a need.
pub async fn close(app: &App, actor: &str, id: NeedId, because: ClosedBecause) -> Result<()> {
    if because == ClosedBecause::Deadline {
        return Err(Rejection::new("because", "rejected-closed-because", because.as_str()).into());
    }
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    needs::lock(&tx, id).await?;
    let stored = needs::find(&tx, id).await?.ok_or(Error::NotFound)?;
    if stored.status == NeedStatus::Closed {
        return Err(Error::Conflict);
    }
    let open: Vec<LotId> = stored.lots.iter().filter(|lot| lot.closed.is_none()).map(|lot| lot.id).collect();
    lots::close(&tx, &open, because, now).await?;
    needs::set_status(&tx, id, NeedStatus::Closed, now).await?;
    audit::insert(&tx, now, actor, "close", "need", id.0, because.as_str()).await?;
    tx.commit().await?;
    match_anew(app, id).await
}

async fn match_anew(app: &App, id: NeedId) -> Result<()> {
    search::follow(app).await?;
    if let Some(need) = needs::find(&app.db, id).await? {
        matching::match_need(app, &need, &mut matching::Report::default()).await?;
    }
    Ok(())
}
