//! Signing in as a browser does it, with all the cookies: the second step, codes on paper, sessions that
//! are listed and ended, and how often one may try.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use chrono::Duration;
use samhandla::{
    config::SecondFactorRule,
    domain::{email::Email, user::Role},
    service::sign_in,
    store::{second_factors, users},
    web,
};
use tower::ServiceExt as _;

use crate::support::product::{self, Product, cleaner};

/// A browser that keeps its cookies.
pub struct Browser {
    site: Router,
    cookies: BTreeMap<String, String>,
}

pub struct Page {
    pub status: StatusCode,
    pub to: String,
    pub retry_after: Option<u64>,
    pub body: String,
}

impl Browser {
    pub fn new(site: &Router) -> Self {
        Self { site: site.clone(), cookies: BTreeMap::new() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), "").await
    }

    pub async fn post(&mut self, path: &str, form: &str) -> Page {
        self.send(Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), form).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, form: &str) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::USER_AGENT, "Mozilla/5.0 (Android 14; Mobile) Gecko/132.0 Firefox/132.0")
            .extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 40_000))));
        let response = self.site.clone().oneshot(request.body(Body::from(form.to_owned())).unwrap()).await.unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let text = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, to) = (response.status(), text(header::LOCATION).unwrap_or_default());
        let retry_after = text(header::RETRY_AFTER).map(|seconds| seconds.parse().unwrap());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page { status, to, retry_after, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Chooses a language.
    pub fn speak(&mut self, language: &str) {
        self.cookies.insert("sprak".to_owned(), language.to_owned());
    }

    /// Follows a fresh link; answers where it leads.
    pub async fn follow_link(&mut self, product: &Product, email: &str, role: Role) -> String {
        let link = sign_in::link_for(&product.app, &Email::parse(email).unwrap(), role).await.unwrap();
        let page = self.post(link.strip_prefix("http://samhandla.test").unwrap(), "").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        page.to
    }
}

async fn guarded() -> (Product, Router) {
    let product = product::with_settings(|config| config.second_factor = SecondFactorRule::Required).await;
    product.take_in(&[cleaner()], &[]).await;
    let site = web::router(Arc::clone(&product.app));
    (product, site)
}

/// What the user's app shows now.
async fn app_code(product: &Product, email: &str) -> String {
    let user = users::find_by_email(&product.app.db, &Email::parse(email).unwrap()).await.unwrap().unwrap();
    let factor = second_factors::find(&product.app.db, user.id).await.unwrap().unwrap();
    factor.code(product.now()).unwrap()
}

const ANNA: &str = "anna@region.example";

/// Connects an app; answers the codes on paper.
async fn connect(product: &Product, browser: &mut Browser) -> Vec<String> {
    assert_eq!(browser.follow_link(product, ANNA, Role::Coordinator).await, "/logga-in/steg-2");
    assert_eq!(browser.get("/logga-in/steg-2").await.to, "/logga-in/koppla");
    let page = browser.post("/logga-in/koppla", &format!("code={}", app_code(product, ANNA).await)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let codes = page.body.split("<li>").filter_map(|item| item.split('<').next());
    codes.filter(|code| code.len() == 14 && code.matches('-').count() == 2).map(str::to_owned).collect()
}

#[tokio::test]
async fn staff_connects_an_app_first_and_is_nobody_until_then() {
    let (product, site) = guarded().await;
    let mut browser = Browser::new(&site);
    assert_eq!(browser.follow_link(&product, ANNA, Role::Coordinator).await, "/logga-in/steg-2");
    assert_eq!(browser.get("/oversikt").await.to, "/logga-in/steg-2", "led on, not in");
    assert!(!browser.get("/").await.body.contains(ANNA));
    let before = browser.cookies.clone();
    let page = browser.get("/logga-in/koppla").await;
    for part in ["<svg class=\"qr\"", "role=\"img\"", "aria-label=", ANNA, "class=\"secret number\"", "one-time-code"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("style=") && !page.body.contains("<script"), "{}", page.body);
    let wrong = browser.post("/logga-in/koppla", "code=000000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Koden stämmer inte") && wrong.body.contains("href=\"#code\""));
    let right = browser.post("/logga-in/koppla", &format!("code={}", app_code(&product, ANNA).await)).await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.body);
    assert!(right.body.contains("Spara dina reservkoder"));
    assert_ne!(browser.cookies, before, "what may do more has another token");
    assert_eq!(browser.get("/oversikt").await.status, StatusCode::OK);
    let mut old = Browser { cookies: before, ..Browser::new(&site) };
    assert_eq!(old.get("/oversikt").await.to, "/logga-in", "and the old one is gone");
}

