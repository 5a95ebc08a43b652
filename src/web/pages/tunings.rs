//! Correcting one lot for the matcher, for staff: what would change, shown before it is saved.

use std::collections::BTreeMap;

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::parts::{PlaceName, Why, place_names};
use crate::{
    domain::{
        cpv::Cpv,
        need::{Lot, LotId, Need},
        pairing::Strength,
        place::Place,
        reason::{Fit, Objection},
        rejection::Rejection,
        tuning::Tuning,
    },
    service::{
        self,
        tunings::{self as service_tunings, Change},
    },
    store::tunings,
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::{FieldError, Visit, field_errors},
    },
};

const TEMPLATE: &str = "pages/tunings/show.html";

#[derive(Serialize)]
struct TuningPage {
    id: i64,
    need_id: i64,
    title: String,
    lot_title: Option<String>,
    buyer: String,
    notice_cpv: String,
    notice_places: Vec<PlaceName>,
    form: BTreeMap<String, String>,
    errors: Vec<FieldError>,
    sectors: Vec<Sector>,
    /// A correction is shown that is not saved.
    is_preview: bool,
    changes: Vec<ChangeLine>,
    gained: usize,
    lost: usize,
    holds: bool,
    history: Vec<HistoryLine>,
}

#[derive(Serialize)]
struct Sector {
    id: &'static str,
    label: &'static str,
}

#[derive(Serialize)]
struct ChangeLine {
    id: i64,
    name: String,
    seat: PlaceName,
    before: Option<Strength>,
    after: Option<Strength>,
    change: &'static str,
    is_answered: bool,
    is_added: bool,
    is_excluded: bool,
    why: Why,
    objections: Vec<Objection>,
}

#[derive(Serialize)]
struct HistoryLine {
    by: String,
    at: DateTime<Utc>,
    words: String,
    cpv: String,
    places: Vec<PlaceName>,
    added: usize,
    excluded: usize,
    reason: String,
    taken_back_by: Option<String>,
    taken_back_at: Option<DateTime<Utc>>,
}

/// Shows what holds, and who is suggested.
pub async fn ask(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let (need, lot) = service_tunings::find(&visit.app, LotId(id)).await?;
    let form = lot.tuning.as_ref().map(fields).unwrap_or_default();
    let tuning = lot.tuning.clone();
    let page = page(&visit, (need, lot), tuning, (form, Vec::new()), false).await?;
    visit.page(TEMPLATE, page)
}

/// Shows what a correction would change, or saves it.
pub async fn decide(visit: Visit, Id(id): Id, Form(mut form): Form<BTreeMap<String, String>>) -> PageResult {
    let actor = visit.staff()?.email.as_str().to_owned();
    let (need, lot) = service_tunings::find(&visit.app, LotId(id)).await?;
    take_sector(&mut form);
    let mut wrong = take_asf(&visit, &mut form).await?;
    let read = Tuning::parse(&form);
    let Some(tuning) = read.map_err(|rejections| wrong.extend(rejections)).ok().filter(|_| wrong.is_empty()) else {
        let errors = field_errors(&visit, &wrong);
        let tuning = lot.tuning.clone();
        let page = page(&visit, (need, lot), tuning, (form, errors), false).await?;
        return visit.rejected(TEMPLATE, page);
    };
    if form.get("gor").is_some_and(|button| button == "spara") {
        let need = service_tunings::save(&visit.app, lot.id, &tuning, &actor).await?;
        return Ok(Redirect::to(&format!("/behov/{}", need.id.0)).into_response());
    }
    let page = page(&visit, (need, lot), Some(tuning), (form, Vec::new()), true).await?;
    visit.page(TEMPLATE, page)
}

/// Takes back what was corrected.
pub async fn take_back(visit: Visit, Id(id): Id) -> PageResult {
    let actor = visit.staff()?.email.as_str().to_owned();
    service_tunings::take_back(&visit.app, LotId(id), &actor).await?;
    Ok(Redirect::to(&format!("/justera/{id}")).into_response())
}

/// A chosen trade becomes words; chosen again it is said once.
fn take_sector(form: &mut BTreeMap<String, String>) {
    let Some(label) = form.remove("sector").and_then(|id| service_tunings::words_of_sector(&id)) else { return };
    let words = form.entry("words".to_owned()).or_default();
    if !words.to_lowercase().contains(&label.to_lowercase()) {
        *words = format!("{} {label}", words.trim()).trim().to_owned();
    }
}

