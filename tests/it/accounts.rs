//! Signing in: a link once, a code a few times and only where it was asked for, and the same answer for
//! everybody.

use chrono::Duration;
use samhandla::{
    domain::{email::Email, language::Language, user::Role},
    service::{secrets::Secret, sign_in},
    store::users,
};

use crate::support::{
    database,
    product::{self, Product, cleaner, cleaning_request},
};

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// The secret of the browser, the token of the link and the code.
async fn ask(product: &Product, address: &str) -> (Secret, String, String) {
    let browser = sign_in::request_link(&product.app, &email(address), Language::Sv).await.unwrap();
    let text = product.messages().await.pop().unwrap().text;
    let token: String = text.split("/logga-in/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect();
    let code = text.lines().map(str::trim).find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()));
    (browser, token, code.unwrap().to_owned())
}

async fn role(product: &Product, session: &sign_in::SignedIn) -> Role {
    sign_in::user_of_session(&product.app, session.token.plain()).await.unwrap().unwrap().role
}

#[tokio::test]
async fn an_asf_and_a_buyer_sign_in_with_the_address_they_gave() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let (_, token, _) = ask(&product, "info@skurborsten.example").await;
    let session = sign_in::redeem(&product.app, &token, "").await.unwrap();
    assert_eq!(role(&product, &session).await, Role::Asf);
    let (_, token, _) = ask(&product, "inkop@vatterbygg.example").await;
    let session = sign_in::redeem(&product.app, &token, "").await.unwrap();
    assert_eq!(role(&product, &session).await, Role::Buyer);
}

#[tokio::test]
async fn a_link_works_once_and_for_ten_minutes() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let (_, token, _) = ask(&product, "info@skurborsten.example").await;
    assert!(sign_in::link_works(&product.app, &token).await.unwrap());
    sign_in::redeem(&product.app, &token, "").await.unwrap();
    assert!(sign_in::redeem(&product.app, &token, "").await.is_err());
    let (_, late, _) = ask(&product, "info@skurborsten.example").await;
    product.pass(Duration::minutes(11));
    assert!(sign_in::redeem(&product.app, &late, "").await.is_err());
}

#[tokio::test]
async fn a_code_is_typed_where_it_was_asked_for_and_guessing_stops_it() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let address = "info@skurborsten.example";
    let (browser, _, code) = ask(&product, address).await;
    let (other, _, _) = ask(&product, "info@skurborsten.example").await;
    assert!(sign_in::redeem_code(&product.app, other.plain(), &code, "").await.is_err(), "another browser");
    sign_in::redeem_code(&product.app, browser.plain(), &code, "").await.unwrap();
    assert!(sign_in::redeem_code(&product.app, browser.plain(), &code, "").await.is_err(), "twice");
    let (browser, _, code) = ask(&product, address).await;
    for _ in 0..5 {
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert!(sign_in::redeem_code(&product.app, browser.plain(), wrong, "").await.is_err());
    }
    assert!(sign_in::redeem_code(&product.app, browser.plain(), &code, "").await.is_err());
}

#[tokio::test]
async fn an_unknown_address_gets_no_mail_and_the_same_answer_for_the_same_work() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let rows = async || {
        let all = database::snapshot(&product.app.db).await;
        let of = |table: &str| all.iter().filter(|row| row.starts_with(table)).count();
        (of("token: "), of("message: "))
    };
    let browser = sign_in::request_link(&product.app, &email("nobody@nowhere.example"), Language::Sv).await.unwrap();
    assert_eq!(browser.plain().len(), 64);
    assert_eq!(rows().await, (1, 0), "a link that opens nothing is stored all the same");
    assert!(sign_in::redeem_code(&product.app, browser.plain(), "000000", "").await.is_err());
    sign_in::request_link(&product.app, &email("info@skurborsten.example"), Language::Sv).await.unwrap();
    assert_eq!(rows().await, (2, 1));
    product.pass(Duration::days(2));
    sign_in::request_link(&product.app, &email("nobody@nowhere.example"), Language::Sv).await.unwrap();
    assert_eq!(rows().await, (1, 1), "old links are forgotten");
}

#[tokio::test]
async fn the_command_gives_a_known_address_its_new_role_and_ends_what_the_old_one_had_open() {
    let product = product::empty().await;
    let anna = email("anna@forening.example");
    let redeem = async |link: String| {
        let token = link.rsplit('/').next().unwrap().to_owned();
        sign_in::redeem(&product.app, &token, "").await.unwrap()
    };
    let first = redeem(sign_in::link_for(&product.app, &anna, Role::Buyer).await.unwrap()).await;
    assert_eq!(role(&product, &first).await, Role::Buyer);
    let second = redeem(sign_in::link_for(&product.app, &anna, Role::Coordinator).await.unwrap()).await;
    assert_eq!(role(&product, &second).await, Role::Coordinator);
    assert!(sign_in::user_of_session(&product.app, first.token.plain()).await.unwrap().is_none());
    let id = users::find_by_email(&product.app.db, &anna).await.unwrap().unwrap().id;
    let written = database::snapshot(&product.app.db).await;
    assert!(written.iter().any(|row| row.starts_with("audit") && row.contains("buyer → coordinator")), "{id:?}");
}

#[tokio::test]
async fn a_session_ends_when_it_is_left_alone_and_in_any_case_at_last() {
    let product = product::empty().await;
    let begin = async |role: Role| {
        let link =
            sign_in::link_for(&product.app, &email(&format!("{}@a.example", role.as_str())), role).await.unwrap();
        sign_in::redeem(&product.app, link.rsplit('/').next().unwrap(), "").await.unwrap().token
    };
    let lives = async |token: &Secret| sign_in::user_of_session(&product.app, token.plain()).await.unwrap().is_some();
    let staff = begin(Role::Coordinator).await;
    for _ in 0..13 {
        product.pass(Duration::hours(11));
        assert!(lives(&staff).await, "used each day");
    }
    product.pass(Duration::hours(12));
    assert!(!lives(&staff).await, "left alone");
    let (asf, busy) = (begin(Role::Asf).await, begin(Role::Buyer).await);
    for _ in 0..29 {
        product.pass(Duration::days(1));
        assert!(lives(&busy).await);
    }
    assert!(!lives(&asf).await, "left alone for two weeks");
    product.pass(Duration::days(1));
    assert!(!lives(&busy).await, "thirty days are the most");
}

#[tokio::test]
async fn without_the_second_factor_one_listens_to_oneself_only() {
    let wrong = samhandla::config::Config {
        listen: "0.0.0.0:80".parse().unwrap(),
        second_factor: samhandla::config::SecondFactorRule::Off,
        ..product::empty().await.app.config.clone()
    };
    assert!(wrong.check().unwrap_err().to_string().contains("loopback"));
    let right = samhandla::config::Config { second_factor: samhandla::config::SecondFactorRule::Required, ..wrong };
    right.check().unwrap();
}
