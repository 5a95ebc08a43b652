//! Webhooks against a real listener: signed, told to those who may know, tried again, and stopped with a
//! task when nobody takes them.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, Method, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Duration;
use hmac::{Hmac, Mac as _};
use samhandla::{
    domain::user::Role,
    service::webhooks,
    store::{pairings, tasks},
};
use serde_json::{Value, json};
use sha2::Sha256;

use super::api_keys::Program;
use crate::support::product::{self, Product, cleaner, cleaning_request};

type Heard = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A system of somebody else: remembers what it is told, and answers with a status.
struct Listener {
    url: String,
    heard: Heard,
    status: Arc<AtomicU16>,
}

impl Listener {
    async fn start() -> Self {
        let (heard, status) = (Heard::default(), Arc::new(AtomicU16::new(204)));
        let take = async |State((heard, status)): State<(Heard, Arc<AtomicU16>)>, headers: HeaderMap, body: String| {
            heard.lock().unwrap().push((headers, body));
            StatusCode::from_u16(status.load(Ordering::SeqCst)).unwrap()
        };
        let elsewhere = async || StatusCode::NO_CONTENT;
        let moved = async || (StatusCode::TEMPORARY_REDIRECT, [("location", "/elsewhere")]);
        let site =
            Router::new().route("/", post(take)).route("/elsewhere", post(elsewhere)).route("/moved", post(moved));
        let site = site.with_state((Arc::clone(&heard), Arc::clone(&status)));
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", socket.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(socket, site).await });
        Self { url, heard, status }
    }

    fn heard(&self) -> Vec<(HeaderMap, Value)> {
        let heard = self.heard.lock().unwrap();
        heard.iter().map(|(headers, body)| (headers.clone(), serde_json::from_str(body).unwrap())).collect()
    }
}

async fn suggested() -> Product {
    let product = product::with_settings(|config| config.webhook_private = true).await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    product
}

