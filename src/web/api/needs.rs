//! Needs: search what is open, show one with its lots, post, change, close and withdraw one's own.

use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{self, Page, Place as CursorPlace},
    extract::{Answer, Asked, Body, Id, Tagged, condition},
    gate::Caller,
    lots::LotAnswer,
    problem::{ApiError, ApiResult},
    why::{self, NamedPlace, Why},
};
use crate::{
    domain::{
        cpv::Cpv,
        email::Email,
        need::{ClosedBecause, Need, NeedId, NeedStatus, NewNeed},
        place::Place,
        schedule::local_date,
    },
    service::{
        needs as service,
        search::{NeedHit, Search},
        search_pages::{self, From as PageFrom},
    },
    store::{legal_limits, needs},
    web::pages::{asf::is_web_address, lot_pairings::Viewer, need_fields::NeedForm, parts::NeedLine},
    words::reasons::Voice,
};

/// What is searched for; nothing lists the newest.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NeedQuery {
    /// Words in Swedish or English.
    #[param(max_length = 500)]
    words: Option<String>,
    /// Only needs here: a municipality (four digits), a county (two) or `SE`.
    #[param(pattern = "^([0-9]{2}([0-9]{2})?|SE)$")]
    place: Option<String>,
    /// Only this branch of the CPV tree, eight digits.
    #[param(pattern = "^[0-9]{8}$")]
    cpv: Option<String>,
    /// Items on a page; 20 when nothing is said.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// `next` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]+$", max_length = 8000)]
    cursor: Option<String>,
}

/// A need in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedItem {
    id: i64,
    title: String,
    buyer: String,
    kind: &'static str,
    /// All lots together.
    places: Vec<NamedPlace>,
    /// The next deadline, or the last when all have passed.
    deadline_at: Option<DateTime<Utc>>,
    lots: usize,
    /// Some lot is reserved.
    is_reserved: bool,
    /// Why it was found.
    reasons: Vec<Why>,
}

/// Search open needs
///
/// Each once, best first, a thousand at most; without words the newest first, all of them.
#[utoipa::path(get, path = "/needs", tag = "needs", params(NeedQuery), security(("key" = ["read:needs"])),
    responses((status = 200, description = "A page of needs", body = Page<NeedItem>)))]
pub async fn search(caller: Caller, Asked(asked): Asked<NeedQuery>) -> ApiResult<Answer<Page<NeedItem>>> {
    let words = cursor::words(asked.words)?;
    let place = asked.place.as_deref().map(Place::parse).transpose()?;
    let cpv = asked.cpv.as_deref().map(Cpv::parse).transpose()?;
    let question = ["needs", &words, place.as_ref().map_or("", Place::code), cpv.as_ref().map_or("", Cpv::as_str)];
    let from = cursor::read(asked.cursor.as_deref(), &question)?;
    let limit = cursor::limit(asked.limit.as_deref())?;
    let search = Search { words: words.clone(), place: place.clone(), cpv: cpv.clone(), limit, offset: 0 };
    let from = from.map(|from| PageFrom { known_until: from.key, seen: from.seen });
    let found = search_pages::needs(&caller.app, &search, from).await?;
    let next = found.next.map(|next| CursorPlace { key: next.known_until, seen: next.seen });
    Ok(Answer(Page {
        items: found.hits.into_iter().map(|hit| item(&caller, hit)).collect(),
        next: next.map(|next| cursor::write(&next, &question)),
    }))
}

fn item(caller: &Caller, hit: NeedHit) -> NeedItem {
    let line = NeedLine::new(&hit.need, Vec::new(), caller.app.clock.now());
    let mut places: Vec<&Place> = Vec::new();
    for place in hit.need.lots.iter().flat_map(|lot| &lot.work.places) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    NeedItem {
        id: line.id,
        kind: hit.need.kind.as_str(),
        places: why::places(places),
        deadline_at: line.deadline_at,
        lots: line.lots,
        is_reserved: line.is_reserved,
        reasons: why::reasons(caller, Voice::Other, &hit.reasons),
        title: line.title,
        buyer: line.buyer,
    }
}

