//! Which needs may be mailed, for staff: the rules, what each of them holds back right now, and the needs that
//! wait for a yes or a no.

use std::collections::BTreeMap;

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{audit::name_of, parts::NeedLine};
use crate::{
    domain::{
        mail_policy::{Decision, Hold, MailPolicy},
        need::NeedId,
    },
    service::mail_policy as service,
    store::{mail_rules, needs},
    web::{
        error::PageResult,
        extract::{Form, Id},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Waiting needs on the page.
const WAITING: usize = 50;

#[derive(Serialize)]
struct RulesPage {
    form: BTreeMap<String, String>,
    errors: Vec<FieldError>,
    decided: BTreeMap<String, DecidedOnPage>,
    sources: Vec<String>,
    open: u64,
    mailed: u64,
    held: BTreeMap<&'static str, u64>,
    waiting: Vec<NeedLine>,
    waiting_count: usize,
}

#[derive(Serialize)]
struct DecidedOnPage {
    by: String,
    at: DateTime<Utc>,
}

/// Shows the rules and what they hold back.
pub async fn show(visit: Visit) -> PageResult {
    visit.staff()?;
    let policy = service::rules(&visit.app.db).await?.policy;
    let form = policy.rows().into_iter().map(|(name, value)| (name.to_owned(), value.replace('|', ", "))).collect();
    let page = page(&visit, form, Vec::new()).await?;
    visit.page("pages/mail_rules/show.html", page)
}

async fn page(visit: &Visit, form: BTreeMap<String, String>, errors: Vec<FieldError>) -> PageResult<RulesPage> {
    let (db, now) = (&visit.app.db, visit.app.clock.now());
    let held = service::held(&visit.app).await?;
    let shown: Vec<NeedId> = held.waiting.iter().copied().take(WAITING).collect();
    let waiting = needs::list_by_ids(db, &shown).await?;
    let mut decided = BTreeMap::new();
    for (name, rule) in service::rules(db).await?.decided {
        decided.insert(name, DecidedOnPage { by: name_of(visit, &rule.by).await?, at: rule.at });
    }
    let empty = MailPolicy::default().rows().into_iter().map(|(name, _)| (name.to_owned(), String::new()));
    Ok(RulesPage {
        form: empty.chain(form).collect(),
        errors,
        decided,
        sources: mail_rules::list_sources(db).await?,
        open: held.open,
        mailed: held.mailed,
        held: Hold::ALL.iter().map(|h| (h.as_str(), held.by.get(h).copied().unwrap_or_default())).collect(),
        waiting: waiting.iter().map(|need| NeedLine::new(need, Vec::new(), now)).collect(),
        waiting_count: held.waiting.len(),
    })
}

/// Takes the rules, or shows them again with what is wrong.
pub async fn decide(visit: Visit, Form(form): Form<BTreeMap<String, String>>) -> PageResult {
    visit.staff()?;
    let actor = visit.actor();
    match MailPolicy::parse(&form) {
        Ok(policy) => {
            service::decide_rules(&visit.app, &policy, &actor).await?;
            Ok(Redirect::to("/regler").into_response())
        }
        Err(rejections) => {
            let errors = field_errors(&visit, &rejections);
            let page = page(&visit, form, errors).await?;
            visit.rejected("pages/mail_rules/show.html", page)
        }
    }
}

/// Lets a need be mailed.
pub async fn approve(visit: Visit, Id(id): Id) -> PageResult {
    decide_need(&visit, id, Decision::Approved).await
}

/// Keeps a need out of the mails.
pub async fn reject(visit: Visit, Id(id): Id) -> PageResult {
    decide_need(&visit, id, Decision::Rejected).await
}

async fn decide_need(visit: &Visit, id: i64, decision: Decision) -> PageResult {
    visit.staff()?;
    service::decide_need(&visit.app, NeedId(id), decision, &visit.actor()).await?;
    Ok(Redirect::to("/regler").into_response())
}
