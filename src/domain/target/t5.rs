//! T5: support contacts that led to increased income (DOMAIN 4.5). One item a case: ASF, support
//! actor and matter.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Clause, Item, Standing,
    book::{Book, Live, NetSales, Told},
    settings::{Causality, Settings},
};
use crate::domain::{
    asf::AsfId,
    evidence::EvidenceLevel,
    ledger::{EntryId, Income},
    support::{Case, ContactForm, Increase, Periods, SupportContact, SupportOutcome},
};

/// Every case, with where it stands. An income supports the case that used it first: cases with
/// evidence before those without, in the order that their outcomes were told.
pub(super) fn items(book: &Book, settings: &Settings) -> Vec<Item> {
    let cases = Cases::of(book);
    let incomes = Incomes::of(book);
    let mut used: HashSet<EntryId> = HashSet::new();
    let mut items: BTreeMap<Case, Vec<Item>> = BTreeMap::new();
    let judge = |(live, outcome): Told<SupportOutcome>, used: &HashSet<EntryId>| {
        let case = book.case(&outcome.case);
        let contact = cases.contacts.get(&case).and_then(|told| deciding_contact(told, settings));
        Judge { case, live, outcome, contact, settings }.item(&incomes, used)
    };
    let mut outcomes: Vec<_> = book.outcomes().collect();
    outcomes.sort_by_cached_key(|told| (judge(*told, &used).0.level < settings.evidence_level, told.0.entry.id));
    for told in outcomes {
        let (item, rests_on) = judge(told, &used);
        let case = items.entry(book.case(&told.1.case)).or_default();
        if item.counted() && !case.iter().any(Item::counted) {
            used.extend(rests_on);
        }
        case.push(item);
    }
    for (case, contacts) in cases.contacts {
        items
            .entry(case.clone())
            .or_insert_with(|| contacts.last().map(|told| without_outcome(&case, told)).into_iter().collect());
    }
    items.into_iter().filter_map(|(case, items)| super::best(key(&case), items)).collect()
}

fn key(case: &Case) -> String {
    format!("{}|{}|{}", case.asf.0, case.actor, case.matter)
}

/// The contacts of each case, by day.
struct Cases<'a> {
    contacts: HashMap<Case, Vec<Told<'a, SupportContact>>>,
}

impl<'a> Cases<'a> {
    fn of(book: &Book<'a>) -> Self {
        let mut contacts: HashMap<Case, Vec<Told<SupportContact>>> = HashMap::new();
        for told in book.contacts() {
            contacts.entry(book.case(&told.1.case)).or_default().push(told);
        }
        Self { contacts }
    }
}

/// Clause b: the first individual contact of the period.
fn deciding_contact<'a>(told: &[Told<'a, SupportContact>], settings: &Settings) -> Option<Told<'a, SupportContact>> {
    let decides = |(live, contact): &&Told<SupportContact>| {
        contact.form == ContactForm::Individual && settings.period.contains(live.day())
    };
    told.iter().find(decides).copied()
}

/// A case of which nothing is told but contacts.
fn without_outcome(case: &Case, (live, _): &Told<SupportContact>) -> Item {
    Item {
        key: key(case),
        asf: vec![case.asf],
        counterpart: None,
        subject: Some(subject(case)),
        day: live.day(),
        level: EvidenceLevel::Claimed,
        standing: Standing::Failed(Clause::T5c),
        entries: vec![live.entry.id],
        marks: Vec::new(),
    }
}

fn subject(case: &Case) -> String {
    format!("{}: {}", case.actor, case.matter)
}

/// All income, by what a case may name: entry, agreement, credited invoice and ASF.
struct Incomes<'a> {
    by_link: HashMap<&'a str, Vec<Told<'a, Income>>>,
    /// Of each ASF, parted by the other side: a credit note stays within the pair.
    by_asf: HashMap<AsfId, BTreeMap<String, Vec<Told<'a, Income>>>>,
}

impl<'a> Incomes<'a> {
    fn of(book: &Book<'a>) -> Self {
        let mut by_link: HashMap<&str, Vec<Told<Income>>> = HashMap::new();
        let mut by_asf: HashMap<AsfId, BTreeMap<String, Vec<Told<Income>>>> = HashMap::new();
        for told in book.incomes() {
            let (live, income) = told;
            let keys = [Some(live.entry.told.key.as_str()), income.agreement_key.as_deref(), income.credits.as_deref()];
            for key in keys.into_iter().flatten() {
                by_link.entry(key).or_default().push(told);
            }
            let pair = book.identity(&income.parties.counterpart);
            by_asf.entry(book.asf(income.parties.asf)).or_default().entry(pair).or_default().push(told);
        }
        Self { by_link, by_asf }
    }

    /// What a case names, each entry once, by day.
    fn linked(&self, book_asf: AsfId, links: &[String]) -> Vec<Told<'a, Income>> {
        let named = links.iter().filter_map(|link| self.by_link.get(link.as_str())).flatten().copied();
        let own = self.by_asf.get(&book_asf);
        let own: HashSet<EntryId> =
            own.into_iter().flat_map(BTreeMap::values).flatten().map(|(live, _)| live.entry.id).collect();
        let mut linked: Vec<Told<Income>> = named.filter(|(live, _)| own.contains(&live.entry.id)).collect();
        linked.sort_by_key(|(live, _)| (live.day(), live.entry.id));
        linked.dedup_by_key(|(live, _)| live.entry.id);
        linked
    }

    fn net_of_asf(&self, asf: AsfId) -> Vec<(Live<'a>, i64)> {
        let pairs = self.by_asf.get(&asf).into_iter().flat_map(BTreeMap::values);
        let nets: Vec<NetSales> = pairs.map(|told| NetSales::of(told)).collect();
        nets.iter().flat_map(|net| net.standing().map(|sale| (sale.live, sale.left_ore)).collect::<Vec<_>>()).collect()
    }
}

