//! What an ASF changes about itself: what it can do, when it rests, what is recorded; for the ASF and for staff.

use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        asf::{Asf, AsfId, NewCapability},
        asf_fact::{AsfFact, Basis, Claim},
        capability::CapabilityFields,
        rejection::Rejection,
        schedule::local_date,
    },
    service::{
        self, asf_facts,
        own_profile::{self, Figures, Gain},
    },
    store,
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

const PAGE: &str = "pages/own_profile/show.html";

#[derive(Serialize)]
struct ProfilePage {
    id: i64,
    name: String,
    version: String,
    capabilities: Vec<CapabilityLine>,
    gains: Vec<Gain>,
    figures: Figures,
    paused_until: Option<NaiveDate>,
    pause: PauseForm,
    fact: FactForm,
    bases: Vec<Basis>,
    errors: Vec<FieldError>,
    saved: bool,
}

#[derive(Serialize)]
struct CapabilityLine {
    number: usize,
    work: NewCapability,
}

/// When the ASF rests.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PauseForm {
    paused_until: String,
    version: String,
}

/// A fact to record.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FactForm {
    kind: String,
    basis: String,
    purpose: String,
    share: String,
    how: String,
    as_of: String,
}

/// What may follow the address of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Arrival {
    sparat: String,
}

/// The own profile.
pub async fn show(visit: Visit, Id(id): Id, Query(arrival): Query<Arrival>) -> PageResult {
    let asf = own(&visit, id).await?;
    let mut page = profile_page(&visit, asf).await?;
    page.saved = !arrival.sparat.is_empty();
    visit.page(PAGE, page)
}

/// The ASF, for itself and for staff.
pub(super) async fn own(visit: &Visit, id: i64) -> PageResult<Asf> {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    if !user.role.is_staff() && visit.own_asf() != Some(AsfId(id)) {
        return Err(PageError::Forbidden);
    }
    store::asf::find(&visit.app.db, AsfId(id)).await?.ok_or(PageError::NotFound)
}

async fn profile_page(visit: &Visit, asf: Asf) -> PageResult<ProfilePage> {
    let today = local_date(visit.app.clock.now());
    let is_staff = visit.is_staff();
    let recorded = store::asf_facts::map(&visit.app.db, &[asf.id]).await?.remove(&asf.id).unwrap_or_default();
    Ok(ProfilePage {
        id: asf.id.0,
        version: service::asf::version(&asf),
        gains: own_profile::gains(&visit.app, &asf).await?,
        figures: own_profile::figures(&visit.app, asf.id).await?,
        paused_until: asf.paused_until.filter(|_| asf.is_paused(today)),
        pause: PauseForm::default(),
        fact: FactForm {
            kind: "basis".to_owned(),
            basis: recorded.basis().as_str().to_owned(),
            as_of: today.to_string(),
            ..FactForm::default()
        },
        bases: Basis::ALL.into_iter().filter(|basis| is_staff || basis.is_own_word()).collect(),
        errors: Vec::new(),
        saved: false,
        capabilities: asf
            .capabilities
            .into_iter()
            .enumerate()
            .map(|(place, capability)| CapabilityLine { number: place + 1, work: capability.work })
            .collect(),
        name: asf.name,
    })
}

fn to_profile(id: i64) -> axum::response::Response {
    Redirect::to(&format!("/asf/{id}/profil?sparat=1")).into_response()
}

/// Rests until a day, or works again.
pub async fn pause(visit: Visit, Id(id): Id, Form(form): Form<PauseForm>) -> PageResult {
    let asf = own(&visit, id).await?;
    let typed = form.paused_until.trim();
    let until = if typed.is_empty() { Ok(None) } else { NaiveDate::parse_from_str(typed, "%Y-%m-%d").map(Some) };
    let today = local_date(visit.app.clock.now());
    match until {
        Ok(until) if until.is_none_or(|until| until > today && until < today + chrono::Duration::days(732)) => {
            let works: Vec<NewCapability> = asf.capabilities.into_iter().map(|capability| capability.work).collect();
            service::asf::change(&visit.app, &visit.actor(), AsfId(id), &form.version, (&works, until)).await?;
            Ok(to_profile(id))
        }
        _ => {
            let wrong = [Rejection::new("paused_until", "rejected-pause", typed)];
            let mut page = profile_page(&visit, asf).await?;
            page.errors = field_errors(&visit, &wrong);
            page.pause = form;
            visit.rejected(PAGE, page)
        }
    }
}

