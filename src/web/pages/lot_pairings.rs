//! Who sees which suggestions and answers of a lot: staff all, the buyer all but who declined, an
//! ASF its own, others none.

use serde::Serialize;

use super::parts::Why;
use crate::domain::{
    asf::{Asf, AsfId},
    need::Need,
    pairing::{DeclineReason, Pairing, PairingState, Strength},
    reason::{Objection, told_to_others},
    user::User,
};

/// Who looks at a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Coordinator or operator.
    Staff,
    /// Whose need it is.
    Buyer,
    /// Somebody at an ASF.
    Asf(AsfId),
    /// Anybody else.
    Public,
}

impl Viewer {
    /// Who `user` is to this need.
    pub fn of(user: Option<&User>, need: &Need) -> Self {
        match user {
            Some(user) if user.role.is_staff() => Self::Staff,
            Some(user) if user.buyer_id == Some(need.buyer.id) => Self::Buyer,
            Some(User { asf_id: Some(asf), .. }) => Self::Asf(*asf),
            _ => Self::Public,
        }
    }

    /// Whether they may change the need and see its suggestions.
    pub fn is_owner(self) -> bool {
        matches!(self, Self::Staff | Self::Buyer)
    }

    /// Whether they may see a suggestion and its answer.
    pub fn sees(self, pairing: &Pairing) -> bool {
        match self {
            Self::Staff => true,
            Self::Buyer => pairing.state != PairingState::No,
            Self::Asf(asf) => pairing.asf_id == asf,
            Self::Public => false,
        }
    }
}

/// The pairings of one lot, as far as the viewer may see.
#[derive(Debug, Serialize)]
pub struct LotPairings {
    pairings: Vec<PairingOnPage>,
    declined: usize,
    declined_because: Vec<DeclineReason>,
}

#[derive(Debug, Serialize)]
struct PairingOnPage {
    asf_id: i64,
    asf: String,
    strength: Strength,
    state: PairingState,
    why: Why,
    objections: Vec<Objection>,
    decline_reason: Option<DeclineReason>,
    note: String,
    deal_href: Option<String>,
}

impl LotPairings {
    /// Keeps of `pairings` what the viewer may see.
    pub fn new<'a>(viewer: Viewer, pairings: impl Iterator<Item = &'a Pairing>, asfs: &[Asf]) -> Self {
        let (seen, hidden): (Vec<_>, Vec<_>) = pairings.partition(|pairing| viewer.sees(pairing));
        let declined: Vec<_> = match viewer {
            Viewer::Buyer => hidden.into_iter().filter(|pairing| pairing.state == PairingState::No).collect(),
            _ => Vec::new(),
        };
        let mut declined_because: Vec<DeclineReason> = Vec::new();
        for reason in declined.iter().filter_map(|pairing| pairing.decline_reason) {
            if !declined_because.contains(&reason) {
                declined_because.push(reason);
            }
        }
        Self {
            pairings: seen.into_iter().filter_map(|pairing| on_page(viewer, pairing, asfs)).collect(),
            declined: declined.len(),
            declined_because,
        }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pairings.is_empty() && self.declined == 0
    }
}

fn on_page(viewer: Viewer, pairing: &Pairing, asfs: &[Asf]) -> Option<PairingOnPage> {
    let asf = asfs.iter().find(|asf| asf.id == pairing.asf_id)?;
    let may_record = matches!(viewer, Viewer::Staff | Viewer::Asf(_));
    let led_somewhere = matches!(pairing.state, PairingState::Yes | PairingState::Maybe);
    Some(PairingOnPage {
        asf_id: asf.id.0,
        asf: asf.name.clone(),
        strength: pairing.strength,
        state: pairing.state,
        why: pairing.reasons.clone().into(),
        objections: if may_record { pairing.objections.clone() } else { told_to_others(&pairing.objections) },
        decline_reason: pairing.decline_reason,
        note: pairing.note.clone(),
        deal_href: (may_record && led_somewhere).then(|| format!("/affar/{}", pairing.id.0)),
    })
}
