//! T1: new business relations that give income (DOMAIN 4.1). One item a pair of ASF and company.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    BesideWhat, Clause, Item, Mark, Standing,
    book::{Book, NetSales, Sale, Told},
    settings::{Level, Nonprofit, Settings},
};
use crate::domain::{
    asf::AsfId,
    evidence::EvidenceLevel,
    ledger::{CounterpartClass, EntryId, Income, Order, Parties},
};

/// Every relation, with where it stands.
pub(super) fn items(book: &Book, settings: &Settings) -> Vec<Item> {
    let mut relations: BTreeMap<(AsfId, String), Relation> = BTreeMap::new();
    let company = |parties: &Parties| match settings.decisions.company_level {
        Level::Own => book.identity(&parties.counterpart),
        Level::Group => book.group(&parties.counterpart),
    };
    let identity = |parties: &Parties| (book.asf(parties.asf), company(parties));
    for told in book.orders() {
        relations.entry(identity(&told.1.parties)).or_default().orders.push(told);
    }
    for told in book.incomes() {
        relations.entry(identity(&told.1.parties)).or_default().incomes.push(told);
    }
    let judged = relations.iter().filter_map(|((asf, identity), relation)| {
        let item = relation.item((*asf, identity), book, settings)?;
        Some(Item { marks: marks(&item, *asf, identity, book), ..item })
    });
    judged.collect()
}

fn marks(item: &Item, asf: AsfId, company: &str, book: &Book) -> Vec<Mark> {
    let Some(other) = item.counterpart.as_ref().filter(|_| item.counted()) else { return Vec::new() };
    vec![
        Mark { what: BesideWhat::Asf, of: asf.0.to_string() },
        Mark { what: BesideWhat::Companies, of: company.to_owned() },
        Mark { what: BesideWhat::CompanyGroups, of: book.group(other) },
    ]
}

/// All that an ASF and one other side have had together, by day.
#[derive(Default)]
struct Relation<'a> {
    orders: Vec<Told<'a, Order>>,
    incomes: Vec<Told<'a, Income>>,
}

/// What decides over a relation: its first income that matters, or the order that waits for one.
struct Deciding<'a> {
    parties: &'a Parties,
    day: NaiveDate,
    level: EvidenceLevel,
    /// The clause that is still waited for.
    waits_for: Option<Clause>,
}

impl<'a> Relation<'a> {
    fn item(&self, (asf, identity): (AsfId, &str), book: &Book, settings: &Settings) -> Option<Item> {
        let net = NetSales::of(&self.incomes);
        let key = format!("{}|{identity}", asf.0);
        let (deciding, standing) = match self.deciding(&net, settings) {
            Ok(deciding) => {
                let standing = judge(&deciding, book, settings);
                (deciding, standing)
            }
            Err(clause) => {
                let deciding = self.latest()?;
                let standing = first_failed(&deciding, clause, book, settings);
                (deciding, standing)
            }
        };
        Some(Item {
            key,
            asf: vec![asf],
            counterpart: Some(deciding.parties.counterpart.clone()),
            subject: None,
            day: deciding.day,
            level: deciding.level,
            standing,
            entries: self.entries(),
            marks: Vec::new(),
        })
    }

