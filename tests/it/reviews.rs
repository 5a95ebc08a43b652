//! What a coordinator says of needs and profiles that wait: stored with its mail, seen nowhere until a yes.

use axum::http::StatusCode;
use samhandla::{
    domain::{asf::AsfId, need::NeedId, need::NewNeed, schedule::IsoWeek, user::Role},
    service::{
        digests::{self, Run},
        overview::{self, PileKind},
        search,
    },
    store,
};

use crate::{
    api_keys::Program,
    pages::Visitor,
    support::product::{self, Product, cleaner, cleaning_request, joiner, request},
};

fn posted() -> NewNeed {
    NewNeed { source: "form".to_owned(), ..request("form-1", "Fönsterputsning", "Putsning av fönster på kontoret.") }
}

async fn with_posted() -> (Product, Visitor, NeedId) {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[posted()]).await;
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    visitor.post("/regler", "strangers=yes&profiles=yes").await;
    let need = store::needs::list_latest(&product.app.db, 1).await.unwrap().pop().unwrap();
    (product, visitor, need.id)
}

async fn dry(product: &Product) -> u64 {
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Dry).await.unwrap().pairings
}

#[tokio::test]
async fn asking_for_a_change_mails_the_coordinators_words_and_the_need_still_waits() {
    let (product, visitor, id) = with_posted().await;
    let path = format!("/granska/behov/{}", id.0);
    assert!(visitor.get("/granska").await.body.contains("Fönsterputsning"));
    for _ in 0..2 {
        let said = visitor.post(&path, "verdict=change&words=Hur+m%C3%A5nga+f%C3%B6nster%3F").await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    }
    let mails: Vec<_> = product.messages().await.into_iter().filter(|mail| mail.kind == "review").collect();
    assert_eq!(mails.len(), 1, "the same words twice are said once");
    assert_eq!(mails[0].recipient, "inkop@vatterbygg.example");
    assert!(mails[0].text.contains("Hur många fönster?") && mails[0].html.contains("Hur många fönster?"));
    assert!(visitor.get("/granska").await.body.contains("Fönsterputsning"));
    assert!(visitor.get(&path).await.body.contains("Bad om en ändring"));
    assert_eq!(dry(&product).await, 0);
    assert_eq!(visitor.post(&path, "verdict=approve").await.status, StatusCode::SEE_OTHER);
    assert_eq!(dry(&product).await, 1);
    assert!(!visitor.get("/granska").await.body.contains("Fönsterputsning"));
}

#[tokio::test]
async fn a_no_has_a_reason_that_the_buyer_reads_and_nothing_is_mailed_to_asf() {
    let (product, visitor, id) = with_posted().await;
    let path = format!("/granska/behov/{}", id.0);
    visitor.post(&path, "verdict=reject&words=Det+h%C3%A4r+%C3%A4r+reklam.").await;
    let mail = product.messages().await.pop().unwrap();
    assert!(mail.subject.starts_with("Vi kan inte ta med") && mail.text.contains("Det här är reklam."), "{mail:?}");
    assert_eq!(dry(&product).await, 0);
    assert!(!visitor.get("/granska").await.body.contains("Fönsterputsning"));
}

