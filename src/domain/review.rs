//! What a coordinator says of a need or a profile that waits: yes, change this, or no.

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;

/// Whether a profile is shown, matched and mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Yes.
    Approved,
    /// Nobody has looked at it, or it waits for a change that was asked for.
    Waiting,
    /// A coordinator said no.
    Rejected,
}

impl Approval {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Waiting => "waiting",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-approval` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = [Self::Approved, Self::Waiting, Self::Rejected].into_iter().find(|known| known.as_str() == text);
        known.ok_or_else(|| Rejection::new("approval", "rejected-approval", text))
    }
}

/// What the coordinator says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Yes.
    Approve,
    /// Please change this first.
    Change,
    /// No.
    Reject,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Approve, Self::Change, Self::Reject];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Change => "change",
            Self::Reject => "reject",
        }
    }
}

/// A verdict with the coordinator's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What.
    pub verdict: Verdict,
    /// The words that the other reads; none are needed for a yes.
    pub words: String,
}

impl Review {
    /// Longest words, in characters.
    const WORDS_CHARS: usize = 1000;

    /// Reads the fields of the form.
    ///
    /// # Errors
    /// `rejected-verdict` without a choice; `rejected-review-words` when a change or a no is said without words;
    /// `rejected-review-length` for too many.
    pub fn parse(verdict: &str, words: &str) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let verdict = Verdict::ALL.into_iter().find(|known| known.as_str() == verdict.trim());
        if verdict.is_none() {
            wrong.push(Rejection::new("verdict", "rejected-verdict", ""));
        }
        let words = words.trim().to_owned();
        if words.is_empty() && matches!(verdict, Some(Verdict::Change | Verdict::Reject)) {
            wrong.push(Rejection::new("words", "rejected-review-words", ""));
        }
        if words.chars().count() > Self::WORDS_CHARS {
            wrong.push(Rejection::new("words", "rejected-review-length", &words));
        }
        match verdict {
            Some(verdict) if wrong.is_empty() => Ok(Self { verdict, words }),
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_and_a_change_need_words_and_a_yes_does_not() {
        let rules = |verdict, words: &str| match Review::parse(verdict, words) {
            Ok(_) => Vec::new(),
            Err(wrong) => wrong.iter().map(|rejection| rejection.rule).collect(),
        };
        assert!(rules("approve", "").is_empty() && rules("change", "Skriv mer").is_empty());
        assert_eq!(rules("", ""), ["rejected-verdict"]);
        assert_eq!(rules("change", " "), ["rejected-review-words"]);
        assert_eq!(rules("reject", ""), ["rejected-review-words"]);
        assert_eq!(rules("approve", &"å".repeat(1001)), ["rejected-review-length"]);
    }
}
