//! What is mailed after an answer: the summary, the follow-up to both sides, the yearly check of the profile, and
//! the coordinator's week.

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{ledger::Fact, pairing::Answer, schedule::IsoWeek, user::Role},
    jobs,
    service::{answer_summaries, coordinator_weeks, digests, digests::Run, follow_ups, pairings, profile_checks},
    store::{self, outbox::StoredMessage},
};

use crate::{
    pages::Visitor,
    support::product::{self, Product, asf, cleaner, cleaning_request},
};

fn path_in(text: &str, page: &str) -> String {
    let start = text.find(page).unwrap_or_else(|| panic!("no {page} in {text}"));
    let token = text[start + page.len()..].chars().take_while(char::is_ascii_hexdigit);
    format!("{page}{}", token.collect::<String>())
}

async fn of_kind(product: &Product, kind: &str) -> Vec<StoredMessage> {
    product.messages().await.into_iter().filter(|message| message.kind == kind).collect()
}

/// Two ASF have the week's mail; the first says yes, the second no for want of time.
async fn answered() -> Product {
    let product = product::empty().await;
    let second = asf("559900-0134", "Kvasten", "Kontorsstädning", "Vi städar kontor.");
    product.take_in(&[cleaner(), second], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let digests = of_kind(&product, "weekly_digest").await;
    for (address, answer) in [("skurborsten", ("yes", "")), ("kvasten", ("no", "no_time"))] {
        let mail = digests.iter().find(|message| message.recipient.contains(address)).unwrap();
        let token = path_in(&mail.text, "/svar/").replace("/svar/", "");
        let answer = Answer::parse(answer.0, answer.1, "").unwrap();
        pairings::respond(&product.app, &token, &answer).await.unwrap();
    }
    product
}

/// The follow-ups of a side, oldest first.
async fn asked(product: &Product, address: &str) -> Vec<StoredMessage> {
    let all = of_kind(product, "follow_up").await;
    all.into_iter().filter(|message| message.recipient.contains(address)).collect()
}

#[tokio::test]
async fn both_sides_are_asked_after_the_deadline_and_a_yes_waits_as_a_proposal() {
    let product = answered().await;
    product.pass(Duration::days(27));
    assert_eq!(follow_ups::ask_due(&product.app).await.unwrap(), 0);
    product.pass(Duration::days(2));
    assert_eq!(follow_ups::ask_due(&product.app).await.unwrap(), 2);
    assert_eq!(follow_ups::ask_due(&product.app).await.unwrap(), 0);
    let before = store::proposals::list_open(&product.app.db, None, 100).await.unwrap().len();
    let visitor = Visitor::new(&product);
    let path = path_in(&asked(&product, "skurborsten").await[0].text, "/uppfoljning/");
    assert!(visitor.get(&format!("{path}?svar=ja")).await.body.contains("value=\"yes\" checked"));
    let wrong = visitor.post(&path, "led=yes&value_sek=mycket").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"mycket\"") && wrong.body.contains("value=\"yes\" checked"));
    assert_eq!(store::proposals::list_open(&product.app.db, None, 100).await.unwrap().len(), before);
    let told = "led=yes&value_sek=40+000&invoiced_sek=10+000&without=nothing";
    assert_eq!(visitor.post(&path, told).await.status, StatusCode::OK);
    assert_eq!(visitor.post(&path, told).await.status, StatusCode::OK);
    // The buyer tells of the same order.
    let path = path_in(&asked(&product, "vatterbygg").await[0].text, "/uppfoljning/");
    assert_eq!(visitor.post(&path, "led=yes&invoiced_sek=99").await.status, StatusCode::OK);
    let open = store::proposals::list_open(&product.app.db, None, 100).await.unwrap();
    let amounts: Vec<_> = open[before..]
        .iter()
        .map(|proposal| match &proposal.entry.fact {
            Fact::Order(order) => ("order", order.amount_ore),
            Fact::Income(income) => ("income", Some(income.amount_ore)),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(amounts, [("order", Some(4_000_000)), ("income", Some(1_000_000))]);
    assert!(open[before].entry.evidence.reference.contains("inte blivit av annars"));
    let told = store::ledger::list_for_pairing(&product.app.db, open[before].entry.pairing_id.unwrap()).await.unwrap();
    assert!(told.is_empty(), "a claim is no entry before a human says so");
}

#[tokio::test]
async fn not_yet_is_asked_once_more_and_never_a_third_time() {
    let product = answered().await;
    product.pass(Duration::days(29));
    follow_ups::ask_due(&product.app).await.unwrap();
    let visitor = Visitor::new(&product);
    for times in [1, 2] {
        let mails = asked(&product, "skurborsten").await;
        assert_eq!(mails.len(), times);
        let path = path_in(&mails[times - 1].text, "/uppfoljning/");
        assert_eq!(visitor.post(&path, "led=not_yet").await.status, StatusCode::OK);
        for _ in 0..2 {
            product.pass(Duration::days(61));
            follow_ups::ask_due(&product.app).await.unwrap();
        }
    }
    assert_eq!(asked(&product, "skurborsten").await.len(), 2);
    // The buyer has said nothing, and is left in peace.
    assert_eq!(asked(&product, "vatterbygg").await.len(), 1);
}

#[tokio::test]
async fn nobody_is_asked_what_has_been_told() {
    let product = answered().await;
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    let id = store::pairings::list_latest_promising(&product.app.db, 1).await.unwrap()[0].id;
    let deal = "kind=order&occurred_on=2026-11-24&amount_sek=9000&income_kind=service&price=&reference=";
    assert_eq!(staff.post(&format!("/affar/{}", id.0), deal).await.status, StatusCode::SEE_OTHER);
    product.pass(Duration::days(29));
    assert_eq!(follow_ups::ask_due(&product.app).await.unwrap(), 0);
}

#[tokio::test]
async fn the_buyer_is_told_of_a_no_by_number_and_reason_and_never_by_name() {
    let product = answered().await;
    let last = product.now() - Duration::hours(1);
    assert_eq!(answer_summaries::queue_due(&product.app, Some(last), product.now()).await.unwrap(), 1);
    assert_eq!(answer_summaries::queue_due(&product.app, Some(last), product.now()).await.unwrap(), 0);
    let mail = of_kind(&product, "answer_summary").await.remove(0);
    assert_eq!(mail.recipient, "inkop@vatterbygg.example");
    for text in [&mail.text, &mail.html] {
        assert!(text.contains("Skurborsten") && text.contains("1: de hinner inte nu"), "{text}");
        assert!(!text.contains("Kvasten"), "{text}");
    }
    // A day without answers is a day without mail.
    product.pass(Duration::days(1));
    let today = product.now();
    assert_eq!(answer_summaries::queue_due(&product.app, Some(today - Duration::hours(1)), today).await.unwrap(), 0);
}

#[tokio::test]
async fn a_profile_is_asked_about_once_a_year_and_one_tap_confirms_it() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    assert_eq!(profile_checks::ask_due(&product.app).await.unwrap(), 0);
    product.pass(Duration::days(366));
    assert_eq!(profile_checks::ask_due(&product.app).await.unwrap(), 1);
    assert_eq!(profile_checks::ask_due(&product.app).await.unwrap(), 0);
    let path = path_in(&of_kind(&product, "profile_check").await[0].text, "/profil/");
    let visitor = Visitor::new(&product);
    let page = visitor.get(&path).await;
    assert!(page.status == StatusCode::OK && page.body.contains("Städning av kontor och trapphus"), "{}", page.body);
    let long = visitor.post(&path, &format!("note={}", "x".repeat(1001))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(visitor.post(&path, "note=Vi+har+flyttat").await.status, StatusCode::OK);
    let tasks = store::tasks::list_open(&product.app.db, 10).await.unwrap();
    assert!(tasks.len() == 1 && tasks[0].subject.contains("Vi har flyttat"), "{tasks:?}");
    product.pass(Duration::days(364));
    assert_eq!(profile_checks::ask_due(&product.app).await.unwrap(), 0);
    product.pass(Duration::days(2));
    assert_eq!(profile_checks::ask_due(&product.app).await.unwrap(), 1);
    product.pass(Duration::days(91));
    let late = path_in(&of_kind(&product, "profile_check").await[1].text, "/profil/");
    assert_eq!(visitor.get(&late).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_coordinator_gets_a_mail_only_when_something_needs_a_human() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(coordinator_weeks::queue_due(&product.app).await.unwrap(), 0);
    let gap = product::request("behov-9", "Ubåtsbesiktning", "Besiktning av en ubåt.");
    product.take_in(&[], &[cleaning_request(), gap]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    product.pass(Duration::days(11));
    assert_eq!(coordinator_weeks::queue_due(&product.app).await.unwrap(), 1);
    assert_eq!(coordinator_weeks::queue_due(&product.app).await.unwrap(), 0);
    let text = of_kind(&product, "coordinator_week").await.remove(0).text;
    assert!(text.contains("Ett företag har inte svarat på tio dagar") && text.contains("Skurborsten"), "{text}");
    assert!(text.contains("Ett behov passar ingen") && text.contains("Ubåtsbesiktning"), "{text}");
    assert!(!text.contains("en månad") && !text.contains("liggaren"), "{text}");
}

#[tokio::test]
async fn the_schedule_asks_and_tells_by_itself() {
    let product = answered().await;
    Visitor::signed_in(&product, Role::Coordinator).await;
    samhandla::service::schedules::ensure(&product.app, &jobs::JOBS).await.unwrap();
    for _ in 0..24 * 30 {
        product.pass(Duration::hours(1));
        jobs::run_due(&product.app).await.unwrap();
    }
    for (kind, number) in [("answer_summary", 1), ("follow_up", 2)] {
        assert_eq!(of_kind(&product, kind).await.len(), number, "{kind}");
    }
    assert!(!of_kind(&product, "coordinator_week").await.is_empty());
}