/// A need.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedAnswer {
    id: i64,
    title: String,
    text: String,
    buyer: String,
    /// `request`, `tender` or `direct_award`.
    kind: &'static str,
    /// `unconfirmed`, `open`, `planned` or `closed`.
    status: &'static str,
    /// The official notice or the documents.
    url: Option<String>,
    publication_no: Option<String>,
    lots: Vec<LotAnswer>,
}

/// Show a need with its lots
///
/// Suggestions and answers are told to the buyer, to staff and, of itself, to an ASF. Who declined is told
/// to staff alone.
#[utoipa::path(get, path = "/needs/{id}", tag = "needs", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:needs"])), responses((status = 200, description = "The need", body = NeedAnswer)))]
pub async fn show(caller: Caller, Id(id): Id) -> ApiResult<Tagged<NeedAnswer>> {
    let (need, viewer) = visible(&caller, id).await?;
    answer(&caller, need, viewer).await
}

/// A need that the caller may know of, and what they are to it.
async fn visible(caller: &Caller, id: i64) -> ApiResult<(Need, Viewer)> {
    let need = needs::find(&caller.app.db, NeedId(id)).await?.ok_or(ApiError::NotFound)?;
    let viewer = Viewer::of(Some(&caller.user), &need);
    let is_hidden = need.status == NeedStatus::Unconfirmed && !viewer.is_owner();
    if is_hidden { Err(ApiError::NotFound) } else { Ok((need, viewer)) }
}

/// A need that the caller may change.
async fn owned(caller: &Caller, id: i64) -> ApiResult<Need> {
    let (need, viewer) = visible(caller, id).await?;
    if viewer.is_owner() { Ok(need) } else { Err(ApiError::Forbidden) }
}

async fn answer(caller: &Caller, need: Need, viewer: Viewer) -> ApiResult<Tagged<NeedAnswer>> {
    let tag = service::version(&need);
    let lots = super::lots::answers(caller, &need, viewer).await?;
    let answer = NeedAnswer {
        id: need.id.0,
        title: need.title,
        text: need.text,
        buyer: need.buyer.name,
        kind: need.kind.as_str(),
        status: need.status.as_str(),
        url: need.url.filter(|url| is_web_address(url)),
        publication_no: need.publication_no,
        lots,
    };
    Ok(Tagged(tag, answer))
}

/// What a need says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedWords {
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
    /// Estimated value, SEK excluding VAT.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    value_sek: Option<i64>,
    /// A municipality (four digits), a county (two) or `SE`.
    #[schema(pattern = "^([0-9]{2}([0-9]{2})?|SE)$")]
    place: String,
    /// Last day to answer, today at the earliest.
    deadline: NaiveDate,
    /// First day of the work.
    #[serde(default)]
    start: Option<NaiveDate>,
    /// Last day of the work.
    #[serde(default)]
    end: Option<NaiveDate>,
    /// CPV codes, eight digits.
    #[serde(default)]
    #[schema(max_items = 20)]
    cpv: Vec<String>,
    /// The official notice or the documents.
    #[serde(default)]
    #[schema(max_length = 2000)]
    url: Option<String>,
}

/// A need to be posted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNeedBody {
    need: NeedWords,
    buyer: BuyerWords,
}

/// Who needs it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyerWords {
    /// `private`, `public` or `nonprofit`.
    #[schema(pattern = "^(private|public|nonprofit)$")]
    kind: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Organisation number.
    #[serde(default)]
    #[schema(max_length = 20)]
    org_no: Option<String>,
    /// Where the link goes that opens the need.
    #[schema(max_length = 254)]
    email: String,
}

impl NeedWords {
    fn into_form(self, buyer: BuyerWords) -> NeedForm {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        NeedForm {
            title: self.title,
            text: self.text,
            value_sek: self.value_sek.map(|sek| sek.to_string()).unwrap_or_default(),
            place: self.place,
            deadline: self.deadline.to_string(),
            start: day(self.start),
            end: day(self.end),
            cpv: self.cpv.join(" "),
            url: self.url.unwrap_or_default(),
            buyer_kind: buyer.kind,
            buyer_name: buyer.name,
            org_no: buyer.org_no.unwrap_or_default(),
            email: buyer.email,
            ..NeedForm::default()
        }
    }
}

