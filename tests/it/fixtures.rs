//! The fixtures 30 to 42 of the counting rules (T3 to T5), each through the real store, and what the
//! project's decisions change.

use samhandla::domain::{
    actor::{PublicActor, PublicActorKind},
    asf::AsfId,
    bid::{Bid, BidRole, Procedure},
    ledger::{
        Agreement, AgreementKind, Counterpart, CounterpartClass, Fact, Income, IncomeKind, Renewal, RenewalAward,
    },
    procurement::{Cancellation, Part, Procurement, Stage, Stated},
    support::{AgreedBy, Case, ContactForm, Increase, Periods, SupportContact, SupportKind, SupportOutcome, Without},
    target::{BesideWhat, Clause, TargetId, settings::SettingName},
};

use crate::targets::{
    A, B, C, HOUSING, OTHER_TOWN, Other, TOWN, Tell, X, agreement, check, check_decided, counts, day, invoice,
    invoice_under, org_no, parties, parties_at, signed,
};

use TargetId::{T1, T2, T3, T4, T5};

fn actor(other: &Other) -> Counterpart {
    Counterpart { group: None, ..parties(AsfId(1), other).counterpart }
}

fn procurement(by: &Other, key: &str, stated: &[Stated]) -> Procurement {
    Procurement {
        actor: actor(by),
        key: key.to_owned(),
        part: Part::Buyer,
        stated: stated.to_vec(),
        deadline_on: Some(day("2027-04-01")),
        stage: Stage::Applied,
    }
}

fn notice(by: &'static Other, on: &'static str, key: &'static str, stated: &'static [Stated]) -> Tell {
    Tell::fact(on, move |_| Fact::Procurement(procurement(by, key, stated)))
}

fn cancelled(on: &'static str, key: &'static str) -> Tell {
    Tell::fact(on, move |_| Fact::Cancellation(Cancellation { procurement: key.to_owned() }))
}

/// The housing company belongs to the municipality.
fn grouped() -> Tell {
    Tell::fact("2020-01-01", |_| {
        let (kind, group) = (PublicActorKind::MunicipalCompany, Some(org_no(TOWN.0)));
        Fact::Actor(PublicActor { org_no: org_no(HOUSING.0), kind, group })
    })
}

fn bid_of(asf: AsfId, role: BidRole, procedure: Procedure, received: &str) -> Bid {
    Bid {
        parties: parties(asf, &TOWN),
        procurement: "2027/123".to_owned(),
        role,
        procedure,
        received_at: received.parse().unwrap(),
        deadline_at: Some("2027-05-03T15:00:00Z".parse().unwrap()),
    }
}

fn bid(by: usize, role: BidRole, procedure: Procedure, received: &'static str) -> Tell {
    Tell::fact(&received[..10], move |asf| Fact::Bid(bid_of(asf[by], role, procedure, received)))
}

fn case(asf: AsfId, matter: &str) -> Case {
    Case { asf, actor: "Coompanion".to_owned(), matter: matter.to_owned() }
}

fn met(by: usize, matter: &'static str, on: &'static str) -> Tell {
    Tell::fact(on, move |asf| {
        Fact::SupportContact(SupportContact {
            case: case(asf[by], matter),
            asf_places: parties(asf[by], &X).asf_places,
            form: ContactForm::Individual,
            kind: SupportKind::Advice,
        })
    })
}

fn outcome_of(asf: AsfId, matter: &str, increase: Increase) -> SupportOutcome {
    SupportOutcome { case: case(asf, matter), increase, without: Without::Nothing, agreed_by: Some(AgreedBy::Adviser) }
}

fn led_to(by: usize, matter: &'static str, on: &'static str, link: &'static str) -> Tell {
    Tell::fact(on, move |asf| {
        Fact::SupportOutcome(outcome_of(asf[by], matter, Increase::NewStream(vec![link.to_owned()])))
    })
}

#[tokio::test]
async fn fixture_30_a_policy_alone_is_the_step_before() {
    let policy = Tell::fact("2027-03-01", |_| {
        let none = procurement(&TOWN, "policy", &[Stated::Employment]);
        Fact::Procurement(Procurement { stage: Stage::Policy, ..none })
    });
    check(vec![policy], vec![counts(T3, 0).failing(Clause::D8)]).await;
}

