//! The counting rules once more, written from their text and not from the product's code: every
//! clause is asked of every candidate by looking through the whole history again. Slow and plain.
//!
//! An item has all its unmet clauses, so that the product's choice of which to name is free.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Months, NaiveDate, Utc};
use samhandla::domain::{
    asf::AsfId,
    bid::{Bid, BidRole, Procedure},
    ledger::{
        Agreement, AgreementKind, CounterpartClass, Entry, Fact, Income, OwnershipChange, Price, RenewalAward,
        Successor,
    },
    org_no::OrgNo,
    procurement::{Part, Procurement, Stage, Stated},
    support::{Case, ContactForm, Increase, SupportOutcome, Without},
};

/// What the second implementation is told of the decisions.
#[derive(Debug, Clone)]
pub struct Decided {
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub followup_end: NaiveDate,
    pub look_back_months: u32,
    pub county: &'static str,
    pub baseline: Vec<OrgNo>,
    pub actors: Vec<String>,
    pub excluded: Vec<OrgNo>,
    pub mutation: Option<Mutation>,
}

/// A rule broken on purpose, to see that the comparison notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    LookBackOneDayShort,
    CreditsIgnored,
    ReversalsIgnored,
}

/// One thing that was looked at: the unmet clauses, and how well it is evidenced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub unmet: BTreeSet<&'static str>,
    pub level: i32,
}

/// What one target amounts to, by item.
pub type Figures = BTreeMap<String, Found>;

/// The figures of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub counted: u32,
    pub confirmed: u32,
    pub claimed: u32,
}

pub fn sum(figures: &Figures) -> Sum {
    let mut sum = Sum::default();
    for found in figures.values() {
        let only_evidence = found.unmet.iter().all(|clause| clause.ends_with('e'));
        match (found.unmet.is_empty(), only_evidence) {
            (true, _) => {
                sum.counted += 1;
                sum.confirmed += u32::from(found.level == 2);
            }
            (false, true) => sum.claimed += 1,
            _ => {}
        }
    }
    sum
}

/// The history as it was known at an instant, without what was taken back.
pub struct Known<'a> {
    entries: Vec<&'a Entry>,
    decided: &'a Decided,
}

impl<'a> Known<'a> {
    pub fn at(history: &'a [Entry], as_of: DateTime<Utc>, decided: &'a Decided) -> Self {
        let told: Vec<&Entry> = history.iter().filter(|entry| entry.recorded_at <= as_of).collect();
        let ignores = decided.mutation == Some(Mutation::ReversalsIgnored);
        let entries = told.iter().filter(|entry| ignores || !is_reversed(entry, &told)).copied().collect();
        Self { entries, decided }
    }

    fn in_period(&self, day: NaiveDate) -> bool {
        self.decided.start <= day && day <= self.decided.end
    }

    fn look_back_start(&self) -> NaiveDate {
        let first = self.decided.start.checked_sub_months(Months::new(self.decided.look_back_months)).unwrap();
        let short = self.decided.mutation == Some(Mutation::LookBackOneDayShort);
        if short { first.succ_opt().unwrap() } else { first }
    }

    fn level(&self, entry: &Entry) -> i32 {
        let better =
            self.entries.iter().filter(|other| matches!(other.told.fact, Fact::Evidence { of } if of == entry.id));
        better.map(|other| other.told.evidence.level.number()).fold(entry.told.evidence.level.number(), i32::max)
    }

    /// Who an organisation goes on as; a circle is one, by its least number.
    fn org(&self, org_no: &OrgNo) -> OrgNo {
        let mut now = org_no.clone();
        let mut seen = vec![now.clone()];
        loop {
            let next = self.entries.iter().rev().find_map(|entry| match &entry.told.fact {
                Fact::Successor(Successor::Organisation { from, to }) if *from == now => Some(to.clone()),
                _ => None,
            });
            match next {
                Some(next) if !seen.contains(&next) => {
                    seen.push(next.clone());
                    now = next;
                }
                Some(next) => return seen.iter().skip_while(|seen| **seen != next).min().unwrap().clone(),
                None => return now,
            }
        }
    }

