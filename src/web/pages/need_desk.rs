//! The desk of a need, for its buyer and staff: who was asked, who answered what, and changing, copying or
//! closing the need. Of those who declined the buyer sees how many and why, not who.

use std::collections::HashMap;

use axum::response::{IntoResponse as _, Redirect};
use serde::{Deserialize, Serialize};

use super::{
    lot_pairings::Viewer,
    need_fields::NeedForm,
    parts::{PlaceName, Why, place_options},
};
use crate::{
    domain::{
        asf::Asf,
        follow_up::Side,
        need::{ClosedBecause, LotId, Need, NeedId, NeedStatus},
        pairing::{DeclineReason, Pairing, PairingId, PairingState, Strength},
        reason::{Objection, told_to_others},
        rejection::Rejection,
        relay::Relay,
        schedule::local_date,
    },
    service,
    store::{asf, legal_limits, needs, pairings, relays},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// One of the four lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Tab {
    #[default]
    Suggested,
    Yes,
    Maybe,
    No,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Suggested, Self::Yes, Self::Maybe, Self::No];

    fn of(state: PairingState) -> Option<Self> {
        match state {
            PairingState::Suggested => Some(Self::Suggested),
            PairingState::Yes => Some(Self::Yes),
            PairingState::Maybe => Some(Self::Maybe),
            PairingState::No => Some(Self::No),
            PairingState::Withdrawn => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Suggested => "fragade",
            Self::Yes => "ja",
            Self::Maybe => "kanske",
            Self::No => "nej",
        }
    }

    fn read(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or_default()
    }
}

/// Which list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    flik: String,
}

#[derive(Serialize)]
struct DeskPage {
    id: i64,
    title: String,
    status: NeedStatus,
    tabs: Vec<TabLine>,
    tab: Tab,
    pairings: Vec<DeskPairing>,
    declined: Vec<(DeclineReason, usize)>,
    may_change: bool,
    is_open: bool,
    closings: [ClosedBecause; 3],
    because: String,
    errors: Vec<FieldError>,
}

#[derive(Serialize)]
struct TabLine {
    tab: Tab,
    href: String,
    count: usize,
    is_current: bool,
}

#[derive(Serialize)]
struct DeskPairing {
    contact_href: String,
    /// Who wrote last, if anybody has.
    last_side: Option<Side>,
    asf_id: i64,
    asf: String,
    lot: Option<String>,
    strength: Strength,
    why: Why,
    objections: Vec<Objection>,
    note: String,
}

/// Why a buyer may close a need.
const CLOSINGS: [ClosedBecause; 3] = [ClosedBecause::Awarded, ClosedBecause::NoWinner, ClosedBecause::Cancelled];

/// A need for its buyer and staff; to anybody else it has no desk.
pub(super) async fn own(visit: &Visit, id: i64) -> PageResult<Need> {
    if visit.user.is_none() {
        return Err(PageError::SignInFirst);
    }
    let need = needs::find(&visit.app.db, NeedId(id)).await?.ok_or(PageError::NotFound)?;
    if Viewer::of(visit.user.as_ref(), &need).is_owner() { Ok(need) } else { Err(PageError::Forbidden) }
}

/// Shows one list.
pub async fn show(visit: Visit, Id(id): Id, Query(asked): Query<Asked>) -> PageResult {
    let need = own(&visit, id).await?;
    let page = desk_page(&visit, need, Tab::read(&asked.flik)).await?;
    visit.page("pages/need_desk/show.html", page)
}

async fn desk_page(visit: &Visit, need: Need, tab: Tab) -> PageResult<DeskPage> {
    let lots: Vec<LotId> = need.lots.iter().map(|lot| lot.id).collect();
    let all = pairings::list_for_lots(&visit.app.db, &lots).await?;
    let of = |tab: Tab| all.iter().filter(move |pairing| Tab::of(pairing.state) == Some(tab));
    let tabs = Tab::ALL.map(|line| TabLine {
        tab: line,
        href: format!("/behov/{}/svar?flik={}", need.id.0, line.word()),
        count: of(line).count(),
        is_current: line == tab,
    });
    let shown: Vec<&Pairing> = if tab == Tab::No { Vec::new() } else { of(tab).collect() };
    let ids: Vec<_> = shown.iter().map(|pairing| pairing.asf_id).collect();
    let asfs = asf::list_by_ids(&visit.app.db, &ids).await?;
    let keys: Vec<PairingId> = shown.iter().map(|pairing| pairing.id).collect();
    let threads = relays::map_for_pairings(&visit.app.db, &keys).await?;
    let reasons = DeclineReason::ALL.map(|reason| {
        let many = of(Tab::No).filter(|pairing| pairing.decline_reason == Some(reason)).count();
        (reason, many)
    });
    Ok(DeskPage {
        id: need.id.0,
        tabs: tabs.into(),
        tab,
        pairings: shown.into_iter().filter_map(|pairing| on_desk(pairing, &need, &asfs, &threads)).collect(),
        declined: reasons.into_iter().filter(|(_, many)| *many > 0).collect(),
        may_change: need.source == "form" && need.status != NeedStatus::Closed,
        is_open: need.status != NeedStatus::Closed,
        closings: CLOSINGS,
        because: String::new(),
        errors: Vec::new(),
        status: need.status,
        title: need.title,
    })
}

