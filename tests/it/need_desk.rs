//! The desk of a need: its lists, and changing, copying and closing it, for its buyer and staff only.

use axum::http::{StatusCode, header};
use samhandla::{
    domain::{
        email::Email,
        need::{NeedId, NeedStatus},
        pairing::{Answer, PairingId},
        reason::Objection,
        user::Role,
    },
    service::{self, pairings, sign_in},
    store::needs,
};

use crate::{
    pages::{Visitor, path_in},
    support::{
        database,
        product::{self, Product, cleaner, cleaning_request},
    },
};

const NEED: &str = "title=Trappst%C3%A4dning&text=Fyra+trapphus&place=0680&deadline=2026-12-20&buyer_kind=nonprofit\
     &buyer_name=Brf+Linden&email=styrelsen%40linden.example";

/// A posted and confirmed need that one ASF is suggested for, and its buyer signed in.
async fn posted() -> (Product, Visitor) {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let mut buyer = Visitor::new(&product);
    buyer.post("/behov/nytt", NEED).await;
    let link = path_in(&product.messages().await.pop().unwrap().text, "/bekrafta/");
    buyer.post(&link, "").await;
    let email = Email::parse("styrelsen@linden.example").unwrap();
    sign_in::request_link(&product.app, &email, samhandla::domain::language::Language::Sv).await.unwrap();
    let link = path_in(&product.messages().await.pop().unwrap().text, "/logga-in/");
    buyer.sign_in(&link).await;
    (product, buyer)
}

async fn answer(product: &Product, word: &str, reason: &str) {
    let answer = Answer::parse(word, reason, "Vi hör av oss.").unwrap();
    pairings::respond_to(&product.app, PairingId(1), &answer).await.unwrap();
}

#[tokio::test]
async fn the_lists_tell_who_was_asked_and_who_answered_what_but_not_who_declined() {
    let (product, buyer) = posted().await;
    let asked = buyer.get("/behov/1/svar").await.body;
    assert!(asked.contains("Skurborsten") && asked.contains("aria-current=\"page\">Frågade"), "{asked}");
    assert!(buyer.get("/behov/1").await.body.contains("/behov/1/svar"));
    answer(&product, "yes", "").await;
    let yes = buyer.get("/behov/1/svar?flik=ja").await.body;
    assert!(yes.contains("Skurborsten") && yes.contains("Vi hör av oss."), "{yes}");
    assert!(buyer.get("/behov/1/svar").await.body.contains("väntar vi inte på svar"));
    answer(&product, "no", "too_large").await;
    let no = buyer.get("/behov/1/svar?flik=nej").await.body;
    assert!(no.contains("för stort: 1") && !no.contains("Skurborsten"), "{no}");
}

#[tokio::test]
async fn what_an_asf_has_declined_before_is_told_to_nobody_else() {
    let (product, buyer) = posted().await;
    product.take_in(&[], &[cleaning_request()]).await;
    let no = Answer::parse("no", "wrong_work", "").unwrap();
    pairings::respond_to(&product.app, PairingId(2), &no).await.unwrap();
    let first = pairings::find(&product.app, PairingId(1)).await.unwrap().pairing;
    let is_answer = |o: &Objection| matches!(o, Objection::DeclinedWork { .. });
    assert!(first.objections.iter().any(is_answer), "the answer has taught something: {first:?}");
    let draft = buyer.post("/upphandla", "draft=Trappst%C3%A4dning").await.body;
    for page in [buyer.get("/behov/1").await.body, buyer.get("/behov/1/svar").await.body, draft] {
        assert!(page.contains("Skurborsten") && !page.contains("svarat nej"), "{page}");
    }
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    assert!(staff.get("/behov/1").await.body.contains("svarat nej"));
}

#[tokio::test]
async fn the_desk_is_for_the_buyer_and_staff() {
    let (product, _) = posted().await;
    let other = Visitor::signed_in(&product, Role::Buyer).await;
    let nobody = Visitor::new(&product);
    let before = database::snapshot(&product.app.db).await;
    for path in ["/behov/1/svar", "/behov/1/andra", "/behov/nytt?kopia=1"] {
        assert_eq!(other.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(nobody.get(path).await.headers[header::LOCATION], "/logga-in", "{path}");
    }
    for path in ["/behov/1/stang", "/behov/1/andra"] {
        assert_eq!(other.post(path, "because=cancelled").await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(before, database::snapshot(&product.app.db).await);
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(staff.get("/behov/1/svar").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_need_is_changed_copied_and_closed() {
    let (product, buyer) = posted().await;
    let need = needs::find(&product.app.db, NeedId(1)).await.unwrap().unwrap();
    let version = service::needs::version(&need);
    assert!(buyer.get("/behov/1/andra").await.body.contains("value=\"Trappstädning\""));
    let form = format!("version={version}&title=Trappst%C3%A4dning&text=Sex+trapphus&place=0680&deadline=2026-12-21");
    let wrong = buyer.post("/behov/1/andra", &form.replace("2026-12-21", "2020-01-01")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#deadline\"") && wrong.body.contains("Sex trapphus"), "{}", wrong.body);
    let changed = buyer.post("/behov/1/andra", &form).await;
    assert_eq!(changed.headers[header::LOCATION], "/behov/1", "{}", changed.body);
    let need = needs::find(&product.app.db, NeedId(1)).await.unwrap().unwrap();
    assert_eq!((need.text.as_str(), need.buyer.name.as_str()), ("Sex trapphus", "Brf Linden"));
    assert_eq!(buyer.post("/behov/1/andra", &form).await.status, StatusCode::CONFLICT, "changed meanwhile");

    let copy = buyer.get("/behov/nytt?kopia=1").await.body;
    assert!(
        copy.contains("Sex trapphus") && copy.contains("name=\"email\" value=\"styrelsen@linden.example\""),
        "{copy}"
    );

    let unsaid = buyer.post("/behov/1/stang", "because=deadline").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("href=\"#because\""), "{}", unsaid.body);
    assert_eq!(buyer.post("/behov/1/stang", "because=cancelled").await.status, StatusCode::SEE_OTHER);
    let need = needs::find(&product.app.db, NeedId(1)).await.unwrap().unwrap();
    assert_eq!(need.status, NeedStatus::Closed);
    assert_eq!(buyer.post("/behov/1/stang", "because=cancelled").await.status, StatusCode::CONFLICT);
    assert_eq!(buyer.get("/behov/1/andra").await.status, StatusCode::CONFLICT);
}
