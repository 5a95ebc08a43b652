//! The two journeys from end to end: a need reaches a weekly mail, and a yes becomes a counted deal.

use chrono::Duration;
use samhandla::{
    domain::{
        deal::{DealFields, NewDeal},
        pairing::{Answer, AnswerEffect, PairingState},
        schedule::{IsoWeek, local_date},
        target::TargetId,
    },
    service::{self, deals, digests, digests::Run, outbox, pairings, targets},
};

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner};

/// The first link to a page in a mail's text.
fn link(text: &str, page: &str) -> String {
    let start = text.find(page).unwrap_or_else(|| panic!("no {page} in {text}")) + page.len();
    text[start..].chars().take_while(char::is_ascii_hexdigit).collect()
}

async fn mailed(product: &Product) -> String {
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 1);
    product.messages().await[0].text.clone()
}

async fn counted(product: &Product, id: TargetId) -> (u32, u32) {
    let progress = targets::progress(&product.app.db, product.now()).await.unwrap();
    let target = progress.iter().find(|target| target.id == id).unwrap();
    (target.counted, target.pending)
}

#[tokio::test]
async fn a_need_reaches_the_mailbox_as_a_letter_with_its_headers() {
    let product = product::empty().await;
    mailed(&product).await;
    let mailbox = product.data.path().join("mailbox");
    let letters: Vec<_> = std::fs::read_dir(mailbox).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(letters.len(), 1);
    let letter = std::fs::read_to_string(&letters[0]).unwrap();
    for header in ["Message-ID: <", "Date: ", "List-Id: ", "List-Unsubscribe: <http", "Auto-Submitted: auto-generated"]
    {
        assert!(letter.contains(header), "{header} is missing in {letter}");
    }
}

#[tokio::test]
async fn a_yes_from_the_mail_introduces_both_sides_and_an_invoice_moves_the_target() {
    let product = product::empty().await;
    let token = link(&mailed(&product).await, "/svar/");
    let app = &product.app;
    let view = pairings::find_by_token(app, &token).await.unwrap();
    assert_eq!(view.pairing.state, PairingState::Suggested);
    let yes = Answer::parse("yes", "", "Vi kan börja i januari.").unwrap();
    assert_eq!(pairings::respond(app, &token, &yes).await.unwrap(), AnswerEffect::Introduce);
    assert_eq!(pairings::respond(app, &token, &yes).await.unwrap(), AnswerEffect::Nothing);
    let introductions: Vec<String> = product.messages().await.into_iter().skip(1).map(|m| m.recipient).collect();
    assert_eq!(introductions, ["info@skurborsten.example", "inkop@vatterbygg.example"]);
    assert_eq!(counted(&product, TargetId::T1).await, (0, 0));

    product.pass(Duration::days(10));
    let today = local_date(product.now()).to_string();
    let record = |kind: &'static str, reference: &'static str| {
        let fields = DealFields {
            kind,
            occurred_on: &today,
            amount_sek: "12 000",
            income_kind: "service",
            reference,
            ..DealFields::default()
        };
        NewDeal::parse(view.pairing.id, &fields, local_date(product.now())).unwrap()
    };
    deals::record(&app.db, "coordinator", record("order", "Order 17"), product.now()).await.unwrap();
    assert_eq!(counted(&product, TargetId::T1).await, (0, 1));
    deals::record(&app.db, "coordinator", record("invoice", "Faktura 1001"), product.now()).await.unwrap();
    assert_eq!(counted(&product, TargetId::T1).await, (1, 0));
}

#[tokio::test]
async fn a_no_is_kept_with_its_reason_and_is_not_mailed_again() {
    let product = product::empty().await;
    let token = link(&mailed(&product).await, "/svar/");
    let no = Answer::parse("no", "too_large", "").unwrap();
    assert_eq!(pairings::respond(&product.app, &token, &no).await.unwrap(), AnswerEffect::Recorded);
    product.take_in(&[], &[]).await;
    product.pass(Duration::days(14));
    let report = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    assert_eq!(report.messages, 0);
    let view = pairings::find_by_token(&product.app, &token).await.unwrap();
    assert_eq!(view.pairing.state, PairingState::No);
}

#[tokio::test]
async fn an_answer_after_the_deadline_is_refused() {
    let product = product::empty().await;
    let token = link(&mailed(&product).await, "/svar/");
    product.pass(Duration::days(22));
    let yes = Answer::parse("yes", "", "").unwrap();
    let refused = pairings::respond(&product.app, &token, &yes).await;
    assert!(matches!(refused, Err(service::Error::Conflict)), "{refused:?}");
}

#[tokio::test]
async fn an_unknown_link_is_not_found() {
    let product = product::empty().await;
    let found = pairings::find_by_token(&product.app, "0000").await;
    assert!(matches!(found, Err(service::Error::NotFound)));
}

#[tokio::test]
async fn the_stop_link_ends_the_weekly_mail_at_once() {
    let product = product::empty().await;
    let token = link(&mailed(&product).await, "/avanmalan/");
    service::unsubscribe::confirm(&product.app, &token).await.unwrap();
    service::unsubscribe::confirm(&product.app, &token).await.unwrap();
    product.pass(Duration::days(14));
    let report = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    assert_eq!(report.skipped.get("unsubscribed"), Some(&1));
}
