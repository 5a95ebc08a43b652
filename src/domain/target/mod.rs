//! The programme's targets and how far they are reached, by DOMAIN section 4. Every figure is
//! computed from the ledger, for any past instant; none is stored. One file a rule.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, DurationRound, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use self::{book::Book, settings::Settings};
use super::{
    asf::AsfId,
    evidence::EvidenceLevel,
    ledger::{Counterpart, Entry, EntryId},
    rejection::Rejection,
    schedule,
};

mod book;
/// What the programme has decided.
pub mod settings;
mod t1;
mod t2;

/// How far every target is reached, counting only what the ledger had been told at `as_of`.
pub fn progress(entries: &[Entry], settings: &Settings, as_of: DateTime<Utc>) -> Vec<Progress> {
    let book = Book::open(entries, as_of);
    TargetId::ALL
        .into_iter()
        .map(|id| {
            let goal = settings.goals.get(&id).copied().unwrap_or_default();
            match id {
                TargetId::T1 => t1::tally(&book, settings).into_progress(id, goal, settings.evidence_level),
                TargetId::T2 => t2::tally(&book, settings).into_progress(id, goal, settings.evidence_level),
                TargetId::T3 | TargetId::T4 | TargetId::T5 => Progress::without_rule(id, goal),
            }
        })
        .collect()
}

/// The last instant of a local day: what "as of" a date means.
pub fn end_of_day(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    let next = midnight.and_local_timezone(schedule::ZONE).earliest();
    next.map_or_else(|| midnight.and_utc(), |next| next.with_timezone(&Utc)) - Duration::microseconds(1)
}

/// Reads an instant (RFC 3339) or a date, which means its [`end_of_day`].
///
/// # Errors
/// `rejected-as-of` for anything else.
pub fn parse_as_of(text: &str) -> Result<DateTime<Utc>, Rejection> {
    let text = text.trim();
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(end_of_day(day));
    }
    text.parse::<DateTime<Utc>>()
        .ok()
        .and_then(|at| at.duration_trunc(TimeDelta::microseconds(1)).ok())
        .ok_or_else(|| Rejection::new("as_of", "rejected-as-of", text))
}

/// A target of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum TargetId {
    /// New business relations that give income.
    T1,
    /// New agreements with public actors that give income.
    T2,
    /// More public actors that apply social considerations.
    T3,
    /// ASF that have answered tenders.
    T4,
    /// Support contacts that led to increased income.
    T5,
}

impl TargetId {
    /// Every target.
    pub const ALL: [Self; 5] = [Self::T1, Self::T2, Self::T3, Self::T4, Self::T5];

