//! What staff see before mails go: the dry run with its differences, and every kind of mail with sample data.

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{asf::AsfId, digest::Mark, pairing::Answer, schedule::IsoWeek, user::Role},
    mail::MessageKind,
    service::{
        digests::{self, Run},
        forecasts::{self, Gone},
        pairings,
    },
};

use crate::{
    pages::Visitor,
    support::{
        binary::{json, run},
        database,
        product::{self, cleaner, cleaning_request, joiner, request},
    },
};

fn windows(external_id: &str, title: &str) -> samhandla::domain::need::NewNeed {
    request(external_id, title, "Putsning av fönster på kontoret.")
}

#[tokio::test]
async fn the_next_mail_is_foretold_with_what_is_new_changed_and_gone() {
    let product = product::empty().await;
    let needs = [cleaning_request(), windows("behov-2", "Fönsterputsning"), windows("behov-3", "Fönsterputs i hallen")];
    product.take_in(&[cleaner(), joiner()], &needs).await;
    let before = forecasts::list(&product.app, AsfId(0), 50).await.unwrap();
    assert_eq!((before.len(), before[0].items.len(), before[1].skipped), (2, 3, Some("nothing")));
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let text = product.messages().await.remove(0).text;
    let first = text.split("/svar/").nth(1).unwrap();
    let token: String = first.chars().take_while(char::is_ascii_hexdigit).collect();
    let answered = pairings::find_by_token(&product.app, &token).await.unwrap().need.title;
    pairings::respond(&product.app, &token, &Answer::parse("no", "other", "").unwrap()).await.unwrap();
    product.pass(Duration::days(1));
    product.take_in(&[], &[windows("behov-4", "Fönsterputsning i trapphus")]).await;
    let next = forecasts::list(&product.app, AsfId(0), 50).await.unwrap().remove(0);
    let items: Vec<_> = next.items.iter().map(|item| (item.title.as_str(), item.mark)).collect();
    assert_eq!(items, [("Fönsterputsning i trapphus", Mark::New)]);
    assert_eq!(next.gone.len(), 3);
    for item in &next.gone {
        let expected = if item.title == answered { Gone::Answered } else { Gone::Said };
        assert_eq!(item.why, expected, "{}", item.title);
    }
    // Two weeks on, what is left closes within a week and is said once more; the rest of the last mail is not.
    product.pass(Duration::days(13));
    let closing = forecasts::list(&product.app, AsfId(0), 50).await.unwrap().remove(0);
    assert_eq!(closing.items.iter().filter(|item| item.mark == Mark::ClosingSoon).count(), 2);
}

#[tokio::test]
async fn the_pages_of_staff_show_the_dry_run_and_every_kind_and_change_nothing() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    let before = database::snapshot(&product.app.db).await;
    let page = staff.get("/nasta-brev").await.body;
    assert!(page.contains("Städning av vårt kontor") && page.contains("Går tisdag"), "{page}");
    assert!(staff.get("/mejl").await.body.contains("Veckobrevet"));
    for kind in MessageKind::ALL {
        for language in ["sv", "en"] {
            let page = staff.get(&format!("/mejl/{}?sprak={language}", kind.as_str())).await;
            assert_eq!(page.status, StatusCode::OK, "{kind:?}");
            assert!(page.body.contains("sandbox=") && page.body.contains("srcdoc="), "{kind:?}");
            assert!(!page.headers["content-security-policy"].to_str().unwrap().contains("script"), "{kind:?}");
        }
    }
    assert_eq!(staff.get("/mejl/spam").await.status, StatusCode::NOT_FOUND);
    assert_eq!(database::snapshot(&product.app.db).await, before);
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    for path in ["/nasta-brev", "/mejl", "/mejl/weekly_digest"] {
        assert_eq!(asf.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(Visitor::new(&product).get(path).await.headers["location"], "/logga-in", "{path}");
    }
}

#[tokio::test]
async fn a_mail_that_has_gone_this_week_is_not_foretold_again() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    assert_eq!(forecasts::list(&product.app, AsfId(0), 50).await.unwrap()[0].skipped, Some("already"));
    // Two weeks on the need closes within a week and is said once more.
    product.pass(Duration::days(14));
    let forecast = forecasts::list(&product.app, AsfId(0), 50).await.unwrap().remove(0);
    assert_eq!((forecast.items.len(), forecast.gone.len()), (1, 0));
}

#[test]
fn a_test_mail_lands_in_the_mailbox_and_a_wrong_kind_or_address_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let sent = json(data.path(), &["mail", "test", "anna@forening.example"]);
    assert_eq!(sent["sent"], true, "{sent}");
    let mails: Vec<_> = std::fs::read_dir(data.path().join("mailbox")).unwrap().collect();
    assert_eq!(mails.len(), 1);
    let raw = std::fs::read_to_string(mails.into_iter().next().unwrap().unwrap().path()).unwrap();
    assert!(raw.contains("List-Unsubscribe-Post") && raw.contains("anna@forening.example"), "{raw}");
    for wrong in [["mail", "test", "anna"].as_slice(), &["mail", "test", "a@b.example", "--kind", "spam"]] {
        assert_eq!(run(data.path(), wrong).status.code(), Some(1), "{wrong:?}");
    }
}
