//! Calls of the API: who may see and do what, by a table; each verb does what its page does.

use axum::http::{Method, Request, StatusCode, header};
use chrono::Duration;
use samhandla::{
    domain::{
        buyer::{BuyerKind, NewBuyer},
        email::Email,
        need::NewNeed,
        user::Role,
    },
    service::{deals, needs as need_service},
    store::{connection, pairings, proposals, tasks},
};
use serde_json::{Value, json};

use super::api_keys::Program;
use crate::support::{
    database::snapshot,
    product::{self, Product, cleaner, cleaning_request, joiner, request},
};

/// What everybody is: a role, or a stranger of the same kind.
const WHO: [&str; 7] = ["asf", "other asf", "buyer", "other buyer", "procurer", "coordinator", "operator"];

async fn everybody(product: &Product) -> Vec<(&'static str, Program)> {
    let all = &["read", "write"];
    let mut programs = Vec::new();
    for who in WHO {
        let (address, role) = match who {
            "asf" => ("info@skurborsten.example", Role::Asf),
            "other asf" => ("info@hyvelspnet.example", Role::Asf),
            "buyer" => ("inkop@vatterbygg.example", Role::Buyer),
            "other buyer" => ("kop@annat.example", Role::Buyer),
            "procurer" => ("procurer@staff.example", Role::Procurer),
            "coordinator" => ("coordinator@staff.example", Role::Coordinator),
            _ => ("operator@staff.example", Role::Operator),
        };
        programs.push((who, Program::of_address(product, address, role, all).await));
    }
    programs
}

/// A cleaner and a joiner, a request that the cleaner was suggested for, another one, an order in the
/// ledger, a proposal and a task.
async fn filled() -> Product {
    let product = product::with_settings(|config| config.api_per_minute = 100_000).await;
    let other = NewNeed {
        buyer: NewBuyer {
            kind: BuyerKind::Private,
            name: "Annat AB".to_owned(),
            org_no: Some(product::valid_org_no("559901010")),
            municipality: None,
            email: Some(Email::parse("kop@annat.example").unwrap()),
        },
        ..request("behov-2", "Målning av staket", "Vi vill ha ett staket målat.")
    };
    product.take_in(&[cleaner(), joiner()], &[cleaning_request(), other]).await;
    let pairing = first_pairing(&product).await;
    let fields = samhandla::domain::deal::DealFields {
        kind: "order",
        occurred_on: "2026-11-20",
        amount_sek: "5 437",
        ..Default::default()
    };
    let today = "2026-11-24".parse().unwrap();
    let deal = samhandla::domain::deal::NewDeal::parse(pairing, &fields, today).unwrap();
    deals::record(&product.app.db, "test", deal, product.now()).await.unwrap();
    let tx = connection::begin(&product.app.db).await.unwrap();
    tasks::open(&tx, "task-kind-call", "asf:1", "Skurborsten", product.now()).await.unwrap();
    samhandla::service::claims::of_answer(&tx, pairing, product.now()).await.unwrap();
    tx.commit().await.unwrap();
    product
}

async fn first_pairing(product: &Product) -> samhandla::domain::pairing::PairingId {
    let asf = samhandla::domain::asf::AsfId(1);
    pairings::list_for_asf(&product.app.db, asf).await.unwrap().first().unwrap().id
}

