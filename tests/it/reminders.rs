//! Reminding an ASF from the desk of a need: once, after three days, and as the ASF wants its mails.

use axum::http::{StatusCode, header};
use chrono::Duration;
use samhandla::{
    domain::{
        email::Email,
        pairing::{Answer, PairingId},
        schedule::IsoWeek,
        user::Role,
    },
    service::{digests, digests::Run, pairings, sign_in},
    store::outbox::StoredMessage,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    pages::{Visitor, path_in},
    support::{
        database,
        product::{self, Product, cleaner, cleaning_request},
    },
};

const PAGE: &str = "/behov/1/kontakt?par=1";
const REMIND: &str = "/behov/1/paminn";

async fn matched() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    product
}

async fn asked() -> Product {
    let product = matched().await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    product
}

/// The buyer, just signed in: a session does not outlive the waiting in these tests.
async fn buyer(product: &Product) -> Visitor {
    let email = Email::parse("inkop@vatterbygg.example").unwrap();
    let mut buyer = Visitor::new(product);
    let link = sign_in::link_for(&product.app, &email, Role::Buyer).await.unwrap();
    buyer.sign_in(link.strip_prefix("http://samhandla.test").unwrap()).await;
    buyer
}

async fn reminders(product: &Product) -> Vec<StoredMessage> {
    product.messages().await.into_iter().filter(|message| message.kind == "reminder").collect()
}

/// The page says why not, and the button, pressed all the same, sends nothing.
async fn refused(product: &Product, text: &str) {
    let buyer = buyer(product).await;
    let before = database::snapshot(&product.app.db).await;
    let page = buyer.get(PAGE).await.body;
    assert!(page.contains(text) && !page.contains("Skicka en påminnelse"), "{text}: {page}");
    let answer = buyer.post(REMIND, "pairing=1").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    assert!(answer.body.contains(text) && answer.body.contains("href=\"#pairing\""), "{text}: {}", answer.body);
    assert_eq!(before, database::snapshot(&product.app.db).await, "{text}");
}

#[tokio::test]
async fn after_three_days_an_asf_is_reminded_once_and_answers_by_the_mail() {
    let product = asked().await;
    product.pass(Duration::days(2));
    refused(&product, "Vänta tre dagar").await;
    product.pass(Duration::days(1));
    let visitor = buyer(&product).await;
    assert!(visitor.get(PAGE).await.body.contains("Skicka en påminnelse"));
    let done = visitor.post(REMIND, "pairing=1").await;
    assert_eq!(done.headers[header::LOCATION], "/behov/1/kontakt?par=1&klart=paminnelse", "{}", done.body);
    assert!(visitor.get("/behov/1/kontakt?par=1&klart=paminnelse").await.body.contains("Vi har påmint Skurborsten."));
    let mail = reminders(&product).await.pop().unwrap();
    assert!(mail.recipient == "info@skurborsten.example" && mail.text.contains("Vätterbygg AB"), "{}", mail.text);
    assert!(!mail.raw.replace("=\r\n", "").contains("inkop@vatterbygg.example"));
    refused(&product, "redan påmint").await;
    let path = path_in(&mail.text, "/svar/");
    assert_eq!(Visitor::new(&product).post(&path, "answer=maybe").await.status, StatusCode::OK);
    assert_eq!(reminders(&product).await.len(), 1);
    let page = buyer(&product).await.get(PAGE).await.body;
    assert!(!page.contains("Påminn dem"), "who has answered is not to be reminded: {page}");
    let late = buyer(&product).await.post(REMIND, "pairing=1").await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("redan svarat"), "{}", late.body);
}

#[tokio::test]
async fn what_was_not_asked_is_not_reminded_of_and_a_written_question_counts() {
    let product = matched().await;
    refused(&product, "nästa veckobrev").await;
    let sent = buyer(&product).await.post("/behov/1/kontakt", "pairing=1&text=Hej").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    refused(&product, "Vänta tre dagar").await;
    product.pass(Duration::days(3));
    assert_eq!(buyer(&product).await.post(REMIND, "pairing=1").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_the_asf_and_the_mail_servers_say_holds() {
    let product = asked().await;
    product.pass(Duration::days(3));
    let choice = "INSERT INTO mail_preference (asf_id, weekday, hour, every_weeks, breadth, summer_rest, updated_at) \
         VALUES (1, 2, 8, 1, 'strong', TRUE, '2026-11-01T00:00:00Z')";
    for (sql, back, text) in [
        ("UPDATE asf SET paused_until = '2027-11-01'", "UPDATE asf SET paused_until = NULL", "tar en paus"),
        (
            "INSERT INTO suppression (address, reason, suppressed_at) \
             VALUES ('info@skurborsten.example', '5.1.1', '2026-11-01T00:00:00Z')",
            "DELETE FROM suppression",
            "kommer tillbaka",
        ),
        (
            "UPDATE asf SET unsubscribed_at = '2026-11-26T00:00:00Z'",
            "UPDATE asf SET unsubscribed_at = NULL",
            "vill inte ha mejl",
        ),
        ("UPDATE asf SET email = NULL", "UPDATE asf SET email = 'info@skurborsten.example'", "ingen e-postadress"),
    ] {
        product.app.db.execute_unprepared(sql).await.unwrap();
        refused(&product, text).await;
        product.app.db.execute_unprepared(back).await.unwrap();
    }
    product.app.db.execute_unprepared(choice).await.unwrap();
    product.app.db.execute_unprepared("UPDATE pairing SET strength = 'possible'").await.unwrap();
    refused(&product, "passar säkert").await;
    product.app.db.execute_unprepared("UPDATE pairing SET strength = 'strong'").await.unwrap();
    product.pass(Duration::hours(73));
    refused(&product, "veckobrev har nyss gått eller går snart").await;
    let elsewhere = "INSERT INTO mail_rule (name, value, recorded_at, decided_by) \
         VALUES ('places', '1480', '2026-11-26T00:00:00Z', 'user:1')";
    product.app.db.execute_unprepared(elsewhere).await.unwrap();
    refused(&product, "mejlas inte").await;
    product.pass(Duration::days(20));
    refused(&product, "sista dagen har gått").await;
}

#[tokio::test]
async fn nobody_else_reminds() {
    let product = asked().await;
    product.pass(Duration::days(3));
    let before = database::snapshot(&product.app.db).await.len();
    let other = Visitor::signed_in(&product, Role::Buyer).await;
    assert_eq!(other.post(REMIND, "pairing=1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(Visitor::new(&product).post(REMIND, "pairing=1").await.headers[header::LOCATION], "/logga-in");
    let own = buyer(&product).await;
    assert_eq!(own.post(REMIND, "pairing=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(own.post(REMIND, "pairing=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(own.get(REMIND).await.status, StatusCode::OK);
    let no = Answer::parse("no", "no_time", "").unwrap();
    pairings::respond_to(&product.app, PairingId(1), &no).await.unwrap();
    assert_eq!(own.post(REMIND, "pairing=1").await.status, StatusCode::NOT_FOUND);
    assert!(reminders(&product).await.is_empty() && before > 0);
}
