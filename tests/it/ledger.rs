//! The ledger: nothing in it can be changed, and what a pairing led to ends up in a target.

use chrono::{DateTime, NaiveDate, Utc};
use samhandla::{
    domain::{
        asf::{AsfId, NewAsf},
        buyer::{BuyerKind, NewBuyer},
        contract::ContractTerms,
        deal::{DealFields, NewDeal},
        evidence::{Evidence, EvidenceLevel},
        language::Language,
        ledger::{CounterpartClass, EntryId, Fact},
        need::{LotId, NeedKind, NeedStatus, NewLot, NewNeed},
        org_no::OrgNo,
        pairing::{PairingId, Strength},
        place::Place,
        reason::Fit,
        reservation::Reservation,
        target::TargetId,
    },
    service::{Error, deals, targets},
    store::{StoreError, asf, audit, buyers, connection, ledger, needs, pairings},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, PaginatorTrait};
use sea_orm_migration::MigratorTrait;

use crate::support::database;

const ASF_NO: &str = "556000-0001";
const BUYER_NO: &str = "559902-0111";

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// An ASF that fits the need of a buyer of this kind.
async fn pairing_with(database: &DatabaseConnection, kind: BuyerKind, buyer_no: &str) -> PairingId {
    let tx = connection::begin(database).await.unwrap();
    let buyer = NewBuyer {
        kind,
        name: "Ljungtorps Armaturfabrik AB".to_owned(),
        org_no: Some(OrgNo::parse(buyer_no).unwrap()),
        municipality: None,
        email: None,
    };
    let asf_id = asf::insert(&tx, &new_asf(), "", now()).await.unwrap();
    let buyer_id = buyers::upsert(&tx, &buyer, now()).await.unwrap();
    let need_id = needs::insert(&tx, &new_need(buyer), buyer_id, "", now()).await.unwrap();
    let lot = needs::find(&tx, need_id).await.unwrap().unwrap().lots[0].id;
    let written = pairings::replace_suggestions(&tx, pairings::Side::Lot(lot), &[fit(lot, asf_id)], now()).await;
    assert_eq!(written.unwrap().inserted, 1);
    let pairing = pairings::list_for_asf(&tx, asf_id).await.unwrap()[0].id;
    tx.commit().await.unwrap();
    pairing
}

fn new_asf() -> NewAsf {
    NewAsf {
        org_no: (0..10).find_map(|digit| OrgNo::parse(&format!("{}{digit}", &ASF_NO[..10])).ok()).unwrap(),
        unit: String::new(),
        name: "Packhuset".to_owned(),
        legal_form: "ekonomisk förening".to_owned(),
        municipality: Place::parse("0665").unwrap(),
        postal_code: String::new(),
        website: String::new(),
        email: None,
        area: Vec::new(),
        capabilities: Vec::new(),
    }
}

fn new_need(buyer: NewBuyer) -> NewNeed {
    let lot = NewLot {
        lot_no: "1".to_owned(),
        title: "Packning".to_owned(),
        text: String::new(),
        cpv: Vec::new(),
        places: Vec::new(),
        value_sek: None,
        deadline_at: None,
        deadline_doubtful: false,
        start_on: None,
        end_on: None,
        reservation: Reservation::None,
        social: Vec::new(),
        contract: ContractTerms::default(),
    };
    NewNeed {
        source: "form".to_owned(),
        external_id: "1".to_owned(),
        issued_at: None,
        kind: NeedKind::Request,
        title: "Packning".to_owned(),
        text: String::new(),
        buyer,
        language: Language::Sv.into(),
        published_on: None,
        publication_no: None,
        url: None,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots: vec![lot],
    }
}

fn fit(lot: LotId, asf: AsfId) -> (LotId, AsfId, Fit) {
    let fit =
        Fit { score: 0.9, topic: 0.9, strength: Some(Strength::Strong), reasons: Vec::new(), objections: Vec::new() };
    (lot, asf, fit)
}

