//! The targets against the fixtures 1 to 29 (T1 and T2; the others are in `fixtures.rs`) of the counting rules, each through the real store.
//! Period 2027, look-back 24 months, follow-up to 2028-06-30; evidence 1 unless said.

use chrono::{DateTime, NaiveDate, Utc};
use samhandla::{
    domain::{
        asf::{AsfId, NewAsf},
        evidence::{Evidence, EvidenceLevel},
        ledger::{
            Agreement, AgreementKind, Counterpart, CounterpartClass, Fact, Income, IncomeKind, NewEntry, Order,
            Ownership, OwnershipChange, Parties, Price, Renewal, RenewalAward, Successor,
        },
        org_no::OrgNo,
        place::Place,
        target::{self, BesideWhat, Clause, Progress, TargetId, settings::SettingName},
    },
    service::targets::{self, Decision},
    store::{asf, connection, ledger},
};
use sea_orm::DatabaseConnection;

use crate::support::database;

use TargetId::{T1, T2};

/// Three ASF.
pub const A: usize = 0;
pub const B: usize = 1;
pub const C: usize = 2;

/// The other sides: serial number (0 for none), class, group.
pub struct Other(pub u32, pub CounterpartClass, pub Option<&'static str>);

pub const X: Other = Other(1, CounterpartClass::Private, None);
const Z: Other = Other(2, CounterpartClass::Private, None);
const PRIME: Other = Other(3, CounterpartClass::Private, None);
const MOTHER: Other = Other(4, CounterpartClass::Private, Some("X-koncernen"));
const DAUGHTER: Other = Other(5, CounterpartClass::Private, Some("X-koncernen"));
const NUMBERLESS: Other = Other(0, CounterpartClass::Private, None);
const ASF_B: Other = Other(6, CounterpartClass::Asf, None);
const PERSON: Other = Other(0, CounterpartClass::Person, None);
pub const TOWN: Other = Other(7, CounterpartClass::Public, None);
pub const OTHER_TOWN: Other = Other(8, CounterpartClass::Public, None);
pub const HOUSING: Other = Other(9, CounterpartClass::Public, Some("kommunkoncern"));

/// One line of a history.
pub struct Tell {
    day: &'static str,
    recorded: &'static str,
    reference: &'static str,
    level: Option<EvidenceLevel>,
    what: What,
}

/// Makes a fact when the ASF have their keys.
type MakeFact = Box<dyn Fn(&[AsfId]) -> Fact>;

enum What {
    Fact(MakeFact),
    /// Takes back the line with this number, from 0.
    Reverse(usize),
    Evidence(usize),
}

impl Tell {
    pub fn fact(day: &'static str, fact: impl Fn(&[AsfId]) -> Fact + 'static) -> Self {
        Self { day, recorded: day, reference: "F-1", level: None, what: What::Fact(Box::new(fact)) }
    }

    fn reverse(line: usize, day: &'static str) -> Self {
        Self { day, recorded: day, reference: "", level: None, what: What::Reverse(line) }
    }

    pub fn evidence(line: usize, day: &'static str) -> Self {
        Self { day, recorded: day, reference: "F-2", level: None, what: What::Evidence(line) }
    }

    /// Evidence that the other side, or a person of the staff, stands for.
    pub fn confirmed(self) -> Self {
        Self { level: Some(EvidenceLevel::Confirmed), ..self }
    }

    pub fn claimed(self) -> Self {
        Self { reference: "", ..self }
    }

    fn recorded(self, recorded: &'static str) -> Self {
        Self { recorded, ..self }
    }
}

pub fn org_no(serial: u32) -> OrgNo {
    let number = |digit: u32| OrgNo::parse(&format!("{}{digit}", 556_000_000 + serial)).ok();
    (0..10).find_map(number).unwrap()
}

pub fn parties_at(asf: AsfId, other: &Other, place: &str) -> Parties {
    let Other(serial, class, group) = other;
    let counterpart = if *class == CounterpartClass::Person {
        Counterpart::person()
    } else {
        Counterpart {
            class: *class,
            org_no: (*serial > 0).then(|| org_no(*serial)),
            name: Some(format!("Motpart {serial}")),
            group: group.map(str::to_owned),
        }
    };
    Parties { asf, asf_places: Place::parse_list(place).unwrap(), counterpart }
}

pub fn parties(asf: AsfId, other: &Other) -> Parties {
    parties_at(asf, other, "0680")
}

pub fn income(by: usize, from: &'static Other, day: &'static str, sek: i64, kind: IncomeKind) -> Tell {
    Tell::fact(day, move |asf| {
        let (parties, amount_ore) = (parties(asf[by], from), sek * 100);
        Fact::Income(Income { parties, kind, amount_ore, agreement_key: None, credits: None })
    })
}

pub fn invoice(by: usize, to: &'static Other, day: &'static str) -> Tell {
    income(by, to, day, 12_000, IncomeKind::Service)
}

pub fn credit(by: usize, to: &'static Other, day: &'static str) -> Tell {
    income(by, to, day, -12_000, IncomeKind::Service)
}

pub fn invoice_under(by: usize, to: &'static Other, day: &'static str, key: &'static str, kind: IncomeKind) -> Tell {
    Tell::fact(day, move |asf| {
        let (parties, agreement_key) = (parties(asf[by], to), Some(key.to_owned()));
        Fact::Income(Income { parties, kind, amount_ore: 1_200_000, agreement_key, credits: None })
    })
}

fn order(by: usize, to: &'static Other, day: &'static str) -> Tell {
    Tell::fact(day, move |asf| Fact::Order(Order { parties: parties(asf[by], to), amount_ore: None }))
}

pub fn signed(by: usize, with: &'static Other, day: &'static str, key: &'static str, kind: AgreementKind) -> Tell {
    Tell::fact(day, move |asf| Fact::Agreement(agreement(parties(asf[by], with), key, kind)))
}

pub fn agreement(parties: Parties, key: &str, kind: AgreementKind) -> Agreement {
    Agreement { parties, key: key.to_owned(), kind, renewal: None, price: Price::Open, amount_ore: None }
}

/// What is expected of one target.
pub struct Expected {
    target: TargetId,
    as_of: &'static str,
    counted: u32,
    claimed: u32,
    pending: u32,
    review: u32,
    failing: Vec<Clause>,
    beside: Vec<(BesideWhat, u32)>,
}

pub fn counts(target: TargetId, counted: u32) -> Expected {
    let as_of = "2028-12-31";
    Expected { target, as_of, counted, claimed: 0, pending: 0, review: 0, failing: Vec::new(), beside: Vec::new() }
}

impl Expected {
    pub fn pending(self, clause: Clause) -> Self {
        Self { pending: 1, ..self.failing(clause) }
    }

    pub fn review(self, clause: Clause) -> Self {
        Self { review: 1, ..self.failing(clause) }
    }

    pub fn claimed(self, clause: Clause) -> Self {
        Self { claimed: 1, ..self.failing(clause) }
    }

    pub fn failing(mut self, clause: Clause) -> Self {
        self.failing.push(clause);
        self
    }

    pub fn beside(mut self, what: BesideWhat, number: u32) -> Self {
        self.beside.push((what, number));
        self
    }

    pub fn known_at(self, as_of: &'static str) -> Self {
        Self { as_of, ..self }
    }

    pub fn check(&self, progress: &Progress) {
        let seen = |what: &str| format!("{:?} as of {}: {what}: {:#?}", self.target, self.as_of, progress.items);
        let failing: Vec<Clause> = progress.items.iter().filter_map(target::Item::failed).collect();
        assert_eq!(progress.counted, self.counted, "{}", seen("counted"));
        assert_eq!(progress.claimed, self.claimed, "{}", seen("claimed"));
        assert_eq!(progress.pending, self.pending, "{}", seen("pending"));
        assert_eq!(progress.review, self.review, "{}", seen("review"));
        assert_eq!(failing, self.failing, "{}", seen("failing clauses"));
        assert_eq!(progress.evidenced + progress.confirmed, progress.counted, "{}", seen("evidenced and confirmed"));
        for (what, number) in &self.beside {
            let told = progress.beside.iter().find(|beside| beside.what == *what).unwrap();
            assert_eq!(told.number, *number, "{what:?}");
        }
    }
}

/// Tells a history to a fresh ledger and compares what it amounts to.
pub async fn check(history: Vec<Tell>, expected: Vec<Expected>) {
    check_decided(&[], history, expected).await;
}

/// The same under other decisions.
pub async fn check_decided(decided: &[(SettingName, &str)], history: Vec<Tell>, expected: Vec<Expected>) {
    let database = database::fresh().await;
    let asf = programme(&database.connection).await;
    let decisions: Vec<_> = decided.iter().map(|(name, value)| Decision::Setting(*name, (*value).to_owned())).collect();
    targets::decide(&database.connection, "test", &decisions, day("2026-02-02"), noon("2026-02-02")).await.unwrap();
    tell(&database.connection, &asf, history).await;
    for expected in expected {
        let as_of = target::parse_as_of(expected.as_of).unwrap();
        let progress = targets::progress(&database.connection, as_of).await.unwrap();
        expected.check(progress.iter().find(|progress| progress.id == expected.target).unwrap());
    }
}

/// The period of the fixtures, and three ASF.
pub async fn programme(database: &DatabaseConnection) -> Vec<AsfId> {
    let decisions = [
        (SettingName::PeriodStart, "2027-01-01"),
        (SettingName::PeriodEnd, "2027-12-31"),
        (SettingName::FollowupEnd, "2028-06-30"),
        (SettingName::LookBackMonths, "24"),
    ]
    .map(|(name, value)| Decision::Setting(name, value.to_owned()));
    targets::decide(database, "test", &decisions, day("2026-02-01"), noon("2026-02-01")).await.unwrap();
    let tx = connection::begin(database).await.unwrap();
    let mut asfs = Vec::new();
    for serial in [101, 102, 103] {
        asfs.push(asf::insert(&tx, &new_asf(serial), "", noon("2026-02-01")).await.unwrap());
    }
    tx.commit().await.unwrap();
    asfs
}

fn new_asf(serial: u32) -> NewAsf {
    NewAsf {
        org_no: org_no(serial),
        unit: String::new(),
        name: format!("ASF {serial}"),
        legal_form: "ekonomisk förening".to_owned(),
        municipality: Place::parse("0680").unwrap(),
        postal_code: String::new(),
        website: String::new(),
        email: None,
        area: Vec::new(),
        capabilities: Vec::new(),
    }
}

async fn tell(database: &DatabaseConnection, asf: &[AsfId], history: Vec<Tell>) {
    let tx = connection::begin(database).await.unwrap();
    let mut ids = Vec::new();
    for (line, tell) in history.into_iter().enumerate() {
        let fact = match tell.what {
            What::Fact(fact) => fact(asf),
            What::Reverse(line) => Fact::Reversal { of: ids[line], reason: "fel bolag".to_owned() },
            What::Evidence(line) => Fact::Evidence { of: ids[line] },
        };
        let mut evidence = Evidence::by_reference(tell.reference);
        evidence.level = tell.level.unwrap_or(evidence.level);
        let new =
            NewEntry { key: format!("line {line}"), occurred_on: day(tell.day), pairing_id: None, evidence, fact };
        ids.push(ledger::insert(&tx, &new, "test", noon(tell.recorded)).await.unwrap());
    }
    tx.commit().await.unwrap();
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn noon(text: &str) -> DateTime<Utc> {
    format!("{text}T12:00:00Z").parse().unwrap()
}

#[tokio::test]
async fn fixture_01_a_first_invoice_to_a_company_counts() {
    let beside = counts(T1, 1).beside(BesideWhat::Asf, 1).beside(BesideWhat::Companies, 1);
    check(vec![invoice(A, &X, "2027-03-01")], vec![beside, counts(T2, 0)]).await;
}

#[tokio::test]
async fn fixture_02_a_second_invoice_adds_nothing() {
    check(vec![invoice(A, &X, "2027-03-01"), invoice(A, &X, "2027-05-01")], vec![counts(T1, 1)]).await;
}

#[tokio::test]
async fn fixture_03_income_in_the_look_back_makes_a_relation_old() {
    let history = vec![invoice(A, &X, "2026-03-01"), invoice(A, &X, "2027-03-01")];
    check(history, vec![counts(T1, 0).failing(Clause::T1c)]).await;
}

#[tokio::test]
async fn fixture_04_income_before_the_look_back_is_forgotten() {
    check(vec![invoice(A, &X, "2024-06-01"), invoice(A, &X, "2027-03-01")], vec![counts(T1, 1)]).await;
}

#[tokio::test]
async fn fixture_05_a_full_credit_note_takes_the_relation_away() {
    let history = vec![invoice(A, &X, "2027-03-01"), credit(A, &X, "2027-04-01")];
    check(history, vec![counts(T1, 0).failing(Clause::C4), counts(T1, 1).known_at("2027-03-31")]).await;
}

#[tokio::test]
async fn fixture_06_an_order_without_invoice_is_pending() {
    check(vec![order(A, &X, "2027-11-01")], vec![counts(T1, 0).pending(Clause::T1f)]).await;
}

#[tokio::test]
async fn fixture_07_an_order_invoiced_in_the_follow_up_counts() {
    check(vec![order(A, &X, "2027-11-01"), invoice(A, &X, "2028-02-01")], vec![counts(T1, 1)]).await;
}

#[tokio::test]
async fn fixture_08_an_order_after_the_period_does_not_count() {
    let history = vec![order(A, &X, "2028-01-10"), invoice(A, &X, "2028-02-01")];
    check(history, vec![counts(T1, 0).failing(Clause::T1b)]).await;
}

#[tokio::test]
async fn fixture_09_a_sale_to_another_asf_does_not_count() {
    check(vec![invoice(A, &ASF_B, "2027-03-01")], vec![counts(T1, 0).failing(Clause::T1a)]).await;
}

#[tokio::test]
async fn fixture_10_a_sale_to_a_municipal_housing_company_is_a_candidate_for_t2() {
    let expected = vec![counts(T1, 0).failing(Clause::T1a), counts(T2, 0).failing(Clause::T2b)];
    check(vec![invoice(A, &HOUSING, "2027-03-01")], expected).await;
}

#[tokio::test]
async fn fixture_11_two_asf_deliver_and_one_invoices_the_company() {
    let history = vec![invoice(A, &X, "2027-03-01"), invoice(B, &ASF_B, "2027-03-02")];
    check(history, vec![counts(T1, 1).failing(Clause::T1a)]).await;
}

#[tokio::test]
async fn fixture_12_two_asf_that_both_invoice_are_two_relations() {
    let expected = counts(T1, 2).beside(BesideWhat::Asf, 2).beside(BesideWhat::Companies, 1);
    check(vec![invoice(A, &X, "2027-03-01"), invoice(B, &X, "2027-03-01")], vec![expected]).await;
}

#[tokio::test]
async fn fixture_13_mother_and_daughter_are_two_companies_in_one_group() {
    let expected = counts(T1, 2).beside(BesideWhat::Companies, 2).beside(BesideWhat::CompanyGroups, 1);
    check(vec![invoice(A, &MOTHER, "2027-03-01"), invoice(A, &DAUGHTER, "2027-03-01")], vec![expected]).await;
}

#[tokio::test]
async fn fixture_14_a_merged_company_is_the_one_it_was() {
    let merger =
        Tell::fact("2026-12-01", |_| Fact::Successor(Successor::Organisation { from: org_no(X.0), to: org_no(Z.0) }));
    let history = vec![invoice(A, &X, "2026-03-01"), merger, invoice(A, &Z, "2027-03-01")];
    check(history, vec![counts(T1, 0).failing(Clause::T1c)]).await;
}

#[tokio::test]
async fn fixture_15_a_private_person_does_not_count() {
    check(vec![invoice(A, &PERSON, "2027-03-01")], vec![counts(T1, 0).failing(Clause::T1a)]).await;
}

#[tokio::test]
async fn fixture_16_sponsorship_is_no_income() {
    let history = vec![income(A, &X, "2027-03-01", 12_000, IncomeKind::Gift)];
    check(history, vec![counts(T1, 0).failing(Clause::C4)]).await;
}

#[tokio::test]
async fn fixture_17_without_evidence_it_is_only_claimed() {
    check(vec![invoice(A, &X, "2027-03-01").claimed()], vec![counts(T1, 0).claimed(Clause::T1e)]).await;
}

#[tokio::test]
async fn fixture_18_a_reversal_holds_from_the_day_it_is_known() {
    let expected = vec![counts(T1, 1).known_at("2027-04-30"), counts(T1, 0).known_at("2027-05-01"), counts(T1, 0)];
    check(vec![invoice(A, &X, "2027-03-01"), Tell::reverse(0, "2027-05-01")], expected).await;
}

#[tokio::test]
async fn fixture_19_the_day_of_the_invoice_decides_and_the_day_of_recording_when_it_is_known() {
    let history = vec![invoice(A, &X, "2027-12-31").recorded("2028-01-03")];
    check(history, vec![counts(T1, 1), counts(T1, 0).known_at("2027-12-31")]).await;
}

#[tokio::test]
async fn fixture_20_an_invoiced_contract_with_a_municipality_counts() {
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
    ];
    check(history, vec![counts(T2, 1), counts(T1, 0).failing(Clause::T1a)]).await;
}

#[tokio::test]
async fn fixture_21_a_framework_without_call_off_is_pending() {
    let history = vec![signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Framework)];
    check(history, vec![counts(T2, 0).pending(Clause::T2d)]).await;
}

