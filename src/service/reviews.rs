//! What a coordinator says of needs and profiles that wait: stored with its mail, or not at all.

use chrono::{DateTime, Utc};

use super::{Error, Result, matching, outbox, search};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        email::Email,
        language::Language,
        mail_policy::Decision,
        need::NeedId,
        review::{Approval, Review, Verdict},
        schedule::local_date,
    },
    mail::{MessageKind, review},
    store::{Tx, asf, audit, connection, mail_rules, needs},
};

/// Approves a need, asks for a change or says no, and mails the buyer where an address is known. The same said
/// again the same day is said once.
///
/// # Errors
/// `NotFound` when there is no such need.
pub async fn decide_need(app: &App, id: NeedId, said: &Review, actor: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let need = needs::find(&tx, id).await?.ok_or(Error::NotFound)?;
    let decision = match said.verdict {
        Verdict::Approve => Some(Decision::Approved),
        Verdict::Reject => Some(Decision::Rejected),
        Verdict::Change => None,
    };
    if let Some(decision) = decision {
        if mail_rules::map_decisions(&tx).await?.get(&id) == Some(&decision) {
            return Ok(());
        }
        mail_rules::insert_decision(&tx, id, decision, actor, now).await?;
    }
    let Some(key) = write_down(&tx, ("need", id.0), said, actor, now).await? else { return Ok(()) };
    let about =
        About { key, title: need.title.clone(), is_profile: false, path: format!("/behov/{}", id.0), asf: None };
    queue(app, &tx, about, need.buyer.email.as_ref(), Language::Sv, said).await?;
    tx.commit().await.map_err(Error::from)
}

/// As [`decide_need`], of a profile: shown, matched and mailed from a yes on, and no longer after a no.
///
/// # Errors
/// `NotFound` when there is no such ASF.
pub async fn decide_profile(app: &App, id: AsfId, said: &Review, actor: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let stored = asf::find(&tx, id).await?.ok_or(Error::NotFound)?;
    let approval = match said.verdict {
        Verdict::Approve => Approval::Approved,
        Verdict::Change => Approval::Waiting,
        Verdict::Reject => Approval::Rejected,
    };
    if said.verdict != Verdict::Change && stored.approval == approval {
        return Ok(());
    }
    asf::set_approval(&tx, id, approval).await?;
    let Some(key) = write_down(&tx, ("asf", id.0), said, actor, now).await? else { return Ok(()) };
    let about =
        About { key, title: stored.name.clone(), is_profile: true, path: format!("/asf/{}", id.0), asf: Some(id) };
    queue(app, &tx, about, stored.email.as_ref(), stored.language, said).await?;
    tx.commit().await?;
    match_anew(app, id).await
}

/// Writes the audit's line, and gives the key of the mail; none when the same was said today already.
async fn write_down(
    tx: &Tx,
    (noun, id): (&str, i64),
    said: &Review,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let before = audit::list_actions(tx, noun, id, &Verdict::ALL.map(Verdict::as_str)).await?;
    let is_said = before.first().is_some_and(|(at, verdict, words)| {
        verdict == said.verdict.as_str() && *words == said.words && local_date(*at) == local_date(now)
    });
    if is_said {
        return Ok(None);
    }
    audit::insert(tx, now, actor, said.verdict.as_str(), noun, id, &said.words).await?;
    // Two who say something at the same time have the same number, and only the first is stored.
    Ok(Some(format!("review:{noun}:{id}:{}", before.len())))
}

async fn match_anew(app: &App, id: AsfId) -> Result<()> {
    search::follow(app).await?;
    let stored: Asf = asf::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    matching::match_asf(app, &stored, &mut matching::Report::default()).await
}

/// What a mail is about.
struct About {
    key: String,
    title: String,
    is_profile: bool,
    path: String,
    asf: Option<AsfId>,
}

async fn queue(app: &App, tx: &Tx, about: About, to: Option<&Email>, language: Language, said: &Review) -> Result<()> {
    let Some(to) = to else { return Ok(()) };
    let now = app.clock.now();
    let mail = review::ReviewMail {
        name: about.title,
        is_profile: about.is_profile,
        verdict: said.verdict,
        words: said.words.clone(),
        url: format!("{}{}", app.config.base_url(), about.path),
        sender: outbox::sender(&app.config),
    };
    let rendered = review::render(&app.words, language, &mail).map_err(anyhow::Error::new)?;
    let kind = MessageKind::Review;
    let dedupe_key = about.key;
    let letter = outbox::Letter { dedupe_key, kind, to: to.clone(), language, rendered, list: None, asf: about.asf };
    outbox::queue(app, tx, letter, now).await
}
