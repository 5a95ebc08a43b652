//! The API's keys: made once, asked for by every call, and never stronger than their user.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use chrono::Duration;
use samhandla::{
    domain::{
        api_token::{NewApiToken, SCOPES},
        email::Email,
        user::Role,
    },
    service::{api_tokens, sign_in},
    store::users,
    web,
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::support::product::{self, Product, cleaner};

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
}

/// A program with a key.
#[derive(Clone)]
pub struct Program {
    site: Router,
    pub key: String,
    language: &'static str,
}

impl Program {
    pub fn without_key(product: &Product) -> Self {
        Self { site: web::router(Arc::clone(&product.app)), key: String::new(), language: "sv" }
    }

    /// With every scope, in the name of a user of this role; the ASF's is the cleaner.
    pub async fn of(product: &Product, role: Role) -> Self {
        Self::with_scopes(product, role, &["read", "write"]).await
    }

    pub async fn with_scopes(product: &Product, role: Role, scopes: &[&str]) -> Self {
        let address = match role {
            Role::Asf => "info@skurborsten.example".to_owned(),
            Role::Buyer => "inkop@vatterbygg.example".to_owned(),
            role => format!("{}@staff.example", role.as_str()),
        };
        Self::of_address(product, &address, role, scopes).await
    }

    pub async fn of_address(product: &Product, address: &str, role: Role, scopes: &[&str]) -> Self {
        let email = Email::parse(address).unwrap();
        if role == Role::Buyer {
            // The way a buyer becomes a user: by the address of a need.
            sign_in::request_link(&product.app, &email, samhandla::domain::language::Language::Sv).await.unwrap();
        } else {
            sign_in::link_for(&product.app, &email, role).await.unwrap();
        }
        let user = users::find_by_email(&product.app.db, &email).await.unwrap().unwrap();
        let new = NewApiToken::parse("test", scopes.iter().copied(), Some(30)).unwrap();
        let made = api_tokens::create(&product.app, "test", user.id, &new).await.unwrap();
        Self { key: made.plain, ..Self::without_key(product) }
    }

    pub fn in_english(mut self) -> Self {
        self.language = "en";
        self
    }

    pub async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let mut request = request.header(header::ACCEPT_LANGUAGE, self.language);
        if !self.key.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        }
        let response = self.site.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status.is_client_error() || status.is_server_error() {
            assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json", "{status}");
            assert_eq!(json["status"], status.as_u16(), "{json}");
            assert!(json["type"].as_str().unwrap().starts_with("http://samhandla.test/api#problem-"), "{json}");
        }
        Answer { status, headers, json }
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        match body {
            Some(body) => self.send(request.header(header::CONTENT_TYPE, "application/json"), body.to_string()).await,
            None => self.send(request, Body::empty()).await,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }
}

#[tokio::test]
async fn no_call_is_answered_without_a_key_that_is_accepted() {
    let product = product::empty().await;
    let mut program = Program::without_key(&product);
    let answer = program.get("/asf").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer");
    program.key = format!("samhandla_{}", "0".repeat(64));
    assert_eq!(program.get("/asf").await.status, StatusCode::UNAUTHORIZED);
    let program = Program::of(&product, Role::Operator).await;
    assert_eq!(program.get("/asf").await.status, StatusCode::OK);
    product.pass(Duration::days(30));
    assert_eq!(program.get("/asf").await.status, StatusCode::UNAUTHORIZED, "it has ended");
}

#[tokio::test]
async fn a_cookie_opens_no_call() {
    let product = product::empty().await;
    let email = Email::parse("operator@staff.example").unwrap();
    let link = sign_in::link_for(&product.app, &email, Role::Operator).await.unwrap();
    let session = sign_in::redeem(&product.app, link.rsplit('/').next().unwrap(), "").await.unwrap();
    let program = Program::without_key(&product);
    let request = Request::get("/api/v1/tokens").header(header::COOKIE, format!("samhandla={}", session.token.plain()));
    assert_eq!(program.send(request, Body::empty()).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_key_does_only_what_its_scopes_say() {
    let product = product::empty().await;
    let program = Program::with_scopes(&product, Role::Operator, &["read:asf"]).await;
    assert_eq!(program.get("/asf").await.status, StatusCode::OK);
    let refused = program.get("/tokens").await;
    assert_eq!((refused.status, &refused.json["scope"]), (StatusCode::FORBIDDEN, &json!("read:tokens")));
}

/// The calls that are described, each with its scope; every id in a path is one that nothing has.
fn calls_and_scopes() -> Vec<(Method, String, String)> {
    let described = samhandla::web::api::description();
    let mut calls = Vec::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parts = path.split('/').map(|part| if part.starts_with('{') { "999999" } else { part });
            let scope = operation["security"][0]["key"][0].as_str().unwrap().to_owned();
            calls.push((method.to_uppercase().parse().unwrap(), parts.collect::<Vec<_>>().join("/"), scope));
        }
    }
    calls
}