#[tokio::test]
async fn fixture_22_an_option_year_is_no_new_agreement() {
    let option = Tell::fact("2027-02-01", |asf| {
        let renewal = Some(Renewal { of: "K0".to_owned(), award: RenewalAward::Extended });
        Fact::Agreement(Agreement { renewal, ..agreement(parties(asf[A], &TOWN), "K1", AgreementKind::Contract) })
    });
    let history = vec![
        signed(A, &TOWN, "2025-02-01", "K0", AgreementKind::Contract),
        option,
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
    ];
    check(history, vec![counts(T2, 0).failing(Clause::T2b).failing(Clause::T2c)]).await;
}

#[tokio::test]
async fn fixture_23_two_contracts_with_the_same_actor_are_two() {
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        signed(A, &TOWN, "2027-04-01", "K2", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
        invoice_under(A, &TOWN, "2027-05-01", "K2", IncomeKind::Service),
    ];
    check(history, vec![counts(T2, 2).beside(BesideWhat::PublicActors, 1)]).await;
}

#[tokio::test]
async fn fixture_24_a_partnership_with_a_grant_does_not_count() {
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Iop),
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Grant),
    ];
    check(history, vec![counts(T2, 0).failing(Clause::T2f)]).await;
}

#[tokio::test]
async fn fixture_25_a_subcontractor_has_a_relation_and_no_public_agreement() {
    let history = vec![
        signed(A, &PRIME, "2027-02-01", "K1", AgreementKind::Contract),
        invoice_under(A, &PRIME, "2027-03-01", "K1", IncomeKind::Service),
    ];
    check(history, vec![counts(T1, 1), counts(T2, 0).failing(Clause::T2a)]).await;
}