/// The need of a form, by the limits of today.
async fn read(caller: &Caller, form: &NeedForm) -> ApiResult<(NewNeed, Email)> {
    let now = caller.app.clock.now();
    let limits = legal_limits::on(&caller.app.db, local_date(now)).await?;
    form.parse(caller.language, now, &limits).map_err(ApiError::Rejected)
}

/// A need that was posted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Posted {
    id: i64,
    /// `unconfirmed`: nobody sees it before the link in the mail is used.
    status: &'static str,
}

/// Post a need
///
/// As on the page: a link goes to the buyer's address, and the need is seen when it is used.
#[utoipa::path(post, path = "/needs", tag = "needs", request_body = NewNeedBody, security(("key" = ["write:needs"])),
    responses((status = 201, description = "Stored, and a link is mailed", body = Posted)))]
pub async fn post(caller: Caller, Body(body): Body<NewNeedBody>) -> ApiResult<(StatusCode, Answer<Posted>)> {
    let form = body.need.into_form(body.buyer);
    let (new, email) = read(&caller, &form).await?;
    let id = service::post(&caller.app, new, &email, caller.language).await?;
    Ok((StatusCode::CREATED, Answer(Posted { id: id.0, status: NeedStatus::Unconfirmed.as_str() })))
}

/// Change a need of your own
///
/// Only of a need that was posted in a form; its buyer stays. Matched anew at once.
#[utoipa::path(put, path = "/needs/{id}", tag = "needs", request_body = NeedWords,
    params(("id" = i64, Path, minimum = 1), ("If-Match" = String, Header, description = "The `ETag` that was read")),
    security(("key" = ["write:needs"])), responses((status = 200, description = "The need", body = NeedAnswer)))]
pub async fn change(
    caller: Caller,
    Id(id): Id,
    headers: HeaderMap,
    Body(body): Body<NeedWords>,
) -> ApiResult<Tagged<NeedAnswer>> {
    let need = owned(&caller, id).await?;
    let expected = condition(&headers)?;
    let buyer = BuyerWords {
        kind: need.buyer.kind.as_str().to_owned(),
        name: need.buyer.name,
        org_no: need.buyer.org_no.map(|org_no| org_no.to_string()),
        email: need.buyer.email.ok_or(ApiError::Conflict)?.to_string(),
    };
    let form = body.into_form(buyer);
    let (new, _) = read(&caller, &form).await?;
    service::change(&caller.app, &caller.actor(), need.id, &expected, new).await?;
    let (need, viewer) = visible(&caller, id).await?;
    answer(&caller, need, viewer).await
}

/// Why a need ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// `awarded`: somebody got it; `no_winner`: nobody did.
    #[schema(pattern = "^(awarded|no_winner)$")]
    because: String,
}

/// Close a need of your own
///
/// It is no longer suggested; the answers stay.
#[utoipa::path(post, path = "/needs/{id}/close", tag = "needs", request_body = Ending,
    params(("id" = i64, Path, minimum = 1)), security(("key" = ["write:needs"])),
    responses((status = 204, description = "Closed")))]
pub async fn close(caller: Caller, Id(id): Id, Body(ending): Body<Ending>) -> ApiResult<StatusCode> {
    let need = owned(&caller, id).await?;
    let because = ClosedBecause::parse(&ending.because)?;
    service::close(&caller.app, &caller.actor(), need.id, because).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Withdraw a need of your own
///
/// As closing, for a need that is called off.
#[utoipa::path(delete, path = "/needs/{id}", tag = "needs", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:needs"])), responses((status = 204, description = "Withdrawn")))]
pub async fn withdraw(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    let need = owned(&caller, id).await?;
    service::close(&caller.app, &caller.actor(), need.id, ClosedBecause::Cancelled).await?;
    Ok(StatusCode::NO_CONTENT)
}
