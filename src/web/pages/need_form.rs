//! Posting a need without an account, in three steps that need no script: what was typed travels along in
//! hidden fields, and nothing is stored before the last one. Staff can fill the whole form from a pasted mail;
//! what was read is only proposed.

use serde::{Deserialize, Serialize};

use super::{
    need_desk,
    need_fields::{NeedForm, Step},
    parts::{PlaceName, place_names, place_options},
};
use crate::{
    domain::{need::NeedKind, place::Place, rejection::Rejection, schedule::local_date},
    service::{self, drafts},
    store::legal_limits,
    web::{
        error::PageResult,
        extract::{Form, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// What a search that found nothing brings along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Brought {
    rubrik: String,
    plats: String,
    /// A need of one's own to begin from.
    kopia: String,
}

#[derive(Serialize)]
struct NeedFormPage {
    form: NeedForm,
    errors: Vec<FieldError>,
    place_options: Vec<PlaceName>,
    read: Option<ReadFrom>,
}

impl NeedFormPage {
    fn new(form: NeedForm) -> Self {
        let mut place_options = place_options();
        // A proposed place may lie outside the county.
        if let Some(place) = Place::parse(&form.place).ok().filter(|p| place_options.iter().all(|o| o.code != p.code()))
        {
            place_options.push(PlaceName::from(&place));
        }
        Self { form, errors: Vec::new(), place_options, read: None }
    }
}

/// What a pasted text was taken to be, beside the fields of the form.
#[derive(Serialize)]
struct ReadFrom {
    kind: NeedKind,
    sector_sv: String,
    sector_en: String,
    codes: Vec<service::codes::Suggestion>,
    other_places: Vec<PlaceName>,
}

/// Shows the first step.
pub async fn ask(visit: Visit, Query(brought): Query<Brought>) -> PageResult {
    let form = match brought.kopia.parse() {
        Ok(id) => NeedForm { deadline: String::new(), ..NeedForm::of(&need_desk::own(&visit, id).await?) },
        Err(_) => NeedForm { title: brought.rubrik, place: brought.plats, ..NeedForm::default() },
    };
    visit.page("pages/needs/step.html", StepPage::new(form, Step::What))
}

/// One of the three steps.
#[derive(Serialize)]
struct StepPage {
    #[serde(flatten)]
    page: NeedFormPage,
    step: Step,
    number: usize,
    hidden: Vec<(&'static str, String)>,
    preview: Option<drafts::Preview>,
}

impl StepPage {
    fn new(form: NeedForm, step: Step) -> Self {
        let hidden = form.hidden(step);
        Self { hidden, page: NeedFormPage::new(form), step, number: step.number(), preview: None }
    }
}

#[derive(Serialize)]
struct ReceivedPage {
    email: String,
}

/// Takes a step, or the whole form; or shows it again with what is wrong.
pub async fn post(visit: Visit, Form(form): Form<NeedForm>) -> PageResult {
    let now = visit.app.clock.now();
    let limits = legal_limits::on(&visit.app.db, local_date(now)).await?;
    let read = form.parse(visit.language, now, &limits);
    let Some(step) = form.step() else { return take(visit, form, read).await };
    if let Some(back) = form.back() {
        return visit.page("pages/needs/step.html", StepPage::new(form, back));
    }
    let wrong = read.as_ref().err().map_or(&[][..], Vec::as_slice);
    if let Some(at) = step.first_wrong(wrong) {
        let shown: Vec<Rejection> = wrong.iter().filter(|wrong| at.has(wrong.field)).cloned().collect();
        let errors = field_errors(&visit, &shown);
        let mut page = StepPage::new(form, at);
        page.page.errors = errors;
        return visit.rejected("pages/needs/step.html", page);
    }
    match step.next() {
        Some(next) => {
            let mut page = StepPage::new(form, next);
            if let Some(new) = page.page.form.draft(visit.language, now) {
                page.preview = Some(drafts::preview(&visit.app, new, visit.language).await?);
            }
            visit.page("pages/needs/step.html", page)
        }
        None => take(visit, form, read).await,
    }
}

/// Stores a form without faults and mails its link; shows the whole form again otherwise.
async fn take(visit: Visit, form: NeedForm, read: Result<super::need_fields::Read, Vec<Rejection>>) -> PageResult {
    let posted = match read {
        Ok((new, email)) => service::needs::post(&visit.app, new, &email, visit.language).await.map(|_| email),
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match posted {
        Ok(email) => visit.page("pages/needs/received.html", ReceivedPage { email: email.to_string() }),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected("pages/needs/new.html", NeedFormPage { errors, ..NeedFormPage::new(form) })
        }
        Err(error) => Err(error.into()),
    }
}

/// A pasted text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pasted {
    pasted: String,
}

#[derive(Serialize)]
struct PastePage {
    pasted: String,
    errors: Vec<FieldError>,
}

/// Asks for a text to read a need from.
pub async fn ask_for_text(visit: Visit) -> PageResult {
    visit.staff()?;
    visit.page("pages/needs/paste.html", PastePage { pasted: String::new(), errors: Vec::new() })
}

/// Shows the ordinary form, filled with what was read. Stores nothing.
pub async fn read_text(visit: Visit, Form(form): Form<Pasted>) -> PageResult {
    visit.staff()?;
    if form.pasted.trim().is_empty() {
        let errors = field_errors(&visit, &[Rejection::new("pasted", "rejected-pasted-empty", "")]);
        return visit.rejected("pages/needs/paste.html", PastePage { pasted: form.pasted, errors });
    }
    let found = service::proposals::propose(&visit.app, &form.pasted).await?;
    let read = ReadFrom {
        kind: found.need.kind,
        sector_sv: found.sector.map(|sector| sector.label_sv.clone()).unwrap_or_default(),
        sector_en: found.sector.map(|sector| sector.label_en.clone()).unwrap_or_default(),
        codes: found.codes.clone(),
        other_places: place_names(found.need.places.iter().skip(1)),
    };
    let page = NeedFormPage { read: Some(read), ..NeedFormPage::new(NeedForm::filled(&found)) };
    visit.page("pages/needs/new.html", page)
}
