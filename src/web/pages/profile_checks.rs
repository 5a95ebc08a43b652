//! What the yearly mail links to: is what we know of an ASF still right? Reached without signing in; looking
//! changes nothing.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        asf::{Asf, Capability},
        place::Place,
        rejection::Rejection,
    },
    service::{self, profile_checks},
    web::{
        error::PageResult,
        extract::{Form, Token},
        visit::{FieldError, Visit, field_errors},
    },
};

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CheckForm {
    note: String,
}

#[derive(Serialize)]
struct CheckPage {
    action: String,
    name: String,
    email: String,
    municipality: String,
    area: Vec<String>,
    capabilities: Vec<CapabilityLine>,
    is_done: bool,
    form: CheckForm,
    errors: Vec<FieldError>,
}

#[derive(Serialize)]
struct CapabilityLine {
    title: String,
    text: String,
}

/// Shows the profile and the button.
pub async fn ask(visit: Visit, Token(token): Token) -> PageResult {
    let (asf, is_confirmed) = profile_checks::find(&visit.app, &token).await?;
    let page = CheckPage { is_done: is_confirmed, ..page(asf, &token, CheckForm::default(), &visit, &[]) };
    visit.page("pages/profile_checks/show.html", page)
}

/// Takes the one tap, or what has changed.
pub async fn confirm(visit: Visit, Token(token): Token, Form(form): Form<CheckForm>) -> PageResult {
    match profile_checks::confirm(&visit.app, &token, &form.note.replace("\r\n", "\n")).await {
        Ok(()) => {}
        Err(service::Error::Rejected(rejections)) => {
            let (asf, _) = profile_checks::find(&visit.app, &token).await?;
            return visit.rejected("pages/profile_checks/show.html", page(asf, &token, form, &visit, &rejections));
        }
        Err(error) => return Err(error.into()),
    }
    let (asf, _) = profile_checks::find(&visit.app, &token).await?;
    let page = CheckPage { is_done: true, ..page(asf, &token, form, &visit, &[]) };
    visit.page("pages/profile_checks/show.html", page)
}

fn page(asf: Asf, token: &str, form: CheckForm, visit: &Visit, rejections: &[Rejection]) -> CheckPage {
    let capability = |one: Capability| CapabilityLine { title: one.work.title, text: one.work.text };
    CheckPage {
        action: format!("/profil/{token}"),
        name: asf.name,
        email: asf.email.map(|email| email.as_str().to_owned()).unwrap_or_default(),
        municipality: asf.municipality.name(),
        area: asf.area.iter().map(Place::name).collect(),
        capabilities: asf.capabilities.into_iter().map(capability).collect(),
        is_done: false,
        errors: field_errors(visit, rejections),
        form,
    }
}
