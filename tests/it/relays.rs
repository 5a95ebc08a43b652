//! The relay from outside: a buyer writes to an ASF, the ASF answers by the link or on its own page, and no
//! address is told before it says yes.

use axum::http::{StatusCode, header};
use chrono::Duration;
use samhandla::{
    domain::{
        asf::AsfId,
        email::Email,
        obstacle::Obstacle,
        pairing::{Answer, PairingId, PairingState},
        relay::{MOST_LINES, MOST_UNANSWERED, RelayId},
        user::Role,
    },
    service::{pairings, relays, sign_in},
    store::{self, outbox::StoredMessage},
};
use sea_orm::ConnectionTrait as _;

use crate::{
    pages::{Visitor, path_in},
    support::{
        database,
        product::{self, Product, cleaner, cleaning_request, joiner, request},
    },
};

const BUYER: &str = "inkop@vatterbygg.example";
const ASF: &str = "info@skurborsten.example";
const DESK: &str = "/behov/1/kontakt";

/// A matched need, its buyer and its ASF, both signed in.
async fn matched() -> (Product, Visitor, Visitor) {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    let mut buyer = Visitor::new(&product);
    let link = sign_in::link_for(&product.app, &Email::parse(BUYER).unwrap(), Role::Buyer).await.unwrap();
    buyer.sign_in(link.strip_prefix("http://samhandla.test").unwrap()).await;
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    (product, buyer, asf)
}

async fn write(buyer: &Visitor, text: &str) -> StatusCode {
    buyer.post(DESK, &format!("pairing=1&text={text}")).await.status
}

async fn mails(product: &Product, kind: &str) -> Vec<StoredMessage> {
    product.messages().await.into_iter().filter(|message| message.kind == kind).collect()
}

/// The link of the latest mail to the ASF.
async fn link(product: &Product) -> String {
    let to_asf = mails(product, "relay").await.into_iter().rfind(|mail| mail.recipient == ASF).unwrap();
    path_in(&to_asf.text, "/kontakt/")
}

async fn state(product: &Product) -> PairingState {
    store::pairings::find(&product.app.db, PairingId(1)).await.unwrap().unwrap().state
}

