//! Asks each ASF once a year whether its profile is still right.

use chrono::{DateTime, Duration, Utc};

use super::{
    Error, Result, outbox,
    secrets::{self, Secret},
};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        place::Place,
        rejection::Rejection,
    },
    mail::{MessageKind, profile_check as letter},
    store::{asf, audit, connection, profile_checks, tasks},
};

/// ASF read from the database at a time.
const BATCH: u64 = 100;
/// Time between two questions.
const YEAR: Duration = Duration::days(365);
/// How long the link of a question works.
const LINK_LASTS: Duration = Duration::days(90);
/// Longest note about what has changed, in characters.
const NOTE_CHARS: usize = 1000;

/// Asks every ASF that has not been asked for a year. Gives the number of mails queued.
///
/// # Errors
/// When the database does not answer; who was asked before that stays asked.
pub async fn ask_due(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let mut asked = 0;
    let mut after = AsfId(0);
    loop {
        let ids = profile_checks::list_due(&app.db, now - YEAR, after, BATCH).await?;
        let Some(last) = ids.last() else { return Ok(asked) };
        after = *last;
        for one in asf::list_by_ids(&app.db, &ids).await? {
            asked += ask(app, &one, now).await?;
        }
    }
}

async fn ask(app: &App, asf: &Asf, now: DateTime<Utc>) -> Result<u64> {
    let Some(to) = asf.email.clone() else { return Ok(0) };
    let secret = Secret::random();
    let mail = letter::ProfileCheck {
        asf_name: asf.name.clone(),
        email: to.clone(),
        municipality: asf.municipality.name(),
        area: asf.area.iter().map(Place::name).collect(),
        capabilities: asf.capabilities.iter().map(|capability| capability.work.title.clone()).collect(),
        url: format!("{}/profil/{}", app.config.base_url(), secret.plain()),
        sender: outbox::sender(&app.config),
    };
    let rendered = letter::render(&app.words, asf.language, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("profile_check:{}:{}", asf.id.0, now.date_naive()),
        kind: MessageKind::ProfileCheck,
        to,
        language: asf.language,
        rendered,
        list: None,
        asf: Some(asf.id),
    };
    let tx = connection::begin(&app.db).await?;
    profile_checks::insert(&tx, asf.id, &secrets::hash(secret.plain()), (now, now + LINK_LASTS)).await?;
    match outbox::queue(app, &tx, letter, now).await {
        Ok(()) => tx.commit().await?,
        // Another node has asked today.
        Err(Error::Conflict) => return Ok(0),
        Err(error) => return Err(error),
    }
    Ok(1)
}

/// Whose profile a link is about, and whether it has been confirmed by it. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find(app: &App, token: &str) -> Result<(Asf, bool)> {
    let found = profile_checks::find(&app.db, &secrets::hash(token), app.clock.now()).await?;
    let (id, confirmed_at) = found.ok_or(Error::NotFound)?;
    let asf = asf::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    Ok((asf, confirmed_at.is_some()))
}

/// The profile is right, or right but for what the note says; a note becomes a task for staff. Twice is once.
///
/// # Errors
/// `NotFound` when the link is unknown or too old; `Rejected` with `rejected-note-length`.
pub async fn confirm(app: &App, token: &str, note: &str) -> Result<()> {
    let note = note.trim();
    if note.chars().count() > NOTE_CHARS {
        return Err(Rejection::new("note", "rejected-note-length", note).into());
    }
    let (asf, _) = find(app, token).await?;
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let is_first = profile_checks::confirm(&tx, &secrets::hash(token), now).await?;
    if !note.is_empty() {
        let subject = format!("{}: {note}", asf.name);
        tasks::open(&tx, "task-kind-profile", &format!("asf:{}", asf.id.0), &subject, now).await?;
    }
    if is_first || !note.is_empty() {
        let actor = format!("asf:{}", asf.id.0);
        audit::insert(&tx, now, &actor, "confirm profile", "asf", asf.id.0, "").await?;
    }
    tx.commit().await?;
    Ok(())
}
