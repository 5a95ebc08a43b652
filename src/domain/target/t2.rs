//! T2: new agreements with public actors that give income (DOMAIN 4.2). One item an agreement;
//! public income without an agreement is listed too, as a candidate.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    BesideWhat, Clause, Item, Mark, Standing,
    book::{Book, NetSales, Told, is_class},
    settings::{Exception, Settings},
};
use crate::domain::{
    actor::PublicActorKind,
    asf::AsfId,
    evidence::EvidenceLevel,
    ledger::{Agreement, AgreementKind, Counterpart, CounterpartClass, EntryId, Income, Price, Renewal, RenewalAward},
};

/// Every agreement, with where it stands.
pub(super) fn items(book: &Book, settings: &Settings) -> Vec<Item> {
    let mut deals: BTreeMap<DealKey, Deal> = BTreeMap::new();
    for told in book.agreements() {
        deals.entry(DealKey::Agreement(told.1.key.clone())).or_default().agreements.push(told);
    }
    for told in book.incomes().filter(|(_, income)| is_class(&income.parties, CounterpartClass::Public)) {
        let pair = || DealKey::None(book.asf(told.1.parties.asf), book.identity(&told.1.parties.counterpart));
        let key = told.1.agreement_key.clone().map_or_else(pair, DealKey::Agreement);
        deals.entry(key).or_default().incomes.push(told);
    }
    let judged = deals.values().filter_map(|deal| {
        let item = deal.item(book, settings)?;
        Some(Item { marks: deal.marks(&item, book), ..item })
    });
    judged.collect()
}

fn kind_of(book: &Book, actor: &Counterpart, day: NaiveDate) -> Option<PublicActorKind> {
    book.actor_on(actor.org_no.as_ref()?, day).map(|actor| actor.kind)
}

/// What makes entries one item: the agreement, else ASF and public actor.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum DealKey {
    Agreement(String),
    None(AsfId, String),
}

/// All that was signed, decided and paid under one key, by day.
#[derive(Default)]
struct Deal<'a> {
    agreements: Vec<Told<'a, Agreement>>,
    incomes: Vec<Told<'a, Income>>,
}