#[tokio::test]
async fn what_the_buyer_writes_is_mailed_without_an_address_and_a_yes_exchanges_them() {
    let (product, buyer, _) = matched().await;
    let desk = buyer.get("/behov/1/svar").await.body;
    assert!(desk.contains("/behov/1/kontakt?par=1"), "{desk}");
    let page = buyer.get("/behov/1/kontakt?par=1").await;
    assert!(page.status == StatusCode::OK && page.body.contains("Skriv till dem"), "{}", page.body);
    let sent = buyer.post(DESK, "pairing=1&text=Kan+ni+komma%3F%0D%0ATorsdag.").await;
    assert_eq!(sent.headers[header::LOCATION], "/behov/1/kontakt?par=1&klart=skickat", "{}", sent.body);
    let mail = mails(&product, "relay").await.pop().unwrap();
    assert_eq!(mail.recipient, ASF);
    assert!(mail.text.contains("Kan ni komma?") && mail.text.contains("Torsdag."), "{}", mail.text);
    for part in [&mail.subject, &mail.text, &mail.html, &mail.raw.replace("=\r\n", "")] {
        assert!(!part.contains(BUYER), "{part}");
    }
    let path = link(&product).await;
    let asf = Visitor::new(&product);
    let before = database::snapshot(&product.app.db).await;
    let page = asf.get(&path).await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert!(page.body.contains("Kan ni komma?") && !page.body.contains(BUYER), "{}", page.body);
    assert_eq!(before, database::snapshot(&product.app.db).await, "looking changes nothing");
    assert!(!buyer.get("/behov/1/kontakt?par=1").await.body.contains(ASF));

    let yes = asf.post(&path, "reply=agree&text=G%C3%A4rna%21").await;
    assert_eq!(yes.headers[header::LOCATION], format!("{path}?klart=agree"), "{}", yes.body);
    assert_eq!(state(&product).await, PairingState::Yes);
    let to_buyer = mails(&product, "introduction_buyer").await.pop().unwrap();
    assert!(to_buyer.recipient == BUYER && to_buyer.text.contains(ASF) && to_buyer.text.contains("Gärna!"));
    let to_asf = mails(&product, "introduction_asf").await.pop().unwrap();
    assert!(to_asf.recipient == ASF && to_asf.text.contains(BUYER), "{}", to_asf.text);
    assert_eq!(mails(&product, "relay").await.len(), 1, "the introduction says it all");
    let done = asf.get(&format!("{path}?klart=agree")).await.body;
    assert!(done.contains("varandras adresser") && !done.contains("name=\"reply\""), "{done}");
    assert_eq!(asf.post(&path, "reply=decline").await.status, StatusCode::CONFLICT);
    assert_eq!(write(&buyer, "Tack").await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_message_back_and_a_no_are_mailed_to_the_buyer_and_seen_on_both_sides() {
    let (product, buyer, asf) = matched().await;
    assert_eq!(write(&buyer, "Hej").await, StatusCode::SEE_OTHER);
    let list = asf.get("/asf/1/kontakt").await.body;
    assert!(list.contains("Väntar på svar") && list.contains("/asf/1/kontakt?trad=1"), "{list}");
    assert!(asf.get("/asf/1").await.body.contains("/asf/1/kontakt"));
    let answered = asf.post("/asf/1/kontakt", "relay=1&reply=line&text=Hur+m%C3%A5nga+rum%3F").await;
    assert_eq!(answered.headers[header::LOCATION], "/asf/1/kontakt?trad=1&klart=line", "{}", answered.body);
    let mail = mails(&product, "relay").await.pop().unwrap();
    assert!(mail.recipient == BUYER && mail.text.contains("Hur många rum?"), "{}", mail.text);
    assert!(!mail.raw.replace("=\r\n", "").contains(ASF) && mail.text.contains("/behov/1/kontakt?par=1"));
    assert!(buyer.get("/behov/1/kontakt?par=1").await.body.contains("Hur många rum?"));
    assert!(buyer.get("/behov/1/svar").await.body.contains("De har svarat"));
    assert_eq!(state(&product).await, PairingState::Suggested);

    let path = link(&product).await;
    assert_eq!(Visitor::new(&product).post(&path, "reply=decline").await.status, StatusCode::SEE_OTHER);
    let mail = mails(&product, "relay").await.pop().unwrap();
    assert!(mail.recipient == BUYER && mail.text.contains("tackar nej till kontakt"), "{}", mail.text);
    let page = buyer.get("/behov/1/kontakt?par=1").await.body;
    assert!(page.contains("tackat nej till kontakt") && !page.contains("<textarea"), "{page}");
    assert!(asf.get("/asf/1/kontakt?trad=1").await.body.contains("Ni har tackat nej."));
    assert!(mails(&product, "introduction_buyer").await.is_empty());
    let audit = store::audit::list(&product.app.db, &store::audit::Filter::default(), 0, 50).await.unwrap();
    for action in ["write", "line", "decline"] {
        assert!(audit.iter().any(|line| line.action == action && line.detail == "relay"), "{action}: {audit:?}");
    }
}

#[tokio::test]
async fn the_same_form_twice_sends_one_mail() {
    let (product, buyer, asf) = matched().await;
    for _ in 0..2 {
        assert_eq!(write(&buyer, "Hej").await, StatusCode::SEE_OTHER);
    }
    for _ in 0..2 {
        assert_eq!(asf.post("/asf/1/kontakt", "relay=1&reply=line&text=Hej").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(mails(&product, "relay").await.len(), 2);
}

#[tokio::test]
async fn a_thread_is_limited_in_number_and_size() {
    let (product, buyer, asf) = matched().await;
    let before = database::snapshot(&product.app.db).await;
    let long = buyer.post(DESK, &format!("pairing=1&text={}", "x".repeat(1001))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.body.contains("href=\"#text\"") && long.body.contains(&"x".repeat(1001)), "what was typed is kept");
    let empty = buyer.post(DESK, "pairing=1&text=+%0D%0A").await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("id=\"text-error\""));
    assert_eq!(buyer.post(DESK, "pairing=ett&text=Hej").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(before, database::snapshot(&product.app.db).await);
    for number in 0..MOST_UNANSWERED {
        assert_eq!(write(&buyer, &format!("Hej+{number}")).await, StatusCode::SEE_OTHER);
    }
    let waits = buyer.post(DESK, "pairing=1&text=Hall%C3%A5%3F").await;
    assert_eq!(waits.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(waits.body.contains("Vänta på svar") && waits.body.contains("Hallå?"), "{}", waits.body);
    assert_eq!(mails(&product, "relay").await.len(), MOST_UNANSWERED);
    for number in 0..MOST_LINES {
        let line = format!("relay=1&reply=line&text=Svar+{number}");
        assert_eq!(asf.post("/asf/1/kontakt", &line).await.status, StatusCode::SEE_OTHER);
    }
    let full = asf.post("/asf/1/kontakt", "relay=1&reply=line&text=Mer").await;
    assert!(full.status == StatusCode::UNPROCESSABLE_ENTITY && full.body.contains("Mer får inte plats"));
    assert_eq!(
        asf.post("/asf/1/kontakt", "relay=1&reply=agree&text=").await.status,
        StatusCode::SEE_OTHER,
        "a yes needs no room"
    );
    let form = buyer.post(DESK, "pairing=1&text=%3Cb%3E%E2%80%AE").await.body;
    assert!(form.contains("&lt;b&gt;\u{202e}") && !form.contains("<b>"), "{form}");
}

#[tokio::test]
async fn one_who_writes_much_has_to_wait() {
    let (product, buyer, asf) = matched().await;
    let mut last = StatusCode::OK;
    for number in 0..8 {
        last = write(&buyer, &format!("Hej+{number}")).await;
        if last == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        asf.post("/asf/1/kontakt", &format!("relay=1&reply=line&text=Svar+{number}")).await;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    // Every node counts for itself; the day is counted in the database.
    let lines = "INSERT INTO relay_line (relay_id, side, text, written_at) SELECT relay_id, side, text, written_at \
         FROM relay_line WHERE side = 'buyer'";
    for _ in 0..3 {
        product.app.db.execute_unprepared(lines).await.unwrap();
    }
    product.take_in(&[], &[request("behov-2", "Fönsterputsning", "Putsning av fönster.")]).await;
    let obstacle = async || relays::desk(&product.app, PairingId(2)).await.unwrap().obstacle;
    assert_eq!(obstacle().await, Some(Obstacle::ManyToday));
    product.pass(Duration::hours(25));
    assert_eq!(obstacle().await, None);
}

#[tokio::test]
async fn nobody_reaches_what_is_anothers() {
    let (product, buyer, asf) = matched().await;
    assert_eq!(write(&buyer, "Hej").await, StatusCode::SEE_OTHER);
    let other = Visitor::signed_in(&product, Role::Buyer).await;
    let nobody = Visitor::new(&product);
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    let before = database::snapshot(&product.app.db).await;
    assert_eq!(other.get("/behov/1/kontakt?par=1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(other.post(DESK, "pairing=1&text=Hej").await.status, StatusCode::FORBIDDEN);
    assert_eq!(nobody.get("/behov/1/kontakt?par=1").await.headers[header::LOCATION], "/logga-in");
    assert_eq!(buyer.get("/behov/1/kontakt?par=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(buyer.post(DESK, "pairing=99&text=Hej").await.status, StatusCode::NOT_FOUND);
    assert_eq!(asf.get("/asf/2/kontakt").await.status, StatusCode::FORBIDDEN);
    assert_eq!(asf.get("/asf/1/kontakt?trad=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(asf.post("/asf/1/kontakt", "relay=99&reply=agree").await.status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.get("/kontakt/abba").await.status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.post("/kontakt/abba", "reply=agree").await.status, StatusCode::NOT_FOUND);
    // Staff read along, and speak for nobody.
    assert!(staff.get("/behov/1/kontakt?par=1").await.body.contains("Hej"));
    assert!(!staff.get("/asf/1/kontakt?trad=1").await.body.contains("name=\"reply\""));
    assert_eq!(staff.get("/asf/2/kontakt?trad=1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(staff.post(DESK, "pairing=1&text=Hej").await.status, StatusCode::FORBIDDEN);
    assert_eq!(staff.post("/asf/1/kontakt", "relay=1&reply=agree").await.status, StatusCode::FORBIDDEN);
    assert_eq!(before, database::snapshot(&product.app.db).await);
}

#[tokio::test]
async fn who_declined_is_not_to_be_written_to_and_an_old_link_has_ended() {
    let (product, buyer, _) = matched().await;
    assert_eq!(write(&buyer, "Hej").await, StatusCode::SEE_OTHER);
    let path = link(&product).await;
    let no = Answer::parse("no", "no_time", "").unwrap();
    pairings::respond_to(&product.app, PairingId(1), &no).await.unwrap();
    assert_eq!(buyer.get("/behov/1/kontakt?par=1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(write(&buyer, "Varför?").await, StatusCode::NOT_FOUND);
    product.pass(Duration::days(121));
    assert_eq!(Visitor::new(&product).get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_says_why_nothing_can_be_sent() {
    let (product, buyer, _) = matched().await;
    for (sql, back, text) in [
        (
            "UPDATE asf SET unsubscribed_at = '2026-11-01T00:00:00Z' WHERE id = 1",
            "UPDATE asf SET unsubscribed_at = NULL",
            "vill inte ha mejl från oss",
        ),
        (
            "UPDATE asf SET paused_until = '2027-11-01' WHERE id = 1",
            "UPDATE asf SET paused_until = NULL",
            "tar en paus",
        ),
        (
            "INSERT INTO suppression (address, reason, suppressed_at) \
             VALUES ('info@skurborsten.example', '5.1.1', '2026-11-01T00:00:00Z')",
            "DELETE FROM suppression",
            "kommer tillbaka",
        ),
        (
            "INSERT INTO need_approval (need_id, decision, recorded_at, decided_by) \
             VALUES (1, 'rejected', '2026-11-01T00:00:00Z', 'user:1')",
            "DELETE FROM need_approval",
            "mejlas inte",
        ),
        (
            "UPDATE asf SET approval = 'waiting' WHERE id = 1",
            "UPDATE asf SET approval = 'approved'",
            "väntar på godkännande",
        ),
    ] {
        product.app.db.execute_unprepared(sql).await.unwrap();
        let page = buyer.get("/behov/1/kontakt?par=1").await.body;
        assert!(page.contains(text) && !page.contains("<textarea"), "{sql}: {page}");
        let refused = buyer.post(DESK, "pairing=1&text=Hej").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{sql}");
        assert!(refused.body.contains(text) && refused.body.contains("Hej</textarea>"), "{sql}: {}", refused.body);
        product.app.db.execute_unprepared(back).await.unwrap();
    }
    assert!(mails(&product, "relay").await.is_empty());
    assert!(store::relays::find(&product.app.db, RelayId(1)).await.unwrap().is_none());
    assert_eq!(write(&buyer, "Hej").await, StatusCode::TOO_MANY_REQUESTS, "refused tries count, too");
    product.pass(Duration::days(22));
    let desk = relays::desk(&product.app, PairingId(1)).await.unwrap();
    assert_eq!(desk.obstacle, Some(Obstacle::Closed));
    assert!(store::relays::list_for_asf(&product.app.db, AsfId(1), 9).await.unwrap().is_empty());
}
