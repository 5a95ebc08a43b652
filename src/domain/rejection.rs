//! Why a piece of input was refused, in words that can be shown in any language.
//! The sentences themselves are in `templates/locales`.

use std::fmt;

/// A refused value: which field, which rule (a message id of the locales), and what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Rejection {
    /// Column or form field, as the user knows it.
    pub field: &'static str,
    /// Message id in the locales, for example `rejected-org-no`.
    pub rule: &'static str,
    /// What was written, cut to a length that fits on a line.
    pub value: String,
}

impl Rejection {
    /// Longest part of a refused value that is repeated back, in characters.
    const SHOWN_CHARS: usize = 60;

    /// A refusal of `value` in `field` by `rule`.
    pub fn new(field: &'static str, rule: &'static str, value: &str) -> Self {
        let value = value.chars().filter(|c| !c.is_control()).take(Self::SHOWN_CHARS).collect();
        Self { field, rule, value }
    }
}

/// The technical form, for logs and the command line: `org_no: rejected-org-no ("55")`.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (\"{}\")", self.field, self.rule, self.value)
    }
}