async fn hook(program: &Program, url: &str) -> (i64, String) {
    let body = json!({ "url": url, "events": ["pairing.answered", "deal.recorded"] });
    let made = program.post("/webhooks", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
    (made.json["id"].as_i64().unwrap(), made.json["secret"].as_str().unwrap().to_owned())
}

async fn answer(product: &Product, asf: &Program, answer: Value) {
    let of = samhandla::domain::asf::AsfId(1);
    let id = pairings::list_for_asf(&product.app.db, of).await.unwrap()[0].id.0;
    assert_eq!(asf.post(&format!("/pairings/{id}/answer"), answer).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_answer_and_a_deal_are_told_signed_and_once() {
    let (product, listener) = (suggested().await, Listener::start().await);
    let (staff, asf) = (Program::of(&product, Role::Coordinator).await, Program::of(&product, Role::Asf).await);
    let (_, secret) = hook(&staff, &listener.url).await;
    answer(&product, &asf, json!({ "answer": "yes" })).await;
    answer(&product, &asf, json!({ "answer": "yes" })).await;
    let deal = json!({ "kind": "invoice", "occurred_on": "2026-11-23", "amount_sek": "100" });
    assert_eq!(asf.post("/pairings/1/deals", deal).await.status, StatusCode::CREATED);
    let report = webhooks::deliver_due(&product.app).await.unwrap();
    assert_eq!((report.delivered, report.failed), (2, 0));
    assert_eq!(webhooks::deliver_due(&product.app).await.unwrap(), webhooks::Report::default(), "once is enough");
    let heard = listener.heard.lock().unwrap().clone();
    let mut kinds: Vec<String> = Vec::new();
    for (headers, body) in &heard {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.{body}", header("webhook-id"), header("webhook-timestamp")).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(header("webhook-signature"), expected);
        assert_eq!(header("webhook-timestamp"), product.now().timestamp().to_string());
        kinds.push(serde_json::from_str::<Value>(body).unwrap()["type"].as_str().unwrap().to_owned());
    }
    kinds.sort_unstable();
    assert_eq!(kinds, ["deal.recorded", "pairing.answered"]);
}

#[tokio::test]
async fn only_those_who_may_know_are_told() {
    let (product, listener) = (suggested().await, Listener::start().await);
    let asf = Program::of(&product, Role::Asf).await;
    let buyer = Program::of(&product, Role::Buyer).await;
    let stranger = Program::of(&product, Role::Procurer).await;
    for program in [&asf, &buyer, &stranger] {
        hook(program, &listener.url).await;
    }
    answer(&product, &asf, json!({ "answer": "no", "reason": "no_time" })).await;
    webhooks::deliver_due(&product.app).await.unwrap();
    assert_eq!(listener.heard().len(), 1, "a decline is told to the ASF alone");
    answer(&product, &asf, json!({ "answer": "maybe" })).await;
    webhooks::deliver_due(&product.app).await.unwrap();
    assert_eq!(listener.heard().len(), 3, "and to the buyer, who is told of no decline");
    let deal = json!({ "kind": "order", "occurred_on": "2026-11-23" });
    assert_eq!(asf.post("/pairings/1/deals", deal).await.status, StatusCode::CREATED);
    webhooks::deliver_due(&product.app).await.unwrap();
    assert_eq!(listener.heard().len(), 4, "a deal is told to the ASF alone");
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_not_told() {
    let product = suggested().await;
    let staff = Program::of(&product, Role::Coordinator).await;
    let (id, _) = hook(&staff, "http://127.0.0.1:9/").await;
    let asf = Program::of(&product, Role::Asf).await;
    product.pass(Duration::days(22));
    let late = asf.post("/pairings/1/answer", json!({ "answer": "yes" })).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let shown = staff.get(&format!("/webhooks/{id}")).await.json;
    assert_eq!(shown["deliveries"], json!([]));
}

#[tokio::test]
async fn one_that_is_not_taken_is_tried_again_then_stopped_with_a_task() {
    let (product, listener) = (suggested().await, Listener::start().await);
    let (staff, asf) = (Program::of(&product, Role::Coordinator).await, Program::of(&product, Role::Asf).await);
    let (id, _) = hook(&staff, &listener.url).await;
    listener.status.store(503, Ordering::SeqCst);
    answer(&product, &asf, json!({ "answer": "yes" })).await;
    assert_eq!(webhooks::deliver_due(&product.app).await.unwrap().failed, 1);
    for pause in [1, 5, 30, 120, 480, 1440] {
        product.pass(Duration::minutes(pause) - Duration::seconds(1));
        assert_eq!(webhooks::deliver_due(&product.app).await.unwrap(), webhooks::Report::default(), "{pause}");
        product.pass(Duration::seconds(1));
        assert_eq!(webhooks::deliver_due(&product.app).await.unwrap().failed, 1, "{pause}");
    }
    let heard = listener.heard();
    assert_eq!(heard.len(), 7);
    assert!(heard.iter().all(|(headers, _)| headers["webhook-id"] == heard[0].0["webhook-id"]), "the same message");
    let shown = staff.get(&format!("/webhooks/{id}")).await.json;
    assert_eq!(
        (&shown["deliveries"][0]["state"], &shown["deliveries"][0]["last_status"]),
        (&json!("failed"), &json!(503))
    );
    assert!(!shown["disabled_at"].is_null());
    let open = tasks::list_open(&product.app.db, 10).await.unwrap();
    assert!(open.iter().any(|task| task.kind == "task-kind-webhook-stopped" && task.about == format!("webhook:{id}")));
    answer(&product, &asf, json!({ "answer": "maybe" })).await;
    product.pass(Duration::days(3));
    assert_eq!(webhooks::deliver_due(&product.app).await.unwrap(), webhooks::Report::default(), "it is stopped");
    listener.status.store(204, Ordering::SeqCst);
    assert_eq!(staff.call(Method::POST, &format!("/webhooks/{id}/test"), None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(webhooks::deliver_due(&product.app).await.unwrap().delivered, 1);
    assert_eq!(listener.heard().last().unwrap().1["type"], "webhook.test");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_410_ends_it_at_once() {
    let (product, listener) = (suggested().await, Listener::start().await);
    let (staff, asf) = (Program::of(&product, Role::Coordinator).await, Program::of(&product, Role::Asf).await);
    let (moved, _) = hook(&staff, &format!("{}moved", listener.url)).await;
    let (gone, _) = hook(&staff, &listener.url).await;
    listener.status.store(410, Ordering::SeqCst);
    answer(&product, &asf, json!({ "answer": "yes" })).await;
    assert_eq!(webhooks::deliver_due(&product.app).await.unwrap().failed, 2);
    let state = async |id: i64| staff.get(&format!("/webhooks/{id}")).await.json["deliveries"][0].clone();
    assert_eq!((&state(moved).await["state"], &state(moved).await["last_status"]), (&json!("waiting"), &json!(307)));
    assert_eq!(state(gone).await["state"], "failed");
}

#[tokio::test]
async fn addresses_inside_our_own_network_are_not_told_unless_allowed() {
    let listener = Listener::start().await;
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let (staff, asf) = (Program::of(&product, Role::Coordinator).await, Program::of(&product, Role::Asf).await);
    let plain = staff.post("/webhooks", json!({ "url": listener.url, "events": ["deal.recorded"] })).await;
    assert_eq!(plain.json["errors"][0]["rule"], "rejected-webhook-url", "{}", plain.json);
    let (id, _) = hook(&staff, &listener.url.replace("http://127.0.0.1", "https://localhost")).await;
    answer(&product, &asf, json!({ "answer": "yes" })).await;
    assert_eq!(webhooks::deliver_due(&product.app).await.unwrap().failed, 1);
    assert!(listener.heard().is_empty());
    let shown = staff.get(&format!("/webhooks/{id}")).await.json;
    assert_eq!(shown["deliveries"][0]["last_status"], Value::Null);
}

#[tokio::test]
async fn two_nodes_tell_a_thing_once() {
    let (product, listener) = (suggested().await, Listener::start().await);
    let (staff, asf) = (Program::of(&product, Role::Coordinator).await, Program::of(&product, Role::Asf).await);
    for _ in 0..5 {
        hook(&staff, &listener.url).await;
    }
    answer(&product, &asf, json!({ "answer": "yes" })).await;
    let (one, other) = tokio::join!(webhooks::deliver_due(&product.app), webhooks::deliver_due(&product.app));
    assert_eq!(one.unwrap().delivered + other.unwrap().delivered, 5);
    assert_eq!(listener.heard().len(), 5);
}
