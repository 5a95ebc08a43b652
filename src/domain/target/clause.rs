//! The clauses that keep things from counting. Whatever does not count names one of them (C12).

use serde::{Serialize, Serializer};

/// A clause of DOMAIN section 4 that can keep an item from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clause {
    /// No net pay for anything sold: credited, or a grant, gift or loan.
    C4,
    /// The other side has no organisation number, so nobody can tell who it is.
    C5,
    /// The ASF was not in the county.
    C6,
    /// The other side is no private company.
    T1a,
    /// The first income is not in the period.
    T1b,
    /// There was income between them in the look-back.
    T1c,
    /// They have a common owner or control.
    T1d,
    /// There is no evidence.
    T1e,
    /// Ordered in the period, not invoiced by the end of the follow-up.
    T1f,
    /// An award decision, an admission or a letter of intent is no agreement.
    T2,
    /// The other side is not public.
    T2a,
    /// No agreement was signed in the period.
    T2b,
    /// It goes on from an earlier one, without a new award.
    T2c,
    /// No income yet, and no firm price.
    T2d,
    /// There is no evidence.
    T2e,
    /// A partnership (IOP) that pays for no performance.
    T2f,
    /// Agreements on placements do not count, by decision.
    D7,
    /// The actor has not come so far on the ladder.
    D8,
    /// The other side is excluded by decision.
    D12,
    /// The actor applied social considerations before.
    D13,
    /// The actor is not public.
    T3,
    /// The procurement did not start in the period.
    T3a,
    /// The procurement was cancelled before the deadline.
    T3b,
    /// No accepted social consideration.
    T3c,
    /// The actor is neither buyer nor made a call-off of its own.
    T3d,
    /// There is no evidence.
    T3e,
    /// The ASF was no tenderer itself.
    T4a,
    /// The bid came too late.
    T4b,
    /// The bid was not received in the period.
    T4c,
    /// No advertised procurement, mini-competition or specific procurement.
    T4d,
    /// There is no evidence.
    T4e,
    /// The support actor is not on the list.
    T5a,
    /// No individual contact in the period.
    T5b,
    /// No increase of income after the contact.
    T5c,
    /// It would have happened all the same, or nobody else agrees.
    T5d,
    /// There is no evidence.
    T5e,
    /// The income supports another case.
    T5f,
}

impl Clause {
    /// The written form, as in DOMAIN: `C4`, `T1a`.
    pub fn code(self) -> &'static str {
        match self {
            Self::C4 => "C4",
            Self::C5 => "C5",
            Self::C6 => "C6",
            Self::T1a => "T1a",
            Self::T1b => "T1b",
            Self::T1c => "T1c",
            Self::T1d => "T1d",
            Self::T1e => "T1e",
            Self::T1f => "T1f",
            Self::T2 => "T2",
            Self::T2a => "T2a",
            Self::T2b => "T2b",
            Self::T2c => "T2c",
            Self::T2d => "T2d",
            Self::T2e => "T2e",
            Self::T2f => "T2f",
            Self::D7 => "D7",
            Self::D8 => "D8",
            Self::D12 => "D12",
            Self::D13 => "D13",
            Self::T3 => "T3",
            Self::T3a => "T3a",
            Self::T3b => "T3b",
            Self::T3c => "T3c",
            Self::T3d => "T3d",
            Self::T3e => "T3e",
            Self::T4a => "T4a",
            Self::T4b => "T4b",
            Self::T4c => "T4c",
            Self::T4d => "T4d",
            Self::T4e => "T4e",
            Self::T5a => "T5a",
            Self::T5b => "T5b",
            Self::T5c => "T5c",
            Self::T5d => "T5d",
            Self::T5e => "T5e",
            Self::T5f => "T5f",
        }
    }

    /// Whether only evidence is missing.
    pub fn is_evidence(self) -> bool {
        matches!(self, Self::T1e | Self::T2e | Self::T3e | Self::T4e | Self::T5e)
    }
}

impl Serialize for Clause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
