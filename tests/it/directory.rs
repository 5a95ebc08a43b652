//! Finding an ASF: filters with counts, the map, the list as a file, looking up a number, recorded facts.

use axum::http::{StatusCode, header};
use samhandla::{
    domain::{
        asf::{AsfId, NewAsf},
        asf_fact::{AsfFact, Basis, Claim},
        directory::Filter,
        place::Place,
    },
    service::{asf_facts, directory},
};

use crate::{
    pages::Visitor,
    support::product::{self, Product, cleaner, joiner},
};

async fn two() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[]).await;
    product
}

async fn record(product: &Product, id: i64, claim: Claim, how: &str) {
    let fact = AsfFact { claim, how: how.to_owned(), as_of: "2026-03-01".parse().unwrap() };
    asf_facts::record(&product.app, "test", AsfId(id), &fact).await.unwrap();
}

#[tokio::test]
async fn the_counts_beside_a_result_are_what_each_choice_leaves() {
    let product = two().await;
    let visitor = Visitor::new(&product);
    let page = visitor.get("/asf").await.body;
    assert!(page.contains("<strong>2 ASF</strong>") && page.contains("Jönköping: 1 ASF"), "{page}");
    assert!(page.contains("bransch=cleaning") && page.contains("bransch=carpentry"), "{page}");
    let cleaners = visitor.get("/asf?bransch=cleaning").await.body;
    assert!(cleaners.contains("<strong>1 ASF</strong>") && cleaners.contains("Skurborsten"), "{cleaners}");
    assert!(!cleaners.contains("Hyvelspånet") && cleaners.contains("aria-current=\"true\""), "{cleaners}");
    let near = visitor.get("/asf?plats=0686&inom=50").await.body;
    assert!(near.contains("Hyvelspånet") && near.contains("km bort"), "{near}");
    assert!(visitor.get("/asf?plats=0686&inom=10").await.body.contains("Vi hittade inget ASF"));
}

#[tokio::test]
async fn what_met_the_words_is_marked_and_nothing_typed_is_markup() {
    let product = two().await;
    let visitor = Visitor::new(&product);
    let page = visitor.get("/asf?ord=st%C3%A4da").await.body;
    assert!(page.contains("<mark>Städning</mark>"), "{page}");
    let page = visitor.get("/asf?ord=f%C3%B6nster").await.body;
    assert!(page.contains("<mark>fönster</mark>"), "a passage says why: {page}");
    let hostile = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%AE%F0%9F%A7%B9";
    for name in ["ord", "plats", "inom", "bransch", "cpv", "personer", "grund", "uppgifter", "sida"] {
        let answer = visitor.get(&format!("/asf?{name}={hostile}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(!answer.body.contains("<script>"), "{name}");
    }
}

#[tokio::test]
async fn recorded_facts_are_told_with_their_day_and_never_as_a_verdict() {
    let product = two().await;
    let visitor = Visitor::new(&product);
    assert!(visitor.get("/asf/1").await.body.contains("Egen uppgift, utan datum"));
    record(&product, 1, Claim::Basis(Basis::SkoopiList), "").await;
    record(&product, 1, Claim::Purpose("Ge arbete.".to_owned()), "").await;
    assert!(visitor.get("/asf?uppgifter=ja").await.body.contains("Vi hittade inget ASF"), "one fact is missing");
    record(&product, 1, Claim::Share(62), "Antal personer.").await;
    let profile = visitor.get("/asf/1").await.body;
    for part in ["Skoopis ASF-lista", "uppgift 2026-03-01", "62 procent. Antal personer.", "”Ge arbete.”"] {
        assert!(profile.contains(part), "{part}: {profile}");
    }
    assert!(!profile.contains("uppfyller"), "{profile}");
    let found = visitor.get("/asf?uppgifter=ja").await.body;
    assert!(found.contains("Skurborsten") && !found.contains("Hyvelspånet"), "{found}");
    assert!(visitor.get("/asf?grund=skoopi_list").await.body.contains("<strong>1 ASF</strong>"));
}

#[tokio::test]
async fn the_directory_follows_every_change() {
    let product = two().await;
    let total =
        async |product: &Product| directory::find(&product.app, "", &Filter::default(), (0, 10)).await.unwrap().total;
    assert_eq!(total(&product).await, 2);
    let laundry = product::asf("559900-0134", "Tvättstugan", "Tvätt", "Vi tvättar dukar.");
    product.take_in(&[laundry], &[]).await;
    assert_eq!(total(&product).await, 3);
    let moved = NewAsf { municipality: Place::parse("0682").unwrap(), ..cleaner() };
    product.take_in(&[moved], &[]).await;
    let page = Visitor::new(&product).get("/asf?plats=0682").await.body;
    assert!(page.contains("Skurborsten"), "{page}");
}

#[tokio::test]
async fn a_result_is_saved_as_a_file_without_formulas() {
    let product = product::empty().await;
    let evil = NewAsf { name: "=HYPERLINK(\"x\")".to_owned(), ..cleaner() };
    let person = NewAsf { legal_form: "enskild firma".to_owned(), ..joiner() };
    product.take_in(&[evil, person], &[]).await;
    let visitor = Visitor::new(&product);
    let csv = visitor.get("/asf/lista/asf.csv").await;
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(csv.headers[header::CONTENT_DISPOSITION], "attachment");
    assert!(csv.body.starts_with("Namn,Organisationsnummer,") && csv.body.contains("'=HYPERLINK"), "{}", csv.body);
    assert!(csv.body.contains("Hyvelspånet,,Tranås"), "a person's number is not told: {}", csv.body);
    let only = visitor.get("/asf/lista/asf.csv?bransch=carpentry").await.body;
    assert_eq!(only.lines().count(), 2, "{only}");
    assert_eq!(visitor.get("/asf/lista/asf.xlsx").await.status, StatusCode::OK);
    assert_eq!(visitor.get("/asf/lista/asf.exe").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_number_is_looked_up_but_never_a_persons() {
    let product = product::empty().await;
    let person = NewAsf { legal_form: "enskild firma".to_owned(), ..joiner() };
    product.take_in(&[cleaner(), person.clone()], &[]).await;
    let visitor = Visitor::new(&product);
    let ask = async |number: &str| visitor.get(&format!("/asf/nummer?org_no={number}")).await;
    let found = ask(cleaner().org_no.as_str()).await.body;
    assert!(found.contains("är med här") && found.contains("Skurborsten"), "{found}");
    assert!(ask(person.org_no.as_str()).await.body.contains("är inte med här"));
    for wrong in ["12", "%3Cb%3E", "5560360794", &"9".repeat(300)] {
        let answer = ask(wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.body.contains("href=\"#org_no\"") && !answer.body.contains("<b>"), "{}", answer.body);
    }
}

#[tokio::test]
async fn the_page_is_light_with_many_asf() {
    let product = product::empty().await;
    let many: Vec<NewAsf> = (0..60).map(|n| NewAsf { unit: format!("Enhet {n}"), ..cleaner() }).collect();
    product.take_in(&many, &[]).await;
    let visitor = Visitor::new(&product);
    let page = visitor.get("/asf?ord=st%C3%A4dning").await.body;
    assert!(page.contains("<strong>60 ASF</strong>") && page.len() < 60_000, "{} bytes", page.len());
    assert!(visitor.get("/asf?ord=st%C3%A4dning&sida=3").await.body.contains("/asf/"));
}