/// A named ASF becomes one of those added; a name that means none or several stays in its field.
async fn take_asf(visit: &Visit, form: &mut BTreeMap<String, String>) -> PageResult<Vec<Rejection>> {
    let name = form.get("ny_asf").map(|name| name.trim().to_owned()).unwrap_or_default();
    if name.is_empty() {
        return Ok(Vec::new());
    }
    match service_tunings::named(&visit.app, &name).await {
        Ok(asf) => {
            form.remove("ny_asf");
            form.insert(format!("med_{}", asf.0), "1".to_owned());
            Ok(Vec::new())
        }
        Err(service::Error::Rejected(rejections)) => Ok(rejections),
        Err(error) => Err(PageError::from(error)),
    }
}

/// What holds, as the form shows it.
fn fields(tuning: &Tuning) -> BTreeMap<String, String> {
    let codes: Vec<&str> = tuning.cpv.iter().map(Cpv::as_str).collect();
    let places: Vec<String> = tuning.places.iter().map(Place::name).collect();
    let mut form = BTreeMap::from([
        ("words".to_owned(), tuning.words.clone()),
        ("cpv".to_owned(), codes.join(", ")),
        ("places".to_owned(), places.join(", ")),
        ("reason".to_owned(), tuning.reason.clone()),
    ]);
    form.extend(tuning.added.iter().map(|asf| (format!("med_{}", asf.0), "1".to_owned())));
    form.extend(tuning.excluded.iter().map(|asf| (format!("ut_{}", asf.0), "1".to_owned())));
    form
}

async fn page(
    visit: &Visit,
    (need, lot): (Need, Lot),
    tuning: Option<Tuning>,
    (mut form, errors): (BTreeMap<String, String>, Vec<FieldError>),
    is_preview: bool,
) -> PageResult<TuningPage> {
    let changes = service_tunings::preview(&visit.app, &need, &lot, tuning.as_ref()).await?;
    let changes: Vec<ChangeLine> = changes.into_iter().map(|change| line(change, &form)).collect();
    let history = tunings::history(&visit.app.db, lot.id).await?;
    for field in ["words", "cpv", "places", "reason", "ny_asf"] {
        form.entry(field.to_owned()).or_default();
    }
    let codes: Vec<&str> = lot.work.cpv.iter().map(Cpv::as_str).collect();
    let sectors = service_tunings::sectors(visit.language).into_iter();
    Ok(TuningPage {
        id: lot.id.0,
        need_id: need.id.0,
        lot_title: Some(lot.work.title.clone()).filter(|title| *title != need.title),
        title: need.title,
        buyer: need.buyer.name,
        notice_cpv: codes.join(", "),
        notice_places: place_names(&lot.work.places),
        gained: changes.iter().filter(|change| change.change == "new").count(),
        lost: changes.iter().filter(|change| change.change == "gone").count(),
        form,
        errors,
        sectors: sectors.map(|(id, label)| Sector { id, label }).collect(),
        is_preview,
        changes,
        holds: lot.tuning.is_some(),
        history: history.into_iter().map(history_line).collect(),
    })
}

fn line(change: Change, form: &BTreeMap<String, String>) -> ChangeLine {
    let strength = |fit: &Option<Fit>| fit.as_ref().and_then(|fit| fit.strength);
    let (before, after) = (strength(&change.before), strength(&change.after));
    let word = match (before, after) {
        (None, Some(_)) => "new",
        (Some(_), None) => "gone",
        (Some(now), Some(then)) if then > now => "stronger",
        (Some(now), Some(then)) if then < now => "weaker",
        _ => "same",
    };
    let id = change.asf.id.0;
    let fit = change.after.or(change.before);
    ChangeLine {
        id,
        name: change.asf.name,
        seat: PlaceName::from(&change.asf.municipality),
        before,
        after,
        change: word,
        is_answered: change.is_answered,
        is_added: form.contains_key(&format!("med_{id}")),
        is_excluded: form.contains_key(&format!("ut_{id}")),
        objections: fit.as_ref().map(|fit| fit.objections.clone()).unwrap_or_default(),
        why: fit.map(|fit| fit.reasons).unwrap_or_default().into(),
    }
}

fn history_line(recorded: tunings::Recorded) -> HistoryLine {
    let codes: Vec<&str> = recorded.tuning.cpv.iter().map(Cpv::as_str).collect();
    let (taken_back_at, taken_back_by) = recorded.taken_back.unzip();
    HistoryLine {
        cpv: codes.join(", "),
        places: place_names(&recorded.tuning.places),
        added: recorded.tuning.added.len(),
        excluded: recorded.tuning.excluded.len(),
        words: recorded.tuning.words,
        reason: recorded.tuning.reason,
        by: recorded.by,
        at: recorded.at,
        taken_back_by,
        taken_back_at,
    }
}