#[tokio::test]
async fn fixture_31_a_reserved_lot_counts() {
    check(vec![notice(&TOWN, "2027-03-01", "N1", &[Stated::Reservation])], vec![counts(T3, 1)]).await;
}

#[tokio::test]
async fn fixture_32_labour_terms_are_no_social_consideration() {
    let history = vec![notice(&TOWN, "2027-03-01", "N1", &[Stated::LabourTerms])];
    check(history, vec![counts(T3, 0).failing(Clause::T3c)]).await;
}

#[tokio::test]
async fn fixture_33_two_notices_of_one_municipality_are_one_actor() {
    let history = vec![
        notice(&TOWN, "2027-03-01", "N1", &[Stated::Reservation]),
        notice(&TOWN, "2027-06-01", "N2", &[Stated::Employment]),
    ];
    check(history, vec![counts(T3, 1)]).await;
}

#[tokio::test]
async fn fixture_34_a_municipality_of_the_baseline_does_not_count() {
    let baseline = org_no(TOWN.0).as_str().to_owned();
    let history = vec![grouped(), notice(&HOUSING, "2027-03-01", "N1", &[Stated::Reservation])];
    let expected = vec![counts(T3, 0).failing(Clause::D13)];
    check_decided(&[(SettingName::Baseline, &baseline)], history, expected).await;
}

#[tokio::test]
async fn fixture_35_a_municipality_and_its_company_are_one_actor() {
    let history = || {
        vec![
            grouped(),
            notice(&TOWN, "2027-03-01", "N1", &[Stated::Reservation]),
            notice(&HOUSING, "2027-06-01", "N2", &[Stated::Employment]),
        ]
    };
    check(history(), vec![counts(T3, 1)]).await;
    check_decided(&[(SettingName::PublicLevel, "actor")], history(), vec![counts(T3, 2)]).await;
}

#[tokio::test]
async fn fixture_36_an_unclear_objective_waits_for_a_person() {
    let told = || notice(&TOWN, "2027-03-01", "N1", &[Stated::Unclear, Stated::OtherRights]);
    check(vec![told()], vec![counts(T3, 0).review(Clause::T3c)]).await;
    check(vec![told(), Tell::evidence(0, "2027-05-01").confirmed()], vec![counts(T3, 1)]).await;
}

#[tokio::test]
async fn fixture_37_a_notice_cancelled_before_the_deadline_does_not_count() {
    let told = || notice(&TOWN, "2027-03-01", "N1", &[Stated::Reservation]);
    check(vec![told(), cancelled("2027-03-31", "N1")], vec![counts(T3, 0).failing(Clause::T3b)]).await;
    check(vec![told(), cancelled("2027-04-01", "N1")], vec![counts(T3, 1)]).await;
    check(vec![told(), cancelled("2027-03-31", "N2")], vec![counts(T3, 1)]).await;
}

#[tokio::test]
async fn fixture_38_three_lost_bids_of_one_asf_are_one() {
    let history = vec![
        bid(A, BidRole::Sole, Procedure::Advertised, "2027-05-01T08:00:00Z"),
        bid(A, BidRole::Sole, Procedure::Dps, "2027-05-02T08:00:00Z"),
        bid(A, BidRole::Sole, Procedure::MiniCompetition, "2027-05-03T15:00:00Z"),
    ];
    check(history, vec![counts(T4, 1)]).await;
}

#[tokio::test]
async fn fixture_39_members_of_a_group_count_and_a_subcontractor_does_not() {
    let history = vec![
        bid(A, BidRole::Group, Procedure::Advertised, "2027-05-01T08:00:00Z"),
        bid(B, BidRole::Group, Procedure::Advertised, "2027-05-01T08:00:00Z"),
        bid(C, BidRole::Subcontractor, Procedure::Advertised, "2027-05-01T08:00:00Z"),
    ];
    check(history, vec![counts(T4, 2).failing(Clause::T4a)]).await;
}

#[tokio::test]
async fn fixture_40_a_bid_one_minute_late_does_not_count() {
    let history = vec![bid(A, BidRole::Sole, Procedure::Advertised, "2027-05-03T15:01:00Z")];
    check(history, vec![counts(T4, 0).failing(Clause::T4b)]).await;
}

