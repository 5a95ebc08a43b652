//! Which of several language versions of a text is read. What a version says about its language is
//! only believed when its words do not say otherwise.

use crate::domain::{language::TextLanguage, need::NewLot};

/// One version of a text: its declared language, and the cleaned text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) declared: TextLanguage,
    pub(super) text: String,
}

impl Version {
    /// The language that the words are in, else the declared one.
    pub(super) fn language(&self) -> TextLanguage {
        TextLanguage::detect(&self.text).unwrap_or(self.declared)
    }
}

/// The Swedish version, else the one declared in the language of the notice, else an English one, else the first.
pub(super) fn pick(versions: Vec<Version>, notice: TextLanguage) -> Option<Version> {
    let mut filled: Vec<Version> = versions.into_iter().filter(|version| !version.text.is_empty()).collect();
    let by = |wanted: &dyn Fn(&Version) -> bool| filled.iter().position(wanted);
    let is_swedish = |version: &Version| version.language() == TextLanguage::Sv;
    let at = by(&|version| version.declared == TextLanguage::Sv && is_swedish(version))
        .or_else(|| by(&is_swedish))
        .or_else(|| by(&|version| version.declared == notice))
        .or_else(|| by(&|version| version.language() == TextLanguage::En))
        .unwrap_or(0);
    (at < filled.len()).then(|| filled.swap_remove(at))
}

/// The language of a need: that of its title and text, else of its lots, else the declared one.
///
/// A Swedish notice may describe a machine in English.
pub(super) fn of_need(title: &str, text: &str, lots: &[NewLot], declared: TextLanguage) -> TextLanguage {
    /// Lots that are looked at.
    const LOOKED_AT: usize = 5;
    let lots = || lots.iter().take(LOOKED_AT).flat_map(|lot| [lot.title.as_str(), lot.text.as_str()]);
    TextLanguage::detect(&format!("{title} {text}"))
        .or_else(|| TextLanguage::detect(&lots().collect::<Vec<_>>().join(" ")))
        .unwrap_or(declared)
}
