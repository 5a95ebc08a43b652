//! Users and roles by staff, colleagues by each other, and the log of it all.

use std::sync::Arc;

use axum::http::StatusCode;
use samhandla::{
    domain::{email::Email, user::Role},
    store::users,
    web,
};

use crate::{
    sign_in_pages::Browser,
    support::product::{self, Product, cleaner},
};

async fn staffed(role: Role) -> (Product, Browser) {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let mut browser = Browser::new(&web::router(Arc::clone(&product.app)));
    browser.follow_link(&product, "chef@region.example", role).await;
    (product, browser)
}

async fn user(product: &Product, email: &str) -> samhandla::domain::user::User {
    users::find_by_email(&product.app.db, &Email::parse(email).unwrap()).await.unwrap().unwrap()
}

#[tokio::test]
async fn staff_invites_by_mail_and_the_mail_is_no_key() {
    let (product, mut staff) = staffed(Role::Coordinator).await;
    let org_no = cleaner().org_no;
    let form = format!("email=bo%40skurborsten.example&role=asf&org_no={}", org_no.as_str());
    assert_eq!(staff.post("/anvandare", &form).await.to, "/anvandare?klart=inbjuden");
    let mail = product.messages().await.pop().unwrap();
    assert_eq!(mail.recipient, "bo@skurborsten.example");
    assert!(mail.text.contains("chef@region.example har bjudit in dig") && mail.text.contains("Skurborsten"));
    assert!(mail.text.contains("http://samhandla.test/logga-in\n"), "{}", mail.text);
    let bo = user(&product, "bo@skurborsten.example").await;
    assert_eq!((bo.role, bo.asf_id.map(|id| id.0)), (Role::Asf, Some(1)));
    let again = staff.post("/anvandare", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("har redan ett konto") && again.body.contains("value=\"bo@skurborsten.example\""));
    for bad in ["email=&role=asf", "email=a%40b.example&role=king", "email=a%40b.example&role=asf&org_no=1"] {
        assert_eq!(staff.post("/anvandare", bad).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    assert_eq!(product.messages().await.len(), 1);
}

#[tokio::test]
async fn a_role_is_changed_and_a_user_shut_out_at_once_and_all_of_it_is_in_the_log() {
    let (product, mut staff) = staffed(Role::Coordinator).await;
    let site = web::router(Arc::clone(&product.app));
    let mut bo = Browser::new(&site);
    bo.follow_link(&product, "bo@kommun.example", Role::Buyer).await;
    let id = user(&product, "bo@kommun.example").await.id.0;
    let path = format!("/anvandare/{id}");
    assert_eq!(staff.post(&path, "verb=role&role=coordinator").await.to, "/anvandare?klart=andrad");
    assert_eq!(bo.get("/konto").await.to, "/logga-in", "signed in as what it is no more");
    bo.follow_link(&product, "bo@kommun.example", Role::Coordinator).await;
    assert_eq!(bo.get("/oversikt").await.status, StatusCode::OK);
    assert_eq!(staff.post(&path, "verb=suspend").await.to, "/anvandare?klart=andrad");
    assert_eq!(bo.get("/oversikt").await.to, "/logga-in");
    let before = product.messages().await.len();
    bo.post("/logga-in", "email=bo%40kommun.example").await;
    assert_eq!(product.messages().await.len(), before, "no mail while shut out");
    staff.post(&path, "verb=reinstate").await;
    bo.post("/logga-in", "email=bo%40kommun.example").await;
    assert_eq!(product.messages().await.len(), before + 1);
    let log = staff.get("/logg?vad=user").await.body;
    for action in ["role", "suspend", "reinstate", "sign_in", "chef@region.example", "buyer → coordinator"] {
        assert!(log.contains(action), "{action}: {log}");
    }
    let none = staff.get("/logg?fran=2027-01-01").await.body;
    assert!(none.contains("Inget har hänt"), "{none}");
    let by_anna = staff.get("/logg?vem=bo%40kommun.example").await.body;
    assert!(by_anna.contains("sign_in") && !by_anna.contains("suspend"), "{by_anna}");
}

#[tokio::test]
async fn nobody_changes_themselves_and_only_an_operator_makes_operators() {
    let (product, mut staff) = staffed(Role::Coordinator).await;
    let mut operator = Browser::new(&web::router(Arc::clone(&product.app)));
    operator.follow_link(&product, "drift@region.example", Role::Operator).await;
    let (chief, drift) = (user(&product, "chef@region.example").await, user(&product, "drift@region.example").await);
    let refused = [
        (format!("/anvandare/{}", chief.id.0), "verb=suspend"),
        (format!("/anvandare/{}", drift.id.0), "verb=suspend"),
        (format!("/anvandare/{}", drift.id.0), "verb=reset"),
        ("/anvandare".to_owned(), "email=x%40y.example&role=operator"),
    ];
    for (path, form) in refused {
        assert_eq!(staff.post(&path, form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {form}");
    }
    let path = format!("/anvandare/{}", chief.id.0);
    assert_eq!(operator.post(&path, "verb=role&role=operator").await.to, "/anvandare?klart=andrad");
    assert_eq!(user(&product, "chef@region.example").await.role, Role::Operator);
    assert_eq!(operator.post("/anvandare/99", "verb=suspend").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_colleague_is_invited_to_the_same_organisation_with_the_same_role() {
    let (product, _) = staffed(Role::Coordinator).await;
    let site = web::router(Arc::clone(&product.app));
    let mut asf = Browser::new(&site);
    asf.follow_link(&product, "info@skurborsten.example", Role::Asf).await;
    let wrong = asf.post("/konto/kollega", "email=inte+en+adress").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"inte en adress\""));
    assert_eq!(asf.post("/konto/kollega", "email=eva%40skurborsten.example").await.to, "/konto?klart=inbjuden");
    let eva = user(&product, "eva@skurborsten.example").await;
    assert_eq!((eva.role, eva.asf_id.map(|id| id.0)), (Role::Asf, Some(1)));
    assert!(asf.get("/konto").await.body.contains("eva@skurborsten.example"));
    let mut lone = Browser::new(&site);
    lone.follow_link(&product, "kund@kund.example", Role::Buyer).await;
    assert!(!lone.get("/konto").await.body.contains("/konto/kollega"));
    assert_eq!(lone.post("/konto/kollega", "email=x%40kund.example").await.to, "/konto", "belongs nowhere");
}

#[tokio::test]
async fn a_profile_is_claimed_before_staff_and_joined_before_those_who_have_it() {
    let (product, mut staff) = staffed(Role::Coordinator).await;
    let site = web::router(Arc::clone(&product.app));
    let mut anybody = Browser::new(&site);
    assert!(anybody.get("/asf/1").await.body.contains("/asf/1/ansluta"));
    assert!(anybody.get("/asf/1/ansluta").await.body.contains("Ingen sköter profilen än"));
    let wrong = anybody.post("/asf/1/ansluta", "email=x&note=Jag+heter+Eva").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Jag heter Eva"), "{}", wrong.body);
    let long = format!("email=eva%40skurborsten.example&note={}", "a".repeat(1_001));
    assert_eq!(anybody.post("/asf/1/ansluta", &long).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..2 {
        let asked = anybody.post("/asf/1/ansluta", "email=eva%40skurborsten.example&note=Eva").await;
        assert!(asked.body.contains("Du får ett mejl när någon har svarat"), "{}", asked.body);
    }
    assert!(staff.get("/uppgifter").await.body.contains("Någon vill sköta profilen"));
    assert_eq!(staff.get("/anslutningar").await.body.matches("action=\"/anslutningar/").count(), 1);
    assert_eq!(staff.post("/anslutningar/1", "svar=ja").await.to, "/anslutningar");
    let eva = user(&product, "eva@skurborsten.example").await;
    assert_eq!((eva.role, eva.asf_id.map(|id| id.0)), (Role::Asf, Some(1)));
    assert_eq!(product.messages().await.pop().unwrap().recipient, "eva@skurborsten.example");
    let mut member = Browser::new(&site);
    member.follow_link(&product, "eva@skurborsten.example", Role::Asf).await;
    assert!(anybody.get("/asf/1/ansluta").await.body.contains("Någon sköter redan profilen"));
    anybody.post("/asf/1/ansluta", "email=bo%40skurborsten.example").await;
    anybody.post("/asf/1/ansluta", "email=ond%40ond.example").await;
    assert!(member.get("/anslutningar").await.body.contains("bo@skurborsten.example"));
    assert_eq!(member.post("/anslutningar/2", "svar=ja").await.to, "/anslutningar");
    assert_eq!(member.post("/anslutningar/3", "svar=nej").await.to, "/anslutningar");
    assert_eq!(user(&product, "bo@skurborsten.example").await.asf_id.map(|id| id.0), Some(1));
    assert!(users::find_by_email(&product.app.db, &Email::parse("ond@ond.example").unwrap()).await.unwrap().is_none());
    assert_eq!(member.post("/anslutningar/3", "svar=ja").await.status, StatusCode::FORBIDDEN, "decided");
}