#[tokio::test]
async fn a_new_profile_is_neither_found_nor_matched_nor_mailed_until_it_is_approved() {
    let (product, visitor, _) = with_posted().await;
    visitor.post("/regler", "profiles=yes").await;
    assert_eq!(dry(&product).await, 1, "who was there before stays");
    let mut benches = request("b-9", "Snickeri av bänkar", "Vi vill ha bänkar i trä.");
    benches.lots[0].places = joiner().area;
    product.take_in(&[joiner()], &[benches]).await;
    let piles = overview::piles(&product.app).await.unwrap();
    assert!(piles.iter().any(|(kind, pile)| *kind == PileKind::Profiles && pile.count == 1), "{piles:?}");
    let id = store::asf::list_named(&product.app.db, "Hyvelspånet", 1).await.unwrap()[0];
    let path = format!("/granska/profil/{}", id.0);
    assert!(visitor.get("/granska").await.body.contains("Hyvelspånet"));
    let stranger = Visitor::new(&product);
    assert_eq!(stranger.get(&format!("/asf/{}", id.0)).await.status, StatusCode::NOT_FOUND);
    for (role, expected) in [(Role::Buyer, StatusCode::NOT_FOUND), (Role::Coordinator, StatusCode::OK)] {
        let program = Program::of(&product, role).await;
        assert_eq!(program.get(&format!("/asf/{}", id.0)).await.status, expected, "{role:?}");
    }
    assert!(!stranger.get("/asf?ord=snickeri").await.body.contains("Hyvelspånet"));
    assert_eq!(pairings(&product, id).await, 0);
    let check = search::check(&product.app).await.unwrap();
    assert_eq!((check.missing, check.ghosts), (0, 0));
    visitor.post(&path, "verdict=approve").await;
    assert_eq!(stranger.get(&format!("/asf/{}", id.0)).await.status, StatusCode::OK);
    assert!(stranger.get("/asf?ord=snickeri").await.body.contains("Hyvelspånet"));
    assert_eq!(pairings(&product, id).await, 1);
    let mail = product.messages().await.pop().unwrap();
    assert!(mail.text.contains("godkänt er profil") && mail.recipient.contains("hyvelsp"), "{mail:?}");
    visitor.post(&path, "verdict=reject&words=Fel").await;
    assert_eq!(stranger.get(&format!("/asf/{}", id.0)).await.status, StatusCode::NOT_FOUND);
    search::rebuild(&product.app).await.unwrap();
    let check = search::check(&product.app).await.unwrap();
    assert_eq!((check.missing, check.ghosts), (0, 0));
}

async fn pairings(product: &Product, asf: AsfId) -> usize {
    store::pairings::list_for_asf(&product.app.db, asf).await.unwrap().len()
}

#[tokio::test]
async fn a_hidden_profile_loses_its_suggestions_and_gets_them_back() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let id = store::asf::list_named(&product.app.db, "Skurborsten", 1).await.unwrap()[0];
    let path = format!("/granska/profil/{}", id.0);
    assert_eq!(pairings(&product, id).await, 1);
    visitor.post(&path, "verdict=change&words=Skriv+mer").await;
    assert_eq!((pairings(&product, id).await, dry(&product).await), (0, 0));
    visitor.post(&path, "verdict=approve").await;
    assert_eq!((pairings(&product, id).await, dry(&product).await), (1, 1));
}

#[tokio::test]
async fn a_wrong_form_comes_back_as_typed_and_stores_nothing() {
    let (product, visitor, id) = with_posted().await;
    let path = format!("/granska/behov/{}", id.0);
    let long = "%C3%A5".repeat(1001);
    for (form, kept) in [
        (String::new(), "Välj om du"),
        ("verdict=maybe&words=hej".to_owned(), "hej"),
        ("verdict=change".to_owned(), "Skriv vad som ska"),
        (format!("verdict=reject&words={long}"), "högst 1 000 tecken"),
        ("words=%3Cscript%3E%E2%80%AE%F0%9F%98%80".to_owned(), "&lt;script&gt;"),
    ] {
        let answer = visitor.post(&path, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains(kept) && answer.body.contains("error-summary"), "{form}: {}", answer.body);
    }
    assert!(product.messages().await.iter().all(|mail| mail.kind != "review"));
    assert_eq!(visitor.post("/granska/behov/999", "verdict=approve").await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor.post("/granska/profil/999", "verdict=approve").await.status, StatusCode::NOT_FOUND);
    assert_eq!(Visitor::new(&product).post(&path, "verdict=approve").await.headers["location"], "/logga-in");
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    for path in ["/granska", &path, "/granska/profil/1"] {
        assert_eq!(asf.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