#[tokio::test]
async fn fixture_26_signed_the_day_before_the_period_does_not_count() {
    let history = vec![
        signed(A, &TOWN, "2026-12-31", "K1", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-01-15", "K1", IncomeKind::Service),
    ];
    check(history, vec![counts(T2, 0).failing(Clause::T2b)]).await;
}

#[tokio::test]
async fn fixture_27_one_contract_with_a_group_of_three_is_one() {
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        signed(B, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        signed(C, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        invoice_under(B, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
    ];
    check(history, vec![counts(T2, 1)]).await;
}

#[tokio::test]
async fn fixture_28_a_joint_procurement_with_two_contracts_is_two() {
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        signed(A, &OTHER_TOWN, "2027-02-01", "K2", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Goods),
        invoice_under(A, &OTHER_TOWN, "2027-03-01", "K2", IncomeKind::Goods),
    ];
    check(history, vec![counts(T2, 2).beside(BesideWhat::PublicActors, 2)]).await;
}

#[tokio::test]
async fn fixture_29_an_award_decision_is_no_agreement() {
    let history = vec![signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::AwardDecision)];
    check(history, vec![counts(T2, 0).failing(Clause::T2)]).await;
}

#[tokio::test]
async fn an_order_invoiced_after_the_follow_up_does_not_count() {
    let history = vec![order(A, &X, "2027-11-01"), invoice(A, &X, "2028-07-01")];
    check(history, vec![counts(T1, 0).failing(Clause::T1f)]).await;
}

#[tokio::test]
async fn the_edges_of_period_and_look_back_belong_to_them() {
    let inside = vec![invoice(A, &X, "2027-01-01"), invoice(A, &Z, "2027-12-31")];
    check(inside, vec![counts(T1, 2)]).await;
    let outside = vec![invoice(A, &X, "2026-12-31"), invoice(A, &Z, "2028-01-01")];
    check(outside, vec![counts(T1, 0).failing(Clause::T1c).failing(Clause::T1b)]).await;
    let look_back = vec![
        invoice(A, &X, "2025-01-01"),
        invoice(A, &X, "2027-03-01"),
        invoice(A, &Z, "2024-12-31"),
        invoice(A, &Z, "2027-03-01"),
    ];
    check(look_back, vec![counts(T1, 1).failing(Clause::T1c)]).await;
}

#[tokio::test]
async fn a_credit_after_the_period_still_takes_the_invoice_back() {
    let history = vec![invoice(A, &X, "2027-12-01"), credit(A, &X, "2028-02-01")];
    check(history, vec![counts(T1, 0).failing(Clause::C4), counts(T1, 1).known_at("2028-01-31")]).await;
}

#[tokio::test]
async fn an_invoice_of_the_look_back_that_was_credited_leaves_the_relation_new() {
    let history = vec![invoice(A, &X, "2026-03-01"), credit(A, &X, "2026-04-01"), invoice(A, &X, "2027-03-01")];
    check(history, vec![counts(T1, 1)]).await;
}

#[tokio::test]
async fn a_credit_note_credits_the_invoice_it_names() {
    let named = Tell::fact("2027-06-01", |asf| {
        let credits = Some("line 0".to_owned());
        let (parties, kind) = (parties(asf[A], &X), IncomeKind::Service);
        Fact::Income(Income { parties, kind, amount_ore: -1_200_000, agreement_key: None, credits })
    });
    let history = vec![invoice(A, &X, "2026-11-01"), invoice(A, &X, "2027-03-01"), named];
    check(history, vec![counts(T1, 1), counts(T1, 0).failing(Clause::T1c).known_at("2027-05-31")]).await;
}

#[tokio::test]
async fn a_company_without_number_has_no_identity_to_count() {
    check(vec![invoice(A, &NUMBERLESS, "2027-03-01")], vec![counts(T1, 0).failing(Clause::C5)]).await;
}

#[tokio::test]
async fn an_asf_outside_the_county_does_not_count() {
    let abroad = Tell::fact("2027-03-01", |asf| {
        let (parties, kind) = (parties_at(asf[A], &X, "0580"), IncomeKind::Service);
        Fact::Income(Income { parties, kind, amount_ore: 1_200_000, agreement_key: None, credits: None })
    });
    check(vec![abroad], vec![counts(T1, 0).failing(Clause::C6)]).await;
}

#[tokio::test]
async fn common_ownership_on_the_day_keeps_a_relation_from_counting() {
    let owned = |day, with: &'static Other, change| {
        Tell::fact(day, move |asf| Fact::Ownership(Ownership { asf: asf[A], company: org_no(with.0), change }))
    };
    let history = vec![
        owned("2020-01-01", &X, OwnershipChange::Begins),
        invoice(A, &X, "2027-03-01"),
        owned("2020-01-01", &Z, OwnershipChange::Begins),
        owned("2026-01-01", &Z, OwnershipChange::Ends),
        invoice(A, &Z, "2027-03-01"),
    ];
    check(history, vec![counts(T1, 1).failing(Clause::T1d)]).await;
}

