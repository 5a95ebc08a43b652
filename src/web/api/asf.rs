//! ASF: search and profile, as far as everybody may see.

use axum::http::HeaderMap;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{self, Page, Place as CursorPlace},
    extract::{Answer, Asked, Body, Id, Tagged, condition},
    gate::Caller,
    problem::{ApiError, ApiResult},
    why::{self, NamedPlace, Why},
};
use crate::{
    domain::{
        asf::{Asf, AsfId, Capability, NewCapability},
        capability::CapabilityFields,
        cpv::Cpv,
        place::{self, Place},
        reason::Reason,
        rejection::Rejection,
        schedule::local_date,
    },
    service::{
        asf as service,
        search::{AsfHit, Search},
        search_pages::{self, From as PageFrom},
    },
    store::asf,
    words::reasons::Voice,
};

/// Most things that one ASF can name.
const MOST_CAPABILITIES: usize = 30;

/// What is searched for; nothing lists the newest.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsfQuery {
    /// Words in Swedish or English.
    #[param(max_length = 500)]
    words: Option<String>,
    /// Only ASF that work here: a municipality (four digits), a county (two) or `SE`.
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

/// An ASF in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct AsfLine {
    id: i64,
    name: String,
    municipality: NamedPlace,
    /// Names of what it can do.
    capabilities: Vec<String>,
    /// People who can work at the same time, all capabilities together.
    people: i32,
    /// Why it was found.
    reasons: Vec<Why>,
}

/// Search ASF
///
/// Best first, a thousand at most; without words the newest first, all of them.
#[utoipa::path(get, path = "/asf", tag = "asf", params(AsfQuery), security(("key" = ["read:asf"])),
    responses((status = 200, description = "A page of ASF", body = Page<AsfLine>)))]
pub async fn search(caller: Caller, Asked(asked): Asked<AsfQuery>) -> ApiResult<Answer<Page<AsfLine>>> {
    let words = cursor::words(asked.words)?;
    let place = asked.place.as_deref().map(Place::parse).transpose()?;
    let cpv = asked.cpv.as_deref().map(Cpv::parse).transpose()?;
    let question = ["asf", &words, place.as_ref().map_or("", Place::code), cpv.as_ref().map_or("", Cpv::as_str)];
    let from = cursor::read(asked.cursor.as_deref(), &question)?;
    let search = Search {
        words: words.clone(),
        place: place.clone(),
        cpv: cpv.clone(),
        limit: cursor::limit(asked.limit.as_deref())?,
        offset: 0,
    };
    let from = from.map(|from| PageFrom { known_until: from.key, seen: from.seen });
    let found = search_pages::asf(&caller.app, &search, from).await?;
    let next = found.next.map(|next| CursorPlace { key: next.known_until, seen: next.seen });
    Ok(Answer(Page {
        items: found.hits.into_iter().map(|hit| line(&caller, hit, place.as_ref())).collect(),
        next: next.map(|next| cursor::write(&next, &question)),
    }))
}

fn line(caller: &Caller, hit: AsfHit, place: Option<&Place>) -> AsfLine {
    let mut reasons = hit.reasons;
    if let Some(place) = place {
        let fit = place::fit(std::slice::from_ref(place), &hit.asf.area);
        reasons.push(Reason::Place { fit, place: place.name() });
    }
    AsfLine {
        id: hit.asf.id.0,
        municipality: NamedPlace::from(&hit.asf.municipality),
        people: hit.asf.capabilities.iter().filter_map(|capability| capability.work.people).sum(),
        capabilities: hit.asf.capabilities.into_iter().map(|capability| capability.work.title).collect(),
        name: hit.asf.name,
        reasons: why::reasons(caller, Voice::Other, &reasons),
    }
}

/// An ASF.
#[derive(Debug, Serialize, ToSchema)]
pub struct AsfProfile {
    id: i64,
    name: String,
    /// Ten digits; none of a sole trader, whose number is a personal number.
    org_no: Option<String>,
    /// Unit within the organisation, or empty.
    unit: String,
    legal_form: String,
    municipality: NamedPlace,
    /// Where it works.
    area: Vec<NamedPlace>,
    website: Option<String>,
    /// No suggestions before this day.
    paused_until: Option<NaiveDate>,
    capabilities: Vec<AsfCapability>,
}

/// One thing that an ASF can do for others.
#[derive(Debug, Serialize, ToSchema)]
pub struct AsfCapability {
    title: String,
    text: String,
    /// CPV codes, eight digits.
    cpv: Vec<String>,
    /// People who can work at the same time.
    people: Option<i32>,
    hours_per_week: Option<i32>,
    /// Largest single job, SEK excluding VAT.
    max_value_sek: Option<i64>,
    /// First day the work can begin.
    earliest_start: Option<NaiveDate>,
}