/// One call, and who is answered how: in the order of [`WHO`].
type Row = (Method, &'static str, fn() -> Value, [u16; 7]);

fn nothing() -> Value {
    Value::Null
}

const STAFF_READS: [u16; 7] = [403, 403, 403, 403, 403, 200, 200];
const STAFF_FINDS_NONE: [u16; 7] = [403, 403, 403, 403, 403, 404, 404];

/// The access rules of the API. 200, 201 and 204 are yes; 403 and 404 are no. Where a yes changes
/// something, the body is wrong on purpose, so that 422 (or 428, a missing condition) is the yes.
const RULES: &[Row] = &[
    (Method::GET, "/asf", nothing, [200; 7]),
    (Method::GET, "/asf/1", nothing, [200; 7]),
    (Method::PUT, "/asf/1", || json!({ "capabilities": [] }), [428, 403, 403, 403, 403, 428, 428]),
    (Method::GET, "/needs", nothing, [200; 7]),
    (Method::GET, "/needs/1", nothing, [200; 7]),
    (Method::POST, "/needs", || json!({}), [422; 7]),
    (Method::PUT, "/needs/1", need_words, [403, 403, 428, 403, 403, 428, 428]),
    (Method::POST, "/needs/1/close", || json!({ "because": "x" }), [403, 403, 422, 403, 403, 422, 422]),
    (Method::GET, "/pairings?asf=1", nothing, [200, 403, 403, 403, 403, 200, 200]),
    (Method::GET, "/pairings?asf=2", nothing, [403, 200, 403, 403, 403, 200, 200]),
    (Method::GET, "/pairings/1", nothing, [200, 404, 403, 403, 403, 200, 200]),
    (Method::POST, "/pairings/1/answer", || json!({ "answer": "x" }), [422, 404, 403, 403, 403, 403, 403]),
    (Method::POST, "/pairings/1/deals", deal_words, [422, 404, 403, 403, 403, 422, 422]),
    (Method::GET, "/preferences", nothing, [200, 200, 403, 403, 403, 403, 403]),
    (Method::PUT, "/preferences", preference_words, [422, 422, 403, 403, 403, 403, 403]),
    (Method::GET, "/ledger", nothing, [200, 200, 403, 403, 403, 200, 200]),
    (Method::GET, "/ledger/1", nothing, [200, 404, 403, 403, 403, 200, 200]),
    (Method::POST, "/ledger", || entry_words("order", None), [422, 422, 403, 403, 403, 422, 422]),
    (Method::POST, "/ledger", || entry_words("order", Some(1)), [422, 403, 403, 403, 403, 422, 422]),
    (Method::POST, "/ledger", || entry_words("procurement", None), [403, 403, 403, 403, 403, 422, 422]),
    (Method::POST, "/ledger/1/evidence", || json!({ "reference": " " }), [422, 404, 403, 403, 403, 422, 422]),
    (Method::POST, "/ledger/1/confirmation", || json!({ "email": "x" }), [422, 404, 403, 403, 403, 422, 422]),
    (Method::POST, "/ledger/1/files", nothing, [422, 404, 403, 403, 403, 422, 422]),
    (Method::POST, "/ledger/1/reversal", || json!({ "reason": " " }), [403, 403, 403, 403, 403, 422, 422]),
    (Method::GET, "/files/1", nothing, [404, 404, 403, 403, 403, 404, 404]),
    (Method::GET, "/targets", nothing, [200; 7]),
    (Method::GET, "/report", nothing, [403, 403, 403, 403, 403, 200, 200]),
    (Method::GET, "/proposals", nothing, [200, 200, 403, 403, 403, 200, 200]),
    (Method::POST, "/proposals/9/accept", nothing, [404, 404, 403, 403, 403, 404, 404]),
    (Method::POST, "/proposals/9/reject", nothing, [404, 404, 403, 403, 403, 404, 404]),
    (Method::GET, "/codes?text=st%C3%A4d", nothing, [200; 7]),
    (Method::POST, "/matches", || json!({ "text": "Vi behöver städning i Jönköping." }), [200; 7]),
    (Method::GET, "/tasks", nothing, [403, 403, 403, 403, 403, 200, 200]),
    (Method::POST, "/tasks/9/done", nothing, [403, 403, 403, 403, 403, 204, 204]),
    (Method::GET, "/webhooks", nothing, [200; 7]),
    (Method::POST, "/webhooks", || json!({ "url": "x", "events": [] }), [422; 7]),
    (Method::GET, "/webhooks/9", nothing, [404; 7]),
    (Method::POST, "/webhooks/9/test", nothing, [404; 7]),
    (Method::DELETE, "/webhooks/9", nothing, [404; 7]),
    (Method::GET, "/tokens", nothing, [200; 7]),
    (Method::POST, "/tokens", || json!({}), [422; 7]),
    (Method::DELETE, "/tokens/99", nothing, [404; 7]),
    (Method::GET, "/asf/1/lessons", nothing, [200, 403, 403, 403, 403, 200, 200]),
    (Method::DELETE, "/asf/1/lessons/9", nothing, [404, 403, 403, 403, 403, 404, 404]),
    (Method::GET, "/decisions", nothing, STAFF_READS),
    (Method::POST, "/decisions", decision_words, [403, 403, 403, 403, 403, 422, 422]),
    (Method::GET, "/mail-rules", nothing, STAFF_READS),
    (Method::PUT, "/mail-rules", || json!({ "rules": { "min_value_sek": "x" } }), [403, 403, 403, 403, 403, 422, 422]),
    (Method::POST, "/needs/99/approve", nothing, STAFF_FINDS_NONE),
    (Method::POST, "/needs/99/reject", nothing, STAFF_FINDS_NONE),
    (Method::GET, "/quarantine", nothing, STAFF_READS),
    (Method::POST, "/quarantine/retry", nothing, STAFF_READS),
    (Method::POST, "/quarantine/9/retry", nothing, STAFF_FINDS_NONE),
    (Method::DELETE, "/quarantine/9", nothing, STAFF_FINDS_NONE),
    (Method::GET, "/messages", nothing, STAFF_READS),
    (Method::GET, "/messages/99", nothing, STAFF_FINDS_NONE),
    (Method::POST, "/messages/stop", nothing, [403, 403, 403, 403, 403, 204, 204]),
    (Method::DELETE, "/needs/1", nothing, [403, 403, 204, 403, 403, 409, 409]),
];

fn need_words() -> Value {
    json!({ "title": "Städning", "text": "Vi behöver städning.", "place": "0680", "deadline": "2026-12-20" })
}

fn decision_words() -> Value {
    json!({ "name": "T9", "value": "1", "valid_from": "2026-11-24", "decided_by": "Styrgruppen" })
}

fn deal_words() -> Value {
    json!({ "kind": "invoice", "occurred_on": "2026-11-20" })
}

fn preference_words() -> Value {
    json!({ "weekday": 9, "hour": 8, "every_weeks": 1, "breadth": "all", "summer_rest": false })
}

fn entry_words(kind: &str, asf: Option<i64>) -> Value {
    json!({ "kind": kind, "asf_id": asf, "fields": {} })
}

#[tokio::test]
async fn the_access_rules_hold_for_every_call_and_everybody() {
    let product = filled().await;
    let everybody = everybody(&product).await;
    let mut surprises = Vec::new();
    for (method, path, body, expected) in RULES {
        for ((who, program), expected) in everybody.iter().zip(expected) {
            let body = Some(body()).filter(|body| !body.is_null());
            let answer = program.call(method.clone(), path, body).await;
            if answer.status.as_u16() != *expected {
                surprises.push(format!("{method} {path} as {who}: {} instead of {expected}", answer.status));
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[tokio::test]
async fn the_access_rules_name_every_call_that_is_described() {
    let described = samhandla::web::api::description();
    let mut missing = Vec::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let shape = |path: &str| {
                let path = path.split('?').next().unwrap();
                path.split('/')
                    .map(|part| if part.starts_with('{') || part.parse::<i64>().is_ok() { "{id}" } else { part })
                    .collect::<Vec<_>>()
                    .join("/")
            };
            let named = RULES
                .iter()
                .any(|(rule, asked, ..)| rule.as_str() == method.to_uppercase() && shape(asked) == shape(path));
            if !named {
                missing.push(format!("{method} {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[tokio::test]
async fn nobody_reads_what_another_asf_sold_bid_or_declined() {
    let product = filled().await;
    let everybody = everybody(&product).await;
    let asf = &everybody[0].1;
    let no = json!({ "answer": "no", "reason": "too_large", "note": "Vi hinner inte med hemligheten." });
    assert_eq!(asf.post("/pairings/1/answer", no).await.status, StatusCode::OK);
    let bid = json!({ "kind": "bid", "fields": { "name": "Hemliga kommunen", "org_no": "212000-0167",
        "subject": "2026/17", "role": "alone", "procedure": "simplified", "occurred_on": "2026-11-20", "time": "10:00" } });
    let told = asf.post("/ledger", bid).await;
    assert!(told.status == StatusCode::CREATED || told.status == StatusCode::UNPROCESSABLE_ENTITY, "{}", told.json);
    let document = samhandla::web::api::description();
    for (who, program) in everybody.iter().filter(|(who, _)| !["asf", "coordinator", "operator"].contains(who)) {
        for path in document["paths"].as_object().unwrap().keys() {
            for id in 1..=4 {
                let path = path.replace("{id}", &id.to_string());
                let asked = if path == "/codes" { "/codes?text=x".to_owned() } else { path };
                let read = program.get(&asked).await.json.to_string();
                for secret in ["Hemliga", "hemligheten", "5437", "pairing:1"] {
                    assert!(!read.contains(secret), "{who} reads {secret} at {asked}: {read}");
                }
                if asked == "/needs/1" && *who == "buyer" {
                    assert!(read.contains("\"declined\":1") && read.contains("too_large"), "{read}");
                    assert!(!read.contains("Skurborsten"), "who declined is not told: {read}");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_asf_answers_and_records_what_it_led_to_as_on_the_page() {
    let product = filled().await;
    let asf = Program::of(&product, Role::Asf).await;
    let listed = asf.get("/pairings").await.json;
    let id = listed["items"][0]["id"].as_i64().unwrap();
    assert_eq!((&listed["items"][0]["state"], listed["items"].as_array().unwrap().len()), (&json!("suggested"), 1));
    let shown = asf.get(&format!("/pairings/{id}")).await.json;
    assert!(shown["reasons"][0]["text"].as_str().unwrap().starts_with("Både ni och de"), "{shown}");
    let english = asf.clone().in_english().get(&format!("/pairings/{id}")).await.json;
    assert!(english["reasons"][0]["text"].as_str().unwrap().contains("you"), "{english}");
    let before = product.messages().await.len();
    let answered = asf.post(&format!("/pairings/{id}/answer"), json!({ "answer": "yes", "note": "Gärna!" })).await;
    assert_eq!((answered.status, &answered.json["state"]), (StatusCode::OK, &json!("yes")));
    assert_eq!(product.messages().await.len(), before + 2, "both sides are introduced");
    let wrong = asf.post(&format!("/pairings/{id}/answer"), json!({ "answer": "no" })).await;
    assert_eq!(wrong.json["errors"][0]["rule"], "rejected-decline-reason", "{}", wrong.json);
    let deal = json!({ "kind": "invoice", "occurred_on": "2026-11-23", "amount_sek": "12 000,50", "reference": "F-1" });
    let made = asf.post(&format!("/pairings/{id}/deals"), deal.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
    assert_eq!(asf.post(&format!("/pairings/{id}/deals"), deal).await.status, StatusCode::CONFLICT);
    let entry = asf.get(&format!("/ledger/{}", made.json["id"])).await.json;
    assert_eq!((&entry["amount_sek"], &entry["level"]), (&json!(12_000), &json!("evidenced")));
}

#[tokio::test]
async fn a_need_is_posted_confirmed_changed_and_withdrawn() {
    let product = filled().await;
    let buyer = Program::of(&product, Role::Buyer).await;
    let post = |title: &str| {
        json!({ "need": { "title": title, "text": "Två gånger i veckan.", "place": "0680", "deadline": "2026-12-20" },
            "buyer": { "kind": "private", "name": "Vätterbygg AB", "org_no": product::valid_org_no("559901002").to_string(),
                "email": "inkop@vatterbygg.example" } })
    };
    let empty = buyer.post("/needs", post(" ")).await;
    assert_eq!((empty.status, &empty.json["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("title")));
    let posted = buyer.post("/needs", post("Städning av lager")).await;
    assert_eq!(
        (posted.status, &posted.json["status"]),
        (StatusCode::CREATED, &json!("unconfirmed")),
        "{}",
        posted.json
    );
    let path = format!("/needs/{}", posted.json["id"]);
    let stranger = Program::of(&product, Role::Asf).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "nobody sees it yet");
    confirm_by_mail(&product).await;
    let shown = buyer.get(&path).await;
    let tag = shown.headers[header::ETAG].to_str().unwrap().to_owned();
    assert_eq!(shown.json["lots"][0]["pairings"][0]["asf"], "Skurborsten", "{}", shown.json);
    let words = json!({ "title": "Målning av lager", "text": "En gång.", "place": "0680", "deadline": "2026-12-21" });
    let change = async |tag: &str| {
        let request = Request::put(format!("/api/v1{path}")).header(header::IF_MATCH, tag);
        buyer.send(request.header(header::CONTENT_TYPE, "application/json"), words.to_string()).await
    };
    let changed = change(&tag).await;
    assert_eq!(
        (changed.status, &changed.json["title"]),
        (StatusCode::OK, &json!("Målning av lager")),
        "{}",
        changed.json
    );
    assert_eq!(changed.json["lots"][0]["pairings"], json!([]), "it is matched anew");
    assert_eq!(changed.json["lots"][0]["id"], shown.json["lots"][0]["id"], "the lot stays the same");
    let stale = change(&tag).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "somebody changed it");
    assert_eq!(change(changed.headers[header::ETAG].to_str().unwrap()).await.status, StatusCode::OK);
    assert_eq!(buyer.call(Method::DELETE, &path, None).await.status, StatusCode::NO_CONTENT);
    let gone = buyer.get(&path).await.json;
    assert_eq!((&gone["status"], &gone["lots"][0]["closed_because"]), (&json!("closed"), &json!("cancelled")));
    assert_eq!(buyer.call(Method::DELETE, &path, None).await.status, StatusCode::CONFLICT);
}

async fn confirm_by_mail(product: &Product) {
    let mail = product.messages().await.pop().unwrap();
    let token = mail.text.split("/bekrafta/").nth(1).unwrap()[..64].to_owned();
    need_service::confirm(&product.app, &token, &[]).await.unwrap();
}

#[tokio::test]
async fn a_notice_is_not_changed_by_an_edit() {
    let product = filled().await;
    let staff = Program::of(&product, Role::Coordinator).await;
    let tag = staff.get("/needs/1").await.headers[header::ETAG].clone();
    let request = Request::put("/api/v1/needs/1").header(header::IF_MATCH, tag);
    let answer = staff.send(request.header(header::CONTENT_TYPE, "application/json"), need_words().to_string()).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_asf_changes_what_it_can_do_and_rests() {
    let product = filled().await;
    let asf = Program::of(&product, Role::Asf).await;
    let tag = asf.get("/asf/1").await.headers[header::ETAG].to_str().unwrap().to_owned();
    let put = async |tag: &str, body: Value| {
        let request = Request::put("/api/v1/asf/1").header(header::IF_MATCH, tag);
        asf.send(request.header(header::CONTENT_TYPE, "application/json"), body.to_string()).await
    };
    let wrong = put(&tag, json!({ "capabilities": [{ "title": " ", "people": 0 }], "paused_until": null })).await;
    assert_eq!(wrong.json["errors"].as_array().map(Vec::len), Some(2), "{}", wrong.json);
    let body = json!({ "capabilities": [{ "title": "Målning", "text": "Vi målar staket." }], "paused_until": null });
    let changed = put(&tag, body.clone()).await;
    assert_eq!((changed.status, &changed.json["capabilities"][0]["title"]), (StatusCode::OK, &json!("Målning")));
    assert_eq!(put(&tag, body).await.status, StatusCode::PRECONDITION_FAILED);
    let suggested = asf.get("/pairings").await.json;
    assert!(
        suggested["items"].as_array().unwrap().iter().any(|item| item["title"] == "Målning av staket"),
        "{suggested}"
    );
    let tag = changed.headers[header::ETAG].to_str().unwrap();
    let rests = put(tag, json!({ "capabilities": [{ "title": "Målning" }], "paused_until": "2026-12-24" })).await;
    assert_eq!(rests.json["paused_until"], "2026-12-24");
    assert_eq!(asf.get("/pairings").await.json["items"], json!([]), "nothing is suggested to who rests");
}

#[tokio::test]
async fn the_same_key_does_a_call_once() {
    let product = filled().await;
    let asf = Program::of(&product, Role::Asf).await;
    let post = async |key: &str, body: Value| {
        let request = Request::post("/api/v1/pairings/1/deals").header("idempotency-key", key);
        asf.send(request.header(header::CONTENT_TYPE, "application/json"), body.to_string()).await
    };
    let deal = |sek: &str| json!({ "kind": "invoice", "occurred_on": "2026-11-23", "amount_sek": sek });
    let first = post("k-1", deal("100")).await;
    let stored = samhandla::store::ledger::extent(&product.app.db).await.unwrap();
    let again = post("k-1", deal("100")).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!((&first.json, again.headers["idempotency-replayed"].to_str().unwrap()), (&again.json, "true"));
    assert_eq!(samhandla::store::ledger::extent(&product.app.db).await.unwrap(), stored);
    let other = post("k-1", deal("200")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.json["type"].as_str().unwrap().ends_with("key-reused"));
    let wrong = post("k-2", deal("nothing")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post("k-2", deal("300")).await.status, StatusCode::CREATED, "what came to nothing may be mended");
    let key = post("k y", deal("1")).await;
    assert_eq!(key.json["errors"][0]["field"], "Idempotency-Key");
    product.pass(Duration::hours(25));
    assert_eq!(post("k-1", deal("400")).await.status, StatusCode::CREATED, "an old key is free again");
    assert_eq!(samhandla::service::api_calls::forget_expired(&product.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_secret_is_not_kept_for_a_second_answer() {
    let product = product::empty().await;
    let program = Program::of(&product, Role::Operator).await;
    let post = async || {
        let request = Request::post("/api/v1/tokens").header("idempotency-key", "k");
        let body = json!({ "name": "a", "scopes": ["read:asf"], "days": 1 }).to_string();
        program.send(request.header(header::CONTENT_TYPE, "application/json"), body).await
    };
    let made = post().await;
    assert_eq!(made.status, StatusCode::CREATED);
    let key = made.json["key"].as_str().unwrap().to_owned();
    assert!(!snapshot(&product.app.db).await.iter().any(|row| row.contains(&key)));
    let again = post().await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.json["type"].as_str().unwrap().ends_with("told-once"), "{}", again.json);
}

#[tokio::test]
async fn staff_works_through_the_ledger_with_evidence_and_reversal() {
    let product = filled().await;
    let staff = Program::of(&product, Role::Coordinator).await;
    let fields = json!({ "name": "Vätterbygg AB", "org_no": product::valid_org_no("559901002").to_string(), "class": "private",
        "occurred_on": "2026-11-20", "amount_sek": "700", "income_kind": "service" });
    let body = json!({ "kind": "invoice", "asf_id": 1, "fields": fields });
    let made = staff.post("/ledger", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
    let path = format!("/ledger/{}", made.json["id"]);
    assert_eq!(
        staff.post(&format!("{path}/evidence"), json!({ "reference": "F-7" })).await.status,
        StatusCode::CREATED
    );
    let file = async |bytes: &'static [u8]| {
        let request = Request::post(format!("/api/v1{path}/files?name=faktura.pdf"));
        staff.send(request.header(header::CONTENT_TYPE, "application/octet-stream"), bytes).await
    };
    assert_eq!(file(b"MZ").await.json["errors"][0]["rule"], "rejected-file-type");
    let kept = file(b"%PDF-1.7 hej").await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.json);
    let shown = staff.get(&path).await.json;
    assert_eq!((&shown["files"][0]["name"], &shown["asf_id"]), (&json!("faktura.pdf"), &json!(1)));
    let fetched = staff.get(&format!("/files/{}", kept.json["id"])).await;
    assert_eq!(fetched.headers[header::CONTENT_DISPOSITION], "attachment");
    let asf = Program::of(&product, Role::Asf).await;
    assert_eq!(asf.get(&format!("/files/{}", kept.json["id"])).await.status, StatusCode::OK, "it is theirs");
    assert_eq!(
        staff.post(&format!("{path}/reversal"), json!({ "reason": "Fel belopp" })).await.status,
        StatusCode::CREATED
    );
    assert_eq!(staff.post(&format!("{path}/reversal"), json!({ "reason": "Fel" })).await.status, StatusCode::CONFLICT);
    let mut next = String::new();
    let mut kinds = Vec::new();
    loop {
        let page = staff.get(&format!("/ledger?limit=2{next}")).await.json;
        kinds.extend(page["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!(kinds, ["reversal", "evidence", "evidence", "income", "order"]);
    let before = staff.get("/ledger?as_of=2026-11-23").await.json;
    assert_eq!(before["items"], json!([]), "nothing was known the day before");
}

#[tokio::test]
async fn what_is_suggested_is_accepted_or_put_aside_and_tasks_end() {
    let product = filled().await;
    let staff = Program::of(&product, Role::Coordinator).await;
    let waiting = staff.get("/proposals").await.json;
    let id = waiting["items"][0]["id"].as_i64().unwrap();
    assert_eq!(staff.call(Method::POST, &format!("/proposals/{id}/accept"), None).await.status, StatusCode::CREATED);
    assert_eq!(staff.call(Method::POST, &format!("/proposals/{id}/reject"), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(staff.get("/proposals").await.json["items"], json!([]));
    assert!(proposals::list_open(&product.app.db, None, 10).await.unwrap().is_empty());
    let tasks = staff.get("/tasks").await.json;
    let id = tasks["items"][0]["id"].as_i64().unwrap();
    assert_eq!(staff.call(Method::POST, &format!("/tasks/{id}/done"), None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(staff.get("/tasks").await.json["items"], json!([]));
}

#[tokio::test]
async fn a_pasted_text_is_matched_and_nothing_is_stored() {
    let product = filled().await;
    let buyer = Program::of(&product, Role::Buyer).await;
    let text = "Städning av trapphus i Jönköping\n\nVi söker någon som städar våra trapphus en gång i veckan.";
    assert_eq!(buyer.post("/matches", json!({ "text": text })).await.status, StatusCode::OK);
    let before = snapshot(&product.app.db).await;
    let found = buyer.post("/matches", json!({ "text": text })).await.json;
    assert_eq!(found["items"][0]["asf"], "Skurborsten", "{found}");
    assert!(!found["items"][0]["reasons"].as_array().unwrap().is_empty());
    assert_eq!(snapshot(&product.app.db).await, before);
    let none =
        buyer.post("/matches", json!({ "text": "Vi ska köpa en datortomograf till röntgenkliniken." })).await.json;
    assert_eq!(none["items"], json!([]), "{none}");
}

#[tokio::test]
async fn targets_are_numbers_and_can_be_asked_for_as_they_were() {
    let product = filled().await;
    let buyer = Program::of(&product, Role::Buyer).await;
    let now = buyer.get("/targets").await.json;
    assert_eq!(now["targets"].as_array().unwrap().len(), 5);
    assert!(!now.to_string().contains("Skurborsten"));
    let then = buyer.get("/targets?as_of=2026-11-01").await.json;
    assert_eq!(then["as_of"], "2026-11-01T22:59:59.999999Z", "the end of the day in Stockholm");
    let wrong = buyer.get("/targets?as_of=ig%C3%A5r").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
