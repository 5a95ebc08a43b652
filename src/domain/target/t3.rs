//! T3: more public actors that apply social considerations (DOMAIN 4.3). One item a group of
//! actors, by its best procurement.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::{
    BesideWhat, Clause, Item, Mark, Standing,
    book::{Book, Told},
    settings::Settings,
};
use crate::domain::{
    evidence::EvidenceLevel,
    ledger::CounterpartClass,
    procurement::{Part, Procurement, Stage, Stated},
};

/// Every group of actors, with where it stands.
pub(super) fn items(book: &Book, settings: &Settings) -> Vec<Item> {
    let calendar = Calendar::of(book);
    let mut groups: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for told in book.procurements() {
        let group = book.actor_group(&told.1.actor, told.0.day(), settings);
        let item = judge(told, &group, &calendar, book, settings);
        groups.entry(group).or_default().push(item);
    }
    let best = groups.into_iter().filter_map(|(group, items)| super::best(group, items));
    best.map(|item| Item { marks: marks(&item, book), ..item }).collect()
}

/// How far on the ladder an actor that counts has come.
fn marks(item: &Item, book: &Book) -> Vec<Mark> {
    if !item.counted() {
        return Vec::new();
    }
    let told = book.procurements().filter(|(live, _)| item.entries.contains(&live.entry.id));
    let Some(highest) = told.map(|(_, procurement)| procurement.stage).max() else { return Vec::new() };
    let steps = [(Stage::Contracted, BesideWhat::Contracted), (Stage::FollowedUp, BesideWhat::FollowedUp)];
    let reached = steps.into_iter().filter(|(stage, _)| highest >= *stage);
    reached.map(|(_, what)| Mark { what, of: item.key.clone() }).collect()
}

/// When procurements started and stopped.
struct Calendar<'a> {
    started: HashMap<&'a str, NaiveDate>,
    stopped: HashMap<&'a str, NaiveDate>,
}

impl<'a> Calendar<'a> {
    fn of(book: &Book<'a>) -> Self {
        let mut started = HashMap::new();
        for (live, procurement) in book.procurements().filter(|(_, told)| told.stage >= Stage::Applied) {
            started.entry(procurement.key.as_str()).or_insert(live.day());
        }
        let mut stopped = HashMap::new();
        for (live, cancellation) in book.cancellations() {
            stopped.entry(cancellation.procurement.as_str()).or_insert(live.day());
        }
        Self { started, stopped }
    }

    /// Clause b: a stop on the last day to bid comes too late to undo the procurement.
    fn stopped_before_deadline(&self, procurement: &Procurement) -> bool {
        let stopped = self.stopped.get(procurement.key.as_str());
        stopped.is_some_and(|day| procurement.deadline_on.is_none_or(|deadline| *day < deadline))
    }

    fn started(&self, procurement: &Procurement, told_on: NaiveDate) -> NaiveDate {
        self.started.get(procurement.key.as_str()).map_or(told_on, |day| told_on.min(*day))
    }
}

fn judge(told: Told<'_, Procurement>, group: &str, calendar: &Calendar, book: &Book, settings: &Settings) -> Item {
    let (live, procurement) = told;
    let standing = match failed_clause(told, group, calendar, book, settings) {
        Some(clause) => Standing::Failed(clause),
        None => considered(procurement, live.level, settings),
    };
    Item {
        key: group.to_owned(),
        asf: Vec::new(),
        counterpart: Some(procurement.actor.clone()),
        subject: Some(procurement.key.clone()),
        day: live.day(),
        level: live.level,
        standing,
        entries: vec![live.entry.id],
        marks: Vec::new(),
    }
}

/// Who acts, when and how: clauses a, b and d, the ladder and the baseline.
fn failed_clause(
    (live, procurement): Told<'_, Procurement>,
    group: &str,
    calendar: &Calendar,
    book: &Book,
    settings: &Settings,
) -> Option<Clause> {
    let actor = &procurement.actor;
    let is_baseline = || {
        let groups = settings.decisions.baseline.iter().map(|org_no| book.group_of(org_no, live.day(), settings));
        groups.into_iter().any(|baseline| baseline == group)
    };
    if actor.class != CounterpartClass::Public {
        Some(Clause::T3)
    } else if actor.org_no.is_none() {
        Some(Clause::C5)
    } else if book.is_excluded(actor, settings) {
        Some(Clause::D12)
    } else if is_baseline() {
        Some(Clause::D13)
    } else if procurement.stage < settings.decisions.social_stage {
        Some(Clause::D8)
    } else if !settings.period.contains(calendar.started(procurement, live.day())) {
        Some(Clause::T3a)
    } else if calendar.stopped_before_deadline(procurement) {
        Some(Clause::T3b)
    } else if procurement.part == Part::Listed {
        Some(Clause::T3d)
    } else {
        None
    }
}

/// Clauses c and e. An unclear objective waits for a person, whose confirmation settles it.
fn considered(procurement: &Procurement, level: EvidenceLevel, settings: &Settings) -> Standing {
    let is_unclear = procurement.stated.contains(&Stated::Unclear);
    let is_accepted = procurement.stated.iter().any(|stated| stated.is_accepted());
    match (is_accepted, is_unclear) {
        (false, false) => Standing::Failed(Clause::T3c),
        (false, true) if level < EvidenceLevel::Confirmed => Standing::Review(Clause::T3c),
        _ if level < settings.evidence_level => Standing::Failed(Clause::T3e),
        _ => Standing::Counted,
    }
}
