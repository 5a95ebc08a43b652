//! Reserved procurement and social considerations (LOU, SFS 2016:1145).

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;

/// Who a lot is reserved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reservation {
    /// Open to everybody.
    #[default]
    None,
    /// 4 kap. 18 § p. 1: sheltered workshops and integration enterprises (eForms BT-71 `res-ws`).
    ShelteredOrIntegration,
    /// 4 kap. 18 § p. 2: performed in a programme for sheltered employment (BT-736 `yes`).
    ShelteredProgramme,
    /// 19 kap. 25 §: organisations with participation (BT-71 `res-pub-ser`).
    Participatory,
    /// 19 kap. 25 a §: idéburna organisations; has no eForms code.
    Nonprofit,
}

impl Reservation {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::None, Self::ShelteredOrIntegration, Self::ShelteredProgramme, Self::Participatory, Self::Nonprofit];

    /// The stored and written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ShelteredOrIntegration => "sheltered_or_integration",
            Self::ShelteredProgramme => "sheltered_programme",
            Self::Participatory => "participatory",
            Self::Nonprofit => "nonprofit",
        }
    }

    /// Reads the written form; empty is no reservation.
    ///
    /// # Errors
    /// `rejected-reservation` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let word = text.trim();
        if word.is_empty() {
            return Ok(Self::None);
        }
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| Rejection::new("reservation", "rejected-reservation", text))
    }

    /// Reads BT-71 and BT-736 of a lot; a reservation of participation is the stronger one.
    pub fn from_eforms(participation: &[String], execution: Option<&str>) -> Self {
        let has = |code: &str| participation.iter().any(|c| c == code);
        if has("res-ws") {
            Self::ShelteredOrIntegration
        } else if has("res-pub-ser") {
            Self::Participatory
        } else if execution == Some("yes") {
            Self::ShelteredProgramme
        } else {
            Self::None
        }
    }
}

/// A social consideration in a procurement; labour-law terms are never one (17 kap. 2–5 §§ LOU).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SocialConsideration {
    /// Work for long-term unemployed or disadvantaged (17 kap. 1 §; BT-775 `opp`).
    Employment,
    /// A clause on dialogue about employment.
    Dialogue,
    /// Counts when bids are compared.
    AwardCriterion,
    /// The lot is reserved.
    Reservation,
    /// A direct purchase whose record states the consideration.
    DirectPurchaseStated,
    /// A social objective of another or no stated kind (BT-06 `soc-obj` without `opp`): a person decides.
    Unclear,
}
