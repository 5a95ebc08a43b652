//! Signing in: a link once, a code a few times, and the same answer for everybody.

use chrono::Duration;
use samhandla::{
    domain::{email::Email, language::Language, user::Role},
    service::{self, sign_in},
};

use crate::support::product::{self, Product, cleaner, cleaning_request};

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

async fn ask(product: &Product, address: &str) -> (String, String) {
    sign_in::request_link(&product.app, &email(address), Language::Sv).await.unwrap();
    let text = product.messages().await.pop().unwrap().text;
    let token: String = text.split("/logga-in/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect();
    let code = text.lines().map(str::trim).find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()));
    (token, code.unwrap().to_owned())
}

async fn role(product: &Product, session: &service::secrets::Secret) -> Role {
    sign_in::user_of_session(&product.app, session.plain()).await.unwrap().unwrap().role
}

#[tokio::test]
async fn an_asf_and_a_buyer_sign_in_with_the_address_they_gave() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let (token, _) = ask(&product, "info@skurborsten.example").await;
    let session = sign_in::redeem(&product.app, &token).await.unwrap();
    assert_eq!(role(&product, &session).await, Role::Asf);
    let (token, _) = ask(&product, "inkop@vatterbygg.example").await;
    let session = sign_in::redeem(&product.app, &token).await.unwrap();
    assert_eq!(role(&product, &session).await, Role::Buyer);
}

#[tokio::test]
async fn a_link_works_once_and_for_ten_minutes() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let (token, _) = ask(&product, "info@skurborsten.example").await;
    assert!(sign_in::link_works(&product.app, &token).await.unwrap());
    sign_in::redeem(&product.app, &token).await.unwrap();
    assert!(sign_in::redeem(&product.app, &token).await.is_err());
    let (late, _) = ask(&product, "info@skurborsten.example").await;
    product.pass(Duration::minutes(11));
    assert!(sign_in::redeem(&product.app, &late).await.is_err());
}

#[tokio::test]
async fn a_code_can_be_typed_instead_and_guessing_stops_it() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let address = email("info@skurborsten.example");
    let (_, code) = ask(&product, address.as_str()).await;
    sign_in::redeem_code(&product.app, &address, &code).await.unwrap();
    let (_, code) = ask(&product, address.as_str()).await;
    for _ in 0..5 {
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert!(sign_in::redeem_code(&product.app, &address, wrong).await.is_err());
    }
    assert!(sign_in::redeem_code(&product.app, &address, &code).await.is_err());
}

#[tokio::test]
async fn an_unknown_address_gets_no_mail_and_the_same_answer() {
    let product = product::empty().await;
    sign_in::request_link(&product.app, &email("nobody@nowhere.example"), Language::Sv).await.unwrap();
    assert!(product.messages().await.is_empty());
}
