//! Taking records in: the same twice changes nothing, an older one never replaces a newer.

use chrono::Duration;
use samhandla::{
    domain::{codes::CodeLabel, cpv::Cpv, history::PastProcurement, need::NewNeed},
    service::{
        codes,
        imports::{self, Imported},
    },
    store::needs,
};

use crate::support::product::{self, cleaner, cleaning_request};

#[tokio::test]
async fn the_same_records_twice_are_unchanged_and_a_difference_is_an_update() {
    let product = product::empty().await;
    let app = &product.app;
    assert_eq!(imports::store(app, &[cleaner()]).await.unwrap(), [Imported::Created]);
    assert_eq!(imports::store(app, &[cleaner()]).await.unwrap(), [Imported::Unchanged]);
    let mut longer = cleaner();
    longer.capabilities.push(longer.capabilities[0].clone());
    assert_eq!(imports::store(app, &[longer]).await.unwrap(), [Imported::Updated]);
    assert_eq!(imports::store(app, &[cleaning_request()]).await.unwrap(), [Imported::Created]);
    assert_eq!(imports::store(app, &[cleaning_request()]).await.unwrap(), [Imported::Unchanged]);
}

#[tokio::test]
async fn an_older_version_never_replaces_a_newer_one() {
    let product = product::empty().await;
    let mut newer = cleaning_request();
    newer.issued_at = Some(product.now());
    let mut older = cleaning_request();
    older.issued_at = Some(product.now() - Duration::days(1));
    older.title = "En äldre rubrik".to_owned();
    imports::store(&product.app, &[newer]).await.unwrap();
    assert_eq!(imports::store(&product.app, &[older]).await.unwrap(), [Imported::Unchanged]);
    let stored = needs::list_latest(&product.app.db, 10).await.unwrap();
    assert_eq!(stored[0].title, "Städning av vårt kontor");
}

#[tokio::test]
async fn a_lot_that_comes_back_keeps_its_identity() {
    let product = product::empty().await;
    let mut two = cleaning_request();
    let mut second = two.lots[0].clone();
    second.lot_no = "LOT-0002".to_owned();
    two.lots.push(second);
    imports::store(&product.app, &[two.clone()]).await.unwrap();
    let ids = |stored: &[samhandla::domain::need::Need]| stored[0].lots.iter().map(|l| l.id).collect::<Vec<_>>();
    let first = ids(&needs::list_latest(&product.app.db, 1).await.unwrap());
    imports::store(&product.app, &[cleaning_request()]).await.unwrap();
    assert_eq!(ids(&needs::list_latest(&product.app.db, 1).await.unwrap()), first[..1]);
    imports::store(&product.app, &[two]).await.unwrap();
    assert_eq!(ids(&needs::list_latest(&product.app.db, 1).await.unwrap()), first);
}

fn label(code: &str, label_sv: &str, label_en: &str) -> CodeLabel {
    CodeLabel { code: Cpv::parse(code).unwrap(), label_sv: label_sv.to_owned(), label_en: label_en.to_owned() }
}

fn past(id: Option<&str>, title: &str, day: Option<&str>) -> PastProcurement {
    PastProcurement {
        source_id: id.map(str::to_owned),
        title: title.to_owned(),
        main_cpv: Cpv::parse("77340000").unwrap(),
        buyer: "Kommunen".to_owned(),
        published: day.map(|day| day.parse().unwrap()),
    }
}

#[tokio::test]
async fn a_code_list_in_another_language_completes_the_labels() {
    let product = product::empty().await;
    let app = &product.app;
    let swedish = [label("77310000", "Gräs", ""), label("77310000", "Gräs", ""), label("77340000", "Träd", "")];
    let outcomes = imports::store(app, &swedish).await.unwrap();
    assert_eq!(outcomes, [Imported::Created, Imported::Unchanged, Imported::Created]);
    assert_eq!(imports::store(app, &[label("77310000", "", "Grass")]).await.unwrap(), [Imported::Updated]);
    assert_eq!(imports::store(app, &swedish).await.unwrap(), [Imported::Unchanged; 3]);
    let stored = samhandla::store::codes::list(&app.db).await.unwrap();
    assert_eq!(stored, [label("77310000", "Gräs", "Grass"), label("77340000", "Träd", "")]);
}

#[tokio::test]
async fn past_procurements_go_in_once_and_the_later_publication_counts() {
    let product = product::empty().await;
    let rows = [
        past(Some("A"), "Gamla almar", Some("2021-01-02")),
        past(None, "Häck", None),
        past(Some("A"), "Almar", Some("2021-03-04")),
    ];
    let first = imports::store(&product.app, &rows).await.unwrap();
    assert_eq!(first, [Imported::Created, Imported::Created, Imported::Updated]);
    assert_eq!(imports::store(&product.app, &rows).await.unwrap(), [Imported::Unchanged; 3]);
    let stored = samhandla::store::history::list(&product.app.db).await.unwrap();
    assert_eq!(stored.iter().map(|past| past.title.as_str()).collect::<Vec<_>>(), ["Almar", "Häck"]);
}

#[tokio::test]
async fn suggested_codes_follow_what_was_imported_last() {
    let product = product::empty().await;
    let app = &product.app;
    let first = async || codes::suggest(app, "Gamla almar", 1).await.unwrap().pop().map(|found| found.id);
    assert_eq!(first().await, None);
    imports::store(app, &[label("77340000", "Träd", "")]).await.unwrap();
    assert_eq!(first().await, None);
    imports::store(app, &[past(None, "Almar", None)]).await.unwrap();
    assert_eq!(first().await.as_deref(), Some("77340000"));
}

#[tokio::test]
async fn the_codes_of_many_own_needs_are_learnt_without_any_import_of_history() {
    let product = product::empty().await;
    let asked = async || codes::suggest(&product.app, "Hyra av gasolgrill", 1).await.unwrap();
    let coded = |number: usize| {
        let (title, code) =
            if number.is_multiple_of(2) { ("Gasolgrill", "39721310") } else { ("Partytält", "39522530") };
        let mut need = product::request(&format!("eget-{number}"), title, "");
        need.lots[0].cpv = vec![Cpv::parse(code).unwrap()];
        need
    };
    let needs: Vec<NewNeed> = (0..200).map(coded).collect();
    imports::store(&product.app, &needs[..199]).await.unwrap();
    assert_eq!(asked().await, []);
    imports::store(&product.app, &needs[199..]).await.unwrap();
    assert_eq!(asked().await[0].id, "39721310");
}
