//! Why a pairing was suggested, and what speaks against it, as data.
//! Pages, mails and the API turn the same values into sentences.

use serde::{Deserialize, Serialize};

use super::{pairing::Strength, place::PlaceFit, reservation::Reservation};

/// One thing that speaks for a pairing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Both name the same trade: the need in the words `theirs`, the ASF in the words `mine`.
    Concept {
        /// Identity in the thesaurus.
        concept: String,
        /// The ASF's word.
        mine: String,
        /// The need's word.
        theirs: String,
    },
    /// Both use the same word, or forms of it.
    Word {
        /// The ASF's word.
        mine: String,
        /// The need's word.
        theirs: String,
    },
    /// The codes lie in the same branch of the CPV tree.
    Code {
        /// The ASF's code.
        mine: String,
        /// The need's code.
        theirs: String,
        /// Shared digits, 3 to 8.
        digits: usize,
    },
    /// The place is served.
    Place {
        /// How it lies.
        fit: PlaceFit,
        /// Name of the place asked for.
        place: String,
    },
    /// The lot is reserved for enterprises such as this.
    Reserved {
        /// For whom.
        reservation: Reservation,
    },
    /// A coordinator added the ASF by hand.
    Added {
        /// Why, in the coordinator's words.
        why: String,
    },
}

/// One thing that speaks against a pairing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Objection {
    /// The place lies outside the area served, wholly or in part.
    Place {
        /// How it lies.
        fit: PlaceFit,
        /// Name of the place asked for.
        place: String,
    },
    /// Larger than the largest job the ASF takes.
    TooLarge {
        /// Value of the lot, SEK.
        value_sek: i64,
        /// Largest job, SEK.
        largest_sek: i64,
    },
    /// Fewer than five days to answer.
    ShortTime {
        /// Whole days left.
        days: i64,
    },
    /// The work begins before the ASF can.
    StartsBefore {
        /// First day the ASF can begin.
        earliest: chrono::NaiveDate,
    },
    /// Reserved for organisations of another kind; the ASF must check that it is one.
    ReservedForOthers {
        /// For whom.
        reservation: Reservation,
    },
    /// The ASF has answered that it does not do work of this kind.
    DeclinedWork {
        /// The need's word, or the class of its code.
        theirs: String,
    },
    /// The ASF has answered that the place is too far away.
    DeclinedPlace {
        /// Name of the place asked for.
        place: String,
    },
    /// Only a part of what is asked is named by the ASF.
    PartOnly,
}

/// Those that anybody may read: what an ASF has answered before stays between it and staff.
pub fn told_to_others(objections: &[Objection]) -> Vec<Objection> {
    let is_answer = |o: &&Objection| matches!(o, Objection::DeclinedWork { .. } | Objection::DeclinedPlace { .. });
    objections.iter().filter(|objection| !is_answer(objection)).cloned().collect()
}

impl Reason {
    /// Whether this alone can carry a suggestion (a shared trade, word or code).
    pub fn is_evidence(&self) -> bool {
        matches!(self, Self::Concept { .. } | Self::Word { .. } | Self::Code { .. })
    }
}

/// How well a lot and an ASF suit each other, with everything that decided it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// 0 to 1, place included: the order of suggestions.
    pub score: f64,
    /// 0 to 1, place ignored: how well the work fits.
    pub topic: f64,
    /// `None` is a real answer: do not suggest.
    pub strength: Option<Strength>,
    /// For, strongest first.
    pub reasons: Vec<Reason>,
    /// Against, weightiest first.
    pub objections: Vec<Objection>,
}
