//! How far pairings have come, as the coordinator's board sorts them, and what the board is asked for.

use serde::{Deserialize, Serialize};

use super::{place::Place, rejection::Rejection, schedule::IsoWeek};

/// How far a pairing has come. Each pairing that still stands is at one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Found, and not mailed yet.
    Suggested,
    /// Mailed, and not answered yet.
    Mailed,
    /// The ASF wants it; the two are not introduced yet.
    Yes,
    /// The ASF is thinking.
    Maybe,
    /// The ASF declined.
    No,
    /// The ASF wants it and knows the buyer; nothing is told of what it led to.
    Introduced,
    /// The ledger has been told something of it.
    Deal,
}

impl Stage {
    /// Every stage, in the order of the board.
    pub const ALL: [Self; 7] =
        [Self::Suggested, Self::Mailed, Self::Yes, Self::Maybe, Self::No, Self::Introduced, Self::Deal];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Mailed => "mailed",
            Self::Yes => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
            Self::Introduced => "introduced",
            Self::Deal => "deal",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-board-stage` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|stage| stage.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("lage", "rejected-board-stage", text))
    }
}

/// What the board is asked for; empty asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// A part of the ASF's name.
    pub asf: String,
    /// A part of the buyer's name.
    pub buyer: String,
    /// Only what stood in a digest of this week.
    pub week: Option<IsoWeek>,
    /// Only what is done in this municipality or county.
    pub place: Option<Place>,
    /// Only what has been at its stage for so many days.
    pub waited_days: Option<i64>,
    /// Only what somebody should ask about: a mailed need that can still be answered, or a yes that nobody has
    /// said anything more of.
    pub is_silent: bool,
}

/// Days after which a mailed need without an answer is asked about.
pub const SILENT_AFTER_MAIL: i64 = 10;
/// Days after which a yes that led to nothing is asked about.
pub const SILENT_AFTER_YES: i64 = 30;

impl BoardFilter {
    /// Mailed, still open, and not answered.
    pub fn unanswered() -> Self {
        Self { stage: Some(Stage::Mailed), waited_days: Some(SILENT_AFTER_MAIL), is_silent: true, ..Self::default() }
    }

    /// Introduced, and nothing told since.
    pub fn without_deal() -> Self {
        Self { stage: Some(Stage::Introduced), waited_days: Some(SILENT_AFTER_YES), is_silent: true, ..Self::default() }
    }
}

/// Longest part of a name that is looked for, in characters.
const NAME_CHARS: usize = 100;
/// Longest wait that can be asked for, in days: ten years.
const MOST_DAYS: i64 = 3_660;

impl BoardFilter {
    /// Reads the fields of the form; empty fields ask for nothing.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(fields: &BoardFields) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let stage = read(&fields.lage, Stage::parse, &mut wrong);
        let in_field = |field: &'static str| move |rejection: Rejection| Rejection { field, ..rejection };
        let week = read(&fields.vecka, |text| IsoWeek::parse(text).map_err(in_field("vecka")), &mut wrong);
        let place = read(&fields.plats, |text| Place::parse(text).map_err(in_field("plats")), &mut wrong);
        let days = |text: &str| match text.parse::<i64>() {
            Ok(days) if (0..=MOST_DAYS).contains(&days) => Ok(days),
            _ => Err(Rejection::new("dagar", "rejected-board-days", text)),
        };
        let waited_days = read(&fields.dagar, days, &mut wrong);
        for (field, name) in [("asf", &fields.asf), ("kopare", &fields.kopare)] {
            if name.chars().count() > NAME_CHARS {
                wrong.push(Rejection::new(field, "rejected-board-name", name));
            }
        }
        let (asf, buyer) = (fields.asf.trim().to_owned(), fields.kopare.trim().to_owned());
        if wrong.is_empty() {
            let is_silent = !fields.tyst.trim().is_empty();
            Ok(Self { stage, asf, buyer, week, place, waited_days, is_silent })
        } else {
            Err(wrong)
        }
    }
}

/// The fields of the board's form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardFields {
    /// Stage.
    pub lage: String,
    /// Part of the ASF's name.
    pub asf: String,
    /// Part of the buyer's name.
    pub kopare: String,
    /// Week, `YYYY-Www`.
    pub vecka: String,
    /// Code of a place.
    pub plats: String,
    /// Days at the stage.
    pub dagar: String,
    /// Anything: only what somebody should ask about.
    pub tyst: String,
}

fn read<T>(text: &str, parse: impl FnOnce(&str) -> Result<T, Rejection>, wrong: &mut Vec<Rejection>) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    parse(text).map_err(|rejection| wrong.push(rejection)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(lage: &str, vecka: &str, plats: &str, dagar: &str) -> BoardFields {
        let own = str::to_owned;
        BoardFields { lage: own(lage), vecka: own(vecka), plats: own(plats), dagar: own(dagar), ..Default::default() }
    }

    #[test]
    fn empty_fields_ask_for_all_and_each_wrong_one_is_named() {
        assert_eq!(BoardFilter::parse(&BoardFields::default()), Ok(BoardFilter::default()));
        let read = BoardFilter::parse(&fields("no", " 2026-W48 ", "0680", "10")).unwrap();
        assert_eq!((read.stage, read.waited_days), (Some(Stage::No), Some(10)));
        assert_eq!(read.week.unwrap().to_string(), "2026-W48");
        let wrong = BoardFilter::parse(&fields("gone", "2026-48", "!!", "-1")).unwrap_err();
        let named: Vec<_> = wrong.iter().map(|rejection| rejection.field).collect();
        assert_eq!(named, ["lage", "vecka", "plats", "dagar"]);
        let long = BoardFields { asf: "a".repeat(101), ..Default::default() };
        assert_eq!(BoardFilter::parse(&long).unwrap_err()[0].field, "asf");
    }
}