#[tokio::test]
async fn fixture_41_five_meetings_and_a_first_contract_are_one_case() {
    let history = vec![
        met(A, "anbud", "2027-02-01"),
        met(A, "anbud", "2027-02-08"),
        met(A, "anbud", "2027-02-15"),
        met(A, "anbud", "2027-02-22"),
        met(A, "anbud", "2027-03-01"),
        signed(A, &TOWN, "2027-04-01", "K1", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-05-01", "K1", IncomeKind::Service),
        led_to(A, "anbud", "2027-06-01", "K1"),
    ];
    check(history, vec![counts(T5, 1), counts(T2, 1)]).await;
}

#[tokio::test]
async fn fixture_42_a_loan_is_no_income_and_one_income_supports_one_case() {
    let loan = Tell::fact("2027-04-01", |asf| {
        let (parties, kind) = (parties(asf[A], &X), IncomeKind::Loan);
        Fact::Income(Income { parties, kind, amount_ore: 5_000_000, agreement_key: None, credits: None })
    });
    let history = vec![met(A, "kapital", "2027-02-01"), loan, led_to(A, "kapital", "2027-06-01", "line 1")];
    check(history, vec![counts(T5, 0).failing(Clause::C4)]).await;
    let history = vec![
        met(A, "anbud", "2027-02-01"),
        met(A, "kalkyl", "2027-02-02"),
        invoice(A, &X, "2027-05-01"),
        led_to(A, "anbud", "2027-06-01", "line 2"),
        led_to(A, "kalkyl", "2027-06-02", "line 2"),
    ];
    check(history, vec![counts(T5, 1).failing(Clause::T5f)]).await;
}

#[tokio::test]
async fn each_clause_of_t3_is_named_when_it_fails() {
    let with = |change: fn(Procurement) -> Procurement| {
        Tell::fact("2027-03-01", move |_| Fact::Procurement(change(procurement(&TOWN, "N1", &[Stated::Reservation]))))
    };
    let failing = |clause| vec![counts(T3, 0).failing(clause)];
    check(vec![notice(&TOWN, "2026-12-31", "N1", &[Stated::Reservation])], failing(Clause::T3a)).await;
    check(vec![notice(&X, "2027-03-01", "N1", &[Stated::Reservation])], failing(Clause::T3)).await;
    check(vec![with(|told| Procurement { part: Part::Listed, ..told })], failing(Clause::T3d)).await;
    let called_off = with(|told| Procurement { part: Part::CallOff, ..told });
    check(vec![called_off], vec![counts(T3, 1).beside(BesideWhat::Contracted, 0)]).await;
    let nameless = with(|told| Procurement { actor: Counterpart { org_no: None, ..told.actor }, ..told });
    check(vec![nameless], failing(Clause::C5)).await;
    let claimed = notice(&TOWN, "2027-03-01", "N1", &[Stated::Reservation]).claimed();
    check(vec![claimed], vec![counts(T3, 0).claimed(Clause::T3e)]).await;
    let samhall = with(|told| Procurement {
        actor: Counterpart { org_no: samhandla::domain::org_no::OrgNo::parse("556448-1397").ok(), ..told.actor },
        ..told
    });
    check(vec![samhall], failing(Clause::D12)).await;
}

#[tokio::test]
async fn a_contract_of_an_earlier_procurement_does_not_move_its_start() {
    let contracted = Tell::fact("2027-03-01", |_| {
        let told = procurement(&TOWN, "N1", &[Stated::Employment]);
        Fact::Procurement(Procurement { stage: Stage::Contracted, ..told })
    });
    let history = vec![notice(&TOWN, "2026-10-01", "N1", &[Stated::Employment]), contracted];
    check(history, vec![counts(T3, 0).failing(Clause::T3a)]).await;
}

#[tokio::test]
async fn the_ladder_is_told_beside_and_decides_when_the_project_says_so() {
    let at = |on: &'static str, stage: Stage| {
        Tell::fact(on, move |_| {
            Fact::Procurement(Procurement { stage, ..procurement(&TOWN, "N1", &[Stated::Employment]) })
        })
    };
    let history = || vec![at("2027-03-01", Stage::Applied), at("2027-07-01", Stage::Contracted)];
    check(history(), vec![counts(T3, 1).beside(BesideWhat::Contracted, 1).beside(BesideWhat::FollowedUp, 0)]).await;
    let decided = [(SettingName::SocialStage, "followed_up")];
    check_decided(&decided, history(), vec![counts(T3, 0).failing(Clause::D8)]).await;
}

