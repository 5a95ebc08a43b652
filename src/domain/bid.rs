//! Answers to procurements: who bid, in what role, in what procedure, and when it came in (T4).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ledger::Parties, rejection::Rejection};

/// A bid, or the request to take part in a procurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bid {
    /// The ASF and the buyer. A group bid is told once for each of its members.
    pub parties: Parties,
    /// What was answered: notice id and lot, or diary number.
    pub procurement: String,
    /// How the ASF took part.
    pub role: BidRole,
    /// How the buyer bought.
    pub procedure: Procedure,
    /// When the buyer received it.
    pub received_at: DateTime<Utc>,
    /// Last instant to bid; none when the buyer set none.
    pub deadline_at: Option<DateTime<Utc>>,
}

impl Bid {
    /// Whether it came in time: the last instant itself is in time.
    pub fn is_in_time(&self) -> bool {
        self.deadline_at.is_none_or(|deadline| self.received_at <= deadline)
    }
}

/// How an ASF takes part in a bid (LOU 19 kap. 4–5 §§).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BidRole {
    /// Alone.
    Sole,
    /// Member of a group that bids together.
    Group,
    /// Somebody else relies on its capacity.
    Capacity,
    /// Works for the one who bids.
    Subcontractor,
}

impl BidRole {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Sole, Self::Group, Self::Capacity, Self::Subcontractor];

    /// Whether the ASF itself is a tenderer.
    pub fn is_tenderer(self) -> bool {
        matches!(self, Self::Sole | Self::Group)
    }

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sole => "sole",
            Self::Group => "group",
            Self::Capacity => "capacity",
            Self::Subcontractor => "subcontractor",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-bid-role` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("role", "rejected-bid-role", text))
    }
}

/// How a buyer buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// Advertised in a registered database.
    Advertised,
    /// A new round of competition within a framework.
    MiniCompetition,
    /// A specific procurement within a dynamic purchasing system.
    Dps,
    /// Admission to a dynamic purchasing system, which buys nothing yet.
    DpsAdmission,
    /// A written request below the limit for direct award.
    DirectAward,
}

impl Procedure {
    /// Every procedure.
    pub const ALL: [Self; 5] =
        [Self::Advertised, Self::MiniCompetition, Self::Dps, Self::DpsAdmission, Self::DirectAward];

    /// Whether an answer to it is a bid in the sense of the target (T4 d).
    pub fn is_competition(self) -> bool {
        matches!(self, Self::Advertised | Self::MiniCompetition | Self::Dps)
    }

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advertised => "advertised",
            Self::MiniCompetition => "mini_competition",
            Self::Dps => "dps",
            Self::DpsAdmission => "dps_admission",
            Self::DirectAward => "direct_award",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-procedure` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|procedure| procedure.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("procedure", "rejected-procedure", text))
    }
}
