//! The lots of a need, with the suggestions and answers that the caller may see of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    gate::Caller,
    problem::ApiResult,
    why::{self, NamedPlace, Why},
};
use crate::{
    domain::{
        asf::Asf,
        need::{Lot, LotId, Need},
        pairing::{DeclineReason, Pairing, PairingState},
        reason::told_to_others,
    },
    store::{asf, pairings},
    web::pages::lot_pairings::Viewer,
    words::reasons::Voice,
};

/// One lot of a need.
#[derive(Debug, Serialize, ToSchema)]
pub struct LotAnswer {
    id: i64,
    title: String,
    text: String,
    /// CPV codes, eight digits.
    cpv: Vec<String>,
    places: Vec<NamedPlace>,
    /// Estimated value, SEK excluding VAT.
    value_sek: Option<i64>,
    /// Last instant to answer.
    deadline_at: Option<DateTime<Utc>>,
    start_on: Option<NaiveDate>,
    end_on: Option<NaiveDate>,
    /// Who it is reserved for; `none` for nobody.
    reservation: &'static str,
    /// Whether it can be answered now.
    is_open: bool,
    /// Why it is closed: `awarded`, `no_winner`, `cancelled` or `deadline`.
    closed_because: Option<&'static str>,
    /// Suggestions and answers; empty for those who may see none.
    pairings: Vec<LotPairing>,
    /// How many have declined, for its buyer.
    declined: usize,
    /// Why they did, each reason once.
    declined_because: Vec<&'static str>,
}

/// A suggestion of a lot.
#[derive(Debug, Serialize, ToSchema)]
pub struct LotPairing {
    id: i64,
    asf_id: i64,
    asf: String,
    /// `strong` or `possible`.
    strength: &'static str,
    /// `suggested`, `yes`, `maybe` or `no`.
    state: &'static str,
    reasons: Vec<Why>,
    objections: Vec<Why>,
    /// The ASF's line to the buyer.
    note: String,
}

/// The lots of a need as `viewer` may see them.
pub(super) async fn answers(caller: &Caller, need: &Need, viewer: Viewer) -> ApiResult<Vec<LotAnswer>> {
    let ids: Vec<LotId> = need.lots.iter().map(|lot| lot.id).collect();
    let all = match viewer {
        Viewer::Public => Vec::new(),
        _ => pairings::list_for_lots(&caller.app.db, &ids).await?,
    };
    let (seen, hidden): (Vec<Pairing>, Vec<Pairing>) = all.into_iter().partition(|pairing| viewer.sees(pairing));
    let asf_ids: Vec<_> = seen.iter().map(|pairing| pairing.asf_id).collect();
    let asfs = asf::list_by_ids(&caller.app.db, &asf_ids).await?;
    let told = Told { caller, viewer, seen, hidden, asfs };
    Ok(need.lots.iter().map(|lot| told.lot(lot)).collect())
}

/// What can be told of the lots of one need.
struct Told<'a> {
    caller: &'a Caller,
    viewer: Viewer,
    seen: Vec<Pairing>,
    hidden: Vec<Pairing>,
    asfs: Vec<Asf>,
}

impl Told<'_> {
    fn lot(&self, lot: &Lot) -> LotAnswer {
        let work = &lot.work;
        let declined = self.hidden.iter().filter(|pairing| {
            self.viewer == Viewer::Buyer && pairing.lot_id == lot.id && pairing.state == PairingState::No
        });
        let mut declined_because: Vec<&str> =
            declined.clone().filter_map(|pairing| pairing.decline_reason).map(DeclineReason::as_str).collect();
        declined_because.sort_unstable();
        declined_because.dedup();
        let seen = self.seen.iter().filter(|pairing| pairing.lot_id == lot.id);
        LotAnswer {
            id: lot.id.0,
            title: work.title.clone(),
            text: work.text.clone(),
            cpv: work.cpv.iter().map(ToString::to_string).collect(),
            places: why::places(&work.places),
            value_sek: work.value_sek,
            deadline_at: work.deadline_at,
            start_on: work.start_on,
            end_on: work.end_on,
            reservation: work.reservation.as_str(),
            is_open: lot.is_open(self.caller.app.clock.now()),
            closed_because: lot.closed.map(|closed| closed.because.as_str()),
            pairings: seen.filter_map(|pairing| self.pairing(pairing)).collect(),
            declined: declined.count(),
            declined_because,
        }
    }

    fn pairing(&self, pairing: &Pairing) -> Option<LotPairing> {
        let asf = self.asfs.iter().find(|asf| asf.id == pairing.asf_id)?;
        let voice = if matches!(self.viewer, Viewer::Asf(_)) { Voice::Asf } else { Voice::Other };
        // What an ASF declined before is its own business.
        let is_buyer = self.viewer == Viewer::Buyer;
        let objections = if is_buyer { told_to_others(&pairing.objections) } else { pairing.objections.clone() };
        Some(LotPairing {
            id: pairing.id.0,
            asf_id: asf.id.0,
            asf: asf.name.clone(),
            strength: pairing.strength.as_str(),
            state: pairing.state.as_str(),
            reasons: why::reasons(self.caller, voice, &pairing.reasons),
            objections: why::objections(self.caller, voice, &objections),
            note: pairing.note.clone(),
        })
    }
}
