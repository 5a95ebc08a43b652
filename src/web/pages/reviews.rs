//! Needs and profiles that wait for a coordinator: a list of them, and one at a time with yes, change or no.

use axum::response::{IntoResponse as _, Redirect};
use serde::{Deserialize, Serialize};

use super::parts::{LotFacts, NeedLine, PlaceName, place_names};
use crate::{
    domain::{
        asf::{Asf, AsfId, NewCapability},
        need::{Need, NeedId, NeedKind},
        review::{Review, Verdict},
    },
    service::{mail_policy, overview, reviews as service},
    store::{asf, audit, needs, overview as piles},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Profiles on the list.
const MOST_PROFILES: u64 = 100;

#[derive(Serialize)]
struct ReviewsPage {
    needs: Vec<NeedLine>,
    profiles: Vec<ProfileLine>,
}

#[derive(Serialize)]
struct ProfileLine {
    id: i64,
    name: String,
    seat: PlaceName,
}

/// Lists what waits, oldest first.
pub async fn list(visit: Visit) -> PageResult {
    visit.staff()?;
    let (db, now) = (&visit.app.db, visit.app.clock.now());
    let needs = mail_policy::waiting(&visit.app, overview::MOST_WAITING).await?;
    let ids = piles::list_waiting_profiles(db, MOST_PROFILES).await?;
    let profiles = asf::list_by_ids(db, &ids).await?;
    let page = ReviewsPage {
        needs: needs.iter().map(|need| NeedLine::new(need, Vec::new(), now)).collect(),
        profiles: profiles.into_iter().map(profile_line).collect(),
    };
    visit.page("pages/reviews/list.html", page)
}

fn profile_line(asf: Asf) -> ProfileLine {
    ProfileLine { id: asf.id.0, seat: PlaceName::from(&asf.municipality), name: asf.name }
}

/// The form, as typed.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Said {
    verdict: String,
    words: String,
}

#[derive(Serialize)]
struct ReviewPage {
    action: String,
    title: String,
    /// Who reads the mail; none when nobody is known.
    reader: Option<String>,
    form: Said,
    errors: Vec<FieldError>,
    asked: Vec<AskedLine>,
    need: Option<NeedToRead>,
    profile: Option<ProfileToRead>,
}

#[derive(Serialize)]
struct AskedLine {
    verdict: String,
    words: String,
    at: chrono::DateTime<chrono::Utc>,
}

#[derive(Serialize)]
struct NeedToRead {
    id: i64,
    kind: NeedKind,
    buyer: String,
    text: String,
    lots: Vec<LotFacts>,
}

#[derive(Serialize)]
struct ProfileToRead {
    id: i64,
    seat: PlaceName,
    area: Vec<PlaceName>,
    website: String,
    capabilities: Vec<NewCapability>,
}

/// Shows one need with the form.
pub async fn ask_need(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let page = need_page(&visit, id, Said::default(), Vec::new()).await?;
    visit.page("pages/reviews/show.html", page)
}

/// Takes what was said of a need.
pub async fn decide_need(visit: Visit, Id(id): Id, Form(said): Form<Said>) -> PageResult {
    let actor = visit.staff()?.email.as_str().to_owned();
    match Review::parse(&said.verdict, &said.words) {
        Ok(review) => done(service::decide_need(&visit.app, NeedId(id), &review, &actor).await),
        Err(rejections) => {
            let errors = field_errors(&visit, &rejections);
            let page = need_page(&visit, id, said, errors).await?;
            visit.rejected("pages/reviews/show.html", page)
        }
    }
}

/// Shows one profile with the form.
pub async fn ask_profile(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let page = profile_page(&visit, id, Said::default(), Vec::new()).await?;
    visit.page("pages/reviews/show.html", page)
}

/// Takes what was said of a profile.
pub async fn decide_profile(visit: Visit, Id(id): Id, Form(said): Form<Said>) -> PageResult {
    let actor = visit.staff()?.email.as_str().to_owned();
    match Review::parse(&said.verdict, &said.words) {
        Ok(review) => done(service::decide_profile(&visit.app, AsfId(id), &review, &actor).await),
        Err(rejections) => {
            let errors = field_errors(&visit, &rejections);
            let page = profile_page(&visit, id, said, errors).await?;
            visit.rejected("pages/reviews/show.html", page)
        }
    }
}

/// Back to the list; what somebody else said at the same time stands there.
fn done(outcome: crate::service::Result<()>) -> PageResult {
    match outcome {
        Ok(()) | Err(crate::service::Error::Conflict) => Ok(Redirect::to("/granska").into_response()),
        Err(error) => Err(error.into()),
    }
}

async fn need_page(visit: &Visit, id: i64, form: Said, errors: Vec<FieldError>) -> PageResult<ReviewPage> {
    let need: Need = needs::find(&visit.app.db, NeedId(id)).await?.ok_or(PageError::NotFound)?;
    let now = visit.app.clock.now();
    Ok(ReviewPage {
        action: format!("/granska/behov/{id}"),
        reader: need.buyer.email.as_ref().map(|email| email.as_str().to_owned()),
        form,
        errors,
        asked: asked(visit, "need", id).await?,
        need: Some(NeedToRead {
            id,
            kind: need.kind,
            buyer: need.buyer.name,
            text: need.text,
            lots: need.lots.iter().map(|lot| LotFacts::new(lot, now)).collect(),
        }),
        profile: None,
        title: need.title,
    })
}

async fn profile_page(visit: &Visit, id: i64, form: Said, errors: Vec<FieldError>) -> PageResult<ReviewPage> {
    let asf: Asf = asf::find(&visit.app.db, AsfId(id)).await?.ok_or(PageError::NotFound)?;
    Ok(ReviewPage {
        action: format!("/granska/profil/{id}"),
        reader: asf.email.as_ref().map(|email| email.as_str().to_owned()),
        form,
        errors,
        asked: asked(visit, "asf", id).await?,
        need: None,
        profile: Some(ProfileToRead {
            id,
            seat: PlaceName::from(&asf.municipality),
            area: place_names(&asf.area),
            website: asf.website,
            capabilities: asf.capabilities.into_iter().map(|capability| capability.work).collect(),
        }),
        title: asf.name,
    })
}

/// What was said before.
async fn asked(visit: &Visit, noun: &str, id: i64) -> PageResult<Vec<AskedLine>> {
    let said = audit::list_actions(&visit.app.db, noun, id, &Verdict::ALL.map(Verdict::as_str)).await?;
    Ok(said.into_iter().map(|(at, verdict, words)| AskedLine { verdict, words, at }).collect())
}