/// Show an ASF
#[utoipa::path(get, path = "/asf/{id}", tag = "asf", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:asf"])), responses((status = 200, description = "The ASF", body = AsfProfile)))]
pub async fn show(caller: Caller, Id(id): Id) -> ApiResult<Tagged<AsfProfile>> {
    let found = asf::find(&caller.app.db, AsfId(id)).await?.ok_or(ApiError::NotFound)?;
    // A profile that staff has not let through yet is seen as on its page: by itself and staff.
    let sees_all = caller.ledger_part().is_ok_and(|own| own.is_none_or(|own| own == found.id));
    if !found.is_shown() && !sees_all {
        return Err(ApiError::NotFound);
    }
    Ok(Tagged(service::version(&found), AsfProfile::new(found, local_date(caller.app.clock.now()))))
}

/// What an ASF says of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AsfWords {
    /// What it can do, all of it, in its order.
    #[schema(max_items = 30)]
    capabilities: Vec<CapabilityWords>,
    /// No suggestions and no mail before this day; none for no pause.
    paused_until: Option<NaiveDate>,
}

/// One thing that an ASF can do for others.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CapabilityWords {
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    #[serde(default)]
    #[schema(max_length = 3000)]
    text: String,
    /// CPV codes, eight digits.
    #[serde(default)]
    #[schema(max_items = 20)]
    cpv: Vec<String>,
    /// People who can work at the same time.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1000)]
    people: Option<i32>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 40_000)]
    hours_per_week: Option<i32>,
    /// Largest single job, SEK excluding VAT.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    max_value_sek: Option<i64>,
    /// First day the work can begin.
    #[serde(default)]
    earliest_start: Option<NaiveDate>,
}

/// Change your own ASF
///
/// What it can do and when it rests; matched anew at once. For the ASF itself and for staff.
#[utoipa::path(put, path = "/asf/{id}", tag = "asf", request_body = AsfWords,
    params(("id" = i64, Path, minimum = 1), ("If-Match" = String, Header, description = "The `ETag` that was read")),
    security(("key" = ["write:asf"])), responses((status = 200, description = "The ASF", body = AsfProfile)))]
pub async fn change(
    caller: Caller,
    Id(id): Id,
    headers: HeaderMap,
    Body(body): Body<AsfWords>,
) -> ApiResult<Tagged<AsfProfile>> {
    if caller.ledger_part()?.is_some_and(|own| own != AsfId(id)) {
        return Err(ApiError::Forbidden);
    }
    let expected = condition(&headers)?;
    if body.capabilities.len() > MOST_CAPABILITIES {
        return Err(Rejection::new("capabilities", "rejected-capability-many", "").into());
    }
    let read = body.capabilities.into_iter().map(CapabilityWords::read).collect::<Result<Vec<_>, _>>();
    let read = read.map_err(ApiError::Rejected)?;
    let actor = caller.actor();
    service::change(&caller.app, &actor, AsfId(id), &expected, (&read, body.paused_until)).await?;
    show(caller, Id(id)).await
}

impl CapabilityWords {
    fn read(self) -> Result<NewCapability, Vec<Rejection>> {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (people, hours) = (number(self.people.map(i64::from)), number(self.hours_per_week.map(i64::from)));
        let earliest = self.earliest_start.map(|day| day.to_string()).unwrap_or_default();
        NewCapability::parse(&CapabilityFields {
            title: &self.title,
            text: &self.text,
            cpv: &self.cpv.join(","),
            people: &people,
            hours: &hours,
            largest: &number(self.max_value_sek),
            earliest: &earliest,
        })
    }
}

impl AsfProfile {
    /// What everybody may see on the day `today`.
    pub(super) fn new(asf: Asf, today: NaiveDate) -> Self {
        Self {
            id: asf.id.0,
            org_no: asf.public_org_no().map(ToString::to_string),
            paused_until: asf.paused_until.filter(|_| asf.is_paused(today)),
            name: asf.name,
            unit: asf.unit,
            legal_form: asf.legal_form,
            municipality: NamedPlace::from(&asf.municipality),
            area: why::places(&asf.area),
            website: Some(asf.website).filter(|website| !website.is_empty()),
            capabilities: asf.capabilities.into_iter().map(AsfCapability::from).collect(),
        }
    }
}

impl From<Capability> for AsfCapability {
    fn from(capability: Capability) -> Self {
        let work = capability.work;
        Self {
            title: work.title,
            text: work.text,
            cpv: work.cpv.iter().map(ToString::to_string).collect(),
            people: work.people,
            hours_per_week: work.hours_per_week,
            max_value_sek: work.max_value_sek,
            earliest_start: work.earliest_start,
        }
    }
}