    fn asf(&self, asf: AsfId) -> AsfId {
        let mut now = asf;
        let mut seen = vec![now];
        loop {
            let next = self.entries.iter().rev().find_map(|entry| match &entry.told.fact {
                Fact::Successor(Successor::Asf { from, to }) if *from == now => Some(*to),
                _ => None,
            });
            match next {
                Some(next) if !seen.contains(&next) => {
                    seen.push(next);
                    now = next;
                }
                Some(next) => return *seen.iter().skip_while(|seen| **seen != next).min().unwrap(),
                None => return now,
            }
        }
    }

    fn at_home(&self, places: &[samhandla::domain::place::Place]) -> bool {
        places.iter().any(|place| place.code().starts_with(self.decided.county))
    }

    fn incomes(&self) -> impl Iterator<Item = (&'a Entry, &'a Income)> {
        self.entries.iter().filter_map(|entry| match &entry.told.fact {
            Fact::Income(income) => Some((*entry, income)),
            _ => None,
        })
    }

    /// What is left of each of these sales when their credit notes are taken off. A credit note
    /// takes from the invoice it names; else, and with what is left over, from the latest invoice
    /// that is not after it, and last from any.
    fn net(&self, sales: &[(&'a Entry, &'a Income)]) -> Vec<(&'a Entry, i64)> {
        let sold = sales.iter().filter(|(_, income)| income.kind.is_sale());
        let (plus, mut minus): (Vec<_>, Vec<_>) = sold.copied().partition(|(_, income)| income.amount_ore > 0);
        let mut left: Vec<(&Entry, i64)> = plus.iter().map(|(entry, income)| (*entry, income.amount_ore)).collect();
        left.sort_by_key(|(entry, _)| (entry.told.occurred_on, entry.id));
        if self.decided.mutation == Some(Mutation::CreditsIgnored) {
            return left;
        }
        minus.sort_by_key(|(entry, _)| (entry.told.occurred_on, entry.id));
        let named = |income: &Income| income.credits.as_ref().is_some_and(|key| left_has(&plus, key));
        let (first, then): (Vec<_>, Vec<_>) = minus.into_iter().partition(|(_, income)| named(income));
        for (entry, credit) in first.into_iter().chain(then) {
            let mut rest = -credit.amount_ore;
            let day = entry.told.occurred_on;
            let mut order: Vec<usize> = Vec::new();
            order.extend((0..left.len()).filter(|at| credit.credits.as_ref() == Some(&left[*at].0.told.key)));
            order.extend((0..left.len()).rev().filter(|at| left[*at].0.told.occurred_on <= day));
            order.extend((0..left.len()).filter(|at| left[*at].0.told.occurred_on > day));
            for at in order {
                let taken = rest.min(left[at].1);
                left[at].1 -= taken;
                rest -= taken;
            }
        }
        left.into_iter().filter(|(_, ore)| *ore > 0).collect()
    }

    fn owned(&self, asf: AsfId, company: &OrgNo, day: NaiveDate) -> bool {
        let mut told: Vec<(NaiveDate, i64, OwnershipChange)> = Vec::new();
        for entry in &self.entries {
            if let Fact::Ownership(ownership) = &entry.told.fact
                && self.asf(ownership.asf) == asf
                && self.org(&ownership.company) == *company
                && entry.told.occurred_on <= day
            {
                told.push((entry.told.occurred_on, entry.id.0, ownership.change));
            }
        }
        told.sort_by_key(|(day, id, _)| (*day, *id));
        told.last().is_some_and(|(_, _, change)| *change == OwnershipChange::Begins)
    }

    /// T1: pairs of an ASF and a company.
    pub fn t1(&self) -> Figures {
        let mut pairs: BTreeSet<(AsfId, OrgNo)> = BTreeSet::new();
        for entry in &self.entries {
            let parties = match &entry.told.fact {
                Fact::Order(order) => &order.parties,
                Fact::Income(income) => &income.parties,
                _ => continue,
            };
            if let Some(org_no) = &parties.counterpart.org_no {
                pairs.insert((self.asf(parties.asf), self.org(org_no)));
            }
        }
        let found = pairs.into_iter().map(|(asf, company)| {
            let key = format!("{}|{}", asf.0, company.as_str());
            (key, self.pair(asf, &company))
        });
        found.collect()
    }

