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

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    sparat: String,
}

#[derive(Serialize)]
struct DecisionsPage {
    rows: Vec<DecisionRow>,
    names: Vec<&'static str>,
    form: DecisionForm,
    errors: Vec<FieldError>,
    is_done: bool,
}

/// Shows what is decided, and the form.
pub async fn ask(visit: Visit, Query(done): Query<Done>) -> PageResult {
    visit.staff()?;
    let page = decisions_page(&visit, DecisionForm::default(), Vec::new()).await?;
    visit.page("pages/decisions/list.html", DecisionsPage { is_done: done.sparat == "ja", ..page })
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

async fn decisions_page(visit: &Visit, form: DecisionForm, errors: Vec<FieldError>) -> PageResult<DecisionsPage> {
    let goals = TargetId::ALL.map(TargetId::as_str);
    let settings = SettingName::ALL.map(SettingName::as_str);
    let names = goals.into_iter().chain(settings).collect();
    let rows = history(&visit.app.db).await?;
    Ok(DecisionsPage { rows, names, form, errors, is_done: false })
}
