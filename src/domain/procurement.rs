//! Procurements in which a public actor applied social considerations (T3), and how far it came.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ledger::Counterpart, rejection::Rejection, reservation::SocialConsideration};

/// A procurement, or the policy before it, as one actor's step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procurement {
    /// The public actor.
    pub actor: Counterpart,
    /// Identity of the procurement: notice id and lot, or diary number.
    pub key: String,
    /// How the actor takes part.
    pub part: Part,
    /// What the documents state, each accepted or not (T3 c).
    pub stated: Vec<Stated>,
    /// Last local day to bid, when there is one.
    pub deadline_on: Option<NaiveDate>,
    /// How far the actor has come.
    pub stage: Stage,
}

/// A procurement that was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// Key of the procurement.
    pub procurement: String,
}

/// How an actor takes part in a procurement (T3 d).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Named as the buyer.
    Buyer,
    /// Made a call-off of its own.
    CallOff,
    /// Only listed among those who may call off.
    Listed,
}

/// What the documents of a procurement state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// Work for people far from the labour market (17 kap. 1 § LOU; BT-775 `opp`).
    Employment,
    /// A clause on dialogue about employment.
    Dialogue,
    /// Counts when bids are compared.
    AwardCriterion,
    /// The lot is reserved.
    Reservation,
    /// A direct purchase whose record states the consideration.
    DirectPurchaseStated,
    /// A social objective without stated kind (BT-06 `soc-obj`): a person decides.
    Unclear,
    /// Pay, holiday and working time (17 kap. 2–5 §§ LOU): mandatory, so no sign of consideration.
    LabourTerms,
    /// The conventions of the ILO.
    IloTerms,
    /// A code of conduct.
    CodeOfConduct,
    /// Accessibility, gender or human rights alone.
    OtherRights,
}

impl Stated {
    /// Everything that can be stated, what is accepted first.
    pub const ALL: [Self; 10] = [
        Self::Employment,
        Self::Dialogue,
        Self::AwardCriterion,
        Self::Reservation,
        Self::DirectPurchaseStated,
        Self::Unclear,
        Self::LabourTerms,
        Self::IloTerms,
        Self::CodeOfConduct,
        Self::OtherRights,
    ];

    /// Whether it is a social consideration in the sense of the target.
    pub fn is_accepted(self) -> bool {
        matches!(
            self,
            Self::Employment | Self::Dialogue | Self::AwardCriterion | Self::Reservation | Self::DirectPurchaseStated
        )
    }

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Employment => "employment",
            Self::Dialogue => "dialogue",
            Self::AwardCriterion => "award_criterion",
            Self::Reservation => "reservation",
            Self::DirectPurchaseStated => "direct_purchase_stated",
            Self::Unclear => "unclear",
            Self::LabourTerms => "labour_terms",
            Self::IloTerms => "ilo_terms",
            Self::CodeOfConduct => "code_of_conduct",
            Self::OtherRights => "other_rights",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-stated` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|stated| stated.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("stated", "rejected-stated", text))
    }
}

impl From<SocialConsideration> for Stated {
    fn from(social: SocialConsideration) -> Self {
        match social {
            SocialConsideration::Employment => Self::Employment,
            SocialConsideration::Dialogue => Self::Dialogue,
            SocialConsideration::AwardCriterion => Self::AwardCriterion,
            SocialConsideration::Reservation => Self::Reservation,
            SocialConsideration::DirectPurchaseStated => Self::DirectPurchaseStated,
            SocialConsideration::Unclear => Self::Unclear,
        }
    }
}

/// The ladder of an actor (DOMAIN 4.3); D8 says from which step it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Decided, but not bought by it yet.
    Policy,
    /// Applied in a procurement.
    Applied,
    /// In a signed contract.
    Contracted,
    /// Followed up in the contract.
    FollowedUp,
}

impl Stage {
    /// Every step, lowest first.
    pub const ALL: [Self; 4] = [Self::Policy, Self::Applied, Self::Contracted, Self::FollowedUp];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Applied => "applied",
            Self::Contracted => "contracted",
            Self::FollowedUp => "followed_up",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-stage` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|stage| stage.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("stage", "rejected-stage", text))
    }
}