    /// Clauses b, c and f, and C4.
    fn deciding(&self, net: &NetSales<'a>, settings: &Settings) -> Result<Deciding<'a>, Clause> {
        let period = &settings.period;
        let first = net.standing().find(|sale| sale.live.day() >= period.look_back_start());
        let order = self.orders.iter().find(|(live, _)| period.contains(live.day()));
        let Some(first) = first else {
            return self.waiting(net, order, settings).ok_or_else(|| self.why_no_income(settings));
        };
        if net.total_ore <= 0 {
            return Err(Clause::C4);
        }
        if first.live.day() < period.start {
            return Err(Clause::T1c);
        }
        let last_day = if order.is_some() { period.followup_end } else { period.end };
        if first.live.day() > last_day {
            return Err(if order.is_some() { Clause::T1f } else { Clause::T1b });
        }
        let sales = net.standing().filter(|sale| (period.start..=last_day).contains(&sale.live.day()));
        let paid = best_level(sales.map(|sale| sale.live.level));
        let level = if first.live.day() > period.end { paid.min(self.ordered_level(settings)) } else { paid };
        Ok(of_sale(first, level))
    }

    /// An order of the period that nothing has been invoiced on; sales before the look-back are forgotten.
    fn waiting(&self, net: &NetSales, order: Option<&Told<'a, Order>>, settings: &Settings) -> Option<Deciding<'a>> {
        let since = settings.period.look_back_start();
        let (live, order) = order.filter(|_| net.sales.iter().all(|sale| sale.live.day() < since))?;
        let waits_for = Some(Clause::T1f);
        Some(Deciding { parties: &order.parties, day: live.day(), level: live.level, waits_for })
    }

    fn why_no_income(&self, settings: &Settings) -> Clause {
        let since = settings.period.look_back_start();
        if self.incomes.iter().any(|(live, _)| live.day() >= since) { Clause::C4 } else { Clause::T1b }
    }

    fn ordered_level(&self, settings: &Settings) -> EvidenceLevel {
        let ordered = self.orders.iter().filter(|(live, _)| settings.period.contains(live.day()));
        best_level(ordered.map(|(live, _)| live.level))
    }

    fn latest(&self) -> Option<Deciding<'a>> {
        let income = self.incomes.last().map(|(live, income)| (*live, &income.parties));
        let order = self.orders.last().map(|(live, order)| (*live, &order.parties));
        let (live, parties) = income.or(order)?;
        Some(Deciding { parties, day: live.day(), level: live.level, waits_for: None })
    }

    fn entries(&self) -> Vec<EntryId> {
        let orders = self.orders.iter().map(|(live, _)| live.entry.id);
        let incomes = self.incomes.iter().map(|(live, _)| live.entry.id);
        let mut entries: Vec<EntryId> = orders.chain(incomes).collect();
        entries.sort_unstable();
        entries
    }
}

fn of_sale<'a>(sale: &Sale<'a>, level: EvidenceLevel) -> Deciding<'a> {
    Deciding { parties: &sale.income.parties, day: sale.live.day(), level, waits_for: None }
}

fn best_level(levels: impl Iterator<Item = EvidenceLevel>) -> EvidenceLevel {
    levels.max().unwrap_or(EvidenceLevel::Claimed)
}

/// Who the other side is comes before what was paid: clause a and C5, else `clause`.
fn first_failed(deciding: &Deciding, clause: Clause, book: &Book, settings: &Settings) -> Standing {
    Standing::Failed(wrong_side(deciding.parties, book, settings).unwrap_or(clause))
}

fn wrong_side(parties: &Parties, book: &Book, settings: &Settings) -> Option<Clause> {
    let is_business = match parties.counterpart.class {
        CounterpartClass::Private => true,
        CounterpartClass::Nonprofit => settings.decisions.nonprofit == Nonprofit::Business,
        _ => false,
    };
    if !is_business {
        Some(Clause::T1a)
    } else if parties.counterpart.org_no.is_none() {
        Some(Clause::C5)
    } else {
        book.is_excluded(&parties.counterpart, settings).then_some(Clause::D12)
    }
}

/// Clauses a, d and e, C5 and C6, on the deciding day.
fn judge(deciding: &Deciding, book: &Book, settings: &Settings) -> Standing {
    let parties = deciding.parties;
    if let Some(clause) = wrong_side(parties, book, settings) {
        return Standing::Failed(clause);
    }
    if !settings.is_at_home(&parties.asf_places) {
        return Standing::Failed(Clause::C6);
    }
    if book.share_owner(parties, deciding.day) {
        return Standing::Failed(Clause::T1d);
    }
    match deciding.waits_for {
        Some(clause) => Standing::Pending(clause),
        None if deciding.level < settings.evidence_level => Standing::Failed(Clause::T1e),
        None => Standing::Counted,
    }
}