impl<'a> Deal<'a> {
    /// The first that binds; call-offs follow their framework.
    fn leading(&self) -> Option<&Told<'a, Agreement>> {
        let binding = || self.agreements.iter().filter(|(_, agreement)| agreement.kind.is_agreement());
        binding()
            .find(|(_, agreement)| agreement.kind != AgreementKind::CallOff)
            .or_else(|| binding().next())
            .or_else(|| self.agreements.first())
    }

    fn item(&self, book: &Book, settings: &Settings) -> Option<Item> {
        let (standing, level) = self.judge(book, settings);
        let lead = self.leading();
        let first = lead.map(|(live, agreement)| (*live, &agreement.parties));
        let income = self.incomes.first().map(|(live, income)| (*live, &income.parties));
        let (live, parties) = first.or(income)?;
        let key = lead.map(|(_, agreement)| &agreement.key);
        Some(Item {
            key: self.key(book).unwrap_or_default(),
            asf: self.asf(book),
            counterpart: Some(parties.counterpart.clone()),
            subject: key.or_else(|| self.incomes.first()?.1.agreement_key.as_ref()).cloned(),
            day: live.day(),
            level,
            standing,
            entries: self.entries(),
            marks: Vec::new(),
        })
    }

    fn marks(&self, item: &Item, book: &Book) -> Vec<Mark> {
        let Some(actor) = item.counterpart.as_ref().filter(|_| item.counted()) else { return Vec::new() };
        let identity = book.identity(actor);
        let is_placement = self.leading().is_some_and(|(_, agreement)| agreement.kind == AgreementKind::Placement);
        let kind = kind_of(book, actor, item.day).map(BesideWhat::ActorKind);
        let placement = is_placement.then(|| Mark { what: BesideWhat::Placements, of: item.key.clone() });
        let actors = kind.into_iter().chain([BesideWhat::PublicActors]);
        actors.map(|what| Mark { what, of: identity.clone() }).chain(placement).collect()
    }

    /// The agreement's key, else ASF and public actor.
    fn key(&self, book: &Book) -> Option<String> {
        let agreed = self.agreements.first().map(|(_, agreement)| agreement.key.clone());
        agreed.or_else(|| {
            let (_, income) = self.incomes.first()?;
            let pair = || format!("{}|{}", book.asf(income.parties.asf).0, book.identity(&income.parties.counterpart));
            Some(income.agreement_key.clone().unwrap_or_else(pair))
        })
    }

    fn judge(&self, book: &Book, settings: &Settings) -> (Standing, EvidenceLevel) {
        let Some((live, lead)) = self.leading() else {
            let level = self.incomes.iter().map(|(live, _)| live.level).max();
            return (Standing::Failed(Clause::T2b), level.unwrap_or(EvidenceLevel::Claimed));
        };
        if let Some(clause) = self.failed_clause(book, settings, lead, live.day()) {
            return (Standing::Failed(clause), live.level);
        }
        let level = match self.paid_level() {
            Some(paid) => self.signed_level().min(paid),
            None if self.incomes.iter().any(|(_, income)| income.kind.is_sale()) => {
                return (Standing::Failed(Clause::C4), live.level);
            }
            None => return (Standing::Pending(Clause::T2d), live.level),
        };
        let standing = if level < settings.evidence_level { Standing::Failed(Clause::T2e) } else { Standing::Counted };
        (standing, level)
    }

    /// Clauses a, b, c and f, C6, and what is no agreement at all.
    fn failed_clause(&self, book: &Book, settings: &Settings, lead: &Agreement, day: NaiveDate) -> Option<Clause> {
        let decisions = &settings.decisions;
        let goes_on =
            |renewal: &Renewal| renewal.award == RenewalAward::Extended || decisions.renewal == Exception::Never;
        let extended = lead.renewal.as_ref().is_some_and(goes_on);
        let is_unpaid = || self.paid_level().is_none() || decisions.iop == Exception::Never;
        let at_home = || self.agreements.iter().any(|(_, told)| settings.is_at_home(&told.parties.asf_places));
        if !is_class(&lead.parties, CounterpartClass::Public) {
            Some(Clause::T2a)
        } else if book.is_excluded(&lead.parties.counterpart, settings) {
            Some(Clause::D12)
        } else if !lead.kind.is_agreement() {
            Some(Clause::T2)
        } else if !settings.period.contains(day) {
            Some(Clause::T2b)
        } else if extended {
            Some(Clause::T2c)
        } else if lead.kind == AgreementKind::Iop && is_unpaid() {
            Some(Clause::T2f)
        } else if lead.kind == AgreementKind::Placement && decisions.placement == Exception::Never {
            Some(Clause::D7)
        } else if !at_home() {
            Some(Clause::C6)
        } else {
            None
        }
    }

    /// How well it is evidenced that there is income, or a price that hangs on no call-off.
    fn paid_level(&self) -> Option<EvidenceLevel> {
        let net = NetSales::of(&self.incomes);
        let invoiced = net.standing().filter(|_| net.total_ore > 0).map(|sale| sale.live.level).max();
        let firm = |agreement: &Agreement| agreement.price == Price::Firm && agreement.kind != AgreementKind::Framework;
        let priced = self.agreements.iter().filter(|(_, agreement)| agreement.kind.is_agreement() && firm(agreement));
        invoiced.max(priced.map(|(live, _)| live.level).max())
    }

    fn signed_level(&self) -> EvidenceLevel {
        let binding = self.agreements.iter().filter(|(_, agreement)| agreement.kind.is_agreement());
        binding.map(|(live, _)| live.level).max().unwrap_or(EvidenceLevel::Claimed)
    }

    fn asf(&self, book: &Book) -> Vec<AsfId> {
        let agreed = self.agreements.iter().map(|(_, agreement)| agreement.parties.asf);
        let paid = self.incomes.iter().map(|(_, income)| income.parties.asf);
        let all: BTreeSet<AsfId> = agreed.chain(paid).map(|asf| book.asf(asf)).collect();
        all.into_iter().collect()
    }

    fn entries(&self) -> Vec<EntryId> {
        let agreed = self.agreements.iter().map(|(live, _)| live.entry.id);
        let paid = self.incomes.iter().map(|(live, _)| live.entry.id);
        let mut entries: Vec<EntryId> = agreed.chain(paid).collect();
        entries.sort_unstable();
        entries
    }
}
