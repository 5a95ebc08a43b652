//! Random histories of three ASF, companies, public actors and support actors: orders, invoices,
//! credits, agreements, bids, notices, support, mergers, late evidence, reversals and late records.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rand::{RngExt as _, SeedableRng as _, rngs::SmallRng};
use samhandla::domain::{
    actor::{PublicActor, PublicActorKind},
    asf::AsfId,
    bid::{Bid, BidRole, Procedure},
    evidence::{Evidence, EvidenceLevel},
    ledger::{
        Agreement, AgreementKind, Counterpart, CounterpartClass, Entry, EntryId, Fact, Income, IncomeKind, NewEntry,
        Order, Ownership, OwnershipChange, Parties, Price, Renewal, RenewalAward, Successor,
    },
    org_no::OrgNo,
    place::Place,
    procurement::{Cancellation, Part, Procurement, Stage, Stated},
    support::{AgreedBy, Case, ContactForm, Increase, Periods, SupportContact, SupportKind, SupportOutcome, Without},
};

pub fn org_no(serial: u32) -> OrgNo {
    (0..10).find_map(|digit| OrgNo::parse(&format!("{}{digit}", 556_000_000 + serial)).ok()).unwrap()
}

/// A history that only its seed decides.
pub fn random(seed: u64) -> Vec<Entry> {
    let mut writer = Writer { rng: SmallRng::seed_from_u64(seed), entries: Vec::new(), focus: 0 };
    if writer.chance(70) {
        // One pair has most of the history to itself, so that its entries meet.
        writer.focus = writer.rng.random_range(1..100);
    }
    let length = writer.rng.random_range(1..40);
    for _ in 0..length {
        writer.tell();
    }
    writer.entries
}

struct Writer {
    rng: SmallRng,
    entries: Vec<Entry>,
    /// Share of the entries that concern the first ASF, in percent.
    focus: u32,
}