/// Records a fact.
pub async fn record_fact(visit: Visit, Id(id): Id, Form(form): Form<FactForm>) -> PageResult {
    let asf = own(&visit, id).await?;
    let value = match form.kind.as_str() {
        "basis" => &form.basis,
        "purpose" => &form.purpose,
        _ => &form.share,
    };
    let today = local_date(visit.app.clock.now());
    let read = AsfFact::parse(&form.kind, value, &form.how, &form.as_of, today).and_then(|fact| match &fact.claim {
        // What others vouch for, staff record.
        Claim::Basis(basis) if !visit.is_staff() && !basis.is_own_word() => {
            Err(vec![Rejection::new("basis", "rejected-basis-own", &form.basis)])
        }
        _ => Ok(fact),
    });
    match read {
        Ok(fact) => {
            asf_facts::record(&visit.app, &visit.actor(), AsfId(id), &fact).await?;
            Ok(to_profile(id))
        }
        Err(rejections) => {
            let mut page = profile_page(&visit, asf).await?;
            page.errors = field_errors(&visit, &rejections);
            page.fact = form;
            visit.rejected(PAGE, page)
        }
    }
}

/// Which capability, counted from 1; a new one without a number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    nr: String,
}

/// A capability as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CapabilityForm {
    number: String,
    version: String,
    title: String,
    text: String,
    cpv: String,
    people: String,
    hours: String,
    largest: String,
    earliest: String,
    remove: String,
}

#[derive(Serialize)]
struct CapabilityPage {
    id: i64,
    name: String,
    form: CapabilityForm,
    is_new: bool,
    errors: Vec<FieldError>,
}

/// Asks what the ASF can do.
pub async fn ask_capability(visit: Visit, Id(id): Id, Query(which): Query<Which>) -> PageResult {
    let asf = own(&visit, id).await?;
    let mut form = CapabilityForm { version: service::asf::version(&asf), ..CapabilityForm::default() };
    if !which.nr.is_empty() {
        let place = which.nr.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let stored = place.and_then(|place| asf.capabilities.get(place)).ok_or(PageError::NotFound)?;
        form.fill(&stored.work);
        form.number = which.nr;
    }
    let page = CapabilityPage { id, name: asf.name, is_new: form.number.is_empty(), form, errors: Vec::new() };
    visit.page("pages/own_profile/capability.html", page)
}

/// Adds, changes or removes a capability.
pub async fn change_capability(visit: Visit, Id(id): Id, Form(form): Form<CapabilityForm>) -> PageResult {
    let asf = own(&visit, id).await?;
    let mut works: Vec<NewCapability> = asf.capabilities.iter().map(|capability| capability.work.clone()).collect();
    let place = match form.number.as_str() {
        "" => None,
        number => {
            let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            Some(place.filter(|place| *place < works.len()).ok_or(PageError::NotFound)?)
        }
    };
    let is_full = place.is_none() && works.len() >= MOST;
    let read = if !form.remove.is_empty() {
        Ok(None)
    } else if is_full {
        Err(vec![Rejection::new("title", "rejected-capability-many", &form.title)])
    } else {
        form.parse().map(Some)
    };
    match read {
        Ok(work) => {
            match (place, work) {
                (Some(place), Some(work)) => works[place] = work,
                (Some(place), None) => {
                    works.remove(place);
                }
                (None, Some(work)) => works.push(work),
                (None, None) => {}
            }
            let changed = (works.as_slice(), asf.paused_until);
            service::asf::change(&visit.app, &visit.actor(), AsfId(id), &form.version, changed).await?;
            Ok(to_profile(id))
        }
        Err(rejections) => {
            let errors = field_errors(&visit, &rejections);
            let page = CapabilityPage { id, name: asf.name, is_new: place.is_none(), form, errors };
            visit.rejected("pages/own_profile/capability.html", page)
        }
    }
}

/// Most capabilities of one ASF.
const MOST: usize = 30;

impl CapabilityForm {
    fn fill(&mut self, work: &NewCapability) {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        self.title.clone_from(&work.title);
        self.text.clone_from(&work.text);
        self.cpv = work.cpv.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        self.people = number(work.people.map(i64::from));
        self.hours = number(work.hours_per_week.map(i64::from));
        self.largest = number(work.max_value_sek);
        self.earliest = work.earliest_start.map(|day| day.to_string()).unwrap_or_default();
    }

    fn parse(&self) -> Result<NewCapability, Vec<Rejection>> {
        NewCapability::parse(&CapabilityFields {
            title: &self.title,
            text: &self.text,
            cpv: &self.cpv,
            people: &self.people,
            hours: &self.hours,
            largest: &self.largest,
            earliest: &self.earliest,
        })
    }
}
