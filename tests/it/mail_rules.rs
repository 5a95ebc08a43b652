//! What may be mailed: the coordinator's filters, what waits for a yes, and what the page counts.

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{
        mail_policy::{Hold, MailPolicy},
        need::NewNeed,
        place::Place,
        schedule::IsoWeek,
        user::Role,
    },
    service::{
        digests::{self, Run},
        mail_policy,
    },
    store,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    pages::Visitor,
    support::product::{self, Product, cleaner, cleaning_request, request},
};

/// A need that the cleaner can meet, posted in the form by somebody without an account.
fn posted() -> NewNeed {
    NewNeed { source: "form".to_owned(), ..request("form-1", "Fönsterputsning", "Putsning av fönster på kontoret.") }
}

async fn with_two() -> (Product, Visitor) {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request(), posted()]).await;
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    (product, visitor)
}

async fn digest(product: &Product, run: Run) -> digests::Report {
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), run).await.unwrap()
}

async fn open_needs(product: &Product) -> Vec<samhandla::domain::need::Need> {
    store::needs::list_latest(&product.app.db, 100).await.unwrap()
}

#[tokio::test]
async fn what_waits_for_approval_is_not_mailed_until_somebody_says_yes() {
    let (product, visitor) = with_two().await;
    assert_eq!(digest(&product, Run::Dry).await.pairings, 2);
    assert_eq!(visitor.post("/regler", "strangers=yes").await.status, StatusCode::SEE_OTHER);
    let dry = digest(&product, Run::Dry).await;
    assert_eq!((dry.pairings, dry.held.get("approval")), (1, Some(&1)));
    let page = visitor.get("/regler").await.body;
    assert!(page.contains("Fönsterputsning") && page.contains("coordinator@staff.example"), "{page}");
    assert!(page.contains("Håller inne 1 behov nu."));
    assert_eq!(digest(&product, Run::Queue).await.pairings, 1);
    assert!(!product.messages().await[0].text.contains("Fönsterputsning"));
    let id = open_needs(&product).await.iter().find(|need| need.source == "form").unwrap().id;
    // Looking changes nothing, and a stranger decides nothing.
    assert_eq!(visitor.get(&format!("/regler/{}/godkann", id.0)).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let stranger = Visitor::new(&product);
    assert_eq!(stranger.post(&format!("/regler/{}/godkann", id.0), "").await.headers["location"], "/logga-in");
    product.pass(Duration::days(7));
    assert_eq!(digest(&product, Run::Dry).await.pairings, 0);
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(visitor.post(&format!("/regler/{}/godkann", id.0), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(digest(&product, Run::Queue).await.pairings, 1);
    assert_eq!(visitor.post("/regler/999/godkann", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_somebody_refused_is_found_but_never_mailed_and_the_refusal_is_noted() {
    let (product, visitor) = with_two().await;
    let id = open_needs(&product).await.iter().find(|need| need.source == "form").unwrap().id;
    for _ in 0..2 {
        assert_eq!(visitor.post(&format!("/regler/{}/avsla", id.0), "").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(digest(&product, Run::Dry).await.held.get("rejected"), Some(&1));
    assert!(visitor.get("/behov?ord=f%C3%B6nsterputsning").await.body.contains("Fönsterputsning"));
    let sql = "SELECT COUNT(*) AS n FROM audit WHERE action = 'rejected' AND noun = 'need' AND actor LIKE 'user:%'";
    let backend = product.app.db.get_database_backend();
    let row = product.app.db.query_one_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "n").unwrap(), 1);
}

#[tokio::test]
async fn filters_count_on_the_page_what_they_hold_back_in_the_mail() {
    let (product, visitor) = with_two().await;
    let mut far = request("far-1", "Städning i Stockholm", "Städning av kontor.");
    far.lots[0].places = Place::parse_list("SE110").unwrap();
    let mut large = request("large-1", "Städning av skolor", "Städning av skolor och kontor.");
    large.lots[0].value_sek = Some(9_000_000);
    product.take_in(&[], &[far, large]).await;
    visitor.post("/regler", "places=06&max_value_sek=1+000+000&silent_sources=form&max_age_days=30").await;
    let held = mail_policy::held(&product.app).await.unwrap();
    let by: Vec<_> = held.by.iter().map(|(hold, count)| (*hold, *count)).collect();
    assert_eq!(by, [(Hold::Source, 1), (Hold::Place, 1), (Hold::Value, 1)]);
    assert_eq!((held.open, held.mailed), (4, 1));
    let dry = digest(&product, Run::Dry).await;
    assert_eq!((dry.pairings, dry.held.get("source"), dry.held.get("value")), (1, Some(&1), Some(&1)));
    product.pass(Duration::days(20));
    let mut new = request("new-1", "Städning av kontor", "Städning av kontor varje vecka.");
    new.lots[0].deadline_at = Some(product.now() + Duration::days(60));
    new.published_on = Some(product.now().date_naive() - Duration::days(31));
    product.take_in(&[], &[new]).await;
    assert_eq!(mail_policy::held(&product.app).await.unwrap().by.get(&Hold::Age), Some(&1));
}

/// The page and the mail ask the same rule, of facts that are read in two ways.
#[tokio::test]
async fn the_narrow_facts_say_what_the_whole_need_says() {
    let (product, _) = with_two().await;
    let mut unplaced = request("unplaced-1", "Tvätt", "Tvätt av mattor.");
    unplaced.lots[0].places.clear();
    product.take_in(&[], &[unplaced]).await;
    let narrow = store::mail_rules::list_open_facts(&product.app.db, 0, 100, product.now()).await.unwrap();
    assert_eq!(narrow.len(), 3);
    for need in open_needs(&product).await {
        for lot in &need.lots {
            let facts = samhandla::domain::mail_policy::Facts::new(&need, lot, false, None);
            assert!(narrow.iter().any(|(id, _, _, narrow)| *id == lot.id.0 && *narrow == facts), "{facts:?}");
        }
    }
}

#[tokio::test]
async fn rules_are_rows_with_who_and_when_and_wrong_ones_come_back_with_what_was_typed() {
    let (product, visitor) = with_two().await;
    let answer = visitor.post("/regler", "places=Atlantis!&cpv=9&min_value_sek=x").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Atlantis!") && answer.body.contains("två till åtta siffror"));
    assert_eq!(mail_policy::rules(&product.app.db).await.unwrap().policy, MailPolicy::default());
    visitor.post("/regler", "places=Jönköping&cpv=909,+55").await;
    visitor.post("/regler", "places=0680&cpv=909").await;
    let rules = mail_policy::rules(&product.app.db).await.unwrap();
    assert_eq!(rules.policy.cpv, ["909"]);
    // Rules are kept for good, so they name the number of a person; the page says whose it is.
    assert!(rules.decided["places"].by.starts_with("user:"), "{}", rules.decided["places"].by);
    let page = visitor.get("/regler").await.body;
    let signed_in_as = 1;
    assert!(page.matches("coordinator@staff.example").count() > signed_in_as, "{page}");
    let rows = "SELECT COUNT(*) AS n FROM mail_rule";
    let backend = product.app.db.get_database_backend();
    let row = product.app.db.query_one_raw(sea_orm::Statement::from_string(backend, rows)).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "n").unwrap(), 3, "one for the places, two for the codes");
    assert!(product.app.db.execute_unprepared("DELETE FROM mail_rule").await.is_err());
    assert_eq!(Visitor::new(&product).get("/regler").await.status, StatusCode::SEE_OTHER);
}

/// A year of procurements in Sweden: the rules leave those of the county, and they alone.
#[test]
fn of_a_years_titles_the_rules_leave_the_countys() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/uhm/procurements_2021.csv");
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let rows = [("places".to_owned(), "06".to_owned()), ("unknown_place".to_owned(), "yes".to_owned())];
    let policy = MailPolicy::parse(&rows.into_iter().collect()).unwrap();
    let now = product::START.parse().unwrap();
    let mut left: Vec<String> = Vec::new();
    let mut all = 0;
    for need in past_needs(&text) {
        all += 1;
        let facts = samhandla::domain::mail_policy::Facts {
            source: "csv".to_owned(),
            places: samhandla::domain::mail_policy::Facts::places(&[], None, &need.buyer),
            cpv: vec![need.main_cpv],
            value_sek: None,
            published_on: need.published.unwrap(),
            has_account: false,
            decision: None,
        };
        if policy.hold(&facts, now).is_none() {
            left.push(need.buyer.to_uppercase());
        }
    }
    assert!(all > 15_000 && (200..1_500).contains(&left.len()), "{} of {all}", left.len());
    let is_ours = |name: &String| name.contains("KOMMUN") || name.contains("AB") || name.contains("REGION");
    assert!(left.iter().filter(|name| is_ours(name)).count() * 10 > left.len() * 8, "{left:?}");
    for town in ["JÖNKÖPINGS KOMMUN", "VÄRNAMO KOMMUN", "NÄSSJÖ KOMMUN", "REGION JÖNKÖPINGS LÄN"] {
        assert!(left.iter().any(|name| name == town), "{town}");
    }
    assert!(!left.iter().any(|name| name.contains("LUND") || name.contains("STOCKHOLM")), "{left:?}");
}

fn past_needs(text: &str) -> impl Iterator<Item = samhandla::domain::history::PastProcurement> {
    samhandla::intake::read_history("procurements.csv", text.as_bytes()).filter_map(|record| match record.reading {
        samhandla::intake::Reading::Read(past) => Some(past),
        _ => None,
    })
}
