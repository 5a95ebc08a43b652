//! The ledger as it was known at an instant: reversals applied, evidence raised, mergers followed,
//! credit notes taken from what they credit. What counts is decided in the rules.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::settings::{Level, Settings};
use crate::domain::{
    actor::{ConsentAnswer, Party, PublicActor},
    asf::AsfId,
    bid::Bid,
    evidence::EvidenceLevel,
    ledger::{
        Agreement, Counterpart, CounterpartClass, Entry, EntryId, Fact, Income, Order, Ownership, OwnershipChange,
        Parties, Successor,
    },
    org_no::OrgNo,
    procurement::{Cancellation, Procurement},
    support::{Case, SupportContact, SupportOutcome},
};

/// Entries that hold, by day, with what ties them together.
pub(super) struct Book<'a> {
    live: Vec<Live<'a>>,
    ownerships: Vec<Told<'a, Ownership>>,
    actors: HashMap<&'a OrgNo, Vec<Told<'a, PublicActor>>>,
    organisations: HashMap<&'a OrgNo, &'a OrgNo>,
    asf: HashMap<AsfId, AsfId>,
}

/// Those that let their names be shown.
#[derive(Default)]
pub(super) struct Consents {
    pub(super) asf: HashSet<AsfId>,
    pub(super) organisations: HashSet<OrgNo>,
}

/// An entry that holds, with its best evidence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live<'a> {
    pub(super) entry: &'a Entry,
    pub(super) level: EvidenceLevel,
}

impl Live<'_> {
    pub(super) fn day(&self) -> NaiveDate {
        self.entry.told.occurred_on
    }
}

/// A live entry with its fact.
pub(super) type Told<'a, F> = (Live<'a>, &'a F);

impl<'a> Book<'a> {
    /// What was known at `as_of`.
    pub(super) fn open(entries: impl IntoIterator<Item = &'a Entry>, as_of: DateTime<Utc>) -> Self {
        let mut known: Vec<&Entry> = entries.into_iter().filter(|entry| entry.recorded_at <= as_of).collect();
        known.sort_by_key(|entry| entry.id);
        let reversed = reversed(&known);
        known.retain(|entry| !reversed.contains(&entry.id));
        let raised = raised(&known);
        let mut book = Self {
            live: Vec::new(),
            ownerships: Vec::new(),
            actors: HashMap::new(),
            organisations: HashMap::new(),
            asf: HashMap::new(),
        };
        for entry in known {
            let level = entry.told.evidence.level.max(raised.get(&entry.id).copied().unwrap_or(EvidenceLevel::Claimed));
            let live = Live { entry, level };
            match &entry.told.fact {
                Fact::Successor(successor) => book.follow(successor),
                Fact::Ownership(ownership) => book.ownerships.push((live, ownership)),
                _ => {}
            }
            book.live.push(live);
        }
        book.live.sort_by_key(|live| (live.day(), live.entry.id));
        book.ownerships.sort_by_key(|(live, _)| (live.day(), live.entry.id));
        book.list_actors();
        book
    }

    /// Once mergers are known, since an actor is what it goes on as.
    fn list_actors(&mut self) {
        let mut actors: HashMap<&OrgNo, Vec<Told<PublicActor>>> = HashMap::new();
        for live in &self.live {
            if let Fact::Actor(actor) = &live.entry.told.fact {
                let own = follow_to_end(&actor.org_no, |org_no| self.organisations.get(org_no).copied());
                actors.entry(own).or_default().push((*live, actor));
            }
        }
        self.actors = actors;
    }

    fn follow(&mut self, successor: &'a Successor) {
        match successor {
            Successor::Organisation { from, to } => {
                self.organisations.insert(from, to);
            }
            Successor::Asf { from, to } => {
                self.asf.insert(*from, *to);
            }
        }
    }