    /// The stored and written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::T1 => "T1",
            Self::T2 => "T2",
            Self::T3 => "T3",
            Self::T4 => "T4",
            Self::T5 => "T5",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-target` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|id| id.as_str() == text)
            .ok_or_else(|| Rejection::new("target", "rejected-target", text))
    }
}

/// How far one target is reached. `counted` is `evidenced` plus `confirmed`.
///
/// As JSON: id, rule, goal and the figures; they are null while there is no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Which target.
    pub id: TargetId,
    /// Whether the figures mean anything yet.
    pub rule: Rule,
    /// How many are to be reached.
    pub goal: u32,
    /// How many count.
    pub counted: u32,
    /// How many would count, had they the evidence.
    pub claimed: u32,
    /// How many of the counted rest on a document.
    pub evidenced: u32,
    /// How many of the counted are confirmed by the other side.
    pub confirmed: u32,
    /// How many will count when the money comes.
    pub pending: u32,
    /// What is told beside the figure, among the counted.
    pub beside: Vec<Beside>,
    /// Everything that was looked at, with where it stands.
    pub items: Vec<Item>,
}

/// Whether a target's rule is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The figures are computed.
    Available,
    /// There is no figure yet, not even zero.
    NotAvailable,
}

impl Progress {
    fn without_rule(id: TargetId, goal: u32) -> Self {
        let nothing = Tally { items: Vec::new(), beside: Vec::new() };
        Self { rule: Rule::NotAvailable, ..nothing.into_progress(id, goal, EvidenceLevel::Claimed) }
    }
}

impl Serialize for Progress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = |figure: u32| (self.rule == Rule::Available).then_some(figure);
        let mut row = serializer.serialize_struct("Progress", 8)?;
        row.serialize_field("id", &self.id)?;
        row.serialize_field("rule", &self.rule)?;
        row.serialize_field("goal", &self.goal)?;
        row.serialize_field("counted", &shown(self.counted))?;
        row.serialize_field("claimed", &shown(self.claimed))?;
        row.serialize_field("evidenced", &shown(self.evidenced))?;
        row.serialize_field("confirmed", &shown(self.confirmed))?;
        row.serialize_field("pending", &shown(self.pending))?;
        row.end()
    }
}

/// A number told beside a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// What is counted.
    pub what: BesideWhat,
    /// How many different ones.
    pub number: u32,
}

/// What is counted beside a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BesideWhat {
    /// ASF.
    Asf,
    /// Companies by organisation number.
    Companies,
    /// Companies, those of one group as one.
    CompanyGroups,
    /// Public actors by organisation number.
    PublicActors,
    /// Agreements on work training or places to work (D7).
    Placements,
}

/// One thing that was looked at for a target: a relation, an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The ASF on one side.
    pub asf: Vec<AsfId>,
    /// The other side, as on the deciding day.
    pub counterpart: Counterpart,
    /// The agreement, when the item is one.
    pub agreement_key: Option<String>,
    /// The deciding day: first income, or signing.
    pub day: NaiveDate,
    /// How well it is evidenced.
    pub level: EvidenceLevel,
    /// Whether it counts.
    pub standing: Standing,
    /// The entries it rests on.
    pub entries: Vec<EntryId>,
}

impl Item {
    /// Whether it counts.
    pub fn counted(&self) -> bool {
        self.standing == Standing::Counted
    }

    /// The clause that keeps it from counting (C12).
    pub fn failed(&self) -> Option<Clause> {
        match self.standing {
            Standing::Counted => None,
            Standing::Pending(clause) | Standing::Failed(clause) => Some(clause),
        }
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "clause")]
pub enum Standing {
    /// It counts.
    Counted,
    /// It will count when this clause is met.
    Pending(Clause),
    /// It does not count, by this clause.
    Failed(Clause),
}

/// A clause of DOMAIN section 4 that can keep an item from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clause {
    /// No net pay for anything sold: credited, or a grant, gift or loan.
    C4,
    /// The other side has no organisation number, so nobody can tell who it is.
    C5,
    /// The ASF was not in the county.
    C6,
    /// The other side is no private company.
    T1a,
    /// The first income is not in the period.
    T1b,
    /// There was income between them in the look-back.
    T1c,
    /// They have a common owner or control.
    T1d,
    /// There is no evidence.
    T1e,
    /// Ordered in the period, not invoiced by the end of the follow-up.
    T1f,
    /// An award decision, an admission or a letter of intent is no agreement.
    T2,
    /// The other side is not public.
    T2a,
    /// No agreement was signed in the period.
    T2b,
    /// It goes on from an earlier one, without a new award.
    T2c,
    /// No income yet, and no firm price.
    T2d,
    /// There is no evidence.
    T2e,
    /// A partnership (IOP) that pays for no performance.
    T2f,
}

impl Clause {
    /// The written form, as in DOMAIN: `C4`, `T1a`.
    pub fn code(self) -> &'static str {
        match self {
            Self::C4 => "C4",
            Self::C5 => "C5",
            Self::C6 => "C6",
            Self::T1a => "T1a",
            Self::T1b => "T1b",
            Self::T1c => "T1c",
            Self::T1d => "T1d",
            Self::T1e => "T1e",
            Self::T1f => "T1f",
            Self::T2 => "T2",
            Self::T2a => "T2a",
            Self::T2b => "T2b",
            Self::T2c => "T2c",
            Self::T2d => "T2d",
            Self::T2e => "T2e",
            Self::T2f => "T2f",
        }
    }

    /// Whether only evidence is missing.
    fn is_evidence(self) -> bool {
        matches!(self, Self::T1e | Self::T2e)
    }
}

impl Serialize for Clause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// What a rule found.
struct Tally {
    items: Vec<Item>,
    beside: Vec<Beside>,
}

impl Tally {
    fn into_progress(self, id: TargetId, goal: u32, least: EvidenceLevel) -> Progress {
        let number = |wanted: &dyn Fn(&Item) -> bool| size(self.items.iter().filter(|item| wanted(item)));
        debug_assert!(self.items.iter().all(|item| !item.counted() || item.level >= least));
        Progress {
            id,
            rule: Rule::Available,
            goal,
            counted: number(&Item::counted),
            claimed: number(&|item| matches!(item.standing, Standing::Failed(clause) if clause.is_evidence())),
            evidenced: number(&|item| item.counted() && item.level < EvidenceLevel::Confirmed),
            confirmed: number(&|item| item.counted() && item.level == EvidenceLevel::Confirmed),
            pending: number(&|item| matches!(item.standing, Standing::Pending(_))),
            beside: self.beside,
            items: self.items,
        }
    }
}

fn size<T>(things: impl Iterator<Item = T>) -> u32 {
    u32::try_from(things.count()).unwrap_or(u32::MAX)
}

/// How many different ones there are.
fn distinct<T: Ord>(things: impl Iterator<Item = T>) -> u32 {
    size(things.collect::<BTreeSet<_>>().into_iter())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::*;
    use crate::domain::{
        evidence::Evidence,
        ledger::{CounterpartClass, Fact, Income, IncomeKind, NewEntry, Parties},
        org_no::OrgNo,
        place::Place,
        target::settings::SettingName,
    };

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn settings() -> Settings {
        let values = [
            (SettingName::PeriodStart, "2027-01-01"),
            (SettingName::PeriodEnd, "2027-12-31"),
            (SettingName::FollowupEnd, "2028-06-30"),
            (SettingName::LookBackMonths, "24"),
            (SettingName::EvidenceLevel, "1"),
            (SettingName::Home, "06"),
        ];
        let values: HashMap<_, _> = values.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        Settings::read(&values, BTreeMap::from([(TargetId::T1, 10)])).unwrap()
    }

    fn invoice(recorded_at: &str) -> Entry {
        let counterpart = Counterpart {
            class: CounterpartClass::Private,
            org_no: OrgNo::parse("559902-0111").ok(),
            name: None,
            group: None,
        };
        let parties = Parties { asf: AsfId(1), asf_places: vec![Place::parse("0680").unwrap()], counterpart };
        let kind = IncomeKind::Goods;
        let fact = Fact::Income(Income { parties, kind, amount_ore: 100, agreement_key: None, credits: None });
        let evidence = Evidence::by_reference("F-1");
        let occurred_on = "2027-03-01".parse().unwrap();
        let told = NewEntry { key: String::new(), occurred_on, pairing_id: None, evidence, fact };
        Entry { id: EntryId(1), recorded_at: utc(recorded_at), recorded_by: String::new(), told }
    }

    #[test]
    fn an_entry_counts_from_the_instant_it_was_recorded() {
        let check = |as_of: &str, expected: u32| {
            let progress = progress(&[invoice("2027-03-02T10:00:00Z")], &settings(), utc(as_of));
            assert_eq!(progress[0].counted, expected, "{as_of}");
        };
        check("2027-03-02T09:59:59.999999Z", 0);
        check("2027-03-02T10:00:00Z", 1);
    }

    #[test]
    fn a_date_means_the_last_instant_of_its_local_day() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(parse_as_of(text).ok(), expected.map(utc), "{text}");
        };
        check("2027-04-30", Some("2027-04-30T21:59:59.999999Z"));
        check("2027-12-31", Some("2027-12-31T22:59:59.999999Z"));
        check("2027-10-31", Some("2027-10-31T22:59:59.999999Z"));
        check("2027-04-30T12:00:00+02:00", Some("2027-04-30T10:00:00Z"));
        check("igår", None);
    }
}
