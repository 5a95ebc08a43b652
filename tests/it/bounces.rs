//! What comes back: believed only at the address of one message, and followed by the rules.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use chrono::Duration;
use samhandla::{
    domain::schedule::IsoWeek,
    service::{bounces, bounces::Effect, digests, digests::Run, outbox},
    store::{outbox::StoredMessage, tasks},
    web,
};
use tower::ServiceExt as _;

use crate::support::{
    binary::{json, samhandla},
    product::{self, Product, cleaner, cleaning_request, request},
    smtp::Sink,
};

fn notification(to: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: <{to}>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; info@skurborsten.example\r\nAction: failed\r\nStatus: {status}\r\n\r\n--b--\r\n"
    )
}

/// Queues and sends this week's mail, and gives it.
async fn mailed(product: &Product) -> StoredMessage {
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    outbox::deliver_pending(&product.app).await.unwrap();
    product.messages().await.pop().unwrap()
}

async fn with_a_cleaner() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    product
}

async fn come_back(product: &Product, to: &str, status: &str) -> Effect {
    bounces::take_in(&product.app, notification(to, status).as_bytes(), None).await.unwrap()
}

async fn open_tasks(product: &Product) -> Vec<String> {
    tasks::list_open(&product.app.db, 100).await.unwrap().into_iter().map(|task| task.kind).collect()
}

#[tokio::test]
async fn an_address_that_does_not_exist_gets_no_more_mail_and_somebody_calls() {
    let product = with_a_cleaner().await;
    let mail = mailed(&product).await;
    assert_eq!(come_back(&product, &mail.return_path, "5.1.1").await, Effect::Suppressed);
    assert_eq!(come_back(&product, &mail.return_path, "5.1.1").await, Effect::Ignored, "the same mail again");
    assert_eq!(open_tasks(&product).await, ["task-kind-call"]);
    product.pass(Duration::days(7));
    product.take_in(&[], &[request("behov-2", "Fönsterputsning", "Putsning av fönster.")]).await;
    let next = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    assert_eq!((next.messages, next.skipped.get("suppressed")), (0, Some(&1)));
}

#[tokio::test]
async fn a_forged_return_address_suppresses_nobody() {
    let product = with_a_cleaner().await;
    let mail = mailed(&product).await;
    let (local, domain) = mail.return_path.split_once('@').unwrap();
    let changed = format!("{}x@{domain}", &local[..local.len() - 1]);
    let short = format!("{}@{domain}", &local[..local.len() - 4]);
    for forged in
        [changed.as_str(), &short, "studs+@samhandla.example", "studs+%@samhandla.example", "info@skurborsten.example"]
    {
        assert_eq!(come_back(&product, forged, "5.1.1").await, Effect::Untrusted, "{forged}");
    }
    assert!(open_tasks(&product).await.is_empty());
    assert!(product.messages().await.iter().all(|message| message.bounced_at.is_none()));
}

#[tokio::test]
async fn a_full_mailbox_is_forgiven_twice_and_our_own_fault_suppresses_nobody() {
    let product = with_a_cleaner().await;
    for number in 0..3 {
        let new = request(&format!("behov-{}", number + 5), "Fönsterputsning", "Putsning av fönster på kontor.");
        product.take_in(&[], &[new]).await;
        let mail = mailed(&product).await;
        assert_eq!(come_back(&product, &mail.return_path, "5.7.1").await, Effect::Task);
        let expected = if number < 2 { Effect::Soft } else { Effect::Suppressed };
        assert_eq!(come_back(&product, &mail.return_path, "4.2.2").await, expected, "digest {number}");
        product.pass(Duration::days(7));
    }
    assert_eq!(open_tasks(&product).await, ["task-kind-mail-refused", "task-kind-call"]);
}

#[tokio::test]
async fn a_complaint_ends_the_mail() {
    let product = with_a_cleaner().await;
    let mail = mailed(&product).await;
    let complaint = format!(
        "From: fbl@provider.example\r\nTo: abuse@samhandla.example\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nReturn-Path: <{}>\r\nSubject: x\r\n\r\nhej\r\n--b--\r\n",
        mail.return_path
    );
    assert_eq!(bounces::take_in(&product.app, complaint.as_bytes(), None).await.unwrap(), Effect::Suppressed);
    assert_eq!(open_tasks(&product).await, ["task-kind-complaint"]);
}

#[tokio::test]
async fn a_recipient_refused_during_the_dialogue_is_followed_up_in_the_same_way() {
    let sink = Sink::start().await;
    let url = sink.url.clone();
    let product = product::with_settings(|config| config.smtp_url = Some(url)).await;
    let mut gone = cleaner();
    gone.email = Some(samhandla::domain::email::Email::parse("info@bounce.example").unwrap());
    product.take_in(&[gone], &[cleaning_request()]).await;
    mailed(&product).await;
    assert_eq!(open_tasks(&product).await, ["task-kind-call"]);
}

#[tokio::test]
async fn the_envelope_sender_is_an_address_of_this_message_alone() {
    let sink = Sink::start().await;
    let url = sink.url.clone();
    let product = product::with_settings(|config| config.smtp_url = Some(url)).await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let mail = mailed(&product).await;
    let sender = sink.accepted().remove(0).sender;
    assert_eq!(sender, mail.return_path);
    assert!(sender.starts_with("studs+") && sender.len() > 38, "{sender}");
    assert!(!mail.raw.contains(&sender), "the reader does not see it");
}

#[tokio::test]
async fn the_door_takes_what_is_ours_and_nothing_else() {
    let product = with_a_cleaner().await;
    let mail = mailed(&product).await;
    let post = async |body: String| {
        let site = web::router(std::sync::Arc::clone(&product.app));
        site.oneshot(Request::post("/studs").body(Body::from(body)).unwrap()).await.unwrap().status()
    };
    assert_eq!(post("hej".to_owned()).await, StatusCode::NOT_FOUND);
    assert_eq!(post(notification(&mail.return_path, "5.1.1")).await, StatusCode::NO_CONTENT);
    assert_eq!(open_tasks(&product).await, ["task-kind-call"]);
}

#[test]
fn a_folder_and_standard_input_are_read() {
    use std::{io::Write as _, process::Stdio};
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("new")).unwrap();
    std::fs::write(folder.path().join("new/1"), notification("studs+00@samhandla.example", "5.1.1")).unwrap();
    let report = json(data.path(), &["bounce", "import", folder.path().to_str().unwrap()]);
    assert_eq!((report["read"].as_u64(), report["untrusted"].as_u64()), (Some(1), Some(1)));
    let mut command = samhandla(data.path());
    command.args(["bounce", "import", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"Subject: hej\r\n\r\nhej").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).starts_with("read 1:"));
}
