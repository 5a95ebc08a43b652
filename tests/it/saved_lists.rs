//! Lists of ASF: keeping, noting, sharing by a secret link, saving as a file; others' lists do not exist.

use axum::http::{StatusCode, header};
use samhandla::domain::user::Role;

use crate::{
    pages::{Visitor, path_in},
    support::product::{self, Product, cleaner, joiner},
};

async fn two() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[]).await;
    product
}

#[tokio::test]
async fn an_asf_is_saved_noted_shared_and_taken_along() {
    let product = two().await;
    let buyer = Visitor::signed_in(&product, Role::Buyer).await;
    assert!(buyer.get("/asf/1").await.body.contains("Spara i en lista"));
    assert!(!Visitor::new(&product).get("/asf/1").await.body.contains("Spara i en lista"));
    let saved = buyer.post("/listor/lagg-till", "asf=1").await;
    assert_eq!(saved.headers[header::LOCATION], "/listor/1");
    buyer.post("/listor/lagg-till", "asf=1").await;
    buyer.post("/listor/lagg-till", "asf=2&list=1").await;
    let noted = buyer.post("/listor/1/anteckning", "asf=1&note=%3DRing+Anna").await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER);
    let page = buyer.get("/listor/1").await.body;
    assert!(page.contains("Mina favoriter") && page.contains("value=\"=Ring Anna\""), "{page}");
    assert!(buyer.get("/listor/1?fil=csv").await.body.contains("'=Ring Anna"));

    let shared = buyer.post("/listor/1/dela", "").await.body;
    let link = path_in(&shared, "/delad-lista/");
    let stranger = Visitor::new(&product);
    let seen = stranger.get(&link).await;
    assert_eq!(seen.headers[header::CACHE_CONTROL], "no-store");
    assert!(seen.body.contains("Hyvelspånet") && seen.body.contains("=Ring Anna"), "{}", seen.body);
    assert!(!seen.body.contains("/anteckning"), "a guest changes nothing: {}", seen.body);
    assert!(!buyer.get("/listor/1").await.body.contains(&link), "the link is told once");
    buyer.post("/listor/1/sluta-dela", "").await;
    assert_eq!(stranger.get(&link).await.status, StatusCode::NOT_FOUND);

    buyer.post("/listor/1/ta-bort", "asf=2").await;
    assert!(!buyer.get("/listor/1").await.body.contains("Hyvelspånet"));
    buyer.post("/listor/1/slang", "").await;
    assert_eq!(buyer.get("/listor/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn anothers_list_does_not_exist() {
    let product = two().await;
    let buyer = Visitor::signed_in(&product, Role::Buyer).await;
    buyer.post("/listor/lagg-till", "asf=1").await;
    let other = Visitor::signed_in(&product, Role::Procurer).await;
    assert_eq!(other.get("/listor/1").await.status, StatusCode::NOT_FOUND);
    for (path, form) in [
        ("/listor/1/anteckning", "asf=1&note=x"),
        ("/listor/1/ta-bort", "asf=1"),
        ("/listor/1/slang", ""),
        ("/listor/1/dela", ""),
        ("/listor/1/sluta-dela", ""),
        ("/listor/lagg-till", "asf=2&list=1"),
    ] {
        assert_eq!(other.post(path, form).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(buyer.get("/listor/1").await.body.contains("Skurborsten"));
    let nobody = Visitor::new(&product);
    assert_eq!(nobody.get("/listor").await.headers[header::LOCATION], "/logga-in");
}

#[tokio::test]
async fn wrong_names_and_notes_are_told_and_kept() {
    let product = two().await;
    let buyer = Visitor::signed_in(&product, Role::Buyer).await;
    buyer.post("/listor", "name=St%C3%A4d").await;
    for name in ["", "+", "St%C3%A4d", &"x".repeat(81)] {
        let answer = buyer.post("/listor", &format!("name={name}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains("href=\"#name\"") && answer.body.contains("id=\"name-error\""), "{name}");
    }
    let made = buyer.post("/listor", "name=%3Cb%3E%E2%80%AE%F0%9F%A7%B9").await;
    assert_eq!(made.headers[header::LOCATION], "/listor/2");
    let page = buyer.get("/listor").await.body;
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"), "{page}");
    buyer.post("/listor/lagg-till", "asf=1&list=1").await;
    let long = "x".repeat(501);
    let answer = buyer.post("/listor/1/anteckning", &format!("asf=1&note={long}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(&long) && answer.body.contains("id=\"note-error\""));
    assert!(!buyer.get("/listor/1").await.body.contains(&long), "nothing is stored");
    assert_eq!(buyer.post("/listor/lagg-till", "asf=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(buyer.post("/listor/lagg-till", "asf=x").await.status, StatusCode::NOT_FOUND);
}