#[tokio::test]
async fn an_asf_that_goes_on_as_another_has_the_same_relations() {
    let merger = Tell::fact("2026-12-01", |asf| Fact::Successor(Successor::Asf { from: asf[A], to: asf[B] }));
    let history = vec![invoice(A, &X, "2026-03-01"), merger, invoice(B, &X, "2027-03-01")];
    check(history, vec![counts(T1, 0).failing(Clause::T1c)]).await;
}

#[tokio::test]
async fn mergers_told_in_a_circle_come_to_an_end() {
    let merger = |from: &'static Other, to: &'static Other| {
        Tell::fact("2026-12-01", move |_| {
            Fact::Successor(Successor::Organisation { from: org_no(from.0), to: org_no(to.0) })
        })
    };
    let history = vec![merger(&X, &Z), merger(&Z, &PRIME), merger(&PRIME, &Z), invoice(A, &X, "2027-03-01")];
    check(history, vec![counts(T1, 1)]).await;
}

#[tokio::test]
async fn evidence_that_comes_later_makes_a_claim_count() {
    let history = vec![invoice(A, &X, "2027-03-01").claimed(), Tell::evidence(0, "2027-06-01")];
    check(history, vec![counts(T1, 1), counts(T1, 0).claimed(Clause::T1e).known_at("2027-05-31")]).await;
}