impl Writer {
    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.rng.random_range(0..choices.len())]
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// Any day from 2024-06 to 2028-09; edges of period, look-back and follow-up are more common.
    fn day(&mut self) -> NaiveDate {
        const EDGES: [&str; 9] = [
            "2024-12-31",
            "2025-01-01",
            "2026-12-31",
            "2027-01-01",
            "2027-12-31",
            "2028-01-01",
            "2028-06-30",
            "2028-07-01",
            "2027-06-01",
        ];
        if self.chance(35) {
            return self.pick(&EDGES).parse().unwrap();
        }
        let first: NaiveDate = "2024-06-01".parse().unwrap();
        first + Duration::days(self.rng.random_range(0..1_580))
    }

    fn asf(&mut self) -> AsfId {
        if self.chance(self.focus) {
            return AsfId(1);
        }
        AsfId(self.rng.random_range(1..4))
    }

    /// Companies 1–4, public actors 5–8, an ASF 9, a nonprofit 10, one that is excluded 11.
    fn other(&mut self, public: bool) -> Counterpart {
        let focused = self.chance(self.focus);
        let serial = if focused {
            if public { 5 } else { 1 }
        } else if public {
            self.rng.random_range(5..9)
        } else {
            self.pick(&[1, 1, 2, 2, 3, 4, 9, 10, 11])
        };
        let class = match serial {
            5..=8 => CounterpartClass::Public,
            9 => CounterpartClass::Asf,
            10 => CounterpartClass::Nonprofit,
            _ => CounterpartClass::Private,
        };
        Counterpart { class, org_no: Some(org_no(serial)), name: Some(format!("Motpart {serial}")), group: None }
    }

    fn places(&mut self) -> Vec<Place> {
        let code = if self.chance(90) { "0680" } else { "0580" };
        vec![Place::parse(code).unwrap()]
    }

    fn parties(&mut self, public: bool) -> Parties {
        Parties { asf: self.asf(), asf_places: self.places(), counterpart: self.other(public) }
    }

    fn tell(&mut self) {
        let day = self.day();
        // Support is told rarely; once it is, more of the same case follows.
        let is_support = |entry: &Entry| matches!(entry.told.fact, Fact::SupportContact(_));
        let follows = self.entries.last().is_some_and(is_support) && self.chance(60);
        let kind = if follows { self.pick(&[20, 80]) } else { self.rng.random_range(0..100) };
        let fact = match kind {
            0..=7 => Fact::Order(Order { parties: self.parties(false), amount_ore: None }),
            8..=31 => self.income(),
            32..=42 => self.credit(),
            43..=51 => self.agreement(),
            52..=58 => self.bid(day),
            59..=65 => self.procurement(day),
            66..=67 => Fact::Cancellation(Cancellation { procurement: self.notice() }),
            68..=75 => self.contact(),
            76..=83 => self.outcome(),
            84..=86 => self.merger(),
            87..=88 => self.ownership(),
            89 => self.public_actor(),
            90..=94 => match self.earlier() {
                Some(of) => Fact::Evidence { of },
                None => return,
            },
            _ => match self.unreversed() {
                Some(of) => Fact::Reversal { of, reason: "fel".to_owned() },
                None => return,
            },
        };
        let id = i64::try_from(self.entries.len()).unwrap() + 1;
        let level = self.pick(&[
            EvidenceLevel::Evidenced,
            EvidenceLevel::Evidenced,
            EvidenceLevel::Evidenced,
            EvidenceLevel::Claimed,
            EvidenceLevel::Confirmed,
        ]);
        let late = if self.chance(30) { self.rng.random_range(0..400) } else { 0 };
        let recorded_at: DateTime<Utc> = day.and_hms_opt(12, 0, 0).unwrap().and_utc() + Duration::days(late);
        let told = NewEntry {
            key: format!("line {id}"),
            occurred_on: day,
            pairing_id: None,
            evidence: Evidence { level, reference: String::new() },
            fact,
        };
        self.entries.push(Entry { id: EntryId(id), recorded_at, recorded_by: "test".to_owned(), told });
    }

    fn agreement_key(&mut self) -> String {
        format!("K{}", self.rng.random_range(1..4))
    }

    fn notice(&mut self) -> String {
        format!("N{}", self.rng.random_range(1..5))
    }

    fn income(&mut self) -> Fact {
        let public = self.chance(35);
        let kind = if self.chance(85) { IncomeKind::Service } else { self.pick(&[IncomeKind::Gift, IncomeKind::Loan]) };
        let agreement_key = (public && self.chance(80)).then(|| self.agreement_key());
        let amount_ore = self.rng.random_range(1..4) * 100_000;
        Fact::Income(Income { parties: self.parties(public), kind, amount_ore, agreement_key, credits: None })
    }

    /// Mostly of an invoice that is there, with or without its name.
    fn credit(&mut self) -> Fact {
        let invoices: Vec<(String, Income)> = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.told.fact {
                Fact::Income(income) => Some((entry.told.key.clone(), income.clone())),
                _ => None,
            })
            .collect();
        if invoices.is_empty() {
            return self.income();
        }
        let (key, invoice) = invoices[self.rng.random_range(0..invoices.len())].clone();
        let amount_ore = -self.rng.random_range(1..4) * 100_000;
        let credits = self.chance(50).then_some(key);
        Fact::Income(Income { amount_ore, credits, ..invoice })
    }

    fn agreement(&mut self) -> Fact {
        let public = self.chance(90);
        let kind = self.pick(&[
            AgreementKind::Contract,
            AgreementKind::Contract,
            AgreementKind::Framework,
            AgreementKind::CallOff,
            AgreementKind::Placement,
            AgreementKind::Iop,
            AgreementKind::AwardDecision,
        ]);
        let award = self.pick(&[RenewalAward::New, RenewalAward::Extended]);
        Fact::Agreement(Agreement {
            parties: self.parties(public),
            key: self.agreement_key(),
            kind,
            renewal: self.chance(15).then(|| Renewal { of: "K0".to_owned(), award }),
            price: if self.chance(20) { Price::Firm } else { Price::Open },
            amount_ore: None,
        })
    }

    fn bid(&mut self, day: NaiveDate) -> Fact {
        let received_at = day.and_hms_opt(10, 0, 0).unwrap().and_utc();
        let minutes = self.pick(&[0, 1, -1, 600]);
        Fact::Bid(Bid {
            parties: self.parties(true),
            procurement: self.notice(),
            role: self.pick(&BidRole::ALL),
            procedure: self.pick(&Procedure::ALL),
            received_at,
            deadline_at: self.chance(80).then(|| received_at + Duration::minutes(minutes)),
        })
    }

    fn procurement(&mut self, day: NaiveDate) -> Fact {
        let public = self.chance(95);
        let stated = [self.pick(&Stated::ALL), self.pick(&Stated::ALL)];
        let deadline_on = self.chance(80).then(|| day + Duration::days(self.pick(&[0, 1, 30])));
        Fact::Procurement(Procurement {
            actor: self.other(public),
            key: self.notice(),
            part: self.pick(&[Part::Buyer, Part::Buyer, Part::CallOff, Part::Listed]),
            stated: stated.to_vec(),
            deadline_on,
            stage: self.pick(&[Stage::Applied, Stage::Applied, Stage::Policy, Stage::Contracted, Stage::FollowedUp]),
        })
    }

    fn case(&mut self) -> Case {
        let told = self.entries.iter().rev().find_map(|entry| match &entry.told.fact {
            Fact::SupportContact(contact) => Some(contact.case.clone()),
            _ => None,
        });
        if let Some(case) = told.filter(|_| self.rng.random_range(0..100) < 75) {
            return case;
        }
        let actor = if self.chance(90) { "Coompanion" } else { "Arbetsförmedlingen" };
        let matter = if self.chance(self.focus) { "anbud" } else { self.pick(&["anbud", "kalkyl", "lokal"]) };
        Case { asf: self.asf(), actor: actor.to_owned(), matter: matter.to_owned() }
    }

    fn contact(&mut self) -> Fact {
        Fact::SupportContact(SupportContact {
            case: self.case(),
            asf_places: self.places(),
            form: if self.chance(85) { ContactForm::Individual } else { ContactForm::Open },
            kind: SupportKind::Advice,
        })
    }

    fn outcome(&mut self) -> Fact {
        let increase = if self.chance(60) {
            let mut links = vec![self.agreement_key()];
            links.extend(self.some_income());
            links.extend(self.some_income().filter(|_| links.len() > 1));
            Increase::NewStream(links)
        } else {
            let before = self.pick(&["2026-06-01", "2026-05-01", "2025-06-01"]).parse().unwrap();
            let after = self.pick(&["2027-06-01", "2027-06-01", "2028-03-01"]).parse().unwrap();
            Increase::Periods(Periods { before, after, months: self.pick(&[2, 3, 4, 6, 12]) })
        };
        Fact::SupportOutcome(SupportOutcome {
            case: self.case(),
            increase,
            without: self.pick(&[Without::Nothing, Without::Less, Without::Less, Without::TheSame]),
            agreed_by: self.pick(&[Some(AgreedBy::Adviser), Some(AgreedBy::Staff), Some(AgreedBy::Staff), None]),
        })
    }

    fn some_income(&mut self) -> Option<String> {
        let is_income = |entry: &&Entry| matches!(entry.told.fact, Fact::Income(_));
        let keys: Vec<String> = self.entries.iter().filter(is_income).map(|entry| entry.told.key.clone()).collect();
        (!keys.is_empty()).then(|| keys[self.rng.random_range(0..keys.len())].clone())
    }

    /// Circles included.
    fn merger(&mut self) -> Fact {
        if self.chance(30) {
            return Fact::Successor(Successor::Asf { from: self.asf(), to: self.asf() });
        }
        let (from, to) = if self.chance(50) {
            (self.rng.random_range(1..5), self.rng.random_range(1..5))
        } else {
            (self.rng.random_range(5..9), self.rng.random_range(5..9))
        };
        Fact::Successor(Successor::Organisation { from: org_no(from), to: org_no(to) })
    }

    fn ownership(&mut self) -> Fact {
        let change = self.pick(&[OwnershipChange::Begins, OwnershipChange::Ends]);
        Fact::Ownership(Ownership { asf: self.asf(), company: org_no(self.rng.random_range(1..5)), change })
    }

    fn public_actor(&mut self) -> Fact {
        let group = self.chance(70).then(|| org_no(self.rng.random_range(5..9)));
        let kind = self.pick(&PublicActorKind::ALL);
        Fact::Actor(PublicActor { org_no: org_no(self.rng.random_range(5..9)), kind, group })
    }

    fn earlier(&mut self) -> Option<EntryId> {
        (!self.entries.is_empty()).then(|| self.entries[self.rng.random_range(0..self.entries.len())].id)
    }

    /// The store lets each entry be taken back once.
    fn unreversed(&mut self) -> Option<EntryId> {
        let taken = |id: EntryId| {
            let of = |entry: &Entry| matches!(entry.told.fact, Fact::Reversal { of, .. } if of == id);
            self.entries.iter().any(of)
        };
        let free: Vec<EntryId> = self.entries.iter().map(|entry| entry.id).filter(|id| !taken(*id)).collect();
        (!free.is_empty()).then(|| free[self.rng.random_range(0..free.len())])
    }
}