fn on_desk(pairing: &Pairing, need: &Need, asfs: &[Asf], threads: &HashMap<PairingId, Relay>) -> Option<DeskPairing> {
    let asf = asfs.iter().find(|asf| asf.id == pairing.asf_id)?;
    let lot = need.lots.iter().find(|lot| lot.id == pairing.lot_id)?;
    let last = threads.get(&pairing.id).and_then(|relay| relay.lines.last());
    Some(DeskPairing {
        contact_href: format!("/behov/{}/kontakt?par={}", need.id.0, pairing.id.0),
        last_side: last.map(|line| line.side),
        asf_id: asf.id.0,
        asf: asf.name.clone(),
        lot: (need.lots.len() > 1).then(|| lot.work.title.clone()),
        strength: pairing.strength,
        why: pairing.reasons.clone().into(),
        objections: told_to_others(&pairing.objections),
        note: pairing.note.clone(),
    })
}

/// Why the need is closed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    because: String,
}

/// Closes the need: met, not met, or withdrawn.
pub async fn close(visit: Visit, Id(id): Id, Form(form): Form<CloseForm>) -> PageResult {
    let need = own(&visit, id).await?;
    let because = ClosedBecause::parse(&form.because).ok().filter(|because| CLOSINGS.contains(because));
    let Some(because) = because else {
        let mut page = desk_page(&visit, need, Tab::default()).await?;
        page.errors = field_errors(&visit, &[Rejection::new("because", "rejected-desk-because", &form.because)]);
        return visit.rejected("pages/need_desk/show.html", page);
    };
    service::needs::close(&visit.app, &visit.actor(), need.id, because).await?;
    Ok(Redirect::to(&format!("/behov/{id}")).into_response())
}

#[derive(Serialize)]
struct ChangePage {
    id: i64,
    form: NeedForm,
    version: String,
    errors: Vec<FieldError>,
    place_options: Vec<PlaceName>,
}

/// The form with what the need says now.
pub async fn ask_to_change(visit: Visit, Id(id): Id) -> PageResult {
    let need = changeable(&visit, id).await?;
    let page = ChangePage {
        id,
        version: service::needs::version(&need),
        form: NeedForm::of(&need),
        errors: Vec::new(),
        place_options: place_options(),
    };
    visit.page("pages/need_desk/change.html", page)
}

async fn changeable(visit: &Visit, id: i64) -> PageResult<Need> {
    let need = own(visit, id).await?;
    // What came from a notice or a file changes there.
    let may_change = need.source == "form" && need.status != NeedStatus::Closed;
    if may_change { Ok(need) } else { Err(PageError::Conflict) }
}

/// Changes the words of the need; who asks stays.
pub async fn change(visit: Visit, Id(id): Id, Form(form): Form<NeedForm>) -> PageResult {
    let need = changeable(&visit, id).await?;
    let now = visit.app.clock.now();
    let limits = legal_limits::on(&visit.app.db, local_date(now)).await?;
    let form = form.of_the_same_buyer(&need);
    match form.parse(visit.language, now, &limits) {
        Ok((new, _)) => {
            service::needs::change(&visit.app, &visit.actor(), need.id, &form.version, new).await?;
            Ok(Redirect::to(&format!("/behov/{id}")).into_response())
        }
        Err(rejections) => {
            let errors = field_errors(&visit, &rejections);
            let version = form.version.clone();
            let page = ChangePage { id, version, form, errors, place_options: place_options() };
            visit.rejected("pages/need_desk/change.html", page)
        }
    }
}
