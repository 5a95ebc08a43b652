//! Passkeys as far as no device is needed: where they are offered, what is refused, and that mail alone opens
//! nothing for who has one. A device that keeps keys is in `browser`.

use axum::http::{StatusCode, header};
use samhandla::{
    config::SecondFactorRule,
    domain::{email::Email, user::Role},
    service::users as staff,
    store::{connection, passkeys, second_factors, users},
    web,
};

use crate::{
    pages::Visitor,
    sign_in_pages::Browser,
    support::product::{self, Product, cleaner},
};

const ANNA: &str = "anna@region.example";

async fn guarded() -> Product {
    let product = product::with_settings(|config| config.second_factor = SecondFactorRule::Required).await;
    product.take_in(&[cleaner()], &[]).await;
    product
}

/// Stores a key that no device has; nothing here gets as far as reading it.
async fn give_key(product: &Product, email: &str) {
    let user = users::find_by_email(&product.app.db, &Email::parse(email).unwrap()).await.unwrap().unwrap();
    let tx = connection::begin(&product.app.db).await.unwrap();
    passkeys::insert(&tx, user.id, "Annas telefon", (email, "{}"), product.now()).await.unwrap();
    second_factors::replace_codes(&tx, user.id, &[samhandla::service::secrets::hash("aaaa-bbbb-cccc")], product.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn number_of_keys(product: &Product, email: &str) -> u64 {
    let user = users::find_by_email(&product.app.db, &Email::parse(email).unwrap()).await.unwrap().unwrap();
    passkeys::count(&product.app.db, user.id).await.unwrap()
}

#[tokio::test]
async fn at_a_bare_address_no_passkey_is_offered() {
    let product = product::with_settings(|config| config.base_url = Some("http://127.0.0.1:3000".to_owned())).await;
    product.take_in(&[cleaner()], &[]).await;
    let mut visitor = Visitor::new(&product);
    let email = Email::parse("info@skurborsten.example").unwrap();
    let link = samhandla::service::sign_in::link_for(&product.app, &email, Role::Asf).await.unwrap();
    visitor.sign_in(link.strip_prefix("http://127.0.0.1:3000").unwrap()).await;
    assert!(!visitor.get("/konto").await.body.contains("passkey"));
    assert_eq!(visitor.get("/logga-in/passkey/ny").await.headers[header::LOCATION], "/konto");
}

#[tokio::test]
async fn a_name_is_asked_for_and_an_answer_counts_once_in_its_time() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = Visitor::signed_in(&product, Role::Asf).await;
    assert!(visitor.get("/konto").await.body.contains("Lägg till en passkey"));
    let long = "x".repeat(61);
    for name in ["", "%20", &long] {
        let page = visitor.post("/logga-in/passkey/ny", &format!("name={name}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.body.contains("högst 60 tecken") && page.body.contains("href=\"#name\""), "{}", page.body);
    }
    let asked = visitor.post("/logga-in/passkey/ny", "name=%3Cb%3ETelefon").await;
    assert_eq!(asked.status, StatusCode::OK);
    let policy = asked.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(asked.headers[header::CACHE_CONTROL], "no-store");
    assert!(asked.body.contains("&quot;challenge&quot;") && asked.body.contains("<noscript>"), "{}", asked.body);
    for answer in ["", "%7B%7D", "%3Cscript%3E", "null"] {
        let page = visitor.post("/logga-in/passkey/ny/klar", &format!("answer={answer}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
        assert!(page.body.contains("Försök igen") && !page.body.contains("<script"), "{}", page.body);
    }
    assert_eq!(number_of_keys(&product, "info@skurborsten.example").await, 0);
}

#[tokio::test]
async fn mail_alone_opens_nothing_for_who_has_a_passkey() {
    let product = guarded().await;
    let site = web::router(std::sync::Arc::clone(&product.app));
    for (email, role) in [(ANNA, Role::Coordinator), ("info@skurborsten.example", Role::Asf)] {
        let mut first = Browser::new(&site);
        first.follow_link(&product, email, role).await;
        give_key(&product, email).await;
        let mut browser = Browser::new(&site);
        assert_eq!(browser.follow_link(&product, email, role).await, "/logga-in/steg-2");
        let page = browser.get("/logga-in/steg-2").await;
        assert!(page.body.contains("Använd min passkey") && page.body.contains("reservkoder"), "{}", page.body);
        // Neither an app nor another key can be connected before the one there is was shown.
        for path in ["/logga-in/koppla", "/logga-in/passkey/ny"] {
            assert_eq!(browser.get(path).await.to, "/logga-in/steg-2", "{path}");
        }
        let user = users::find_by_email(&product.app.db, &Email::parse(email).unwrap()).await.unwrap().unwrap();
        let factor = second_factors::find(&product.app.db, user.id).await.unwrap().unwrap();
        let code = factor.code(product.now()).unwrap();
        assert_eq!(browser.post("/logga-in/koppla", &format!("code={code}")).await.to, "/logga-in/steg-2");
        let page = browser.post("/logga-in/steg-2", &format!("code={code}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        assert_eq!(browser.post("/logga-in/passkey/ny", "name=Min").await.to, "/logga-in/steg-2");
        let page = browser.post("/logga-in/passkey/klar", "answer=%7B%7D").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_ne!(browser.get("/konto").await.status, StatusCode::OK);
        let page = browser.post("/logga-in/steg-2", "code=AAAA-bbbb-cccc").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "a code from paper opens: {}", page.body);
        assert_eq!(browser.get("/konto").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn only_the_owner_takes_a_passkey_away_and_a_coordinator_resets_everything() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    let other = Visitor::signed_in(&product, Role::Coordinator).await;
    give_key(&product, "info@skurborsten.example").await;
    assert!(asf.get("/konto").await.body.contains("Annas telefon"));
    assert_eq!(other.post("/konto/passkey/1/bort", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(number_of_keys(&product, "info@skurborsten.example").await, 1);
    let gone = asf.post("/konto/passkey/1/bort", "").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(number_of_keys(&product, "info@skurborsten.example").await, 0);
    assert_eq!(asf.get("/konto").await.headers[header::LOCATION], "/logga-in", "signed out everywhere");
    give_key(&product, "info@skurborsten.example").await;
    let of = async |email: &str| {
        users::find_by_email(&product.app.db, &Email::parse(email).unwrap()).await.unwrap().unwrap()
    };
    let (staff_user, user) = (of("coordinator@staff.example").await, of("info@skurborsten.example").await);
    staff::reset_second_factor(&product.app, &staff_user, user.id).await.unwrap();
    assert_eq!(number_of_keys(&product, "info@skurborsten.example").await, 0);
    assert_eq!(second_factors::count_codes(&product.app.db, user.id).await.unwrap(), 0);
}
