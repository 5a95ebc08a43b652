//! What the law gives a person: everything about them in one file (GDPR, articles 15 and 20), and being
//! forgotten (article 17). What counts toward the targets stays, without the person.

use std::{collections::HashSet, io::Write as _, path::PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Error, Result, secrets};
use crate::{
    app::App,
    domain::{email::Email, user::User},
    store::{audit, changes, connection, privacy},
};

/// Everything about a user, as JSON.
///
/// # Errors
/// When the database does not answer.
pub async fn extract(app: &App, user: &User) -> Result<Value> {
    let now = app.clock.now();
    let mut all = Map::new();
    all.insert("address".to_owned(), Value::from(user.email.as_str()));
    all.insert("taken_at".to_owned(), Value::from(now.to_rfc3339()));
    for (table, rows) in privacy::extract(&app.db, &user.email, user.id).await? {
        all.insert(table.to_owned(), Value::from(rows));
    }
    let tx = connection::begin(&app.db).await?;
    audit::insert(&tx, now, &format!("user:{}", user.id.0), "extract", "user", user.id.0, "").await?;
    tx.commit().await?;
    Ok(Value::Object(all))
}

/// Forgets a user. Cannot be undone.
///
/// # Errors
/// When the database, or the list beside it, cannot be written.
pub async fn forget(app: &App, user: &User) -> Result<()> {
    let now = app.clock.now();
    let line = Forgotten { hash: hash(&user.email), at: now };
    // First the list that outlives the database: a person forgotten twice is forgotten all the same.
    note(app, &line)?;
    erase(app, &user.email, &line, Some(user.id.0)).await
}

async fn erase(app: &App, email: &Email, line: &Forgotten, user: Option<i64>) -> Result<()> {
    let now = app.clock.now();
    let mark = format!("raderad-{}", &secrets::short()[..12]);
    let tx = connection::begin(&app.db).await?;
    for need in privacy::erase(&tx, email, &mark).await? {
        changes::record(&tx, changes::Noun::Need, need).await?;
    }
    privacy::insert_forgotten(&tx, &line.hash, line.at).await?;
    audit::insert(&tx, now, "person", "forget", "user", user.unwrap_or_default(), "").await?;
    tx.commit().await?;
    forget_files(app, email)?;
    Ok(())
}

/// One line of the list that lies beside the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Forgotten {
    hash: String,
    at: DateTime<Utc>,
}

fn hash(email: &Email) -> String {
    secrets::hash(&format!("forgotten:{}", email.as_str()))
}

fn list_path(app: &App) -> PathBuf {
    app.config.data.join("forgotten.jsonl")
}

fn note(app: &App, line: &Forgotten) -> Result<()> {
    let path = list_path(app);
    let write = || -> anyhow::Result<()> {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path)?;
        writeln!(file, "{}", serde_json::to_string(line)?)?;
        file.sync_all()?;
        Ok(())
    };
    write().with_context(|| format!("cannot write {}", path.display())).map_err(Error::Internal)
}

fn noted(app: &App) -> Result<Vec<Forgotten>> {
    let path = list_path(app);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(anyhow::Error::from(error).context(format!("cannot read {}", path.display())).into()),
    };
    let read =
        |line: &str| serde_json::from_str(line).with_context(|| format!("{} has a line that is none", path.display()));
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(read)
        .collect::<anyhow::Result<_>>()
        .map_err(Error::Internal)
}

/// Forgets again whom an older database, put back from a backup, still knows. Who has come back by
/// themselves since then stays. Answers how many were forgotten.
///
/// # Errors
/// When the database does not answer, or the list beside it cannot be read.
pub async fn replay(app: &App) -> Result<usize> {
    let noted = noted(app)?;
    let known: HashSet<(String, DateTime<Utc>)> = privacy::list_forgotten(&app.db).await?.into_iter().collect();
    let beside: HashSet<(String, DateTime<Utc>)> = noted.iter().map(|line| (line.hash.clone(), line.at)).collect();
    for (hash, at) in known.difference(&beside) {
        note(app, &Forgotten { hash: hash.clone(), at: *at })?;
    }
    let missing: Vec<Forgotten> =
        noted.into_iter().filter(|line| !known.contains(&(line.hash.clone(), line.at))).collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let addresses = privacy::list_addresses(&app.db).await?;
    for line in &missing {
        let is_theirs = |(address, since): &&(String, DateTime<Utc>)| {
            *since <= line.at && Email::parse(address).is_ok_and(|email| hash(&email) == line.hash)
        };
        match addresses.iter().find(is_theirs).map(|found| Email::parse(&found.0)) {
            Some(Ok(email)) => erase(app, &email, line, None).await?,
            _ => {
                let tx = connection::begin(&app.db).await?;
                privacy::insert_forgotten(&tx, &line.hash, line.at).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(missing.len())
}

/// Takes away the local mailbox's mails to a person, or about them.
fn forget_files(app: &App, email: &Email) -> Result<()> {
    let folder = app.config.mailbox();
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_file()) {
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        // Long lines of a mail are broken (RFC 2045, 6.7).
        let whole = String::from_utf8_lossy(&bytes).replace("=\r\n", "").replace("=\n", "").to_lowercase();
        if whole.contains(email.as_str()) {
            std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}