#[tokio::test]
async fn a_reversal_that_is_taken_back_reverses_nothing() {
    let history = vec![invoice(A, &X, "2027-03-01"), Tell::reverse(0, "2027-05-01"), Tell::reverse(1, "2027-06-01")];
    check(history, vec![counts(T1, 0).known_at("2027-05-31"), counts(T1, 1)]).await;
}

#[tokio::test]
async fn a_call_off_with_income_makes_its_framework_count_once() {
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Framework),
        signed(A, &TOWN, "2027-03-01", "K1", AgreementKind::CallOff),
        signed(A, &TOWN, "2027-04-01", "K1", AgreementKind::CallOff),
        invoice_under(A, &TOWN, "2027-05-01", "K1", IncomeKind::Service),
    ];
    let pending = counts(T2, 0).pending(Clause::T2d).known_at("2027-04-30");
    check(history, vec![counts(T2, 1), pending]).await;
}

#[tokio::test]
async fn a_firm_price_is_enough_for_a_contract_and_not_for_a_framework() {
    let firm = |key: &'static str, kind| {
        Tell::fact("2027-02-01", move |asf| {
            Fact::Agreement(Agreement { price: Price::Firm, ..agreement(parties(asf[A], &TOWN), key, kind) })
        })
    };
    check(vec![firm("K1", AgreementKind::Contract)], vec![counts(T2, 1)]).await;
    check(vec![firm("K1", AgreementKind::Framework)], vec![counts(T2, 0).pending(Clause::T2d)]).await;
}

