//! ASF: search and profile. Contact goes through a need, so that both sides know what it is about.

use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lessons::{LessonLine, UndoForm};
use super::parts::{PAGE_SIZE, Pages, PlaceName, Why, link, place_names, place_options};
use crate::{
    domain::{
        asf::{Asf, AsfId, NewCapability},
        cpv::Cpv,
        lesson::LessonId,
        need::Need,
        pairing::Pairing,
        place::{self, Place},
        reason::Reason,
        schedule::local_date,
        user::User,
    },
    service::{
        lessons,
        search::{self, AsfHit, Search},
    },
    store::{asf, needs, pairings},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query},
        visit::Visit,
    },
};

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ord: String,
    plats: String,
    cpv: String,
    sida: String,
}

#[derive(Serialize)]
struct AsfListPage {
    words: String,
    place: String,
    cpv: String,
    unread_cpv: bool,
    is_asked: bool,
    place_options: Vec<PlaceName>,
    hits: Vec<AsfLine>,
    instead: Vec<search::Instead>,
    pages: Pages,
    anywhere_href: String,
    post_href: String,
}

#[derive(Serialize)]
struct AsfLine {
    id: i64,
    name: String,
    seat: PlaceName,
    people: i32,
    capabilities: Vec<String>,
    why: Why,
}

/// Lists ASF, best first.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (words, cpv) = (asked.ord.trim(), Cpv::parse(&asked.cpv).ok());
    let place = Place::parse(&asked.plats).ok();
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 1000);
    let search = Search {
        words: words.to_owned(),
        place: place.clone(),
        cpv: cpv.clone(),
        limit: PAGE_SIZE + 1,
        offset: (number - 1) * PAGE_SIZE,
    };
    let search::Found { mut hits, instead } = search::asf(&visit.app, &search).await?;
    let has_next = hits.len() > PAGE_SIZE;
    hits.truncate(PAGE_SIZE);
    let (chosen, code) = (place.as_ref().map_or("", Place::code), asked.cpv.trim());
    let page = AsfListPage {
        is_asked: !words.is_empty() || cpv.is_some(),
        unread_cpv: !code.is_empty() && cpv.is_none(),
        place_options: place_options(),
        hits: hits.into_iter().map(|hit| line(hit, place.as_ref())).collect(),
        instead,
        pages: Pages::new("/asf", &[("ord", words), ("plats", chosen), ("cpv", code)], number, has_next),
        anywhere_href: link("/asf", &[("ord", words), ("cpv", code)]),
        post_href: link("/behov/nytt", &[("rubrik", words), ("plats", chosen)]),
        words: words.to_owned(),
        cpv: code.to_owned(),
        place: chosen.to_owned(),
    };
    visit.page("pages/asf/list.html", page)
}

fn line(hit: AsfHit, place: Option<&Place>) -> AsfLine {
    let mut reasons = hit.reasons;
    if let Some(place) = place {
        let fit = place::fit(std::slice::from_ref(place), &hit.asf.area);
        reasons.push(Reason::Place { fit, place: place.name() });
    }
    AsfLine {
        id: hit.asf.id.0,
        people: hit.asf.capabilities.iter().filter_map(|capability| capability.work.people).sum(),
        capabilities: hit.asf.capabilities.into_iter().map(|capability| capability.work.title).collect(),
        seat: PlaceName::from(&hit.asf.municipality),
        name: hit.asf.name,
        why: reasons.into(),
    }
}

#[derive(Serialize)]
struct AsfPage {
    name: String,
    seat: PlaceName,
    area: Vec<PlaceName>,
    legal_form: String,
    org_no: Option<String>,
    unit: String,
    website: Option<String>,
    paused_until: Option<NaiveDate>,
    capabilities: Vec<NewCapability>,
    sees_needs: bool,
    voice: &'static str,
    needs: Vec<SuggestedNeed>,
    lessons: Vec<LessonLine>,
    action: String,
}

#[derive(Serialize)]
struct SuggestedNeed {
    need_id: i64,
    title: String,
    state: &'static str,
    why: Why,
}

/// Shows one ASF; to itself and to staff also what was suggested to it.
pub async fn show(visit: Visit, Id(id): Id) -> PageResult {
    let asf = asf::find(&visit.app.db, AsfId(id)).await?.ok_or(PageError::NotFound)?;
    let sees_needs = visit.user.as_ref().is_some_and(|user| sees_needs(user, asf.id));
    let suggested = if sees_needs { suggested(&visit, asf.id).await? } else { Vec::new() };
    let today = local_date(visit.app.clock.now());
    let is_own = visit.user.as_ref().is_some_and(|user| user.asf_id == Some(asf.id));
    let lessons = asf.lessons.iter().filter(|_| sees_needs).map(LessonLine::from).collect();
    let mut page = AsfPage::new(asf, today);
    page.lessons = lessons;
    page.sees_needs = sees_needs;
    page.voice = if is_own { "asf" } else { "other" };
    page.needs = suggested;
    visit.page("pages/asf/show.html", page)
}

/// Takes back what an answer taught; for the ASF itself and for staff.
pub async fn undo_lesson(visit: Visit, Id(id): Id, Form(form): Form<UndoForm>) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    if !sees_needs(user, AsfId(id)) {
        return Err(PageError::Forbidden);
    }
    lessons::undo(&visit.app, AsfId(id), LessonId(form.lesson)).await?;
    Ok(Redirect::to(&format!("/asf/{id}#lardomar")).into_response())
}

fn sees_needs(user: &User, asf: AsfId) -> bool {
    user.role.is_staff() || user.asf_id == Some(asf)
}

async fn suggested(visit: &Visit, asf: AsfId) -> PageResult<Vec<SuggestedNeed>> {
    let db = &visit.app.db;
    let pairings = pairings::list_for_asf(db, asf).await?;
    let lots: Vec<_> = pairings.iter().map(|pairing| pairing.lot_id).collect();
    let needs = needs::list_by_lots(db, &lots).await?;
    Ok(pairings.into_iter().filter_map(|pairing| suggested_need(pairing, &needs)).collect())
}

fn suggested_need(pairing: Pairing, needs: &[Need]) -> Option<SuggestedNeed> {
    let need = needs.iter().find(|need| need.lots.iter().any(|lot| lot.id == pairing.lot_id))?;
    Some(SuggestedNeed {
        need_id: need.id.0,
        title: need.title.clone(),
        state: pairing.state.as_str(),
        why: pairing.reasons.into(),
    })
}

impl AsfPage {
    /// What everybody may see on the day `today`.
    fn new(asf: Asf, today: NaiveDate) -> Self {
        let is_paused = asf.is_paused(today);
        let is_sole_trader = asf.legal_form.to_lowercase().contains("enskild");
        Self {
            seat: PlaceName::from(&asf.municipality),
            area: place_names(&asf.area),
            // A sole trader's number is a personal number.
            org_no: (!is_sole_trader).then(|| asf.org_no.to_string()),
            unit: asf.unit,
            website: Some(asf.website).filter(|website| is_web_address(website)),
            paused_until: asf.paused_until.filter(|_| is_paused),
            capabilities: asf.capabilities.into_iter().map(|capability| capability.work).collect(),
            name: asf.name,
            legal_form: asf.legal_form,
            sees_needs: false,
            voice: "other",
            needs: Vec::new(),
            lessons: Vec::new(),
            action: format!("/asf/{}/angra", asf.id.0),
        }
    }
}

/// Links that a file brought are only followed to web pages.
pub(super) fn is_web_address(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
