//! The profile of an ASF. Contact goes through a need, so that both sides know what it is about.

use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;
use serde::Serialize;

use super::lessons::{LessonLine, UndoForm};
use super::parts::{PlaceName, Why, place_names};
use crate::{
    domain::{
        asf::{Asf, AsfId, NewCapability},
        asf_fact::{AsfFact, Basis, Claim, Recorded},
        lesson::LessonId,
        need::Need,
        pairing::Pairing,
        schedule::local_date,
        user::User,
    },
    service::{directory, lessons},
    store::{asf, asf_facts, needs, pairings, saved_lists},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::Visit,
    },
};

#[derive(Serialize)]
struct AsfPage {
    id: i64,
    lists: Vec<OwnList>,
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
    basis: Basis,
    facts: Facts,
    similar: Vec<SimilarAsf>,
}

/// What is recorded, each with its day.
#[derive(Default, Serialize)]
struct Facts {
    basis: Option<FactOnPage>,
    purpose: Option<FactOnPage>,
    share: Option<FactOnPage>,
}

#[derive(Serialize)]
struct FactOnPage {
    text: String,
    percent: u8,
    how: String,
    as_of: NaiveDate,
}

impl From<&AsfFact> for FactOnPage {
    fn from(fact: &AsfFact) -> Self {
        let (text, percent) = match &fact.claim {
            Claim::Basis(basis) => (basis.as_str().to_owned(), 0),
            Claim::Purpose(text) => (text.clone(), 0),
            Claim::Share(percent) => (String::new(), *percent),
        };
        Self { text, percent, how: fact.how.clone(), as_of: fact.as_of }
    }
}

/// A list that it can be put on.
#[derive(Serialize)]
struct OwnList {
    id: i64,
    name: String,
}

#[derive(Serialize)]
struct SimilarAsf {
    id: i64,
    name: String,
    seat: PlaceName,
}

/// Similar ASF that are named.
const SIMILAR: usize = 4;

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
    if !asf.is_shown() && !sees_needs {
        return Err(PageError::NotFound);
    }
    let suggested = if sees_needs { suggested(&visit, asf.id).await? } else { Vec::new() };
    let today = local_date(visit.app.clock.now());
    let is_own = visit.user.as_ref().is_some_and(|user| user.asf_id == Some(asf.id));
    let lessons = asf.lessons.iter().filter(|_| sees_needs).map(LessonLine::from).collect();
    let recorded = asf_facts::map(&visit.app.db, &[asf.id]).await?.remove(&asf.id).unwrap_or_default();
    let similar = directory::others_like(&visit.app, asf.id, SIMILAR).await?;
    let mut page = AsfPage::new(asf, today);
    page.take_facts(&recorded);
    if let Some(user) = &visit.user {
        let lists = saved_lists::list_for(&visit.app.db, user.id).await?;
        page.lists = lists.into_iter().map(|list| OwnList { id: list.id.0, name: list.name }).collect();
    }
    let other = |card: &std::sync::Arc<crate::domain::directory::Card>| SimilarAsf {
        id: card.id.0,
        name: card.name.clone(),
        seat: PlaceName::from(&card.seat),
    };
    page.similar = similar.iter().map(other).collect();
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
        Self {
            id: asf.id.0,
            lists: Vec::new(),
            seat: PlaceName::from(&asf.municipality),
            area: place_names(&asf.area),
            org_no: asf.public_org_no().map(ToString::to_string),
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
            basis: Basis::default(),
            facts: Facts::default(),
            similar: Vec::new(),
        }
    }

    fn take_facts(&mut self, recorded: &Recorded) {
        self.basis = recorded.basis();
        self.facts = Facts {
            basis: recorded.basis.as_ref().map(FactOnPage::from),
            purpose: recorded.purpose.as_ref().map(FactOnPage::from),
            share: recorded.share.as_ref().map(FactOnPage::from),
        };
    }
}

/// Links that a file brought are only followed to web pages.
pub(in crate::web) fn is_web_address(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
