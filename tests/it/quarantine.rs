//! What could not be taken in is kept, shown, tried again, and gone when it goes in.

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{need::NewNeed, quarantine::QuarantineKind, user::Role},
    intake::{self, keeping::keeping},
    service::{
        arrivals::{Arrivals, MAX_KEPT, Report},
        quarantine,
    },
    store,
};

use crate::{
    pages::Visitor,
    support::{
        binary,
        product::{self, Product, cleaning_request},
    },
};

/// Takes a file in as the commands do.
async fn import(product: &Product, source: &str, text: &str) -> Report {
    let mut arrivals = Arrivals::<NewNeed>::new(&product.app, Report::of_needs());
    arrivals.begin(source);
    let (reader, kept) = keeping(text.as_bytes());
    for record in &mut intake::read_needs(source, reader) {
        arrivals.take(&product.app, record, Some(&kept)).await.unwrap();
    }
    arrivals.finish(&product.app).await.unwrap()
}

async fn kept(product: &Product) -> Vec<samhandla::domain::quarantine::Quarantined> {
    store::quarantine::list_after(&product.app.db, 0, 100).await.unwrap()
}

const GOOD_AND_BAD: &str = "external_id,kind,title,buyer_name,cpv\n\
    1,request,Städning,Bolaget AB,90910000\n\
    2,request,Fönster,Bolaget AB,909\n";

#[tokio::test]
async fn a_refused_row_is_kept_with_place_reason_and_itself_and_leaves_when_the_file_is_mended() {
    let product = product::empty().await;
    let report = import(&product, "behov.csv", GOOD_AND_BAD).await;
    assert_eq!((report.created, report.rejected.len()), (1, 1));
    let stored = kept(&product).await;
    assert_eq!(stored.len(), 1);
    let record = &stored[0].kept;
    assert_eq!(
        (record.source.as_str(), record.record.as_str(), record.rule.as_str()),
        ("behov.csv", "row 3", "rejected-cpv")
    );
    assert!(record.is_whole && record.raw.contains("2,request,Fönster,Bolaget AB,909\n"), "{}", record.raw);
    product.pass(Duration::minutes(1));
    import(&product, "behov.csv", GOOD_AND_BAD).await;
    assert_eq!(kept(&product).await.iter().map(|kept| kept.tries).collect::<Vec<_>>(), [2]);
    product.pass(Duration::minutes(1));
    let report = import(&product, "behov.csv", &GOOD_AND_BAD.replace(",909\n", ",90911300\n")).await;
    assert_eq!((report.created, report.unchanged), (1, 1));
    assert!(kept(&product).await.is_empty());
}

#[tokio::test]
async fn a_record_that_can_be_read_now_goes_in_and_the_others_stay() {
    let product = product::empty().await;
    import(&product, "behov.csv", GOOD_AND_BAD).await;
    import(&product, "bruten.xml", "<?xml version=\"1.0\"?><ContractNotice").await;
    // As an older version would have left it: refused then, readable now.
    let mut old = kept(&product).await.remove(0).kept;
    old.record = "row 9".to_owned();
    old.raw = old.raw.replace("909", "90911300");
    quarantine::keep(&product.app, vec![old]).await.unwrap();
    product.pass(Duration::minutes(1));
    let report = quarantine::retry_all(&product.app).await.unwrap();
    assert_eq!((report.tried, report.taken, report.refused, report.cut), (3, 1, 2, 0));
    let left: Vec<_> = kept(&product).await.into_iter().map(|kept| (kept.kept.record, kept.tries)).collect();
    assert_eq!(left, [("row 3".to_owned(), 2), ("notice".to_owned(), 2)]);
    assert_eq!(store::needs::count(&product.app.db).await.unwrap().0, 2);
}

#[tokio::test]
async fn a_row_with_surplus_fields_is_shown_but_not_tried_without_them() {
    let product = product::empty().await;
    import(&product, "fel.csv", "external_id,kind,title,buyer_name\n1,request,Städ,Bolaget AB,mer\n").await;
    let report = quarantine::retry_all(&product.app).await.unwrap();
    assert_eq!((report.tried, report.cut), (0, 1));
    assert_eq!(kept(&product).await[0].kept.rule, "rejected-fields");
}

#[tokio::test]
async fn a_file_that_is_wrong_in_every_row_does_not_fill_the_quarantine() {
    let product = product::empty().await;
    let rows: String = (0..MAX_KEPT + 5).map(|row| format!("{row},nonsense,Städ,Bolaget AB\n")).collect();
    let report = import(&product, "fel.csv", &format!("external_id,kind,title,buyer_name\n{rows}")).await;
    assert_eq!(report.rejected.len(), MAX_KEPT + 5);
    let count = store::quarantine::count(&product.app.db, &[QuarantineKind::Needs]).await.unwrap();
    assert_eq!(count, MAX_KEPT as u64);
}

#[tokio::test]
async fn the_same_need_from_another_source_is_no_second_need_but_shows_what_would_change() {
    let product = product::empty().await;
    let mut first = cleaning_request();
    first.publication_no = Some("00173914-2024".to_owned());
    product.take_in(&[], std::slice::from_ref(&first)).await;
    let mut same = first.clone();
    same.source = "eforms".to_owned();
    same.external_id = "0198c3a4-5b6c-4d7e-8f90-a1b2c3d4e5f6".to_owned();
    same.publication_no = Some("173914-2024".to_owned());
    product.take_in(&[], std::slice::from_ref(&same)).await;
    let twin = kept(&product).await.remove(0);
    assert_eq!((twin.kept.kind, twin.kept.rule.as_str()), (QuarantineKind::Twin, "twin-same"));
    same.lots[0].value_sek = Some(120_000);
    product.take_in(&[], &[same]).await;
    assert_eq!(store::needs::count(&product.app.db).await.unwrap().0, 1);
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let page = visitor.get("/karantan").await.body;
    assert!(page.contains("90000") && page.contains("120000"), "{page}");
    let id = kept(&product).await.remove(0).id;
    assert_eq!(visitor.post(&format!("/karantan/{id}/slapp"), "").await.status, StatusCode::SEE_OTHER);
    assert!(kept(&product).await.is_empty());
}

#[tokio::test]
async fn the_page_is_for_staff_shows_the_record_and_its_button_tries_again() {
    let product = product::empty().await;
    import(&product, "<fil>.csv", GOOD_AND_BAD).await;
    let id = kept(&product).await[0].id;
    let anyone = Visitor::new(&product);
    assert_eq!(anyone.get("/karantan").await.status, StatusCode::SEE_OTHER);
    assert_eq!(anyone.post(&format!("/karantan/{id}"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept(&product).await[0].tries, 1);
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let page = visitor.get("/karantan").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("&lt;fil&gt;.csv") && page.body.contains("Rad 3"), "{}", page.body);
    assert!(page.body.contains("En CPV-kod har åtta siffror"));
    let answer = visitor.post(&format!("/karantan/{id}"), "").await;
    assert_eq!(answer.headers["location"], "/karantan?gick=0&kvar=1");
    assert!(visitor.get("/karantan?gick=0&kvar=1").await.body.contains("1 är kvar"));
    assert_eq!(visitor.post("/karantan", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept(&product).await[0].tries, 3);
}

#[test]
fn the_command_tries_again_and_says_how_it_ended() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("behov.csv");
    std::fs::write(&file, GOOD_AND_BAD).unwrap();
    let output = binary::run(data.path(), &["import", "needs", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    let output = binary::run(data.path(), &["import", "retry", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["tried"].as_u64(), report["refused"].as_u64()), (Some(1), Some(1)));
}