fn deal(pairing: PairingId, kind: &str, amount_sek: &str, reference: &str) -> NewDeal {
    let fields = DealFields { kind, occurred_on: "2026-11-20", amount_sek, reference, ..Default::default() };
    NewDeal::parse(pairing, &fields, today()).unwrap()
}

async fn record(database: &DatabaseConnection, deal: NewDeal) -> EntryId {
    deals::record(database, "user:1", deal, now()).await.unwrap()
}

/// Counted, claimed and pending of a target.
async fn figures(database: &DatabaseConnection, target: TargetId) -> (u32, u32, u32) {
    let progress = targets::progress(database, now()).await.unwrap();
    let found = progress.iter().find(|progress| progress.id == target).unwrap();
    (found.counted, found.claimed, found.pending)
}

#[tokio::test]
async fn an_order_is_pending_and_its_invoice_moves_the_first_target_to_one() {
    let database = database::fresh().await;
    let pairing = pairing_with(&database.connection, BuyerKind::Private, BUYER_NO).await;
    assert_eq!(figures(&database.connection, TargetId::T1).await, (0, 0, 0));
    record(&database.connection, deal(pairing, "order", "12 000", "O-1")).await;
    assert_eq!(figures(&database.connection, TargetId::T1).await, (0, 0, 1));
    record(&database.connection, deal(pairing, "invoice", "12 000,50", "F-1")).await;
    assert_eq!(figures(&database.connection, TargetId::T1).await, (1, 0, 0));
    assert_eq!(figures(&database.connection, TargetId::T2).await, (0, 0, 0));
    let told = deals::list(&database.connection, pairing).await.unwrap();
    let Fact::Income(income) = &told[1].told.fact else { panic!("{told:?}") };
    assert_eq!((income.amount_ore, told[1].recorded_by.as_str()), (1_200_050, "user:1"));
    assert_eq!(income.parties.asf_places, [Place::parse("0665").unwrap()]);
}

#[tokio::test]
async fn an_order_of_a_public_buyer_is_an_agreement_and_counts_in_the_second_target_only() {
    let database = database::fresh().await;
    let pairing = pairing_with(&database.connection, BuyerKind::Public, BUYER_NO).await;
    record(&database.connection, deal(pairing, "order", "12 000", "O-1")).await;
    assert_eq!(figures(&database.connection, TargetId::T2).await, (0, 0, 1));
    record(&database.connection, deal(pairing, "invoice", "12 000", "F-1")).await;
    assert_eq!(figures(&database.connection, TargetId::T2).await, (1, 0, 0));
    assert_eq!(figures(&database.connection, TargetId::T1).await, (0, 0, 0));
}

#[tokio::test]
async fn a_buyer_that_is_an_asf_of_ours_is_told_as_one() {
    let database = database::fresh().await;
    let number = new_asf().org_no;
    let pairing = pairing_with(&database.connection, BuyerKind::Private, number.as_str()).await;
    record(&database.connection, deal(pairing, "invoice", "12 000", "F-1")).await;
    let told = deals::list(&database.connection, pairing).await.unwrap();
    let Fact::Income(income) = &told[0].told.fact else { panic!("{told:?}") };
    assert_eq!(income.parties.counterpart.class, CounterpartClass::Asf);
    assert_eq!(figures(&database.connection, TargetId::T1).await, (0, 0, 0));
}

#[tokio::test]
async fn recording_the_same_twice_is_a_conflict_and_leaves_one_entry_and_one_audit_line() {
    let database = database::fresh().await;
    let pairing = pairing_with(&database.connection, BuyerKind::Private, BUYER_NO).await;
    record(&database.connection, deal(pairing, "invoice", "12 000", "F-1")).await;
    let again = deals::record(&database.connection, "user:1", deal(pairing, "invoice", "12000", "F-1"), now()).await;
    assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    assert_eq!(deals::list(&database.connection, pairing).await.unwrap().len(), 1);
    let lines = samhandla::store::entities::audit::Entity::find().count(&database.connection).await.unwrap();
    assert_eq!(lines, 1);
}

