//! What the programme has decided: period, look-back, least evidence, home, goals.
//! Decisions are kept by the store; here they are read and checked together.

use std::collections::{BTreeMap, HashMap};

use chrono::{Months, NaiveDate};

use super::TargetId;
pub use super::decisions::{Answers, Causality, Decisions, Exception, Level, Nonprofit};
use crate::domain::{
    evidence::EvidenceLevel,
    place::{self, Place, PlaceFit},
    rejection::Rejection,
};

/// The days that count; local dates, inclusive (C1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Last day for an invoice on an order of the period.
    pub followup_end: NaiveDate,
    /// How long before the start there must be no income for a relation to be new.
    pub look_back_months: u32,
}

impl Period {
    /// Whether a day lies in the period.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// First day of the look-back.
    pub fn look_back_start(&self) -> NaiveDate {
        let start = self.start.checked_sub_months(Months::new(self.look_back_months)).unwrap_or(NaiveDate::MIN);
        if cfg!(feature = "saboteur-look-back") { start.succ_opt().unwrap_or(start) } else { start }
    }
}

/// Every decision that counting needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The days that count.
    pub period: Period,
    /// Least evidence for the figure.
    pub evidence_level: EvidenceLevel,
    /// Where an ASF must be (C6).
    pub home: Vec<Place>,
    /// How the rules are to be read, D3 to D14.
    pub decisions: Decisions,
    /// How many of each are to be reached.
    pub goals: BTreeMap<TargetId, u32>,
}

impl Settings {
    /// Longest look-back, in months.
    const LOOK_BACK_MONTHS_MAX: u32 = 240;

    /// Reads the decisions in force.
    ///
    /// # Errors
    /// `rejected-setting-missing`, `rejected-setting-value`, `rejected-evidence-level` or
    /// `rejected-place` for a single one; `rejected-period` when the days are in the wrong order.
    pub fn read(values: &HashMap<SettingName, String>, goals: BTreeMap<TargetId, u32>) -> Result<Self, Rejection> {
        let text = |name: SettingName| {
            let missing = || Rejection::new("setting", "rejected-setting-missing", name.as_str());
            values.get(&name).map(String::as_str).ok_or_else(missing)
        };
        let day = |name: SettingName| -> Result<NaiveDate, Rejection> {
            let text = text(name)?;
            text.parse().map_err(|_| Rejection::new(name.as_str(), "rejected-setting-value", text))
        };
        let months = text(SettingName::LookBackMonths)?;
        let look_back_months = months
            .parse()
            .ok()
            .filter(|months| *months <= Self::LOOK_BACK_MONTHS_MAX)
            .ok_or_else(|| Rejection::new("look_back_months", "rejected-setting-value", months))?;
        let period = Period {
            start: day(SettingName::PeriodStart)?,
            end: day(SettingName::PeriodEnd)?,
            followup_end: day(SettingName::FollowupEnd)?,
            look_back_months,
        };
        if period.start > period.end || period.end > period.followup_end {
            return Err(Rejection::new("period_end", "rejected-period", &period.end.to_string()));
        }
        let evidence_level = EvidenceLevel::parse(text(SettingName::EvidenceLevel)?)?;
        let home = Place::parse_list(text(SettingName::Home)?)?;
        Ok(Self { period, evidence_level, home, decisions: Decisions::read(values)?, goals })
    }

    /// Whether an ASF that is at `places` is at home (C6).
    pub fn is_at_home(&self, places: &[Place]) -> bool {
        matches!(place::fit(places, &self.home), PlaceFit::Inside | PlaceFit::Ships)
    }
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SettingName {
    /// See [`Period::start`].
    PeriodStart,
    /// See [`Period::end`].
    PeriodEnd,
    /// See [`Period::followup_end`].
    FollowupEnd,
    /// See [`Period::look_back_months`].
    LookBackMonths,
    /// See [`Settings::evidence_level`].
    EvidenceLevel,
    /// See [`Settings::home`]; places parted by `|`.
    Home,
    /// D3: `no` or `yes`.
    NonprofitIsBusiness,
    /// D4: `company` or `group`.
    CompanyLevel,
    /// D5: `paid` or `never`.
    Iop,
    /// D6: `new_award` or `never`.
    Renewal,
    /// D7: `yes` or `no`.
    Placement,
    /// D8: `policy`, `applied`, `contracted` or `followed_up`.
    SocialStage,
    /// D9: `group` or `actor`.
    PublicLevel,
    /// D10: `beside` or `count`.
    DirectAnswers,
    /// D11: `two` or `one`.
    Causality,
    /// D12: organisation numbers parted by `|`.
    Excluded,
    /// D13: organisation numbers parted by `|`.
    Baseline,
    /// D14: names parted by `|`.
    SupportActors,
}

impl SettingName {
    /// Every name.
    pub const ALL: [Self; 18] = [
        Self::PeriodStart,
        Self::PeriodEnd,
        Self::FollowupEnd,
        Self::LookBackMonths,
        Self::EvidenceLevel,
        Self::Home,
        Self::NonprofitIsBusiness,
        Self::CompanyLevel,
        Self::Iop,
        Self::Renewal,
        Self::Placement,
        Self::SocialStage,
        Self::PublicLevel,
        Self::DirectAnswers,
        Self::Causality,
        Self::Excluded,
        Self::Baseline,
        Self::SupportActors,
    ];

    /// What can be decided, the usual first; empty where something is written.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::EvidenceLevel => &["0", "1", "2"],
            Self::NonprofitIsBusiness => &["no", "yes"],
            Self::CompanyLevel => &["company", "group"],
            Self::Iop => &["paid", "never"],
            Self::Renewal => &["new_award", "never"],
            Self::Placement => &["yes", "no"],
            Self::SocialStage => &["applied", "policy", "contracted", "followed_up"],
            Self::PublicLevel => &["group", "actor"],
            Self::DirectAnswers => &["beside", "count"],
            Self::Causality => &["two", "one"],
            _ => &[],
        }
    }

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PeriodStart => "period_start",
            Self::PeriodEnd => "period_end",
            Self::FollowupEnd => "followup_end",
            Self::LookBackMonths => "look_back_months",
            Self::EvidenceLevel => "evidence_level",
            Self::Home => "home",
            Self::NonprofitIsBusiness => "nonprofit_is_business",
            Self::CompanyLevel => "company_level",
            Self::Iop => "iop",
            Self::Renewal => "renewal",
            Self::Placement => "placement",
            Self::SocialStage => "social_stage",
            Self::PublicLevel => "public_level",
            Self::DirectAnswers => "direct_answers",
            Self::Causality => "causality",
            Self::Excluded => "excluded",
            Self::Baseline => "baseline",
            Self::SupportActors => "support_actors",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-setting-name` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|name| name.as_str() == text)
            .ok_or_else(|| Rejection::new("setting", "rejected-setting-name", text))
    }
}
