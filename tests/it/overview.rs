//! The coordinator's first page, the gaps and the board: each pile leads to a list of just what it counted.

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{
        board::{BoardFilter, Stage},
        pairing::PairingId,
        schedule::IsoWeek,
        user::Role,
    },
    service::{
        digests::{self, Run},
        imports,
        overview::{self, PileKind},
    },
    store,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    pages::Visitor,
    support::product::{self, Product, cleaner, cleaning_request, joiner, request},
};

async fn piles(product: &Product) -> Vec<(PileKind, u64)> {
    let piles = overview::piles(&product.app).await.unwrap();
    piles.into_iter().map(|(kind, pile)| (kind, pile.count)).collect()
}

async fn mailed() -> (Product, Visitor) {
    let product = product::empty().await;
    let mut long = cleaning_request();
    long.lots[0].deadline_at = Some(product.now() + Duration::days(90));
    product.take_in(&[cleaner(), joiner()], &[long]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    (product, visitor)
}

async fn answer(product: &Product, answer: &str) {
    let sql = format!(
        "UPDATE pairing SET state = '{answer}', answered_at = (SELECT composed_at FROM digest LIMIT 1), introduced_at = \
         (SELECT composed_at FROM digest LIMIT 1) WHERE state = 'suggested'"
    );
    product.app.db.execute_unprepared(&sql).await.unwrap();
}

#[tokio::test]
async fn without_anything_to_do_the_page_says_so_kindly() {
    let product = product::empty().await;
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let page = visitor.get("/oversikt").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Allt är gjort"), "{}", page.body);
    assert_eq!(Visitor::new(&product).get("/oversikt").await.headers["location"], "/logga-in");
    product.take_in(&[cleaner()], &[]).await;
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    for path in ["/oversikt", "/luckor", "/matchningar", "/matchningar/matchningar.csv"] {
        assert_eq!(asf.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn silence_after_a_mail_is_told_from_the_tenth_day_until_nobody_can_answer() {
    let (product, _) = mailed().await;
    assert_eq!(piles(&product).await, []);
    product.pass(Duration::days(10) - Duration::seconds(1));
    assert_eq!(piles(&product).await, []);
    product.pass(Duration::seconds(2));
    assert_eq!(piles(&product).await, [(PileKind::Unanswered, 1)]);
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let page = visitor.get("/oversikt").await.body;
    assert!(page.contains("1 förslag är mejlat men inte besvarat"), "{page}");
    let listed = visitor.get("/matchningar?lage=mailed&dagar=10&tyst=1").await.body;
    assert!(listed.contains("Skurborsten") && listed.contains("Mejlad"), "{listed}");
    product.pass(Duration::days(80));
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    assert!(piles(&product).await.iter().all(|(kind, _)| *kind != PileKind::Unanswered));
    assert!(visitor.get("/matchningar?lage=mailed&dagar=10&tyst=1").await.body.contains("Inget passar"));
}

#[tokio::test]
async fn a_yes_is_silent_after_thirty_days_unless_somebody_said_that_it_led_nowhere() {
    let (product, _) = mailed().await;
    answer(&product, "yes").await;
    product.pass(Duration::days(31));
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let found = piles(&product).await;
    assert!(found.contains(&(PileKind::WithoutDeal, 1)), "{found:?}");
    assert!(visitor.get("/matchningar?lage=introduced&dagar=30&tyst=1").await.body.contains("Skurborsten"));
    let told = "INSERT INTO follow_up (pairing_id, side, asked_at, answer, answered_at) \
         SELECT id, 'asf', created_at, 'no', created_at FROM pairing WHERE state = 'yes'";
    product.app.db.execute_unprepared(told).await.unwrap();
    assert!(piles(&product).await.iter().all(|(kind, _)| *kind != PileKind::WithoutDeal));
}

#[tokio::test]
async fn buyers_without_anybody_and_asf_without_anything_are_gaps() {
    let (product, visitor) = mailed().await;
    imports::store(&product.app, &[request("b-2", "Raketbränsle", "Vi behöver raketbränsle.")]).await.unwrap();
    assert_eq!(piles(&product).await, [(PileKind::Unmet, 1)]);
    assert!(visitor.get("/luckor").await.body.contains("Raketbränsle"));
    product.pass(Duration::days(29));
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let page = visitor.get("/luckor").await.body;
    assert!(page.contains("Hyvelspånet") && !page.contains("Raketbränsle"), "its deadline has passed: {page}");
    assert!(piles(&product).await.contains(&(PileKind::Quiet, 2)));
}

#[tokio::test]
async fn what_waits_for_approval_is_counted_as_the_rules_page_counts_it() {
    let (product, visitor) = mailed().await;
    let posted = samhandla::domain::need::NewNeed {
        source: "form".to_owned(),
        ..request("form-1", "Fönsterputsning", "Putsning av fönster på kontoret.")
    };
    product.take_in(&[], &[posted]).await;
    assert_eq!(piles(&product).await, []);
    visitor.post("/regler", "strangers=yes").await;
    assert_eq!(piles(&product).await, [(PileKind::Needs, 1)]);
    let held = samhandla::service::mail_policy::held(&product.app).await.unwrap();
    assert_eq!(held.waiting.len(), 1);
    visitor.post("/regler", "strangers=yes&min_value_sek=1000000").await;
    assert_eq!(piles(&product).await, [], "another rule holds it back as well");
}

#[tokio::test]
async fn every_pairing_is_at_one_stage_and_the_filters_agree_with_the_rows() {
    let (product, _) = mailed().await;
    let (db, now) = (&product.app.db, product.now());
    product.take_in(&[], &[request("b-3", "Städning av trapphus", "Trapphus städas varje vecka.")]).await;
    answer(&product, "yes").await;
    product.take_in(&[], &[request("b-4", "Fönsterputsning", "Putsning av fönster.")]).await;
    let all = store::board::list(db, &BoardFilter::default(), now, 0, 100).await.unwrap();
    let mut sorted = 0;
    for stage in Stage::ALL {
        let filter = BoardFilter { stage: Some(stage), ..BoardFilter::default() };
        let rows = store::board::list(db, &filter, now, 0, 100).await.unwrap();
        assert!(rows.iter().all(|row| row.stage == stage), "{stage:?}: {rows:?}");
        assert_eq!(store::board::count(db, &filter, now).await.unwrap().0, rows.len() as u64);
        sorted += rows.len();
    }
    assert!(all.len() >= 3 && sorted == all.len(), "{sorted} of {}", all.len());
    let by = |change: fn(&mut BoardFilter)| {
        let mut filter = BoardFilter::default();
        change(&mut filter);
        async move { store::board::list(db, &filter, now, 0, 100).await.unwrap().len() }
    };
    assert_eq!(by(|filter| filter.asf = "skurb".to_owned()).await, all.len());
    assert_eq!(by(|filter| filter.asf = "skurb%".to_owned()).await, 0);
    assert_eq!(by(|filter| filter.buyer = "vätterbygg".to_owned()).await, all.len());
    assert_eq!(by(|filter| filter.week = IsoWeek::parse("2026-W48").ok()).await, 1);
    assert_eq!(by(|filter| filter.place = samhandla::domain::place::Place::parse("06").ok()).await, all.len());
    assert_eq!(by(|filter| filter.place = samhandla::domain::place::Place::parse("0682").ok()).await, 0);
}

#[tokio::test]
async fn a_file_of_the_board_holds_no_formula_and_a_noes_reason() {
    let (product, visitor) = mailed().await;
    let id = store::pairings::list_latest_promising(&product.app.db, 1).await.unwrap();
    assert!(id.is_empty());
    answer(&product, "no").await;
    let note = "UPDATE pairing SET decline_reason = 'too_large', note = '=HYPERLINK(\"http://x\")'";
    product.app.db.execute_unprepared(note).await.unwrap();
    let page = visitor.get("/matchningar?lage=no").await.body;
    assert!(page.contains("för stort"), "{page}");
    let csv = visitor.get("/matchningar/matchningar.csv?lage=no").await;
    assert!(csv.body.contains("för stort") && csv.body.contains("'=HYPERLINK"), "{}", csv.body);
    let lines = csv.body.lines().count();
    assert_eq!(lines, 2, "{}", csv.body);
    assert_eq!(csv.headers["content-disposition"], "attachment");
    let xlsx = visitor.get("/matchningar/matchningar.xlsx").await;
    assert_eq!(xlsx.status, StatusCode::OK);
    assert!(xlsx.body.starts_with("PK"));
    assert_eq!(visitor.get("/matchningar/annat.csv").await.status, StatusCode::NOT_FOUND);
    // A reason is for staff: a visitor who is not sees it nowhere.
    assert!(!Visitor::new(&product).get("/behov/1").await.body.contains("för stort"));
    assert!(store::pairings::find(&product.app.db, PairingId(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_comes_back_with_what_was_typed() {
    let (_product, visitor) = mailed().await;
    let long = "%C3%A5".repeat(101);
    for (query, kept) in [
        ("lage=gone".to_owned(), "gone"),
        ("vecka=48".to_owned(), "value=\"48\""),
        ("dagar=m%C3%A5nga".to_owned(), "många"),
        (format!("asf={long}"), "högst 100 tecken"),
        ("dagar=99999999999999999999".to_owned(), "99999999999999999999"),
        ("vecka=%3Cscript%3E%E2%80%AE%F0%9F%98%80".to_owned(), "&lt;script&gt;"),
    ] {
        let answer = visitor.get(&format!("/matchningar?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(answer.body.contains(kept) && answer.body.contains("error-summary"), "{query}: {}", answer.body);
    }
    assert_eq!(visitor.get("/matchningar/matchningar.csv?vecka=48").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
