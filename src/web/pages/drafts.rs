//! For public procurers: paste a draft or a plan and learn which ASF could deliver it, and which lever of the law
//! fits. Stores nothing.

use serde::{Deserialize, Serialize};

use super::parts::{PlaceName, Why, place_options};
use crate::{
    domain::{legal_limit::LimitKind, lever::Lever, place::Place, reason::Objection, rejection::Rejection},
    service::drafts::{self, Able, Judged, Pasted},
    web::{
        error::PageResult,
        extract::Form,
        visit::{FieldError, Visit, field_errors},
    },
};

/// Longest draft that is read, in characters.
const TEXT_CHARS: usize = 20_000;

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DraftForm {
    draft: String,
    place: String,
    value_sek: String,
}

#[derive(Serialize)]
struct DraftPage {
    form: DraftForm,
    errors: Vec<FieldError>,
    place_options: Vec<PlaceName>,
    judged: Option<JudgedOnPage>,
}

#[derive(Serialize)]
struct JudgedOnPage {
    parts: Vec<PartOnPage>,
    for_all: Vec<Named>,
    levers: Vec<LeverOnPage>,
    missing: Vec<LimitKind>,
    has_value: bool,
}

#[derive(Serialize)]
struct Named {
    id: i64,
    name: String,
}

#[derive(Serialize)]
struct PartOnPage {
    title: String,
    whole: Vec<AbleOnPage>,
    some: Vec<AbleOnPage>,
}

#[derive(Serialize)]
struct AbleOnPage {
    id: i64,
    name: String,
    why: Why,
    objections: Vec<Objection>,
}

#[derive(Serialize)]
struct LeverOnPage {
    lever: Lever,
    paragraph: &'static str,
}

/// Shows the form.
pub async fn ask(visit: Visit) -> PageResult {
    visit.page("pages/drafts/show.html", page(DraftForm::default()))
}

/// Weighs the draft.
pub async fn judge(visit: Visit, Form(form): Form<DraftForm>) -> PageResult {
    match form.parse() {
        Ok(pasted) => {
            let judged = drafts::judge(&visit.app, &pasted).await?;
            let judged = Some(JudgedOnPage::new(judged, pasted.value_sek.is_some()));
            visit.page("pages/drafts/show.html", DraftPage { judged, ..page(form) })
        }
        Err(rejections) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected("pages/drafts/show.html", DraftPage { errors, ..page(form) })
        }
    }
}

fn page(form: DraftForm) -> DraftPage {
    DraftPage { form, errors: Vec::new(), place_options: place_options(), judged: None }
}

impl DraftForm {
    fn parse(&self) -> Result<Pasted, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let text = self.draft.trim();
        if text.is_empty() {
            wrong.push(Rejection::new("draft", "rejected-draft-empty", ""));
        } else if text.chars().count() > TEXT_CHARS {
            wrong.push(Rejection::new("draft", "rejected-draft-length", text));
        }
        let place = Some(self.place.trim()).filter(|place| !place.is_empty());
        let place = place.map(Place::parse).transpose().map_err(|rejection| wrong.push(rejection));
        let value = super::need_fields::value(&self.value_sek).map_err(|rejection| wrong.push(rejection));
        match (place, value) {
            (Ok(place), Ok(value_sek)) if wrong.is_empty() => Ok(Pasted { text: text.to_owned(), place, value_sek }),
            _ => Err(wrong),
        }
    }
}

impl JudgedOnPage {
    fn new(judged: Judged, has_value: bool) -> Self {
        let able = |able: Able| AbleOnPage {
            id: able.id.0,
            name: able.name,
            why: able.reasons.into(),
            objections: able.objections,
        };
        let part = |part: drafts::JudgedPart| {
            let (whole, some): (Vec<Able>, Vec<Able>) = part.able.into_iter().partition(|able| able.whole);
            PartOnPage {
                title: part.title,
                whole: whole.into_iter().map(able).collect(),
                some: some.into_iter().map(able).collect(),
            }
        };
        let lever = |lever: Lever| LeverOnPage { lever, paragraph: lever.paragraph() };
        Self {
            parts: judged.parts.into_iter().map(part).collect(),
            for_all: judged.for_all.into_iter().map(|(id, name)| Named { id: id.0, name }).collect(),
            levers: judged.advice.levers.into_iter().map(lever).collect(),
            missing: judged.advice.missing,
            has_value,
        }
    }
}
