//! Amounts of the law on public procurement (LOU, SFS 2016:1145) on one day. They change every other year, so
//! they are rows with dates; where there is none for the day, nothing is advised that rests on it.

use std::collections::HashMap;

use serde::Serialize;

/// What an amount limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Direct award is below this (19 a kap. 2 §).
    DirectAward,
    /// Above this the procurement is documented (19 a kap. 11 §).
    Documentation,
    /// The EU threshold of the state.
    EuState,
    /// The EU threshold of municipalities, regions and others.
    EuOther,
    /// The EU threshold of works.
    EuWorks,
    /// The EU threshold of the services of annex 2.
    EuAnnex2,
}

impl LimitKind {
    /// Reads the stored form.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "direct_award" => Some(Self::DirectAward),
            "documentation" => Some(Self::Documentation),
            "eu_state" => Some(Self::EuState),
            "eu_other" => Some(Self::EuOther),
            "eu_works" => Some(Self::EuWorks),
            "eu_annex_2" => Some(Self::EuAnnex2),
            _ => None,
        }
    }
}

/// The amounts of one day, SEK excluding VAT.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits(HashMap<LimitKind, i64>);

impl Limits {
    /// Of rows in the order they came into force: the latest of a kind holds.
    pub fn new(rows: impl Iterator<Item = (LimitKind, i64)>) -> Self {
        Self(rows.collect())
    }

    /// The amount; none when no row holds on the day.
    pub fn sek(&self, kind: LimitKind) -> Option<i64> {
        self.0.get(&kind).copied()
    }
}