#[tokio::test]
async fn the_next_time_a_code_of_the_app_or_one_from_paper_is_asked_for_each_good_once() {
    let (product, site) = guarded().await;
    let codes = connect(&product, &mut Browser::new(&site)).await;
    assert_eq!(codes.len(), 8, "{codes:?}");
    let used = app_code(&product, ANNA).await;
    let again = async |form: String| {
        let mut browser = Browser::new(&site);
        browser.follow_link(&product, ANNA, Role::Coordinator).await;
        assert_eq!(browser.get("/logga-in/steg-2").await.status, StatusCode::OK);
        browser.post("/logga-in/steg-2", &form).await
    };
    assert_eq!(again(format!("code={used}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "used when connecting");
    assert_eq!(again(format!("code={}", codes[0].to_uppercase())).await.to, "/oversikt");
    assert_eq!(again(format!("code={}", codes[0])).await.status, StatusCode::UNPROCESSABLE_ENTITY, "used");
    product.pass(Duration::minutes(2));
    let fresh = app_code(&product, ANNA).await;
    assert_eq!(again(format!("code={}+{}", &fresh[..3], &fresh[3..])).await.to, "/oversikt");
}

#[tokio::test]
async fn a_session_that_has_seen_five_wrong_codes_is_over_and_so_is_trying() {
    let (product, site) = guarded().await;
    connect(&product, &mut Browser::new(&site)).await;
    let mut browser = Browser::new(&site);
    browser.follow_link(&product, ANNA, Role::Coordinator).await;
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(browser.post("/logga-in/steg-2", "code=000000").await.status.as_u16());
    }
    // One was used to connect, so the fifth in a row is the sixth of this user.
    assert_eq!(answers, [422, 422, 422, 422, 429]);
    let site = web::router(Arc::clone(&product.app));
    let mut browser = Browser { site, ..browser };
    assert_eq!(browser.post("/logga-in/steg-2", "code=000000").await.to, "/logga-in", "the fifth wrong one");
    assert_eq!(browser.get("/logga-in/steg-2").await.to, "/logga-in");
}

#[tokio::test]
async fn an_asf_signs_in_by_mail_alone_and_may_choose_more() {
    let (product, site) = guarded().await;
    let mut browser = Browser::new(&site);
    assert_eq!(browser.follow_link(&product, "info@skurborsten.example", Role::Asf).await, "/asf/1");
    assert_eq!(browser.post("/konto/app", "").await.to, "/logga-in/koppla");
    let code = app_code(&product, "info@skurborsten.example").await;
    assert_eq!(browser.post("/logga-in/koppla", &format!("code={code}")).await.status, StatusCode::OK);
    assert!(browser.get("/konto").await.body.contains("Du har 8 reservkoder kvar"));
    let mut next = Browser::new(&site);
    assert_eq!(next.follow_link(&product, "info@skurborsten.example", Role::Asf).await, "/logga-in/steg-2");
    assert_eq!(browser.post("/konto/app/bort", "").await.to, "/");
    assert_eq!(browser.get("/konto").await.to, "/logga-in", "signed out everywhere");
    assert_eq!(next.follow_link(&product, "info@skurborsten.example", Role::Asf).await, "/asf/1");
}

#[tokio::test]
async fn the_mailed_code_is_typed_where_it_was_asked_for_and_known_and_unknown_get_the_same_page() {
    let (product, site) = guarded().await;
    let mut here = Browser::new(&site);
    let known = here.post("/logga-in", "email=info%40skurborsten.example").await;
    let mut elsewhere = Browser::new(&site);
    let unknown = elsewhere.post("/logga-in", "email=ingen0%40skurborsten.example").await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.body.replace("info@", "ingen0@"), unknown.body);
    assert_eq!(here.cookies.keys().collect::<Vec<_>>(), elsewhere.cookies.keys().collect::<Vec<_>>());
    let mail = product.messages().await.pop().unwrap().text;
    let code = mail.lines().map(str::trim).find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap();
    let form = format!("email=info%40skurborsten.example&code={code}");
    assert_eq!(elsewhere.post("/logga-in/kod", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(here.post("/logga-in/kod", &form).await.to, "/asf/1");
}

#[tokio::test]
async fn sessions_are_listed_with_their_device_and_ended_one_by_one_or_all() {
    let (product, site) = guarded().await;
    let (mut one, mut two, mut three) = (Browser::new(&site), Browser::new(&site), Browser::new(&site));
    for browser in [&mut one, &mut two, &mut three] {
        browser.follow_link(&product, "info@skurborsten.example", Role::Asf).await;
    }
    let page = one.get("/konto").await.body;
    assert_eq!(page.matches("Firefox, Android</h3>").count(), 3, "{page}");
    assert_eq!(page.matches("Den här webbläsaren").count(), 1);
    let ends: Vec<&str> = page.split("action=\"/konto/sessioner/").skip(1).collect();
    assert_eq!(ends.len(), 2, "not this one");
    let newest = ends[0].split('"').next().unwrap().to_owned();
    let mut stranger = Browser::new(&site);
    stranger.follow_link(&product, "kund@kund.example", Role::Buyer).await;
    let path = format!("/konto/sessioner/{newest}");
    assert_eq!(stranger.post(&path, "").await.status, StatusCode::NOT_FOUND, "another's");
    assert_eq!(one.post(&path, "").await.to, "/konto?klart=avslutad");
    assert_eq!(three.get("/konto").await.to, "/logga-in");
    assert_eq!(two.get("/konto").await.status, StatusCode::OK);
    one.post("/konto/logga-ut-overallt", "").await;
    for browser in [&mut one, &mut two] {
        assert_eq!(browser.get("/konto").await.to, "/logga-in");
    }
    assert_eq!(stranger.get("/konto").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_asks_too_often_waits_on_a_page_that_says_so() {
    let (_product, site) = guarded().await;
    let mut browser = Browser::new(&site);
    for _ in 0..5 {
        assert_eq!(browser.post("/logga-in", "email=ingen%40nowhere.example").await.status, StatusCode::OK);
    }
    let refused = browser.post("/logga-in", "email=ingen%40nowhere.example").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("Vänta en stund") && refused.body.contains("href=\"/asf\""), "{}", refused.body);
    assert!(refused.retry_after.unwrap() > 60);
    // Other addresses are asked for by the same visitor, until it is too many in all.
    let mut statuses = Vec::new();
    for number in 0..30 {
        statuses.push(browser.post("/logga-in", &format!("email=a{number}%40nowhere.example")).await.status.as_u16());
    }
    assert_eq!((statuses[0], statuses[23], statuses[29]), (200, 200, 429), "{statuses:?}");
}
