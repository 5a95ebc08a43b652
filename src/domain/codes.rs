//! Codes of the official list with their labels.

use serde::Serialize;

use super::cpv::Cpv;

/// A code and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeLabel {
    /// The code.
    pub code: Cpv,
    /// Swedish; empty when the list has none.
    pub label_sv: String,
    /// English; empty when the list has none.
    pub label_en: String,
}

impl CodeLabel {
    /// This label, completed from an earlier one where it says nothing in a language.
    pub fn completed_from(&self, earlier: &Self) -> Self {
        let chosen = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
        Self {
            code: self.code.clone(),
            label_sv: chosen(&self.label_sv, &earlier.label_sv),
            label_en: chosen(&self.label_en, &earlier.label_en),
        }
    }
}
