//! What is told of the parties themselves: what a public actor is and which group it belongs to,
//! and who lets its name be shown.

use serde::{Deserialize, Serialize};

use super::{asf::AsfId, org_no::OrgNo, rejection::Rejection};

/// What a public actor is, and the group it belongs to, from the entry's day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicActor {
    /// The actor.
    pub org_no: OrgNo,
    /// What it is.
    pub kind: PublicActorKind,
    /// The actor whose group it is part of: the municipality of a municipal company.
    pub group: Option<OrgNo>,
}

/// Kinds of public actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicActorKind {
    /// Kommun.
    Municipality,
    /// Kommunalt bolag.
    MunicipalCompany,
    /// Region.
    Region,
    /// Statlig myndighet.
    State,
    /// Kommunalförbund eller gemensam nämnd.
    JointBody,
    /// Offentligt styrt organ.
    GovernedBody,
}

impl PublicActorKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Municipality, Self::MunicipalCompany, Self::Region, Self::State, Self::JointBody, Self::GovernedBody];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::MunicipalCompany => "municipal_company",
            Self::Region => "region",
            Self::State => "state",
            Self::JointBody => "joint_body",
            Self::GovernedBody => "governed_body",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-actor-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("actor_kind", "rejected-actor-kind", text))
    }
}

/// Whether a party's name may be shown to everybody (C11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Who.
    pub party: Party,
    /// From the entry's day on.
    pub answer: ConsentAnswer,
}

/// One of the two sides of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// An ASF.
    Asf(AsfId),
    /// Another organisation.
    Organisation(OrgNo),
}

/// What a party answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentAnswer {
    /// The name may be shown.
    Given,
    /// It may no longer be shown.
    Withdrawn,
}
