//! Official notices: which of a procedure's notices this is, and the names that a need goes by.

use serde::{Deserialize, Serialize};

use super::{award::LotResult, rejection::Rejection};

/// What a notice is for (BT-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeForm {
    /// An early signal: no bid yet.
    Planning,
    /// Bids or requests to take part are wanted.
    Competition,
    /// The whole notice again, changed (BT-758), or only what changes (older format).
    Change,
    /// Who won, or that nobody did.
    Result,
    /// Who will get a contract without competition (voluntary ex ante notice).
    Voluntary,
    /// A contract that was awarded earlier changes.
    Modification,
}

impl NoticeForm {
    /// Every form.
    pub const ALL: [Self; 6] =
        [Self::Planning, Self::Competition, Self::Change, Self::Result, Self::Voluntary, Self::Modification];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Competition => "competition",
            Self::Change => "change",
            Self::Result => "result",
            Self::Voluntary => "voluntary",
            Self::Modification => "modification",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-notice-form` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|form| form.as_str() == text)
            .ok_or_else(|| Rejection::new("form", "rejected-notice-form", text))
    }

    /// Whether it comes when the competition is over: it closes lots and leaves their words alone.
    pub fn is_outcome(self) -> bool {
        matches!(self, Self::Result | Self::Voluntary | Self::Modification)
    }
}

/// What a notice says about itself, and about the end of its procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewNotice {
    /// Its own identity, one a version: `notice:<BT-701>/<BT-757>` or `ted:354339-2021`.
    pub key: NeedKey,
    /// What it is for.
    pub form: NoticeForm,
    /// Number of the version (BT-757); decides between two of the same moment.
    pub version: u32,
    /// The notice that it changes (BT-758).
    pub changes: Option<NeedKey>,
    /// The whole procedure is called off (BT-140 `cancel`).
    pub cancels: bool,
    /// Planning notices that it follows (BT-125): their early signal becomes this need.
    pub follows: Vec<NeedKey>,
    /// What became of its lots.
    pub results: Vec<LotResult>,
    /// What changes, when the notice does not repeat the rest.
    pub corrections: Vec<Correction>,
}

/// One place that a notice of the older format changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The lot, or empty for the whole notice.
    pub lot_no: String,
    /// The new deadline.
    pub deadline_at: Option<chrono::DateTime<chrono::Utc>>,
    /// New words: the old ones and those that take their place.
    pub replaced: Option<(String, String)>,
}

/// A name that a need goes by. Two needs that share one are the same need, whatever their source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct NeedKey(String);

impl NeedKey {
    /// The procedure (BT-04).
    pub fn procedure(id: &str) -> Self {
        Self(format!("procedure:{}", id.trim().to_lowercase()))
    }

    /// One version of a notice (BT-701 and BT-757).
    pub fn notice(id: &str, version: u32) -> Self {
        Self(format!("notice:{}/{version}", id.trim().to_lowercase()))
    }

    /// A publication number in TED: `00173914-2024`, `173914-2024` or `2024/S 059-173914`.
    /// `None` when it is none.
    pub fn ted(number: &str) -> Option<Self> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (serial, year) = match number.trim().split_once("/S ") {
            Some((year, rest)) => (rest.rsplit_once('-')?.1, year),
            None => number.trim().split_once('-')?,
        };
        let serial = serial.trim_start_matches('0');
        (digits(serial) && digits(year) && year.len() == 4 && serial.len() <= 8)
            .then(|| Self(format!("ted:{serial}-{year}")))
    }

    /// The number that the Swedish statistics authority gives a procurement (upphandlings-ID).
    /// `None` when nothing is left of it.
    pub fn upphandling(id: &str) -> Option<Self> {
        let id: String = id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '/')).collect();
        (!id.is_empty()).then(|| Self(format!("upphandling:{}", id.to_uppercase())))
    }

    /// The stored form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_number_is_the_same_however_it_is_written() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(NeedKey::ted(text).as_ref().map(NeedKey::as_str), expected, "{text}");
        };
        check("00173914-2024", Some("ted:173914-2024"));
        check(" 173914-2024 ", Some("ted:173914-2024"));
        check("2024/S 059-173914", Some("ted:173914-2024"));
        for text in ["", "173914", "-2024", "abc-2024", "173914-24", "2024/S 059"] {
            check(text, None);
        }
    }
}