#[tokio::test]
async fn a_claim_counts_once_it_is_evidenced_and_no_longer_once_it_is_taken_back() {
    let database = database::fresh().await;
    let db = &database.connection;
    let pairing = pairing_with(db, BuyerKind::Private, BUYER_NO).await;
    let id = record(db, deal(pairing, "invoice", "12 000", "")).await;
    assert_eq!(figures(db, TargetId::T1).await, (0, 1, 0));
    let word = Evidence { level: EvidenceLevel::Confirmed, reference: "köparens svar".to_owned() };
    deals::evidence(db, "user:2", id, word, now()).await.unwrap();
    let progress = targets::progress(db, now()).await.unwrap();
    assert_eq!((progress[0].counted, progress[0].confirmed, progress[0].evidenced), (1, 1, 0));
    deals::reverse(db, "user:2", id, "fel bolag", now()).await.unwrap();
    assert_eq!(figures(db, TargetId::T1).await, (0, 0, 0));
    let again = deals::reverse(db, "user:2", id, "fel igen", now()).await;
    assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    let missing = deals::reverse(db, "user:2", EntryId(9_999), "", now()).await;
    assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_what_was_told() {
    let database = database::fresh().await;
    let db = &database.connection;
    let pairing = pairing_with(db, BuyerKind::Private, BUYER_NO).await;
    record(db, deal(pairing, "invoice", "12 000", "F-1")).await;
    let mut attempts = vec![
        "UPDATE ledger_entry SET amount_ore = 1".to_owned(),
        "DELETE FROM ledger_entry".to_owned(),
        "UPDATE setting SET value = '0'".to_owned(),
        "DELETE FROM target".to_owned(),
    ];
    if db.get_database_backend() == DbBackend::Postgres {
        attempts.push("TRUNCATE ledger_entry CASCADE".to_owned());
    }
    for sql in attempts {
        let refused = db.execute_unprepared(&sql).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    assert_eq!(figures(db, TargetId::T1).await, (1, 0, 0));
}

#[tokio::test]
async fn what_was_told_keeps_the_asf_and_the_pairing_it_is_about() {
    let database = database::fresh().await;
    let db = &database.connection;
    let pairing = pairing_with(db, BuyerKind::Private, BUYER_NO).await;
    record(db, deal(pairing, "invoice", "12 000", "F-1")).await;
    for table in ["asf", "need", "pairing"] {
        assert!(db.execute_unprepared(&format!("DELETE FROM {table}")).await.is_err(), "{table}");
    }
}

#[tokio::test]
async fn an_entry_comes_back_from_the_store_as_it_was_told() {
    let database = database::fresh().await;
    let db = &database.connection;
    let pairing = pairing_with(db, BuyerKind::Public, BUYER_NO).await;
    let id = record(db, deal(pairing, "agreement", "", "DNR 1")).await;
    let stored = ledger::find(db, id).await.unwrap().unwrap();
    let by_key = ledger::find_by_key(db, &stored.told.key).await.unwrap().unwrap();
    assert_eq!(stored, by_key);
    let tx = connection::begin(db).await.unwrap();
    let twice = ledger::insert(&tx, &stored.told, "user:1", now()).await;
    assert!(matches!(twice, Err(StoreError::Conflict)), "{twice:?}");
    tx.rollback().await.unwrap();
    let tx = connection::begin(db).await.unwrap();
    let mut copy = stored.told.clone();
    copy.key = "copy".to_owned();
    let copied = ledger::insert(&tx, &copy, "user:1", now()).await.unwrap();
    audit::insert(&tx, now(), "user:1", "copy", "ledger_entry", copied.0, "").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ledger::list_until(db, now()).await.unwrap()[1].told, copy);
}

#[tokio::test]
async fn the_ledger_s_migrations_can_be_taken_back_and_run_again() {
    let database = database::fresh().await;
    samhandla_migrations::Migrator::down(&database.connection, Some(3)).await.unwrap();
    assert_eq!(connection::pending_migrations(&database.connection).await.unwrap().len(), 3);
    connection::migrate(&database.connection).await.unwrap();
    assert_eq!(figures(&database.connection, TargetId::T1).await, (0, 0, 0));
}
