//! The project's decisions D3 to D14 (DOMAIN section 5); D1, D2 and the period stand in `settings`.

use std::collections::HashMap;

use super::settings::SettingName;
use crate::domain::{org_no::OrgNo, procurement::Stage, rejection::Rejection};

/// What the project has decided about its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decisions {
    /// D3: whether a nonprofit counts as a business in T1.
    pub nonprofit: Nonprofit,
    /// D4: what one company is.
    pub company_level: Level,
    /// D5: whether a civil-public partnership counts.
    pub iop: Exception,
    /// D6: whether a renewal counts.
    pub renewal: Exception,
    /// D7: whether agreements on placements count.
    pub placement: Exception,
    /// D8: the step of the ladder from which an actor counts.
    pub social_stage: Stage,
    /// D9: what one public actor is.
    pub public_level: Level,
    /// D10: whether written answers to direct requests count as bids.
    pub direct_answers: Answers,
    /// D11: whose word it takes that support made a difference.
    pub causality: Causality,
    /// D12: organisations that are no parties at all.
    pub excluded: Vec<OrgNo>,
    /// D13: public actors that applied social considerations before.
    pub baseline: Vec<OrgNo>,
    /// D14: support actors.
    pub support_actors: Vec<String>,
}

/// D3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nonprofit {
    /// No business.
    Apart,
    /// As a company.
    Business,
}

/// What counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Each organisation number.
    Own,
    /// A group together.
    Group,
}

/// When a special kind of agreement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception {
    /// On its condition: paid performance, a new award, none for placements.
    OnCondition,
    /// Never.
    Never,
}

/// D10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Told beside the figure.
    Beside,
    /// Counted.
    Count,
}

/// D11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Causality {
    /// The word of the ASF.
    One,
    /// The word of the ASF, and of its adviser or staff.
    Two,
}

impl Decisions {
    /// Reads what is decided; what nobody has decided is as DOMAIN has it.
    ///
    /// # Errors
    /// `rejected-setting-value` for a word that is no choice, `rejected-stage`, `rejected-org-no`.
    pub(super) fn read(values: &HashMap<SettingName, String>) -> Result<Self, Rejection> {
        let word = |name: SettingName| values.get(&name).map(|text| text.trim()).unwrap_or_default();
        Ok(Self {
            nonprofit: choice(
                SettingName::NonprofitIsBusiness,
                word(SettingName::NonprofitIsBusiness),
                &[("no", Nonprofit::Apart), ("yes", Nonprofit::Business)],
            )?,
            company_level: choice(
                SettingName::CompanyLevel,
                word(SettingName::CompanyLevel),
                &[("company", Level::Own), ("group", Level::Group)],
            )?,
            iop: choice(
                SettingName::Iop,
                word(SettingName::Iop),
                &[("paid", Exception::OnCondition), ("never", Exception::Never)],
            )?,
            renewal: choice(
                SettingName::Renewal,
                word(SettingName::Renewal),
                &[("new_award", Exception::OnCondition), ("never", Exception::Never)],
            )?,
            placement: choice(
                SettingName::Placement,
                word(SettingName::Placement),
                &[("yes", Exception::OnCondition), ("no", Exception::Never)],
            )?,
            social_stage: match word(SettingName::SocialStage) {
                "" => Stage::Applied,
                stage => Stage::parse(stage)?,
            },
            public_level: choice(
                SettingName::PublicLevel,
                word(SettingName::PublicLevel),
                &[("group", Level::Group), ("actor", Level::Own)],
            )?,
            direct_answers: choice(
                SettingName::DirectAnswers,
                word(SettingName::DirectAnswers),
                &[("beside", Answers::Beside), ("count", Answers::Count)],
            )?,
            causality: choice(
                SettingName::Causality,
                word(SettingName::Causality),
                &[("two", Causality::Two), ("one", Causality::One)],
            )?,
            excluded: org_nos(word(SettingName::Excluded))?,
            baseline: org_nos(word(SettingName::Baseline))?,
            support_actors: parts(word(SettingName::SupportActors)).map(str::to_owned).collect(),
        })
    }
}

/// One of the choices by its word; the first when nothing is written.
fn choice<T: Copy>(name: SettingName, word: &str, choices: &[(&str, T)]) -> Result<T, Rejection> {
    let known = choices.iter().find(|(known, _)| word.is_empty() || *known == word);
    known.map(|(_, choice)| *choice).ok_or_else(|| Rejection::new(name.as_str(), "rejected-setting-value", word))
}

fn org_nos(text: &str) -> Result<Vec<OrgNo>, Rejection> {
    parts(text).map(OrgNo::parse).collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}