#[tokio::test]
async fn every_call_is_opened_by_its_own_scope_and_by_nothing_else() {
    let product = product::with_settings(|config| config.api_per_minute = 100_000).await;
    let calls = calls_and_scopes();
    let mut surprises = Vec::new();
    for (place, scope) in SCOPES.into_iter().enumerate() {
        let others: Vec<&str> = SCOPES.into_iter().filter(|other| *other != scope).collect();
        let address = format!("operator-{place}@staff.example");
        let with = Program::of_address(&product, &address, Role::Operator, &[scope]).await;
        let without = Program::of_address(&product, &address, Role::Operator, &others).await;
        for (method, path, needed) in &calls {
            for (who, program, opens) in [("with", &with, needed == scope), ("without", &without, needed != scope)] {
                let answer = program.call(method.clone(), path, None).await;
                let is_refused = answer.status == StatusCode::FORBIDDEN && answer.json["scope"] == needed.as_str();
                if answer.status == StatusCode::UNAUTHORIZED || is_refused == opens {
                    surprises.push(format!("{method} {path} {who} {scope}: {} {}", answer.status, answer.json));
                }
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
    let needed: std::collections::BTreeSet<&str> = calls.iter().map(|(.., scope)| scope.as_str()).collect();
    assert!(SCOPES.iter().all(|scope| needed.contains(scope)), "a scope that opens nothing: {needed:?}");
}

#[tokio::test]
async fn no_call_is_opened_by_a_key_that_is_missing_unknown_taken_back_or_ended() {
    let product = product::with_settings(|config| config.api_per_minute = 100_000).await;
    let missing = Program::without_key(&product);
    let unknown = Program { key: format!("samhandla_{}", "0".repeat(64)), ..missing.clone() };
    let ended = Program::of(&product, Role::Operator).await;
    product.pass(Duration::days(31));
    let taken_back = Program::of(&product, Role::Operator).await;
    let keys = taken_back.get("/tokens").await.json;
    for key in keys["items"].as_array().unwrap() {
        let answer = taken_back.call(Method::DELETE, &format!("/tokens/{}", key["id"]), None).await;
        assert!(matches!(answer.status, StatusCode::NO_CONTENT | StatusCode::UNAUTHORIZED), "{}", answer.status);
    }
    let calls = calls_and_scopes();
    assert!(calls.len() > 50, "{}", calls.len());
    for (method, path, _) in calls {
        for (who, program) in
            [("missing", &missing), ("unknown", &unknown), ("ended", &ended), ("taken back", &taken_back)]
        {
            let status = program.call(method.clone(), &path, None).await.status;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path}: {who}");
        }
    }
}

#[tokio::test]
async fn a_key_is_told_once_kept_as_a_hash_and_taken_back_at_once() {
    let product = product::empty().await;
    let program = Program::of(&product, Role::Operator).await;
    let made = program.post("/tokens", json!({ "name": "Ekonomi", "scopes": ["read:asf"], "days": 10 })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
    let key = made.json["key"].as_str().unwrap().to_owned();
    assert_eq!(key.len(), "samhandla_".len() + 64);
    let stored = crate::support::database::snapshot(&product.app.db).await;
    assert!(stored.iter().any(|row| row.contains("Ekonomi")));
    assert!(!stored.iter().any(|row| row.contains(&key) || row.contains(&key["samhandla_".len()..])));
    let listed = program.get("/tokens").await;
    assert!(!listed.json.to_string().contains(&key), "{}", listed.json);
    let other = Program { key, ..program.clone() };
    assert_eq!(other.get("/asf").await.status, StatusCode::OK);
    let listed = program.get("/tokens").await;
    let line = listed.json["items"].as_array().unwrap().iter().find(|line| line["name"] == "Ekonomi").unwrap();
    assert_eq!((&line["last_used_on"], &line["scopes"]), (&json!("2026-11-24"), &json!(["read:asf"])));
    let id = line["id"].as_i64().unwrap();
    let stranger = Program::of(&product, Role::Coordinator).await;
    assert_eq!(stranger.call(Method::DELETE, &format!("/tokens/{id}"), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(program.call(Method::DELETE, &format!("/tokens/{id}"), None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(other.get("/asf").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_key_makes_no_key_that_is_stronger_than_itself() {
    let product = product::empty().await;
    let program = Program::with_scopes(&product, Role::Operator, &["read:asf", "write:tokens"]).await;
    let wish = |scope: &str| json!({ "name": "a", "scopes": [scope], "days": 1 });
    assert_eq!(program.post("/tokens", wish("read:asf")).await.status, StatusCode::CREATED);
    let refused = program.post("/tokens", wish("write:ledger")).await;
    assert_eq!((refused.status, &refused.json["scope"]), (StatusCode::FORBIDDEN, &json!("write:ledger")));
}

#[tokio::test]
async fn a_user_has_at_most_twenty_keys() {
    let product = product::empty().await;
    let program = Program::of(&product, Role::Operator).await;
    let wish = json!({ "name": "a", "scopes": SCOPES, "days": 1 });
    for _ in 1..20 {
        assert_eq!(program.post("/tokens", wish.clone()).await.status, StatusCode::CREATED);
    }
    let refused = program.post("/tokens", wish).await;
    assert_eq!(refused.json["errors"][0]["rule"], "rejected-token-too-many", "{}", refused.json);
}

#[tokio::test]
async fn a_key_that_asks_too_often_is_told_when_to_go_on() {
    let product = product::with_settings(|config| config.api_per_minute = 3).await;
    let program = Program::of(&product, Role::Operator).await;
    for left in ["2", "1", "0"] {
        let answer = program.get("/asf").await;
        assert_eq!(answer.status, StatusCode::OK);
        let state = answer.headers["ratelimit"].to_str().unwrap();
        assert!(state.contains(&format!(";r={left};")), "{state}");
        assert_eq!(answer.headers["ratelimit-policy"], "\"key\";q=3;w=60");
    }
    let refused = program.get("/asf").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = refused.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=21).contains(&seconds), "{seconds}");
    let other = Program::of(&product, Role::Coordinator).await;
    let own = Program { site: program.site.clone(), ..other };
    assert_eq!(own.get("/asf").await.status, StatusCode::OK, "others are not held up");
}

#[tokio::test]
async fn every_failure_is_a_problem_in_the_callers_language() {
    let product = product::empty().await;
    let swedish = Program::of(&product, Role::Operator).await;
    let english = swedish.clone().in_english();
    let get = |path: &'static str| (Method::GET, path, None);
    let large = json!({ "name": "a".repeat(70_000), "scopes": [], "days": 1 });
    let cases = [
        (get("/nothing"), StatusCode::NOT_FOUND, "Finns inte", "Not found"),
        (get("/asf/7"), StatusCode::NOT_FOUND, "Finns inte", "Not found"),
        (get("/asf/x"), StatusCode::NOT_FOUND, "Finns inte", "Not found"),
        ((Method::PUT, "/tokens", None), StatusCode::METHOD_NOT_ALLOWED, "Fel metod", "Wrong method"),
        ((Method::POST, "/tokens", None), StatusCode::UNSUPPORTED_MEDIA_TYPE, "Fel format", "Wrong format"),
        ((Method::POST, "/tokens", Some(large)), StatusCode::PAYLOAD_TOO_LARGE, "För stort", "Too large"),
        (get("/asf?limit=0"), StatusCode::UNPROCESSABLE_ENTITY, "Något värde är fel", "A value is wrong"),
        (get("/asf?limt=1"), StatusCode::UNPROCESSABLE_ENTITY, "Något värde är fel", "A value is wrong"),
    ];
    for ((method, path, body), status, title_sv, title_en) in cases {
        for (program, title, language) in [(&swedish, title_sv, "sv"), (&english, title_en, "en")] {
            let answer = program.call(method.clone(), path, body.clone()).await;
            assert_eq!((answer.status, &answer.json["title"]), (status, &json!(title)), "{method} {path}");
            assert_eq!(answer.headers[header::CONTENT_LANGUAGE], language);
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        }
    }
    let wrong = english.post("/tokens", json!({ "name": "a", "scopes": ["read:asf", 7], "days": 1 })).await;
    assert_eq!(wrong.json["errors"][0]["field"], "/scopes/1", "{}", wrong.json);
    let wrong = english.post("/tokens", json!({ "name": "", "scopes": ["read:asf"] })).await;
    assert_eq!(wrong.json["errors"][0]["field"], "days", "{}", wrong.json);
}

#[tokio::test]
async fn pages_of_a_search_neither_repeat_nor_hide_while_others_come_in() {
    let product = product::empty().await;
    let asf = |n: u32| product::asf(&format!("5599{n:05}"), &format!("Ateljé {n}"), "Städning", "Vi städar kontor.");
    product.take_in(&(0..25).map(asf).collect::<Vec<_>>(), &[]).await;
    let program = Program::of(&product, Role::Operator).await;
    for words in ["", "st%C3%A4dning"] {
        let mut seen: Vec<i64> = Vec::new();
        let mut next = String::new();
        let mut pages = 0;
        loop {
            let answer = program.get(&format!("/asf?words={words}&limit=10{next}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
            seen.extend(answer.json["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()));
            pages += 1;
            // Somebody joins while the pages are turned.
            let late = product::asf(&format!("5598{:05}", pages + words.len()), "Sen", "Städning", "Vi städar kontor.");
            product.take_in(&[late], &[]).await;
            let Some(cursor) = answer.json["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "{words}: an item came twice");
        assert!((1..=25).all(|id| once.contains(&id)), "{words}: {once:?}");
        assert_eq!(pages, 3, "{words}");
    }
    let foreign = program.get("/asf?limit=10").await.json["next"].as_str().unwrap().to_owned();
    let refused = program.get(&format!("/asf?words=tak&cursor={foreign}")).await;
    assert_eq!(refused.json["errors"][0]["field"], "cursor", "{}", refused.json);
}

#[tokio::test]
async fn what_everybody_may_see_of_an_asf_is_told_and_no_more() {
    let product = product::empty().await;
    let alone = samhandla::domain::asf::NewAsf {
        legal_form: "Enskild firma".to_owned(),
        ..product::asf("559900-0134", "Ensam", "Tvätt", "Jag tvättar.")
    };
    product.take_in(&[cleaner(), alone], &[]).await;
    let program = Program::of(&product, Role::Operator).await;
    let found = program.get("/asf?words=f%C3%B6nster&place=0680").await;
    let item = &found.json["items"][0];
    assert_eq!((&item["id"], &item["name"]), (&json!(1), &json!("Skurborsten")));
    assert!(item["reasons"].as_array().unwrap().iter().any(|why| why["kind"] == "place"), "{item}");
    let shown = program.get("/asf/1").await.json;
    assert_eq!((&shown["capabilities"][0]["people"], &shown["municipality"]["name"]), (&json!(4), &json!("Jönköping")));
    assert!(!shown.to_string().contains("info@"), "{shown}");
    assert_eq!(program.get("/asf/2").await.json["org_no"], Value::Null);
}

#[tokio::test]
async fn the_description_names_a_scope_and_every_problem_for_every_call() {
    let product = product::empty().await;
    let document = Program::without_key(&product).get("/openapi.json").await;
    assert_eq!(document.status, StatusCode::OK);
    assert_eq!(document.json["openapi"], "3.1.0");
    let mut calls = 0;
    for (path, item) in document.json["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let scope = operation["security"][0]["key"][0].as_str().unwrap_or_default();
            assert!(SCOPES.contains(&scope), "{method} {path}: {scope:?}");
            let kind = if method == "get" { "read:" } else { "write:" };
            assert!(scope.starts_with(kind) || path == "/matches", "{method} {path}: {scope}");
            for status in ["401", "403", "429", "500"] {
                assert!(operation["responses"].get(status).is_some(), "{method} {path}: {status}");
            }
            assert!(operation["summary"].is_string(), "{method} {path}");
            calls += 1;
        }
    }
    assert!(calls >= 5, "{calls}");
}