    /// Orders by day.
    pub(super) fn orders(&self) -> impl Iterator<Item = Told<'a, Order>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::Order(order) => Some((*live, order)),
            _ => None,
        })
    }

    /// Income of every kind by day.
    pub(super) fn incomes(&self) -> impl Iterator<Item = Told<'a, Income>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::Income(income) => Some((*live, income)),
            _ => None,
        })
    }

    /// Agreements and what is near them, by day.
    pub(super) fn agreements(&self) -> impl Iterator<Item = Told<'a, Agreement>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::Agreement(agreement) => Some((*live, agreement)),
            _ => None,
        })
    }

    /// Procurements with what they state, by day.
    pub(super) fn procurements(&self) -> impl Iterator<Item = Told<'a, Procurement>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::Procurement(told) => Some((*live, told)),
            _ => None,
        })
    }

    /// Procurements that were stopped, by day.
    pub(super) fn cancellations(&self) -> impl Iterator<Item = Told<'a, Cancellation>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::Cancellation(told) => Some((*live, told)),
            _ => None,
        })
    }

    /// Bids by day.
    pub(super) fn bids(&self) -> impl Iterator<Item = Told<'a, Bid>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::Bid(told) => Some((*live, told)),
            _ => None,
        })
    }

    /// Contacts with support actors, by day.
    pub(super) fn contacts(&self) -> impl Iterator<Item = Told<'a, SupportContact>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::SupportContact(told) => Some((*live, told)),
            _ => None,
        })
    }

    /// What came of support, by day.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = Told<'a, SupportOutcome>> {
        self.live.iter().filter_map(|live| match &live.entry.told.fact {
            Fact::SupportOutcome(told) => Some((*live, told)),
            _ => None,
        })
    }

    /// The ASF that this one goes on as (C5).
    pub(super) fn asf(&self, id: AsfId) -> AsfId {
        follow_to_end(id, |id| self.asf.get(&id).copied())
    }

    /// Who the other side is: its number after mergers, else only a class and a name.
    pub(super) fn identity(&self, counterpart: &Counterpart) -> String {
        match &counterpart.org_no {
            Some(org_no) => format!("org:{}", self.organisation(org_no).as_str()),
            None => {
                let name = counterpart.name.as_deref().unwrap_or_default();
                format!("name:{}:{}", counterpart.class.as_str(), name.trim().to_lowercase())
            }
        }
    }

    /// The group of the other side, else itself.
    pub(super) fn group(&self, counterpart: &Counterpart) -> String {
        counterpart.group.as_ref().map_or_else(|| self.identity(counterpart), |group| format!("group:{group}"))
    }

    /// Who lets its name be shown; the latest word of each holds.
    pub(super) fn consents(&self) -> Consents {
        let mut consents = Consents::default();
        for live in &self.live {
            let Fact::Consent(consent) = &live.entry.told.fact else { continue };
            let is_given = consent.answer == ConsentAnswer::Given;
            match &consent.party {
                Party::Asf(asf) if is_given => drop(consents.asf.insert(*asf)),
                Party::Asf(asf) => drop(consents.asf.remove(asf)),
                Party::Organisation(org_no) if is_given => drop(consents.organisations.insert(org_no.clone())),
                Party::Organisation(org_no) => drop(consents.organisations.remove(org_no)),
            }
        }
        consents
    }

    /// A case under the ASF that goes on with it.
    pub(super) fn case(&self, case: &Case) -> Case {
        Case { asf: self.asf(case.asf), ..case.clone() }
    }

    /// What was last told of a public actor until a day.
    pub(super) fn actor_on(&self, org_no: &OrgNo, day: NaiveDate) -> Option<&'a PublicActor> {
        let told = self.actors.get(self.organisation(org_no))?;
        told.iter().rev().find(|(live, _)| live.day() <= day).map(|(_, actor)| *actor)
    }

    /// The group of a public actor on a day, else itself (D9).
    pub(super) fn group_of(&self, org_no: &OrgNo, day: NaiveDate, settings: &Settings) -> String {
        let own = self.organisation(org_no);
        let head = match settings.decisions.public_level {
            Level::Own => None,
            Level::Group => self.actor_on(own, day).map(|actor| actor.group.as_ref().unwrap_or(&actor.org_no)),
        };
        head.map_or(own, |head| self.organisation(head)).as_str().to_owned()
    }

    /// As [`Book::group_of`], for an actor as a fact names it.
    pub(super) fn actor_group(&self, actor: &Counterpart, day: NaiveDate, settings: &Settings) -> String {
        let is_grouped = |org_no: &OrgNo| self.actor_on(org_no, day).is_some();
        match (&actor.org_no, &actor.group) {
            (Some(org_no), Some(group)) if !is_grouped(org_no) && settings.decisions.public_level == Level::Group => {
                format!("group:{group}")
            }
            (Some(org_no), _) => self.group_of(org_no, day, settings),
            (None, _) => self.identity(actor),
        }
    }

    /// Whether the other side is none at all by decision (D12).
    pub(super) fn is_excluded(&self, counterpart: &Counterpart, settings: &Settings) -> bool {
        let Some(org_no) = &counterpart.org_no else { return false };
        let own = self.organisation(org_no);
        settings.decisions.excluded.iter().any(|excluded| self.organisation(excluded) == own)
    }

    /// Whether both sides had a common owner or control on a day.
    pub(super) fn share_owner(&self, parties: &Parties, day: NaiveDate) -> bool {
        let Some(company) = &parties.counterpart.org_no else { return false };
        let (asf, company) = (self.asf(parties.asf), self.organisation(company));
        let is_theirs = |told: &Ownership| self.asf(told.asf) == asf && self.organisation(&told.company) == company;
        let latest = self.ownerships.iter().rfind(|(live, told)| live.day() <= day && is_theirs(told));
        latest.is_some_and(|(_, told)| told.change == OwnershipChange::Begins)
    }

    fn organisation<'b>(&'b self, org_no: &'b OrgNo) -> &'b OrgNo {
        follow_to_end(org_no, |org_no| self.organisations.get(org_no).copied())
    }
}

