//! The ledger from the forms: entries written down, confirmed by the other party, backed by files.

use std::path::PathBuf;

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest as _, Sha256};

use super::{Error, Result, imports::hex, outbox, secrets, targets, webhooks};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        email::Email,
        entry::{self, EntryFields, EntryKind, Setting},
        evidence::{Evidence, EvidenceLevel},
        language::Language,
        ledger::{self as ledger_rules, Entry, EntryId, Fact, NewEntry, Successor},
        rejection::Rejection,
        schedule,
        support::AgreedBy,
    },
    mail::{MessageKind, confirm_entry},
    store::{
        Tx, asf, audit, confirmations, connection, evidence, evidence::EvidenceFile, ledger, targets as decisions,
    },
};

/// Largest document, in bytes.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;

/// How long the other party has to confirm.
const CONFIRM_LASTS: Duration = Duration::days(60);

/// Who writes a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// Somebody at an ASF, of that ASF only.
    Asf,
    /// Staff, who is also the other word of T5 d.
    Staff,
}

/// Writes down what a form says.
///
/// # Errors
/// `Rejected` with everything that is wrong; `Conflict` when the same was written before.
pub async fn record(
    app: &App,
    (actor, writer): (&str, Writer),
    asf: Option<AsfId>,
    kind: EntryKind,
    fields: &EntryFields<'_>,
) -> Result<EntryId> {
    let now = app.clock.now();
    let settings = decisions::settings(&app.db, now).await?;
    let about = match asf {
        Some(id) => asf::find(&app.db, id).await?,
        None => None,
    };
    let setting = Setting {
        asf: about.as_ref(),
        today: schedule::local_date(now),
        period: &settings.period,
        actors: &settings.decisions.support_actors,
        agreed_by: (writer == Writer::Staff).then_some(AgreedBy::Staff),
    };
    let mut new = entry::parse(kind, fields, &setting).map_err(Error::Rejected)?;
    let tx = connection::begin(&app.db).await?;
    if let Fact::Successor(Successor::Organisation { from, to }) = &new.fact
        && let (Some((from, _)), Some((to, _))) =
            (asf::find_identity(&tx, from, "").await?, asf::find_identity(&tx, to, "").await?)
    {
        new.fact = Fact::Successor(Successor::Asf { from, to });
    }
    let id = tell(&tx, actor, &new, kind.as_str(), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Staff agrees with what an ASF says came of support (T5 d).
///
/// # Errors
/// `NotFound` without such an entry, or when it is no outcome; `Conflict` when it was agreed to before.
pub async fn agree(app: &App, actor: &str, of: EntryId) -> Result<EntryId> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let found = ledger::find(&tx, of).await?.ok_or(Error::NotFound)?;
    let new = entry::agreement(of, &found.told, schedule::local_date(now)).ok_or(Error::NotFound)?;
    let id = tell(&tx, actor, &new, "agree", now).await?;
    tx.commit().await?;
    Ok(id)
}

async fn tell(tx: &Tx, actor: &str, new: &NewEntry, action: &str, now: DateTime<Utc>) -> Result<EntryId> {
    let id = ledger::insert(tx, new, actor, now).await?;
    audit::insert(tx, now, actor, action, "ledger_entry", id.0, &new.key).await?;
    webhooks::announce_entry(tx, id, new, now).await?;
    Ok(id)
}

/// One entry with its files.
///
/// # Errors
/// `NotFound` without such an entry.
pub async fn find(app: &App, id: EntryId) -> Result<(Entry, Vec<EvidenceFile>)> {
    let found = ledger::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    Ok((found, evidence::list_for(&app.db, &[id]).await?))
}

/// One entry, if it belongs to a part of the ledger: all of it, or one ASF's.
///
/// # Errors
/// `NotFound` without such an entry in that part.
pub async fn find_in_part(app: &App, part: Option<AsfId>, id: EntryId) -> Result<Entry> {
    let known = targets::current(app).await?;
    let place = known.entries.binary_search_by_key(&id, |entry| entry.id).map_err(|_| Error::NotFound)?;
    let found = known.entries.get(place).ok_or(Error::NotFound)?;
    if part.is_some() && ledger_rules::concerns(&known.entries, found) != part {
        return Err(Error::NotFound);
    }
    Ok(found.clone())
}

/// Asks the other party by mail to confirm an entry.
///
/// # Errors
/// `NotFound` without such an entry, or when it has no two sides.
pub async fn ask_to_confirm(app: &App, actor: &str, id: EntryId, to: &Email) -> Result<()> {
    let now = app.clock.now();
    let found = ledger::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let parties = found.told.fact.parties().ok_or(Error::NotFound)?;
    let about = asf::find(&app.db, parties.asf).await?.ok_or(Error::NotFound)?;
    let secret = secrets::Secret::random();
    let mail = confirm_entry::ConfirmEntry {
        asf_name: about.name,
        other_name: parties.counterpart.name.clone().unwrap_or_default(),
        kind: found.told.fact.kind(),
        occurred_on: found.told.occurred_on,
        amount_sek: amount_ore(&found.told.fact).map(|ore| ore / 100),
        url: format!("{}/bekrafta-handelse/{}", app.config.base_url(), secret.plain()),
        sender: outbox::sender(&app.config),
    };
    let language = Language::Sv;
    let rendered = confirm_entry::render(&app.words, language, &mail).map_err(anyhow::Error::new)?;
    let hash = secrets::hash(secret.plain());
    let letter = outbox::Letter {
        dedupe_key: format!("confirm_entry:{}:{}", id.0, now.timestamp_micros()),
        kind: MessageKind::ConfirmEntry,
        to: to.clone(),
        language,
        rendered,
        list: None,
        asf: None,
    };
    let tx = connection::begin(&app.db).await?;
    confirmations::insert(&tx, &hash, id, to, (now, now + CONFIRM_LASTS)).await?;
    outbox::queue(app, &tx, letter, now).await?;
    audit::insert(&tx, now, actor, "ask_to_confirm", "ledger_entry", id.0, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Öre of a fact that has an amount.
pub fn amount_ore(fact: &Fact) -> Option<i64> {
    match fact {
        Fact::Order(order) => order.amount_ore,
        Fact::Income(income) => Some(income.amount_ore),
        Fact::Agreement(agreement) => agreement.amount_ore,
        _ => None,
    }
}

/// What a link asks to confirm, and the ASF. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find_by_token(app: &App, token: &str) -> Result<(Entry, Asf)> {
    let (id, _) = confirmations::find(&app.db, &secrets::hash(token), app.clock.now()).await?.ok_or(Error::NotFound)?;
    let found = ledger::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let parties = found.told.fact.parties().ok_or(Error::NotFound)?;
    let about = asf::find(&app.db, parties.asf).await?.ok_or(Error::NotFound)?;
    Ok((found, about))
}

/// The other party says that an entry is right. Twice is once.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn confirm(app: &App, token: &str) -> Result<()> {
    let (now, hash) = (app.clock.now(), secrets::hash(token));
    let tx = connection::begin(&app.db).await?;
    let (of, _) = confirmations::find(&tx, &hash, now).await?.ok_or(Error::NotFound)?;
    if confirmations::consume(&tx, &hash, now).await? {
        let found = ledger::find(&tx, of).await?.ok_or(Error::NotFound)?;
        let new = NewEntry {
            key: format!("confirmed:{}:{hash}", of.0),
            occurred_on: schedule::local_date(now),
            pairing_id: found.told.pairing_id,
            evidence: entry::confirmation(&found.told),
            fact: Fact::Evidence { of },
        };
        // The ledger never forgets, so it names the link; whose it was can be forgotten with its row.
        tell(&tx, &format!("link:{}", hash.get(..16).unwrap_or(&hash)), &new, "confirm", now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A document as it was uploaded.
pub struct Upload<'a> {
    /// Name that the uploader gave it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Keeps a document behind an entry, which is evidenced by it from now on.
///
/// # Errors
/// `Rejected` when it is too large, empty or of another kind than PDF, PNG or JPEG; `Conflict` when the
/// same document lies there already.
pub async fn attach(app: &App, actor: &str, of: EntryId, upload: &Upload<'_>) -> Result<i64> {
    let refused = |rule| Error::from(Rejection::new("file", rule, upload.name));
    if upload.bytes.len() > FILE_BYTES {
        return Err(refused("rejected-file-size"));
    }
    let media_type = media_type(upload.bytes).ok_or_else(|| refused("rejected-file-type"))?;
    let now = app.clock.now();
    let found = ledger::find(&app.db, of).await?.ok_or(Error::NotFound)?;
    let sha256 = hex(&Sha256::digest(upload.bytes));
    write(app, &sha256, upload.bytes).await?;
    let name: String = upload.name.chars().filter(|c| !c.is_control() && !"/\\".contains(*c)).take(120).collect();
    let bytes = i64::try_from(upload.bytes.len()).map_err(anyhow::Error::new)?;
    let file =
        EvidenceFile { id: 0, entry: of, sha256: sha256.clone(), name, media_type: media_type.to_owned(), bytes };
    let tx = connection::begin(&app.db).await?;
    let id = evidence::insert(&tx, &file, actor, now).await?;
    let new = NewEntry {
        key: format!("file:{}:{sha256}", of.0),
        occurred_on: schedule::local_date(now),
        pairing_id: found.told.pairing_id,
        evidence: Evidence { level: EvidenceLevel::Evidenced, reference: file.name.clone() },
        fact: Fact::Evidence { of },
    };
    tell(&tx, actor, &new, "attach", now).await?;
    tx.commit().await?;
    Ok(id)
}

/// A document and its bytes.
///
/// # Errors
/// `NotFound` without such a document.
pub async fn file(app: &App, id: i64) -> Result<(EvidenceFile, Vec<u8>)> {
    let file = evidence::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let bytes = tokio::fs::read(uploads(app).join(&file.sha256)).await.map_err(anyhow::Error::new)?;
    Ok((file, bytes))
}

fn uploads(app: &App) -> PathBuf {
    app.config.data.join("uploads")
}

/// Whole or not at all: a file of the final name is complete.
async fn write(app: &App, sha256: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let dir = uploads(app);
    tokio::fs::create_dir_all(&dir).await?;
    let (part, whole) = (dir.join(format!("{sha256}.part")), dir.join(sha256));
    tokio::fs::write(&part, bytes).await?;
    tokio::fs::rename(part, whole).await?;
    Ok(())
}

/// The kinds that are taken, told by their first bytes and never by their name.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 3] =
        [(b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}
