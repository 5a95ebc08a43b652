//! What a told fact rests on, and how sure it makes us (DOMAIN C3).

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;

/// What a fact rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// How sure it makes us.
    pub level: EvidenceLevel,
    /// Invoice number, diary number, notice and lot; empty when there is none.
    pub reference: String,
}

impl Evidence {
    /// Evidenced by a reference; only claimed when it is empty.
    pub fn by_reference(reference: &str) -> Self {
        let level = if reference.is_empty() { EvidenceLevel::Claimed } else { EvidenceLevel::Evidenced };
        Self { level, reference: reference.to_owned() }
    }
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceLevel {
    /// One side says so.
    Claimed,
    /// There is a document.
    Evidenced,
    /// The other side or an official source agrees.
    Confirmed,
}

impl EvidenceLevel {
    /// The stored form: 0, 1, 2.
    pub fn number(self) -> i32 {
        match self {
            Self::Claimed => 0,
            Self::Evidenced => 1,
            Self::Confirmed => 2,
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-evidence-level` for any other number.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        match text.trim() {
            "0" => Ok(Self::Claimed),
            "1" => Ok(Self::Evidenced),
            "2" => Ok(Self::Confirmed),
            _ => Err(Rejection::new("evidence_level", "rejected-evidence-level", text)),
        }
    }
}