/// Entries that are taken back. A reversal that is itself taken back takes nothing back.
fn reversed(known: &[&Entry]) -> HashSet<EntryId> {
    let mut reversed = HashSet::new();
    for entry in known.iter().rev() {
        if let Fact::Reversal { of, .. } = &entry.told.fact
            && !reversed.contains(&entry.id)
            && !cfg!(feature = "saboteur-reversal")
        {
            reversed.insert(*of);
        }
    }
    reversed
}

/// The best later evidence of each entry.
fn raised(known: &[&Entry]) -> HashMap<EntryId, EvidenceLevel> {
    let mut raised = HashMap::new();
    for entry in known {
        if let Fact::Evidence { of } = &entry.told.fact {
            let best = raised.entry(*of).or_insert(EvidenceLevel::Claimed);
            *best = entry.told.evidence.level.max(*best);
        }
    }
    raised
}

/// The last of a chain; a chain that bites its tail is one thing, by the least of those in the circle.
fn follow_to_end<T: Copy + Ord>(start: T, next: impl Fn(T) -> Option<T>) -> T {
    let mut path = vec![start];
    let mut at = start;
    while let Some(further) = next(at) {
        if let Some(place) = path.iter().position(|seen| *seen == further) {
            return path.iter().skip(place).min().copied().unwrap_or(further);
        }
        path.push(further);
        at = further;
    }
    at
}

/// Pay for something sold, after credit notes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sale<'a> {
    pub(super) live: Live<'a>,
    pub(super) income: &'a Income,
    pub(super) left_ore: i64,
}

/// Sales of a relation or an agreement, by day, and what they amount to (C4).
pub(super) struct NetSales<'a> {
    pub(super) sales: Vec<Sale<'a>>,
    pub(super) total_ore: i64,
}

impl<'a> NetSales<'a> {
    /// Takes every credit note from the invoice it names; then those that name none, and what is left
    /// over, from the latest invoice before it, else from the first after it.
    pub(super) fn of(incomes: &[Told<'a, Income>]) -> Self {
        let is_sold =
            |income: &Income| income.kind.is_sale() && !(cfg!(feature = "saboteur-credit") && income.amount_ore < 0);
        let sold = || incomes.iter().filter(|(_, income)| is_sold(income));
        let mut sales: Vec<Sale> = sold()
            .filter(|(_, income)| income.amount_ore > 0)
            .map(|(live, income)| Sale { live: *live, income, left_ore: income.amount_ore })
            .collect();
        let names_a_sale = |income: &Income| {
            let named = |sale: &Sale| income.credits.as_deref() == Some(sale.live.entry.told.key.as_str());
            sales.iter().any(named)
        };
        let mut credits: Vec<Told<Income>> = sold().filter(|(_, income)| income.amount_ore < 0).copied().collect();
        credits.sort_by_key(|(_, income)| !names_a_sale(income));
        for (credit, income) in credits {
            let mut to_credit = income.amount_ore.saturating_neg();
            for place in credit_order(&sales, credit, income) {
                let taken = to_credit.min(sales[place].left_ore);
                sales[place].left_ore -= taken;
                to_credit -= taken;
            }
        }
        let total_ore = sold().fold(0_i64, |total, (_, income)| total.saturating_add(income.amount_ore));
        Self { sales, total_ore }
    }

    /// Sales of which something is left.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Sale<'a>> {
        self.sales.iter().filter(|sale| sale.left_ore > 0)
    }
}

fn credit_order(sales: &[Sale], credit: Live, income: &Income) -> Vec<usize> {
    let named = |place: &usize| income.credits.as_deref() == Some(sales[*place].live.entry.told.key.as_str());
    let (before, after): (Vec<usize>, Vec<usize>) =
        (0..sales.len()).partition(|place| sales[*place].live.day() <= credit.day());
    let mut order: Vec<usize> = before.into_iter().rev().chain(after).collect();
    order.sort_by_key(|place| !named(place));
    order
}

/// Whether the other side is of a class.
pub(super) fn is_class(parties: &Parties, class: CounterpartClass) -> bool {
    parties.counterpart.class == class
}
