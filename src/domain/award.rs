//! What a result says of a lot: whether somebody won it, and who.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    need::{LotId, NeedId},
    org_no::OrgNo,
    rejection::Rejection,
};

/// How the competition for a lot ended (BT-142).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At least one winner was chosen (`selec-w`).
    Won,
    /// Closed without a winner (`clos-nw`).
    NoWinner,
    /// No winner yet, and the competition goes on (`open-nw`), or a dynamic purchasing system that
    /// stays open after this purchase.
    GoesOn,
}

impl Outcome {
    /// Reads the code of BT-142.
    pub fn from_eforms(code: &str) -> Option<Self> {
        match code {
            "selec-w" => Some(Self::Won),
            "clos-nw" => Some(Self::NoWinner),
            "open-nw" => Some(Self::GoesOn),
            _ => None,
        }
    }
}

/// What kind of decision an award is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardKind {
    /// A contract or a place in a framework.
    Contract,
    /// Announced before it is signed, without competition (voluntary ex ante notice).
    Intended,
    /// A change of a contract that was awarded earlier; its value is not new business.
    Modification,
}

impl AwardKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Contract, Self::Intended, Self::Modification];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Intended => "intended",
            Self::Modification => "modification",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-award-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Rejection::new("kind", "rejected-award-kind", text))
    }
}

/// What a notice says became of one lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LotResult {
    /// The lot, for example `LOT-0001`.
    pub lot_no: String,
    /// How it ended.
    pub outcome: Outcome,
    /// One a winner; several in a framework with several suppliers.
    pub awards: Vec<NewAward>,
}

/// One winner of one lot, as a notice tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewAward {
    /// What kind of decision.
    pub kind: AwardKind,
    /// Name as the buyer writes it.
    pub winner_name: String,
    /// Organisation number, when the notice gives a Swedish one.
    pub winner_org_no: Option<OrgNo>,
    /// The notice's own number of the winning tender, `TEN-0001`; empty when it has none.
    pub tender_no: String,
    /// The tender was made together with others: its value is that of all of them.
    pub shared: bool,
    /// Value of the tender, SEK excluding VAT; in a framework what can be bought at most.
    pub value_sek: Option<i64>,
    /// The day of the decision, else of the contract.
    pub decided_on: Option<NaiveDate>,
}

impl NewAward {
    /// What makes two awards of a lot the same winner: the organisation number, else the name.
    pub fn winner_identity(&self) -> String {
        match &self.winner_org_no {
            Some(org_no) => format!("org:{}", org_no.as_str()),
            None => format!("name:{}", self.winner_name.trim().to_lowercase()),
        }
    }
}

/// A stored award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Identity in the database.
    pub id: AwardId,
    /// The need.
    pub need_id: NeedId,
    /// The lot.
    pub lot_id: LotId,
    /// Who won what.
    pub told: NewAward,
    /// The notice that told it last: `notice:<BT-701>/<BT-757>` or `ted:354339-2021`.
    pub notice_key: String,
    /// When it was first stored.
    pub recorded_at: DateTime<Utc>,
}

/// Identity of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AwardId(pub i64);
