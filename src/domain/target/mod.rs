//! The programme's targets and how far they are reached, by DOMAIN section 4. Every figure is
//! computed from the ledger, for any past instant; none is stored. One file a rule.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, DurationRound, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

use self::{book::Book, settings::Settings};
pub use self::{clause::Clause, growth::grown};
use super::{
    actor::PublicActorKind,
    asf::AsfId,
    evidence::EvidenceLevel,
    ledger::{Counterpart, Entry, EntryId, Fact},
    rejection::Rejection,
    schedule,
};

mod book;
mod clause;
mod decisions;
mod growth;
/// What the programme has decided.
pub mod settings;
mod t1;
mod t2;
mod t3;
mod t4;
mod t5;
/// What a human must do.
pub mod tasks;

/// How far every target is reached, counting only what the ledger had been told at `as_of`.
pub fn progress(entries: &[Entry], settings: &Settings, as_of: DateTime<Utc>) -> Vec<Progress> {
    let book = Book::open(entries, as_of);
    TargetId::ALL.into_iter().map(|id| Progress::of(id, items(id, &book, settings), settings)).collect()
}

fn items(id: TargetId, book: &Book, settings: &Settings) -> Vec<Item> {
    match id {
        TargetId::T1 => t1::items(book, settings),
        TargetId::T2 => t2::items(book, settings),
        TargetId::T3 => t3::items(book, settings),
        TargetId::T4 => t4::items(book, settings),
        TargetId::T5 => t5::items(book, settings),
    }
}

/// The counted relations and agreements whose both parties let their names be shown (C11).
pub fn nameable<'a>(entries: &[Entry], progress: &'a [Progress], as_of: DateTime<Utc>) -> Vec<&'a Item> {
    let told = entries.iter().filter(|entry| matches!(entry.told.fact, Fact::Consent(_) | Fact::Reversal { .. }));
    let consents = Book::open(told, as_of).consents();
    let both = |item: &&Item| {
        let other = item.counterpart.as_ref().and_then(|other| other.org_no.as_ref());
        let other_agrees = other.is_some_and(|org_no| consents.organisations.contains(org_no));
        item.counted() && !item.asf.is_empty() && other_agrees && item.asf.iter().all(|asf| consents.asf.contains(asf))
    };
    let shown = progress.iter().filter(|target| matches!(target.id, TargetId::T1 | TargetId::T2));
    shown.flat_map(|target| &target.items).filter(both).collect()
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
/// As JSON: everything but the items, which name people's business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Which target.
    pub id: TargetId,
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
    /// How many a person has to look at.
    pub review: u32,
    /// What is told beside the figure, among the counted.
    pub beside: Vec<Beside>,
    /// Everything that was looked at, with where it stands.
    #[serde(skip)]
    pub items: Vec<Item>,
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
    /// Public actors of one kind.
    ActorKind(PublicActorKind),
    /// Actors that have come to a contract.
    Contracted,
    /// Actors that follow up in the contract.
    FollowedUp,
    /// ASF that answered direct requests in writing (4b, D10).
    DirectAnswers,
}

/// One thing that was looked at for a target: a relation, an agreement, an actor, a bidder, a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What makes it one item among those of its target.
    pub key: String,
    /// The ASF on one side.
    pub asf: Vec<AsfId>,
    /// The other side, as on the deciding day; a support actor is named by `subject`.
    pub counterpart: Option<Counterpart>,
    /// What it is about: an agreement, a procurement, a matter.
    pub subject: Option<String>,
    /// The deciding day: first income, signing, notice, bid, outcome.
    pub day: NaiveDate,
    /// How well it is evidenced.
    pub level: EvidenceLevel,
    /// Whether it counts.
    pub standing: Standing,
    /// The entries it rests on.
    pub entries: Vec<EntryId>,
    /// What it adds to the numbers beside the figure.
    #[serde(skip)]
    pub marks: Vec<Mark>,
}

/// One thing that is counted beside a figure; the same from several items is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which number.
    pub what: BesideWhat,
    /// What makes it one thing.
    pub of: String,
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
            Standing::Pending(clause) | Standing::Review(clause) | Standing::Failed(clause) => Some(clause),
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
    /// A person has to decide on this clause; until then it does not count.
    Review(Clause),
    /// It does not count, by this clause.
    Failed(Clause),
}

impl Standing {
    /// The nearer to counting, the lower.
    fn rank(self) -> u8 {
        match self {
            Self::Counted => 0,
            Self::Failed(clause) if clause.is_evidence() => 1,
            Self::Pending(_) => 2,
            Self::Review(_) => 3,
            Self::Failed(_) => 4,
        }
    }
}

/// The nearest to counting of the items of one key; the best evidenced, then the latest, of those.
fn best(key: String, items: Vec<Item>) -> Option<Item> {
    let order = |item: &Item| (std::cmp::Reverse(item.standing.rank()), item.level, item.day);
    let best = items.into_iter().max_by_key(order)?;
    Some(Item { key, ..best })
}

impl Progress {
    /// What the items of a target amount to.
    fn of(id: TargetId, items: Vec<Item>, settings: &Settings) -> Self {
        let number = |wanted: &dyn Fn(&Item) -> bool| size(items.iter().filter(|item| wanted(item)));
        debug_assert!(items.iter().all(|item| !item.counted() || item.level >= settings.evidence_level));
        Self {
            id,
            goal: settings.goals.get(&id).copied().unwrap_or_default(),
            counted: number(&Item::counted),
            claimed: number(&|item| matches!(item.standing, Standing::Failed(clause) if clause.is_evidence())),
            evidenced: number(&|item| item.counted() && item.level < EvidenceLevel::Confirmed),
            confirmed: number(&|item| item.counted() && item.level == EvidenceLevel::Confirmed),
            pending: number(&|item| matches!(item.standing, Standing::Pending(_))),
            review: number(&|item| matches!(item.standing, Standing::Review(_))),
            beside: beside(id, &items),
            items,
        }
    }
}

/// The numbers beside a figure: how many different marks the items bear.
fn beside(id: TargetId, items: &[Item]) -> Vec<Beside> {
    let told = match id {
        TargetId::T1 => vec![BesideWhat::Asf, BesideWhat::Companies, BesideWhat::CompanyGroups],
        TargetId::T2 => {
            let kinds = PublicActorKind::ALL.map(BesideWhat::ActorKind);
            [BesideWhat::PublicActors, BesideWhat::Placements].into_iter().chain(kinds).collect()
        }
        TargetId::T3 => vec![BesideWhat::Contracted, BesideWhat::FollowedUp],
        TargetId::T4 => vec![BesideWhat::DirectAnswers],
        TargetId::T5 => Vec::new(),
    };
    let marks = || items.iter().flat_map(|item| &item.marks);
    let number = |what: BesideWhat| distinct(marks().filter(|mark| mark.what == what).map(|mark| mark.of.as_str()));
    let all = told.into_iter().map(|what| Beside { what, number: number(what) });
    all.filter(|beside| beside.number > 0 || !matches!(beside.what, BesideWhat::ActorKind(_))).collect()
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
        ledger::{CounterpartClass, Income, IncomeKind, NewEntry, Parties},
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