#[tokio::test]
async fn a_paid_partnership_a_new_award_and_a_placement_count() {
    let renewed = Tell::fact("2027-02-01", |asf| {
        let renewal = Some(Renewal { of: "K0".to_owned(), award: RenewalAward::New });
        Fact::Agreement(Agreement { renewal, ..agreement(parties(asf[A], &TOWN), "K1", AgreementKind::Contract) })
    });
    let history = vec![
        renewed,
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
        signed(A, &TOWN, "2027-02-01", "K2", AgreementKind::Iop),
        invoice_under(A, &TOWN, "2027-03-01", "K2", IncomeKind::Service),
        signed(A, &TOWN, "2027-02-01", "K3", AgreementKind::Placement),
        invoice_under(A, &TOWN, "2027-03-01", "K3", IncomeKind::Placement),
    ];
    check(history, vec![counts(T2, 3).beside(BesideWhat::Placements, 1)]).await;
}

#[tokio::test]
async fn a_credited_contract_and_one_without_evidence_do_not_count() {
    let credited = Tell::fact("2027-04-01", |asf| {
        let (parties, agreement_key) = (parties(asf[A], &TOWN), Some("K1".to_owned()));
        let kind = IncomeKind::Service;
        Fact::Income(Income { parties, kind, amount_ore: -1_200_000, agreement_key, credits: None })
    });
    let history = vec![
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
        credited,
        signed(A, &TOWN, "2027-02-01", "K2", AgreementKind::Contract).claimed(),
        invoice_under(A, &TOWN, "2027-03-01", "K2", IncomeKind::Service),
    ];
    check(history, vec![counts(T2, 0).failing(Clause::C4).claimed(Clause::T2e)]).await;
}

#[tokio::test]
async fn decisions_that_do_not_fit_together_are_refused_and_none_is_kept() {
    let database = database::fresh().await;
    let (from, now) = (day("2026-11-23"), noon("2026-11-23"));
    let before = targets::settings(&database.connection, now).await.unwrap();
    let backwards = [Decision::Goal(T1, 12), Decision::Setting(SettingName::PeriodEnd, "2025-12-31".to_owned())];
    assert!(targets::decide(&database.connection, "test", &backwards, from, now).await.is_err());
    assert_eq!(targets::settings(&database.connection, now).await.unwrap(), before);
    targets::decide(&database.connection, "test", &[Decision::Goal(T1, 12)], from, now).await.unwrap();
    let after = targets::settings(&database.connection, now).await.unwrap();
    assert_eq!((before.goals[&T1], after.goals[&T1]), (10, 12));
    let earlier = targets::settings(&database.connection, noon("2026-11-22")).await.unwrap();
    assert_eq!(earlier, before);
}
