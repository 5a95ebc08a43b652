//! A pairing: one lot and one ASF that may suit each other, and what became of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    asf::AsfId,
    need::LotId,
    reason::{Objection, Reason},
    rejection::Rejection,
};

/// How sure a suggestion is. Nothing weaker is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Worth a look: a part of the work, or less certain.
    Possible,
    /// The ASF says it does just this.
    Strong,
}

impl Strength {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Strong => "strong",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-strength` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        [Self::Possible, Self::Strong]
            .into_iter()
            .find(|strength| strength.as_str() == text)
            .ok_or_else(|| Rejection::new("strength", "rejected-strength", text))
    }
}

/// What the ASF answered, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairingState {
    /// Found by the matcher, unanswered.
    Suggested,
    /// The ASF wants it.
    Yes,
    /// The ASF is thinking.
    Maybe,
    /// The ASF declined.
    No,
    /// No longer fits, after a change on either side.
    Withdrawn,
}

impl PairingState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Suggested, Self::Yes, Self::Maybe, Self::No, Self::Withdrawn];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Yes => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-pairing-state` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| Rejection::new("state", "rejected-pairing-state", text))
    }

    /// Whether the ASF has said something; the matcher then leaves the pairing alone.
    pub fn is_answered(self) -> bool {
        matches!(self, Self::Yes | Self::Maybe | Self::No)
    }
}

/// Why an ASF declines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// We do not do that work.
    WrongWork,
    /// More than we can take on.
    TooLarge,
    /// Too far away.
    WrongPlace,
    /// Not now.
    NoTime,
    /// Something else.
    Other,
}

impl DeclineReason {
    /// Every reason, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::WrongWork, Self::TooLarge, Self::WrongPlace, Self::NoTime, Self::Other];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongWork => "wrong_work",
            Self::TooLarge => "too_large",
            Self::WrongPlace => "wrong_place",
            Self::NoTime => "no_time",
            Self::Other => "other",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-decline-reason` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or_else(|| Rejection::new("reason", "rejected-decline-reason", text))
    }
}

/// An answer as read from the answer page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Yes, maybe or no.
    pub state: PairingState,
    /// Why not; only with no.
    pub decline_reason: Option<DeclineReason>,
    /// A line to the buyer, or empty.
    pub note: String,
}

impl Answer {
    /// Longest note, in characters.
    pub const NOTE_CHARS: usize = 1000;

    /// Reads the fields of the answer form.
    ///
    /// # Errors
    /// `rejected-answer` for anything but yes, maybe and no; `rejected-decline-reason` when a no
    /// has no known reason; `rejected-note-length` for a longer note than [`Self::NOTE_CHARS`].
    pub fn parse(answer: &str, reason: &str, note: &str) -> Result<Self, Rejection> {
        let state = match answer {
            "yes" => PairingState::Yes,
            "maybe" => PairingState::Maybe,
            "no" => PairingState::No,
            other => return Err(Rejection::new("answer", "rejected-answer", other)),
        };
        let decline_reason = match state {
            PairingState::No => Some(DeclineReason::parse(reason)?),
            _ => None,
        };
        let note = note.trim().to_owned();
        if note.chars().count() > Self::NOTE_CHARS {
            return Err(Rejection::new("note", "rejected-note-length", &note));
        }
        Ok(Self { state, decline_reason, note })
    }
}

/// What must follow from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerEffect {
    /// The same answer again: nothing.
    Nothing,
    /// Recorded; nobody is told.
    Recorded,
    /// Recorded, and both sides are introduced by mail for the first time.
    Introduce,
}

/// A stored pairing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// Identity in the database.
    pub id: PairingId,
    /// The lot.
    pub lot_id: LotId,
    /// The ASF.
    pub asf_id: AsfId,
    /// 0 to 1; only for ranking.
    pub score: f64,
    /// Strong or possible.
    pub strength: Strength,
    /// Why it fits.
    pub reasons: Vec<Reason>,
    /// What speaks against.
    pub objections: Vec<Objection>,
    /// Where it stands.
    pub state: PairingState,
    /// Why declined.
    pub decline_reason: Option<DeclineReason>,
    /// The ASF's line to the buyer.
    pub note: String,
    /// When both sides were introduced.
    pub introduced_at: Option<DateTime<Utc>>,
    /// When the answer came.
    pub answered_at: Option<DateTime<Utc>>,
}

impl Pairing {
    /// Takes an answer; the last one stands, and an introduction happens once.
    pub fn respond(&mut self, answer: &Answer, now: DateTime<Utc>) -> AnswerEffect {
        let same =
            self.state == answer.state && self.decline_reason == answer.decline_reason && self.note == answer.note;
        if same {
            return AnswerEffect::Nothing;
        }
        self.state = answer.state;
        self.decline_reason = answer.decline_reason;
        self.note = answer.note.clone();
        self.answered_at = Some(now);
        if self.state == PairingState::Yes && self.introduced_at.is_none() {
            self.introduced_at = Some(now);
            AnswerEffect::Introduce
        } else {
            AnswerEffect::Recorded
        }
    }
}

/// Identity of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PairingId(pub i64);
