//! Support from the business-support system: contacts on a matter, and what came of it (T5).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{asf::AsfId, place::Place, rejection::Rejection};

/// A contact between an ASF and a support actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportContact {
    /// Who was supported with what, by whom.
    pub case: Case,
    /// Seat and workplaces of the ASF on the day.
    pub asf_places: Vec<Place>,
    /// Whether it concerned this ASF alone.
    pub form: ContactForm,
    /// What kind of support.
    pub kind: SupportKind,
}

/// What makes several contacts one case: the ASF, the actor and the matter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Case {
    /// The ASF.
    pub asf: AsfId,
    /// The support actor, as on the list of actors (D14).
    pub actor: String,
    /// The matter, in a few words.
    pub matter: String,
}

/// What is said to have come of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportOutcome {
    /// The case.
    pub case: Case,
    /// Where the increase shows.
    pub increase: Increase,
    /// What the ASF says of it.
    pub without: Without,
    /// Who agrees.
    pub agreed_by: Option<AgreedBy>,
}

/// Where an increase of income shows (T5 c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Increase {
    /// A new stream of income: keys of incomes, or of agreements whose incomes they are.
    NewStream(Vec<String>),
    /// All income of two comparable periods.
    Periods(Periods),
}

/// Two periods of the same length, at the same season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periods {
    /// First day of the earlier.
    pub before: NaiveDate,
    /// First day of the later.
    pub after: NaiveDate,
    /// Length of each.
    pub months: u32,
}

impl Periods {
    /// Shortest length, in months.
    pub const MONTHS_MIN: u32 = 3;

    /// Longest length: with more, two years overlap.
    pub const MONTHS_MAX: u32 = 12;

    /// The first day after the period that begins on `start`.
    pub fn end(&self, start: NaiveDate) -> NaiveDate {
        start.checked_add_months(Months::new(self.months)).unwrap_or(NaiveDate::MAX)
    }

    /// Whether they are long enough, apart, and begin on the same day of different years.
    pub fn are_comparable(&self) -> bool {
        let years_on = |years: u32| self.before.checked_add_months(Months::new(12 * years)) == Some(self.after);
        self.months >= Self::MONTHS_MIN && self.end(self.before) <= self.after && (1..=5).any(years_on)
    }

    /// Whether `day` lies in the period that begins on `start`.
    pub fn holds(&self, start: NaiveDate, day: NaiveDate) -> bool {
        start <= day && day < self.end(start)
    }
}

/// Whether a contact concerned one ASF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactForm {
    /// With this ASF alone.
    Individual,
    /// A course or meeting for many.
    Open,
}

impl ContactForm {
    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-contact-form` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        match text.trim() {
            "individual" => Ok(Self::Individual),
            "open" => Ok(Self::Open),
            _ => Err(Rejection::new("form", "rejected-contact-form", text)),
        }
    }
}

/// Kinds of support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportKind {
    /// Rådgivning.
    Advice,
    /// Affärsutveckling.
    Development,
    /// Check.
    Voucher,
    /// Lån.
    Loan,
    /// Garanti.
    Guarantee,
    /// Ägarkapital.
    Equity,
    /// Nätverk.
    Network,
    /// Utbildning.
    Training,
    /// Anbudsstöd.
    TenderSupport,
}

impl SupportKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Advice,
        Self::Development,
        Self::Voucher,
        Self::Loan,
        Self::Guarantee,
        Self::Equity,
        Self::Network,
        Self::Training,
        Self::TenderSupport,
    ];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Development => "development",
            Self::Voucher => "voucher",
            Self::Loan => "loan",
            Self::Guarantee => "guarantee",
            Self::Equity => "equity",
            Self::Network => "network",
            Self::Training => "training",
            Self::TenderSupport => "tender_support",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-support-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("support_kind", "rejected-support-kind", text))
    }
}

/// What would have happened without the support, as the ASF says (T5 d).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Without {
    /// It would not have happened.
    Nothing,
    /// It would have happened, but less or later.
    Less,
    /// It would have happened all the same.
    TheSame,
}

impl Without {
    /// Whether the support made a difference.
    pub fn made_a_difference(self) -> bool {
        self != Self::TheSame
    }

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Less => "less",
            Self::TheSame => "the_same",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-without` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        match text.trim() {
            "nothing" => Ok(Self::Nothing),
            "less" => Ok(Self::Less),
            "the_same" => Ok(Self::TheSame),
            _ => Err(Rejection::new("without", "rejected-without", text)),
        }
    }
}

/// Who agrees that the support made a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreedBy {
    /// The adviser.
    Adviser,
    /// The project's staff.
    Staff,
}
