//! The project's decisions: goals, period, D1 to D14, each with day and decider. Staff reads and writes.

use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        rejection::Rejection,
        target::{TargetId, settings::SettingName},
    },
    service::{
        self,
        targets::{self, Decision},
    },
    store::targets::{DecisionRow, history},
    web::{
        error::PageResult,
        extract::{Form, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// A decision as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DecisionForm {
    pub(in crate::web) name: String,
    pub(in crate::web) value: String,
    pub(in crate::web) valid_from: String,
    pub(in crate::web) decided_by: String,
}

/// What a new decision is to be about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct About {
    namn: String,
    sparat: String,
}

#[derive(Serialize)]
struct DecisionsPage {
    rows: Vec<Row>,
    names: Vec<&'static str>,
    /// What `form` is about can be decided as one of these; anything is written when there are none.
    choices: &'static [&'static str],
    form: DecisionForm,
    errors: Vec<FieldError>,
    is_done: bool,
}

#[derive(Serialize)]
struct Row {
    has_choices: bool,
    #[serde(flatten)]
    decision: DecisionRow,
}

/// Shows what is decided, and the form for one decision once its subject is chosen.
pub async fn ask(visit: Visit, Query(about): Query<About>) -> PageResult {
    visit.staff()?;
    let form = DecisionForm { name: about.namn, ..DecisionForm::default() };
    let page = decisions_page(&visit, form, Vec::new()).await?;
    visit.page("pages/decisions/list.html", DecisionsPage { is_done: about.sparat == "ja", ..page })
}

/// Writes a decision down.
pub async fn record(visit: Visit, Form(form): Form<DecisionForm>) -> PageResult {
    visit.staff()?;
    let now = visit.app.clock.now();
    let written = match read(&form) {
        Ok((decision, from)) => targets::decide(&visit.app.db, form.decided_by.trim(), &[decision], from, now).await,
        Err(rejection) => Err(rejection.into()),
    };
    match written {
        Ok(()) => Ok(Redirect::to("/beslut?sparat=ja").into_response()),
        Err(service::Error::Rejected(rejections)) => {
            let mut errors = field_errors(&visit, &rejections);
            errors.iter_mut().filter(|error| !FIELDS.contains(&error.field)).for_each(|error| error.field = "value");
            let page = decisions_page(&visit, form, errors).await?;
            visit.rejected("pages/decisions/list.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

const FIELDS: [&str; 4] = ["name", "value", "valid_from", "decided_by"];

pub(in crate::web) fn read(form: &DecisionForm) -> Result<(Decision, NaiveDate), Rejection> {
    let from = form.valid_from.trim();
    let from = from.parse().map_err(|_| Rejection::new("valid_from", "rejected-date", from))?;
    let by = form.decided_by.trim();
    if by.is_empty() || by.chars().count() > 200 {
        return Err(Rejection::new("decided_by", "rejected-decider", by));
    }
    let value = form.value.trim();
    let wrong = || Rejection::new("value", "rejected-setting-value", value);
    let decision = match TargetId::parse(&form.name) {
        Ok(target) => Decision::Goal(target, value.parse().ok().filter(|goal| *goal <= 10_000).ok_or_else(wrong)?),
        Err(_) => {
            let unknown = |_| Rejection::new("name", "rejected-setting-name", &form.name);
            Decision::Setting(SettingName::parse(&form.name).map_err(unknown)?, value.to_owned())
        }
    };
    Ok((decision, from))
}

fn choices(name: &str) -> &'static [&'static str] {
    SettingName::parse(name).map_or(&[], SettingName::choices)
}

async fn decisions_page(visit: &Visit, form: DecisionForm, errors: Vec<FieldError>) -> PageResult<DecisionsPage> {
    let goals = TargetId::ALL.map(TargetId::as_str);
    let settings = SettingName::ALL.map(SettingName::as_str);
    let names = goals.into_iter().chain(settings).collect();
    let rows = history(&visit.app.db).await?.into_iter();
    let rows = rows.map(|decision| Row { has_choices: !choices(&decision.name).is_empty(), decision }).collect();
    Ok(DecisionsPage { rows, names, choices: choices(&form.name), form, errors, is_done: false })
}