#[tokio::test]
async fn each_clause_of_t4_is_named_when_it_fails() {
    let failing = |clause| vec![counts(T4, 0).failing(clause)];
    let advertised = Procedure::Advertised;
    check(vec![bid(A, BidRole::Capacity, advertised, "2027-05-01T08:00:00Z")], failing(Clause::T4a)).await;
    check(vec![bid(A, BidRole::Sole, advertised, "2026-12-31T08:00:00Z")], failing(Clause::T4c)).await;
    check(vec![bid(A, BidRole::Sole, Procedure::DpsAdmission, "2027-05-01T08:00:00Z")], failing(Clause::T4d)).await;
    let claimed = bid(A, BidRole::Sole, advertised, "2027-05-01T08:00:00Z").claimed();
    check(vec![claimed], vec![counts(T4, 0).claimed(Clause::T4e)]).await;
    let abroad = Tell::fact("2027-05-01", |asf| {
        let told = bid_of(asf[A], BidRole::Sole, Procedure::Advertised, "2027-05-01T08:00:00Z");
        Fact::Bid(Bid { parties: parties_at(asf[A], &TOWN, "0580"), ..told })
    });
    check(vec![abroad], failing(Clause::C6)).await;
}

#[tokio::test]
async fn answers_to_direct_requests_stand_beside_unless_decided_otherwise() {
    let history = || vec![bid(A, BidRole::Sole, Procedure::DirectAward, "2027-05-01T08:00:00Z")];
    let beside = counts(T4, 0).failing(Clause::T4d).beside(BesideWhat::DirectAnswers, 1);
    check(history(), vec![beside]).await;
    check_decided(&[(SettingName::DirectAnswers, "count")], history(), vec![counts(T4, 1)]).await;
}

#[tokio::test]
async fn each_clause_of_t5_is_named_when_it_fails() {
    let with = |change: fn(SupportOutcome) -> SupportOutcome| {
        Tell::fact("2027-06-01", move |asf| {
            let stream = Increase::NewStream(vec!["line 1".to_owned()]);
            Fact::SupportOutcome(change(outcome_of(asf[A], "anbud", stream)))
        })
    };
    let history = |contact: Tell, income: Tell, outcome: Tell| vec![contact, income, outcome];
    let met_in = |on| met(A, "anbud", on);
    let failing = |clause| vec![counts(T5, 0).failing(clause)];
    let told = || with(|told| told);
    let sold = || invoice(A, &X, "2027-05-01");
    check(history(met_in("2027-02-01"), sold(), told()), vec![counts(T5, 1)]).await;
    check(history(met_in("2026-12-31"), sold(), told()), failing(Clause::T5b)).await;
    check(history(met_in("2027-05-01"), sold(), told()), failing(Clause::T5c)).await;
    check(history(met_in("2027-02-01"), invoice(A, &X, "2028-07-01"), told()), failing(Clause::T5c)).await;
    let alike = with(|told| SupportOutcome { without: Without::TheSame, ..told });
    check(history(met_in("2027-02-01"), sold(), alike), failing(Clause::T5d)).await;
    let alone = || with(|told| SupportOutcome { agreed_by: None, ..told });
    check(history(met_in("2027-02-01"), sold(), alone()), failing(Clause::T5d)).await;
    let one = [(SettingName::Causality, "one")];
    check_decided(&one, history(met_in("2027-02-01"), sold(), alone()), vec![counts(T5, 1)]).await;
    let none = [(SettingName::SupportActors, "Almi")];
    check_decided(&none, history(met_in("2027-02-01"), sold(), told()), failing(Clause::T5a)).await;
    let claimed = vec![counts(T5, 0).claimed(Clause::T5e)];
    check(history(met_in("2027-02-01"), sold(), told().claimed()), claimed).await;
    let waiting = vec![met_in("2027-02-01"), led_to(A, "anbud", "2027-06-01", "K9")];
    check(waiting, vec![counts(T5, 0).pending(Clause::T5c)]).await;
    check(vec![met_in("2027-02-01")], failing(Clause::T5c)).await;
}

