//! What is only considered: the need in three steps before it is posted, and a procurer's pasted draft.

use axum::http::StatusCode;
use samhandla::store::needs;
use sea_orm::ConnectionTrait as _;

use crate::{
    pages::Visitor,
    support::{
        database,
        product::{self, Product, cleaner, joiner},
    },
};

const WHAT: &str = "step=1&title=St%C3%A4dning&text=Fyra+trapphus&value_sek=40+000";
const WHERE: &str = "title=St%C3%A4dning&text=Fyra+trapphus&value_sek=40+000&step=2&place=0680&deadline=2026-12-20";
const WHO: &str = "title=St%C3%A4dning&text=Fyra+trapphus&value_sek=40+000&place=0680&deadline=2026-12-20&step=3\
     &buyer_kind=nonprofit&buyer_name=Brf+Linden&email=styrelsen%40linden.example";

async fn with_cleaner() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[]).await;
    product
}

#[tokio::test]
async fn three_steps_carry_what_was_typed_and_store_nothing_before_the_last() {
    let product = with_cleaner().await;
    let visitor = Visitor::new(&product);
    let before = database::snapshot(&product.app.db).await;
    assert!(visitor.get("/behov/nytt").await.body.contains("Steg 1 av 3"));
    let second = visitor.post("/behov/nytt", WHAT).await;
    assert_eq!(second.status, StatusCode::OK);
    assert!(second.body.contains("Steg 2 av 3"), "{}", second.body);
    assert!(second.body.contains("<input type=\"hidden\" name=\"text\" value=\"Fyra trapphus\">"), "{}", second.body);
    let third = visitor.post("/behov/nytt", WHERE).await;
    assert!(third.body.contains("Steg 3 av 3") && third.body.contains("1 ASF ser ut att passa"), "{}", third.body);
    assert!(third.body.contains("value=\"90910000\""), "codes are offered: {}", third.body);
    let back = visitor.post("/behov/nytt", &format!("{WHERE}&till=1")).await;
    assert!(back.body.contains("Steg 1 av 3") && back.body.contains("name=\"place\" value=\"0680\""), "{}", back.body);
    assert_eq!(before, database::snapshot(&product.app.db).await);
    let sent = visitor.post("/behov/nytt", &format!("{WHO}&kod1=90910000")).await;
    assert!(sent.body.contains("styrelsen@linden.example"), "{}", sent.body);
    let need = needs::find(&product.app.db, samhandla::domain::need::NeedId(1)).await.unwrap().unwrap();
    assert_eq!((need.lots[0].work.value_sek, need.lots[0].work.cpv.len()), (Some(40_000), 1));
}

/// Each field with something that it may not be, and the steps it is told at.
const BAD: [(&str, &str, &str); 12] = [
    ("title", "", WHAT),
    ("text", "", WHAT),
    ("value_sek", "mycket", WHAT),
    ("value_sek", "-1", WHAT),
    ("place", "", WHERE),
    ("place", "atlantis", WHERE),
    ("deadline", "", WHERE),
    ("deadline", "i+morgon", WHERE),
    ("deadline", "2020-01-01", WHERE),
    ("buyer_kind", "kung", WHO),
    ("buyer_name", "", WHO),
    ("email", "inte+en+adress", WHO),
];

#[tokio::test]
async fn a_wrong_field_is_told_at_its_step_and_nothing_is_lost_or_stored() {
    let product = with_cleaner().await;
    let visitor = Visitor::new(&product);
    let before = database::snapshot(&product.app.db).await;
    for (field, typed, form) in BAD {
        let others = form.split('&').filter(|pair| !pair.trim_start().starts_with(&format!("{field}=")));
        let form = format!("{}&{field}={typed}", others.collect::<Vec<_>>().join("&"));
        let answer = visitor.post("/behov/nytt", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={typed}");
        let told = format!("href=\"#{field}\"");
        assert!(answer.body.contains(&told) && answer.body.contains("error-summary"), "{field}: {}", answer.body);
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", answer.body);
        if field != "title" {
            assert!(answer.body.contains("value=\"Städning\""), "{field}: what was typed is kept");
        }
    }
    let hostile = "%3Cb%3E%E2%80%AE%F0%9F%A7%B9";
    let answer =
        visitor.post("/behov/nytt", &format!("step=1&title={hostile}&text={hostile}&value_sek={hostile}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("&lt;b&gt;\u{202e}🧹") && !answer.body.contains("<b>"), "{}", answer.body);
    let long = "x".repeat(5001);
    let answer = visitor.post("/behov/nytt", &format!("step=1&title={long}&text={long}")).await;
    assert!(answer.body.contains("href=\"#title\"") && answer.body.contains("href=\"#text\""));
    assert_eq!(before, database::snapshot(&product.app.db).await);
}

#[tokio::test]
async fn a_draft_in_lots_is_weighed_lot_by_lot_and_nothing_is_kept() {
    let product = with_cleaner().await;
    let visitor = Visitor::new(&product);
    assert_eq!(visitor.get("/upphandla").await.status, StatusCode::OK);
    let before = database::snapshot(&product.app.db).await;
    let draft = "draft=Delkontrakt+1%3A+St%C3%A4dning+av+kontor%0ADelkontrakt+2%3A+Konsultation+om+k%C3%A4rnkraft";
    let answer = visitor.post("/upphandla", &format!("{draft}&place=0680&value_sek=900000")).await;
    assert_eq!(answer.status, StatusCode::OK);
    for part in ["Skurborsten", "Inget ASF här passar", "LOU 19 kap. 8 §", "LOU 17 kap. 1 §", "Text att kopiera"] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert!(!answer.body.contains("LOU 4 kap. 18 §"), "one ASF is no competition: {}", answer.body);
    let small = visitor.post("/upphandla", "draft=St%C3%A4dning+av+kontor&place=0680&value_sek=150000").await.body;
    assert!(small.contains("LOU 19 a kap. 2 §") && small.contains("LOU 19 a kap. 11 §"), "{small}");
    assert_eq!(before, database::snapshot(&product.app.db).await);
}

#[tokio::test]
async fn without_the_amount_of_today_there_is_a_warning_and_no_advice() {
    let product = with_cleaner().await;
    let ended = "UPDATE legal_limit SET valid_to = '2026-01-01' WHERE kind = 'direct_award'";
    product.app.db.execute_unprepared(ended).await.unwrap();
    let page = Visitor::new(&product).post("/upphandla", "draft=St%C3%A4dning&value_sek=150000").await.body;
    assert!(page.contains("Därför ger vi inga råd") && !page.contains("Text att kopiera"), "{page}");
    assert!(page.contains("Skurborsten"), "who can deliver is told all the same: {page}");
}

#[tokio::test]
async fn a_wrong_draft_keeps_what_was_typed() {
    let product = with_cleaner().await;
    let visitor = Visitor::new(&product);
    let long = format!("draft={}", "x".repeat(20_001));
    for (form, field) in [
        ("draft=", "draft"),
        (long.as_str(), "draft"),
        ("draft=St%C3%A4d&place=atlantis", "place"),
        ("draft=%3Cb%3E%E2%80%AE%F0%9F%A7%B9&value_sek=mycket", "value_sek"),
    ] {
        let answer = visitor.post("/upphandla", form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.body.contains(&format!("href=\"#{field}\"")) && !answer.body.contains("<b>"), "{field}");
    }
}