    fn pair(&self, asf: AsfId, company: &OrgNo) -> Found {
        let is_pair = |parties: &samhandla::domain::ledger::Parties| {
            let other = parties.counterpart.org_no.as_ref().map(|org_no| self.org(org_no));
            self.asf(parties.asf) == asf && other.as_ref() == Some(company)
        };
        let incomes: Vec<_> = self.incomes().filter(|(_, income)| is_pair(&income.parties)).collect();
        let orders: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| matches!(&entry.told.fact, Fact::Order(order) if is_pair(&order.parties)))
            .copied()
            .collect();
        let ordered = |until: NaiveDate| {
            let fits = |order: &&&Entry| self.in_period(order.told.occurred_on) && order.told.occurred_on <= until;
            orders.iter().filter(fits).map(|order| order.told.occurred_on).min()
        };
        let net = self.net(&incomes);
        let recent: Vec<_> = net.iter().filter(|(entry, _)| entry.told.occurred_on >= self.look_back_start()).collect();
        let mut unmet = BTreeSet::new();
        let Some((first, _)) = recent.first() else {
            return self.pair_without_income(&orders, &incomes, ordered(NaiveDate::MAX));
        };
        let day = first.told.occurred_on;
        if day < self.decided.start {
            unmet.insert("T1c");
        }
        if day > self.decided.end {
            match ordered(day) {
                Some(_) if day <= self.decided.followup_end => {}
                Some(_) => drop(unmet.insert("T1f")),
                None => drop(unmet.insert("T1b")),
            }
        }
        let Fact::Income(income) = &first.told.fact else { unreachable!() };
        self.sides(&income.parties, first.told.occurred_on, asf, company, &mut unmet);
        // An invoice of the follow-up proves a relation only on an order of the period.
        let in_period: Vec<&Entry> =
            orders.iter().filter(|order| self.in_period(order.told.occurred_on)).copied().collect();
        let last = if in_period.is_empty() { self.decided.end } else { self.decided.followup_end };
        let proofs = recent.iter().filter(|(entry, _)| {
            let day = entry.told.occurred_on;
            day >= self.decided.start && day <= last
        });
        let mut level = proofs.map(|(entry, _)| self.level(entry)).max().unwrap_or(self.level(first));
        if day > self.decided.end {
            level = level.min(in_period.iter().map(|order| self.level(order)).max().unwrap_or(0));
        }
        if level < 1 {
            unmet.insert("T1e");
        }
        Found { unmet, level }
    }

    fn pair_without_income(
        &self,
        orders: &[&Entry],
        incomes: &[(&Entry, &Income)],
        ordered: Option<NaiveDate>,
    ) -> Found {
        let mut unmet = BTreeSet::from(["T1b"]);
        if !incomes.is_empty() {
            unmet.insert("C4");
        }
        if ordered.is_some() {
            unmet.insert("T1f");
        }
        for entry in orders.iter().copied().chain(incomes.iter().map(|(entry, _)| *entry)) {
            let parties = entry.told.fact.parties().unwrap();
            let (asf, company) = (self.asf(parties.asf), self.org(parties.counterpart.org_no.as_ref().unwrap()));
            self.sides(parties, entry.told.occurred_on, asf, &company, &mut unmet);
        }
        Found { unmet, level: 0 }
    }

    fn sides(
        &self,
        parties: &samhandla::domain::ledger::Parties,
        day: NaiveDate,
        asf: AsfId,
        company: &OrgNo,
        unmet: &mut BTreeSet<&'static str>,
    ) {
        if parties.counterpart.class != CounterpartClass::Private {
            unmet.insert("T1a");
        }
        if self.decided.excluded.iter().any(|excluded| self.org(excluded) == *company) {
            unmet.insert("D12");
        }
        if self.owned(asf, company, day) {
            unmet.insert("T1d");
        }
        if !self.at_home(&parties.asf_places) {
            unmet.insert("C6");
        }
    }

    /// T2: agreements.
    pub fn t2(&self) -> Figures {
        let keys: BTreeSet<&str> = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.told.fact {
                Fact::Agreement(agreement) => Some(agreement.key.as_str()),
                _ => None,
            })
            .collect();
        keys.into_iter().map(|key| (key.to_owned(), self.agreement(key))).collect()
    }

    fn agreement(&self, key: &str) -> Found {
        let told: Vec<(&Entry, &Agreement)> = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.told.fact {
                Fact::Agreement(agreement) if agreement.key == key => Some((*entry, agreement)),
                _ => None,
            })
            .collect();
        let incomes: Vec<_> =
            self.incomes().filter(|(_, income)| income.agreement_key.as_deref() == Some(key)).collect();
        let net = self.net(&incomes);
        let real: Vec<_> = told.iter().filter(|(_, agreement)| agreement.kind.is_agreement()).collect();
        // What is signed first is the agreement; call-offs under the framework come later.
        let by_day = |told: &&(&Entry, &Agreement)| (told.0.told.occurred_on, told.0.id);
        let framework = real.iter().filter(|(_, agreement)| agreement.kind != AgreementKind::CallOff).copied();
        let signed = framework.min_by_key(by_day).or_else(|| real.iter().copied().min_by_key(by_day));
        let mut unmet = BTreeSet::new();
        if signed.is_none() {
            unmet.insert("T2");
        }
        let (first, agreement) = signed.or_else(|| told.iter().min_by_key(by_day)).unwrap();
        if agreement.parties.counterpart.class != CounterpartClass::Public {
            unmet.insert("T2a");
        }
        let actor = agreement.parties.counterpart.org_no.as_ref().map(|org_no| self.org(org_no));
        if self.decided.excluded.iter().any(|excluded| Some(self.org(excluded)) == actor) {
            unmet.insert("D12");
        }
        if !told.iter().any(|(_, agreement)| self.at_home(&agreement.parties.asf_places)) {
            unmet.insert("C6");
        }
        if !self.in_period(first.told.occurred_on) {
            unmet.insert("T2b");
        }
        if agreement.renewal.as_ref().is_some_and(|renewal| renewal.award != RenewalAward::New) {
            unmet.insert("T2c");
        }
        // A firm price pays as an invoice does, unless it hangs on call-offs.
        let firm = real.iter().filter(|(_, told)| told.price == Price::Firm && told.kind != AgreementKind::Framework);
        let invoiced = net.iter().map(|(entry, _)| self.level(entry));
        let paid = firm.map(|(entry, _)| self.level(entry)).chain(invoiced).max();
        if paid.is_none() {
            unmet.insert("T2d");
            if incomes.iter().any(|(_, income)| income.kind.is_sale()) {
                unmet.insert("C4");
            }
            if agreement.kind == AgreementKind::Iop {
                unmet.insert("T2f");
            }
        }
        let signed = real.iter().map(|(entry, _)| self.level(entry)).max().unwrap_or(0);
        let level = signed.min(paid.unwrap_or(0));
        if paid.is_some() && level < 1 {
            unmet.insert("T2e");
        }
        Found { unmet, level }
    }

    fn procurements(&self) -> impl Iterator<Item = (&'a Entry, &'a Procurement)> {
        self.entries.iter().filter_map(|entry| match &entry.told.fact {
            Fact::Procurement(procurement) => Some((*entry, procurement)),
            _ => None,
        })
    }

    /// The group of a public actor on a day: what was last told of it until then.
    fn group(&self, org_no: &OrgNo, day: NaiveDate) -> OrgNo {
        let actor = self.org(org_no);
        let mut told: Vec<(NaiveDate, i64, OrgNo)> = Vec::new();
        for entry in &self.entries {
            if let Fact::Actor(fact) = &entry.told.fact
                && self.org(&fact.org_no) == actor
                && entry.told.occurred_on <= day
            {
                let head = fact.group.as_ref().unwrap_or(&fact.org_no);
                told.push((entry.told.occurred_on, entry.id.0, self.org(head)));
            }
        }
        told.sort_by_key(|(day, id, _)| (*day, *id));
        told.pop().map_or(actor, |(_, _, head)| head)
    }

    /// T3: groups of public actors. The unmet clauses are those of the best procurement.
    pub fn t3(&self) -> Figures {
        let mut figures: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for (entry, procurement) in self.procurements() {
            let Some(org_no) = &procurement.actor.org_no else { continue };
            let group = self.group(org_no, entry.told.occurred_on);
            figures.entry(group.as_str().to_owned()).or_default().push(self.procurement(entry, procurement, &group));
        }
        figures.into_iter().map(|(group, found)| (group, best(found))).collect()
    }

    fn procurement(&self, entry: &Entry, procurement: &Procurement, group: &OrgNo) -> Found {
        let mut unmet = BTreeSet::new();
        let day = entry.told.occurred_on;
        if procurement.actor.class != CounterpartClass::Public {
            unmet.insert("T3");
        }
        if self.decided.baseline.iter().any(|actor| self.group(actor, day) == *group) {
            unmet.insert("D13");
        }
        let actor = procurement.actor.org_no.as_ref().map(|org_no| self.org(org_no));
        if self.decided.excluded.iter().any(|excluded| Some(self.org(excluded)) == actor) {
            unmet.insert("D12");
        }
        if procurement.stage < Stage::Applied {
            unmet.insert("D8");
        }
        let started = self
            .procurements()
            .filter(|(_, other)| other.key == procurement.key && other.stage >= Stage::Applied)
            .map(|(other, _)| other.told.occurred_on)
            .chain([day])
            .min();
        if !self.in_period(started.unwrap()) {
            unmet.insert("T3a");
        }
        let cancelled = self.entries.iter().any(|other| {
            matches!(&other.told.fact, Fact::Cancellation(stop) if stop.procurement == procurement.key)
                && procurement.deadline_on.is_none_or(|deadline| other.told.occurred_on < deadline)
        });
        if cancelled {
            unmet.insert("T3b");
        }
        let level = self.level(entry);
        let accepted = procurement.stated.iter().any(|stated| match stated {
            Stated::Employment
            | Stated::Dialogue
            | Stated::AwardCriterion
            | Stated::Reservation
            | Stated::DirectPurchaseStated => true,
            Stated::Unclear => level == 2,
            Stated::LabourTerms | Stated::IloTerms | Stated::CodeOfConduct | Stated::OtherRights => false,
        });
        if !accepted {
            unmet.insert("T3c");
        }
        if procurement.part == Part::Listed {
            unmet.insert("T3d");
        }
        if level < 1 {
            unmet.insert("T3e");
        }
        Found { unmet, level }
    }

    /// T4: ASF that have bid.
    pub fn t4(&self) -> Figures {
        let mut figures: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for entry in &self.entries {
            if let Fact::Bid(bid) = &entry.told.fact {
                let asf = self.asf(bid.parties.asf);
                figures.entry(asf.0.to_string()).or_default().push(self.bid(entry, bid));
            }
        }
        figures.into_iter().map(|(asf, found)| (asf, best(found))).collect()
    }

    fn bid(&self, entry: &Entry, bid: &Bid) -> Found {
        let mut unmet = BTreeSet::new();
        if !matches!(bid.role, BidRole::Sole | BidRole::Group) {
            unmet.insert("T4a");
        }
        if bid.deadline_at.is_some_and(|deadline| bid.received_at > deadline) {
            unmet.insert("T4b");
        }
        if !self.in_period(entry.told.occurred_on) {
            unmet.insert("T4c");
        }
        if !matches!(bid.procedure, Procedure::Advertised | Procedure::MiniCompetition | Procedure::Dps) {
            unmet.insert("T4d");
        }
        let level = self.level(entry);
        if level < 1 {
            unmet.insert("T4e");
        }
        if !self.at_home(&bid.parties.asf_places) {
            unmet.insert("C6");
        }
        Found { unmet, level }
    }

    /// T5: cases of support. Cases with evidence use incomes before those without, in the order
    /// that their outcomes were told.
    pub fn t5(&self) -> Figures {
        let mut cases: BTreeSet<Case> = BTreeSet::new();
        let mut outcomes: Vec<(&Entry, &SupportOutcome)> = Vec::new();
        for entry in &self.entries {
            match &entry.told.fact {
                Fact::SupportContact(contact) => drop(cases.insert(self.case(&contact.case))),
                Fact::SupportOutcome(outcome) => {
                    cases.insert(self.case(&outcome.case));
                    outcomes.push((entry, outcome));
                }
                _ => {}
            }
        }
        let mut found: BTreeMap<Case, Vec<Found>> = BTreeMap::new();
        let mut used: BTreeSet<i64> = BTreeSet::new();
        let mut ranked: Vec<_> =
            outcomes.iter().map(|(entry, outcome)| (self.outcome(entry, outcome, &used), entry, outcome)).collect();
        ranked.sort_by_key(|(plain, entry, _)| (plain.0.level < 1, entry.id));
        for (_, entry, outcome) in ranked {
            let (result, incomes) = self.outcome(entry, outcome, &used);
            let case = self.case(&outcome.case);
            let counts_already = found.get(&case).is_some_and(|found| found.iter().any(|found| found.unmet.is_empty()));
            if result.unmet.is_empty() && !counts_already {
                used.extend(incomes);
            }
            found.entry(case).or_default().push(result);
        }
        for case in cases {
            found.entry(case).or_insert_with(|| vec![Found { unmet: BTreeSet::from(["T5c"]), level: 0 }]);
        }
        let name = |case: &Case| format!("{}|{}|{}", case.asf.0, case.actor, case.matter);
        found.into_iter().map(|(case, found)| (name(&case), best(found))).collect()
    }

    fn case(&self, case: &Case) -> Case {
        Case { asf: self.asf(case.asf), ..case.clone() }
    }

    fn outcome(&self, entry: &Entry, outcome: &SupportOutcome, used: &BTreeSet<i64>) -> (Found, Vec<i64>) {
        let case = self.case(&outcome.case);
        let mut unmet = BTreeSet::new();
        if !self.decided.actors.contains(&case.actor) {
            unmet.insert("T5a");
        }
        if !outcome.without.made_a_difference_by_rule() || outcome.agreed_by.is_none() {
            unmet.insert("T5d");
        }
        let contacts = self.entries.iter().filter_map(|entry| match &entry.told.fact {
            Fact::SupportContact(contact)
                if self.case(&contact.case) == case
                    && contact.form == ContactForm::Individual
                    && self.in_period(entry.told.occurred_on) =>
            {
                Some((entry.told.occurred_on, entry.id, contact))
            }
            _ => None,
        });
        let Some((day, _, contact)) = contacts.min_by_key(|(day, id, _)| (*day, *id)) else {
            unmet.insert("T5b");
            return (Found { unmet, level: self.level(entry) }, Vec::new());
        };
        if !self.at_home(&contact.asf_places) {
            unmet.insert("C6");
        }
        let (free, all) = match &outcome.increase {
            Increase::NewStream(links) => self.stream(case.asf, links, day, used),
            Increase::Periods(periods) => self.periods(case.asf, periods, day, used),
        };
        if all.is_empty() {
            unmet.extend(["T5c", "C4"]);
        } else if free.is_empty() {
            unmet.insert("T5f");
        }
        let proof = free.iter().map(|income| self.level(income)).max().unwrap_or(0);
        let level = self.level(entry).min(proof);
        if level < 1 {
            unmet.insert("T5e");
        }
        (Found { unmet, level }, free.iter().map(|income| income.id.0).collect())
    }

    /// The incomes that show a new stream: those not used by others, and all.
    fn stream(
        &self,
        asf: AsfId,
        links: &[String],
        contact: NaiveDate,
        used: &BTreeSet<i64>,
    ) -> (Vec<&'a Entry>, Vec<&'a Entry>) {
        let is_linked = |entry: &Entry, income: &Income| {
            links.contains(&entry.told.key)
                || income.agreement_key.as_ref().is_some_and(|key| links.contains(key))
                || income.credits.as_ref().is_some_and(|key| links.contains(key))
        };
        let linked: Vec<_> = self
            .incomes()
            .filter(|(entry, income)| is_linked(entry, income) && self.asf(income.parties.asf) == asf)
            .collect();
        let net = self.net(&linked);
        if net.iter().any(|(entry, _)| entry.told.occurred_on <= contact) {
            return (Vec::new(), Vec::new());
        }
        let all: Vec<&Entry> = net
            .iter()
            .map(|(entry, _)| *entry)
            .filter(|entry| entry.told.occurred_on <= self.decided.followup_end)
            .collect();
        let free = all.iter().filter(|entry| !used.contains(&entry.id.0)).copied().collect();
        (free, all)
    }

    /// The incomes of the later of two comparable periods, if they are more than the earlier's.
    fn periods(
        &self,
        asf: AsfId,
        periods: &samhandla::domain::support::Periods,
        contact: NaiveDate,
        used: &BTreeSet<i64>,
    ) -> (Vec<&'a Entry>, Vec<&'a Entry>) {
        let own: Vec<_> = self.incomes().filter(|(_, income)| self.asf(income.parties.asf) == asf).collect();
        let mut net: Vec<(&Entry, i64)> = Vec::new();
        // Credit notes stay within the pair.
        let mut pairs: Vec<Vec<(&Entry, &Income)>> = Vec::new();
        for (entry, income) in own {
            let other = |income: &Income| income.parties.counterpart.org_no.as_ref().map(|org_no| self.org(org_no));
            match pairs.iter_mut().find(|pair| other(pair[0].1) == other(income)) {
                Some(pair) => pair.push((entry, income)),
                None => pairs.push(vec![(entry, income)]),
            }
        }
        for pair in &pairs {
            net.extend(self.net(pair));
        }
        let months = Months::new(periods.months);
        let span = |start: NaiveDate| (start, start.checked_add_months(months).unwrap());
        let (before, after) = (span(periods.before), span(periods.after));
        let same_season =
            (1..=5).any(|years| periods.before.checked_add_months(Months::new(12 * years)) == Some(periods.after));
        let in_time = after.0 > contact && after.1.pred_opt().unwrap() <= self.decided.followup_end;
        if periods.months < 3 || !same_season || before.1 > after.0 || !in_time {
            return (Vec::new(), Vec::new());
        }
        let within = |span: (NaiveDate, NaiveDate), entry: &Entry| {
            span.0 <= entry.told.occurred_on && entry.told.occurred_on < span.1
        };
        let earlier: i64 = net.iter().filter(|(entry, _)| within(before, entry)).map(|(_, ore)| ore).sum();
        let later: Vec<_> = net.iter().filter(|(entry, _)| within(after, entry)).copied().collect();
        let enough = |list: &[(&'a Entry, i64)]| -> Vec<&'a Entry> {
            let sum: i64 = list.iter().map(|(_, ore)| ore).sum();
            if sum > earlier { list.iter().map(|(entry, _)| *entry).collect() } else { Vec::new() }
        };
        let free: Vec<_> = later.iter().filter(|(entry, _)| !used.contains(&entry.id.0)).copied().collect();
        (enough(&free), enough(&later))
    }
}

trait ByRule {
    fn made_a_difference_by_rule(self) -> bool;
}

impl ByRule for Without {
    /// "It wouldn't have happened or not fully."
    fn made_a_difference_by_rule(self) -> bool {
        matches!(self, Without::Nothing | Without::Less)
    }
}

/// A reversal that was itself taken back takes nothing back.
fn is_reversed(entry: &Entry, told: &[&Entry]) -> bool {
    told.iter().any(|other| {
        matches!(&other.told.fact, Fact::Reversal { of, .. } if *of == entry.id) && !is_reversed(other, told)
    })
}

fn left_has(plus: &[(&Entry, &Income)], key: &str) -> bool {
    plus.iter().any(|(entry, _)| entry.told.key == key)
}

/// Of several, the one that comes closest: counting, best evidenced; then fewest clauses.
fn best(mut found: Vec<Found>) -> Found {
    found.sort_by_key(|found| (!found.unmet.is_empty(), !found.unmet.iter().all(|c| c.ends_with('e')), -found.level));
    let first = found[0].clone();
    if first.unmet.is_empty() || first.unmet.iter().all(|clause| clause.ends_with('e')) {
        return first;
    }
    let unmet = found.iter().flat_map(|found| found.unmet.iter().copied()).collect();
    Found { unmet, level: first.level }
}