/// One outcome against its clauses.
struct Judge<'a, 's> {
    case: Case,
    live: Live<'a>,
    outcome: &'a SupportOutcome,
    contact: Option<Told<'a, SupportContact>>,
    settings: &'s Settings,
}

impl Judge<'_, '_> {
    /// The item, and the incomes that it rests on.
    fn item(&self, incomes: &Incomes, used: &HashSet<EntryId>) -> (Item, Vec<EntryId>) {
        let shown = self.contact.map_or(Err(Clause::T5b), |contact| self.increase(contact, incomes, used));
        let paid = shown.as_ref().map_or(EvidenceLevel::Claimed, |shown| shown.level);
        let level = self.live.level.min(paid);
        let standing = match (self.said_clause(), &shown) {
            (Some(clause), _) => Standing::Failed(clause),
            (None, Err(clause)) => self.not_shown(*clause, incomes),
            (None, Ok(_)) if level < self.settings.evidence_level => Standing::Failed(Clause::T5e),
            (None, Ok(_)) => Standing::Counted,
        };
        let rests_on = shown.map(|shown| shown.entries).unwrap_or_default();
        let mut entries = rests_on.clone();
        entries.extend(self.contact.map(|(live, _)| live.entry.id));
        entries.push(self.live.entry.id);
        entries.sort_unstable();
        let item = Item {
            key: key(&self.case),
            asf: vec![self.case.asf],
            counterpart: None,
            subject: Some(subject(&self.case)),
            day: self.live.day(),
            level,
            standing,
            entries,
            marks: Vec::new(),
        };
        (item, rests_on)
    }

    /// Clauses a and d, and C6.
    fn said_clause(&self) -> Option<Clause> {
        let decisions = &self.settings.decisions;
        let is_agreed = decisions.causality == Causality::One || self.outcome.agreed_by.is_some();
        if !decisions.support_actors.contains(&self.case.actor) {
            Some(Clause::T5a)
        } else if self.contact.is_some_and(|(_, told)| !self.settings.is_at_home(&told.asf_places)) {
            Some(Clause::C6)
        } else if !self.outcome.without.made_a_difference() || !is_agreed {
            Some(Clause::T5d)
        } else {
            None
        }
    }

    /// A stream of which no money is told yet waits; one that is all loans or credited does not.
    fn not_shown(&self, clause: Clause, incomes: &Incomes) -> Standing {
        let is_told = match &self.outcome.increase {
            Increase::NewStream(links) => !incomes.linked(self.case.asf, links).is_empty(),
            Increase::Periods(_) => true,
        };
        if clause == Clause::T5c && !is_told { Standing::Pending(clause) } else { Standing::Failed(clause) }
    }

    /// Clauses c and f: what shows the increase and is used by no other case.
    fn increase(
        &self,
        (contact, _): Told<SupportContact>,
        incomes: &Incomes,
        used: &HashSet<EntryId>,
    ) -> Result<Shown, Clause> {
        match &self.outcome.increase {
            Increase::NewStream(links) => {
                let linked = incomes.linked(self.case.asf, links);
                let net = NetSales::of(&linked);
                let mut standing = net.standing().peekable();
                if !linked.is_empty() && standing.peek().is_none() {
                    return Err(Clause::C4);
                }
                let sales: Vec<Live> = standing.map(|sale| sale.live).collect();
                if sales.iter().any(|live| live.day() <= contact.day()) {
                    return Err(Clause::T5c);
                }
                let in_time = sales.into_iter().filter(|live| live.day() <= self.settings.period.followup_end);
                Shown::unless_used(in_time.map(|live| (live, 1)).collect(), 0, used)
            }
            Increase::Periods(periods) => self.compared(periods, contact, incomes, used),
        }
    }

    fn compared(
        &self,
        periods: &Periods,
        contact: Live,
        incomes: &Incomes,
        used: &HashSet<EntryId>,
    ) -> Result<Shown, Clause> {
        let is_in_time = periods.after > contact.day()
            && periods.end(periods.after) <= self.settings.period.followup_end.succ_opt().unwrap_or_default();
        if !periods.are_comparable() || !is_in_time {
            return Err(Clause::T5c);
        }
        let net = incomes.net_of_asf(self.case.asf);
        let before = net.iter().filter(|(live, _)| periods.holds(periods.before, live.day()));
        let before = before.fold(0_i64, |sum, (_, ore)| sum.saturating_add(*ore));
        let after = net.iter().filter(|(live, _)| periods.holds(periods.after, live.day())).copied().collect();
        Shown::unless_used(after, before, used)
    }
}

/// The incomes that show an increase.
struct Shown {
    entries: Vec<EntryId>,
    level: EvidenceLevel,
}

impl Shown {
    /// The sales of no other case, when they are more than `floor`.
    fn unless_used(sales: Vec<(Live, i64)>, floor: i64, used: &HashSet<EntryId>) -> Result<Self, Clause> {
        let is_more =
            |sales: &[(Live, i64)]| sales.iter().fold(0_i64, |sum, (_, ore)| sum.saturating_add(*ore)) > floor;
        if !is_more(&sales) {
            return Err(Clause::T5c);
        }
        let free: Vec<(Live, i64)> = sales.into_iter().filter(|(live, _)| !used.contains(&live.entry.id)).collect();
        if !is_more(&free) {
            return Err(Clause::T5f);
        }
        let level = free.iter().map(|(live, _)| live.level).max().unwrap_or(EvidenceLevel::Claimed);
        Ok(Self { entries: free.iter().map(|(live, _)| live.entry.id).collect(), level })
    }
}
