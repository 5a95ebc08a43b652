//! Figures of a ledger that has grown, from the figures before: only what the new entries can touch is
//! judged again. A rule looks at one ASF, at one agreement or at the public actors; so a new entry of an
//! ASF leaves the items of all others as they were. `progress` of everything says the same, more slowly.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::{Book, Item, Progress, TargetId, items, settings::Settings};
use crate::domain::{
    asf::AsfId,
    ledger::{Entry, EntryId, Fact},
};

/// How far every target is reached after the entries from place `from` on were told. `before` is what
/// the entries until there amounted to, under the same settings. `entries` are in the order of their ids.
///
/// `None` when the new entries say who somebody is, which may touch everything.
pub fn grown(
    entries: &[Entry],
    from: usize,
    before: Vec<Progress>,
    settings: &Settings,
    as_of: DateTime<Utc>,
) -> Option<Vec<Progress>> {
    let mut asfs = HashSet::new();
    let mut procurements_grew = false;
    for entry in entries.get(from..)? {
        match Reach::of(&subject(entries, entry)?.told.fact) {
            Reach::Everything => return None,
            Reach::Procurements => procurements_grew = true,
            Reach::Asf(asf) => drop(asfs.insert(asf)),
            Reach::Nothing => {}
        }
    }
    let touched = Touched::of(entries, asfs, as_of);
    let book = Book::open(touched.told(entries), as_of);
    let one = |progress: Progress| match progress.id {
        TargetId::T3 if !procurements_grew => progress,
        TargetId::T3 => Progress::of(progress.id, items(progress.id, &book, settings), settings),
        _ if touched.asfs.is_empty() => progress,
        id => {
            let fresh = items(id, &book, settings).into_iter().filter(|item| touched.holds(id, item));
            let kept = progress.items.into_iter().filter(|item| !touched.holds(id, item));
            let mut all: Vec<Item> = kept.chain(fresh).collect();
            match id {
                TargetId::T2 => all.sort_by(|a, b| order(a).cmp(&order(b))),
                // All of an ASF come from one side, where they stand in order.
                _ => all.sort_by_key(|item| item.asf.first().copied()),
            }
            Progress::of(id, all, settings)
        }
    };
    Some(before.into_iter().map(one).collect())
}

/// Agreements by key, then pairs without an agreement by ASF and other side.
fn order(item: &Item) -> (bool, Option<AsfId>, &str) {
    let is_pair = item.subject.is_none();
    (is_pair, item.asf.first().copied().filter(|_| is_pair), &item.key)
}

/// What a fact can change.
enum Reach {
    /// Who somebody is: mergers, owners, groups.
    Everything,
    /// The items of T3.
    Procurements,
    /// The items of an ASF, and agreements that it shares.
    Asf(AsfId),
    /// No figure.
    Nothing,
}

impl Reach {
    fn of(fact: &Fact) -> Self {
        match fact {
            Fact::Successor(_) | Fact::Ownership(_) | Fact::Actor(_) => Self::Everything,
            Fact::Procurement(_) | Fact::Cancellation(_) => Self::Procurements,
            Fact::Consent(_) | Fact::Relation(_) => Self::Nothing,
            fact => fact.asf().map_or(Self::Nothing, Self::Asf),
        }
    }
}

/// The entry that an entry is about in the end: of evidence and reversals what they are of.
fn subject<'a>(entries: &'a [Entry], entry: &'a Entry) -> Option<&'a Entry> {
    match &entry.told.fact {
        Fact::Evidence { of } | Fact::Reversal { of, .. } if *of < entry.id => subject(entries, find(entries, *of)?),
        Fact::Evidence { .. } | Fact::Reversal { .. } => None,
        _ => Some(entry),
    }
}

fn find(entries: &[Entry], id: EntryId) -> Option<&Entry> {
    entries.get(entries.binary_search_by_key(&id, |entry| entry.id).ok()?)
}

/// The ASF that have new entries, after mergers, and every agreement that they were ever party to.
struct Touched {
    /// Those that went on as one of them included.
    asfs: HashSet<AsfId>,
    agreements: HashSet<String>,
}

impl Touched {
    fn of(entries: &[Entry], new: HashSet<AsfId>, as_of: DateTime<Utc>) -> Self {
        let told = entries.iter().filter(|entry| matches!(entry.told.fact, Fact::Successor(_) | Fact::Reversal { .. }));
        let mergers = Book::open(told, as_of);
        let last: HashSet<AsfId> = new.into_iter().map(|asf| mergers.asf(asf)).collect();
        let all = entries.iter().filter_map(|entry| entry.told.fact.asf());
        let asfs: HashSet<AsfId> = all.filter(|asf| last.contains(&mergers.asf(*asf))).chain(last.clone()).collect();
        let own = entries.iter().filter(|entry| entry.told.fact.asf().is_some_and(|asf| asfs.contains(&asf)));
        let agreements = own.filter_map(|entry| agreement(&entry.told.fact)).map(str::to_owned).collect();
        Self { asfs, agreements }
    }

    /// All that can matter for them.
    fn told<'a>(&self, entries: &'a [Entry]) -> impl Iterator<Item = &'a Entry> {
        entries.iter().filter(|entry| {
            let Some(subject) = subject(entries, entry) else { return true };
            let fact = &subject.told.fact;
            let is_shared = || agreement(fact).is_some_and(|key| self.agreements.contains(key));
            match Reach::of(fact) {
                Reach::Everything | Reach::Procurements => true,
                Reach::Asf(asf) => self.asfs.contains(&asf) || is_shared(),
                Reach::Nothing => false,
            }
        })
    }

    fn holds(&self, id: TargetId, item: &Item) -> bool {
        let is_theirs = item.asf.iter().any(|asf| self.asfs.contains(asf));
        is_theirs || (id == TargetId::T2 && self.agreements.contains(&item.key))
    }
}

fn agreement(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::Agreement(agreement) => Some(&agreement.key),
        Fact::Income(income) => income.agreement_key.as_deref(),
        _ => None,
    }
}
