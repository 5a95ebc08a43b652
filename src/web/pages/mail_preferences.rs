//! When and how much: the page that the foot of every weekly mail leads to. Reached without signing in;
//! looking changes nothing.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{mail_preference::MailPreference, rejection::Rejection},
    service::{mail_preferences, mail_preferences::Chosen},
    web::{
        error::PageResult,
        extract::{Form, Token},
        visit::{FieldError, Visit, field_errors},
    },
};

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PreferenceForm {
    weekday: String,
    hour: String,
    every_weeks: String,
    breadth: String,
    summer_rest: String,
    paused_until: String,
}

#[derive(Serialize)]
struct PreferencePage {
    name: String,
    action: String,
    stop: String,
    next_at: Option<DateTime<Utc>>,
    saved: bool,
    form: PreferenceForm,
    errors: Vec<FieldError>,
}

/// Shows the choice.
pub async fn show(visit: Visit, Token(token): Token) -> PageResult {
    let chosen = mail_preferences::find(&visit.app, &token).await?;
    let form = filled(&chosen);
    visit.page("pages/mail_preferences/show.html", page(chosen, &token, form, Vec::new(), false))
}

/// Stores a choice.
pub async fn choose(visit: Visit, Token(token): Token, Form(form): Form<PreferenceForm>) -> PageResult {
    match parsed(&form) {
        Ok((preference, until)) => {
            mail_preferences::choose(&visit.app, &token, &preference, until).await?;
            let chosen = mail_preferences::find(&visit.app, &token).await?;
            let form = filled(&chosen);
            visit.page("pages/mail_preferences/show.html", page(chosen, &token, form, Vec::new(), true))
        }
        Err(rejection) => {
            let chosen = mail_preferences::find(&visit.app, &token).await?;
            let errors = field_errors(&visit, &[rejection]);
            visit.rejected("pages/mail_preferences/show.html", page(chosen, &token, form, errors, false))
        }
    }
}

fn parsed(form: &PreferenceForm) -> Result<(MailPreference, Option<NaiveDate>), Rejection> {
    let rests = !form.summer_rest.is_empty();
    let preference = MailPreference::parse(&form.weekday, &form.hour, &form.every_weeks, &form.breadth, rests)?;
    let text = form.paused_until.trim();
    let refused = |_| Rejection::new("paused_until", "rejected-date", text);
    let until = if text.is_empty() { None } else { Some(text.parse().map_err(refused)?) };
    Ok((preference, until))
}

fn filled(chosen: &Chosen) -> PreferenceForm {
    let preference = chosen.preference;
    PreferenceForm {
        weekday: preference.weekday.to_string(),
        hour: preference.hour.to_string(),
        every_weeks: preference.every_weeks.to_string(),
        breadth: preference.breadth.as_str().to_owned(),
        summer_rest: if preference.summer_rest { "1".to_owned() } else { String::new() },
        paused_until: chosen.asf.paused_until.map(|day| day.to_string()).unwrap_or_default(),
    }
}

fn page(chosen: Chosen, token: &str, form: PreferenceForm, errors: Vec<FieldError>, saved: bool) -> PreferencePage {
    PreferencePage {
        name: chosen.asf.name,
        action: format!("/veckobrev/{token}"),
        stop: format!("/avanmalan/{token}"),
        next_at: chosen.next_at,
        saved,
        form,
        errors,
    }
}
