//! Who did what, for staff: the latest first, by actor, noun and day.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::parts::Pages;
use crate::{
    domain::{schedule, user::UserId},
    store::{audit, users},
    web::{error::PageResult, extract::Query, visit::Visit},
};

/// Lines on one page.
const PAGE: usize = 50;

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    vem: String,
    vad: String,
    fran: String,
    till: String,
    sida: String,
}

#[derive(Serialize)]
struct AuditPage {
    actor: String,
    noun: String,
    from: String,
    until: String,
    nouns: Vec<String>,
    lines: Vec<AuditLine>,
    pages: Pages,
}

#[derive(Serialize)]
struct AuditLine {
    at: DateTime<Utc>,
    actor: String,
    action: String,
    noun: String,
    noun_id: i64,
    detail: String,
}

/// Lists what was done.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let db = &visit.app.db;
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 100_000);
    let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
    let filter = audit::Filter {
        actor: actor_of(&visit, asked.vem.trim()).await?,
        noun: asked.vad.trim().to_owned(),
        from: day(&asked.fran).map(schedule::start_of_day),
        until: day(&asked.till).and_then(|day| day.succ_opt()).map(schedule::start_of_day),
    };
    let mut lines = audit::list(db, &filter, ((number - 1) * PAGE) as u64, PAGE as u64 + 1).await?;
    let query = [
        ("vem", asked.vem.trim()),
        ("vad", asked.vad.trim()),
        ("fran", asked.fran.as_str()),
        ("till", asked.till.as_str()),
    ];
    let pages = Pages::new("/logg", &query, number, lines.len() > PAGE);
    lines.truncate(PAGE);
    let mut shown = Vec::new();
    for line in lines {
        shown.push(AuditLine {
            at: line.at,
            actor: name_of(&visit, &line.actor).await?,
            action: line.action,
            noun: line.noun,
            noun_id: line.noun_id,
            detail: line.detail,
        });
    }
    let page = AuditPage {
        actor: asked.vem.trim().to_owned(),
        noun: filter.noun,
        from: asked.fran,
        until: asked.till,
        nouns: audit::list_nouns(db).await?,
        lines: shown,
        pages,
    };
    visit.page("pages/audit/list.html", page)
}

/// The audit's name of an actor that is asked for by address, or as it stands.
async fn actor_of(visit: &Visit, asked: &str) -> PageResult<String> {
    let Ok(email) = crate::domain::email::Email::parse(asked) else { return Ok(asked.to_owned()) };
    let user = users::find_by_email(&visit.app.db, &email).await?;
    Ok(user.map_or_else(|| asked.to_owned(), |user| format!("user:{}", user.id.0)))
}

/// The address of a user while there is one; what is kept for good names its number.
pub(super) async fn name_of(visit: &Visit, actor: &str) -> PageResult<String> {
    let Some(id) = actor.strip_prefix("user:").and_then(|id| id.parse().ok()) else { return Ok(actor.to_owned()) };
    let user = users::find(&visit.app.db, UserId(id)).await?;
    Ok(user.map_or_else(|| actor.to_owned(), |user| user.email.to_string()))
}