#[tokio::test]
async fn comparable_periods_are_of_the_same_season_and_long_enough() {
    let compared = |before: &'static str, months: u32| {
        Tell::fact("2027-12-01", move |asf| {
            let periods = Periods { before: day(before), after: day("2027-06-01"), months };
            Fact::SupportOutcome(outcome_of(asf[A], "anbud", Increase::Periods(periods)))
        })
    };
    let history = |outcome: Tell| {
        let one = || invoice(A, &X, "2026-06-15");
        vec![met(A, "anbud", "2027-02-01"), one(), invoice(A, &X, "2027-06-15"), invoice(A, &X, "2027-07-15"), outcome]
    };
    check(history(compared("2026-06-01", 3)), vec![counts(T5, 1)]).await;
    check(history(compared("2026-06-01", 2)), vec![counts(T5, 0).failing(Clause::T5c)]).await;
    check(history(compared("2026-05-01", 3)), vec![counts(T5, 0).failing(Clause::T5c)]).await;
    check(history(compared("2026-06-01", 14)), vec![counts(T5, 0).failing(Clause::T5c)]).await;
}

#[tokio::test]
async fn decisions_on_nonprofits_groups_partnerships_renewals_and_placements_are_obeyed() {
    const NONPROFIT: Other = Other(21, CounterpartClass::Nonprofit, None);
    let sold = || vec![invoice(A, &NONPROFIT, "2027-03-01")];
    check(sold(), vec![counts(T1, 0).failing(Clause::T1a)]).await;
    check_decided(&[(SettingName::NonprofitIsBusiness, "yes")], sold(), vec![counts(T1, 1)]).await;
    const MOTHER: Other = Other(22, CounterpartClass::Private, Some("koncern"));
    const DAUGHTER: Other = Other(23, CounterpartClass::Private, Some("koncern"));
    let both = || vec![invoice(A, &MOTHER, "2027-03-01"), invoice(A, &DAUGHTER, "2027-03-01")];
    check_decided(&[(SettingName::CompanyLevel, "group")], both(), vec![counts(T1, 1)]).await;
    let under = |kind: AgreementKind| {
        vec![
            signed(A, &TOWN, "2027-02-01", "K1", kind),
            invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Placement),
        ]
    };
    let never = vec![counts(T2, 0).failing(Clause::T2f)];
    check_decided(&[(SettingName::Iop, "never")], under(AgreementKind::Iop), never).await;
    let never = vec![counts(T2, 0).failing(Clause::D7)];
    check_decided(&[(SettingName::Placement, "no")], under(AgreementKind::Placement), never).await;
    let renewed = Tell::fact("2027-02-01", |asf| {
        let renewal = Some(Renewal { of: "K0".to_owned(), award: RenewalAward::New });
        Fact::Agreement(Agreement { renewal, ..agreement(parties(asf[A], &TOWN), "K1", AgreementKind::Contract) })
    });
    let history = vec![renewed, invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service)];
    let never = vec![counts(T2, 0).failing(Clause::T2c)];
    check_decided(&[(SettingName::Renewal, "never")], history, never).await;
}

#[tokio::test]
async fn public_actors_are_told_by_kind_and_an_old_order_may_wait_again() {
    let told = Tell::fact("2020-01-01", |_| {
        let (kind, group) = (PublicActorKind::Municipality, None);
        Fact::Actor(PublicActor { org_no: org_no(TOWN.0), kind, group })
    });
    let history = vec![
        told,
        signed(A, &TOWN, "2027-02-01", "K1", AgreementKind::Contract),
        invoice_under(A, &TOWN, "2027-03-01", "K1", IncomeKind::Service),
        signed(A, &OTHER_TOWN, "2027-02-01", "K2", AgreementKind::Contract),
        invoice_under(A, &OTHER_TOWN, "2027-03-01", "K2", IncomeKind::Service),
    ];
    let municipalities = BesideWhat::ActorKind(PublicActorKind::Municipality);
    check(history, vec![counts(T2, 2).beside(BesideWhat::PublicActors, 2).beside(municipalities, 1)]).await;
    let order = Tell::fact("2027-11-01", |asf| {
        Fact::Order(samhandla::domain::ledger::Order { parties: parties(asf[A], &X), amount_ore: None })
    });
    let forgotten = vec![invoice(A, &X, "2024-06-01"), order];
    check(forgotten, vec![counts(T1, 0).pending(Clause::T1f)]).await;
}
