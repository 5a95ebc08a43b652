//! Delivery to a real SMTP listener: each message once, also when the sender is killed between two.

use std::time::Duration;

use samhandla::{
    domain::schedule::IsoWeek,
    service::{digests, digests::Run, outbox},
    store::{connection, outbox as rows},
};

use crate::support::{
    binary::{json, samhandla},
    product::{self, asf, cleaning_request},
    smtp::Sink,
};

#[tokio::test]
async fn each_message_is_sent_once_and_a_refused_one_does_not_stop_the_others() {
    let sink = Sink::start().await;
    let url = sink.url.clone();
    let product = product::with_settings(|config| config.smtp_url = Some(url)).await;
    let mut cleaners = Vec::new();
    for (number, domain) in ["a.example", "bounce.example", "later.example", "b.example"].iter().enumerate() {
        let mut one =
            asf(&format!("55990{number}011"), &format!("Städlaget {number}"), "Kontorsstädning", "Vi städar kontor.");
        one.email = Some(samhandla::domain::email::Email::parse(&format!("info@{domain}")).unwrap());
        cleaners.push(one);
    }
    product.take_in(&cleaners, &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let report = outbox::deliver_pending(&product.app).await.unwrap();
    assert_eq!((report.sent, report.failed, report.waiting), (2, 1, 1));
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 0);
    let mut recipients: Vec<String> = sink.accepted().into_iter().map(|m| m.recipient).collect();
    recipients.sort();
    assert_eq!(recipients, ["info@a.example", "info@b.example"]);
}

const NEEDS: &str = "external_id,kind,title,text,buyer_name,municipality
1,request,Städning av kontor,Vi behöver städning varje vecka,Bolaget AB,0680
2,request,Catering till möten,Smörgåstårta och fika,Bolaget AB,0680
3,request,Gräsklippning,Klippning av gräs och häck,Bolaget AB,0682
4,request,Flytt av kontor,Flytthjälp i december,Bolaget AB,0680
";

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_killed_again_and_again_sends_each_message_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let sink = Sink::start().await;
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/asf.csv");
    json(&data, &["import", "asf", sample.to_str().unwrap()]);
    let needs = folder.path().join("needs.csv");
    std::fs::write(&needs, NEEDS).unwrap();
    json(&data, &["import", "needs", needs.to_str().unwrap()]);
    let queued = json(&data, &["digest", "--now"])["messages"].as_u64().unwrap();
    assert!(queued >= 5, "only {queued} messages");
    let deliver = || {
        let mut command = samhandla(&data);
        command.env("SAMHANDLA_SMTP_URL", &sink.url).args(["deliver", "--once", "--format", "json"]);
        command
    };
    for _ in 0..3 {
        let before = sink.accepted().len();
        let mut sender = deliver().stdout(std::process::Stdio::null()).spawn().unwrap();
        while sink.accepted().len() == before && sender.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        sender.kill().unwrap();
        sender.wait().unwrap();
    }
    assert!(deliver().output().unwrap().status.success());
    let database = connection::connect(&connection::sqlite_url(&data)).await.unwrap();
    let states = samhandla::store::outbox::count_by_state(&database).await.unwrap();
    let number = |state: &str| states.iter().find(|(s, _)| s == state).map_or(0, |(_, n)| n.unsigned_abs());
    // A kill between the final dot and its reply leaves a message that perhaps arrived.
    let in_the_dark = number("sending") + number("uncertain");
    assert_eq!(number("sent") + in_the_dark, queued, "{states:?}");
    let mut ids: Vec<String> = sink.accepted().into_iter().map(|message| message.message_id).collect();
    let acknowledged = ids.len() as u64;
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len() as u64, acknowledged, "a message was sent twice: {states:?}");
    assert!(acknowledged >= number("sent"));
}

/// Claims the only message and dies when it has noted this phase.
async fn die(product: &product::Product, phase: &str) -> rows::Claimed {
    let tx = connection::begin(&product.app.db).await.unwrap();
    let claimed = rows::claim_next(&tx, product.now()).await.unwrap().unwrap();
    assert!(rows::set_phase(&tx, claimed.message.id, claimed.fence, phase).await.unwrap());
    tx.commit().await.unwrap();
    claimed
}

/// What is sent in the hour after a death at the final dot.
async fn sent_after_dying_at_the_dot(product: &product::Product) -> u64 {
    die(product, "dot_sent").await;
    product.pass(chrono::Duration::seconds(61));
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 0);
    product.pass(chrono::Duration::minutes(31));
    outbox::deliver_pending(&product.app).await.unwrap().sent
}

#[tokio::test]
async fn after_a_death_at_the_dot_a_digest_goes_out_once_more_and_a_sign_in_mail_does_not() {
    let product = product::empty().await;
    product.take_in(&[product::cleaner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    assert_eq!(sent_after_dying_at_the_dot(&product).await, 1);
    let address = samhandla::domain::email::Email::parse("info@skurborsten.example").unwrap();
    let language = samhandla::domain::language::Language::Sv;
    samhandla::service::sign_in::request_link(&product.app, &address, language).await.unwrap();
    assert_eq!(sent_after_dying_at_the_dot(&product).await, 0);
}

#[tokio::test]
async fn a_digest_that_twice_perhaps_arrived_stops_as_uncertain() {
    let product = product::empty().await;
    product.take_in(&[product::cleaner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    for _ in 0..2 {
        die(&product, "dot_sent").await;
        product.pass(chrono::Duration::minutes(2));
        assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 0);
        product.pass(chrono::Duration::minutes(31));
    }
    for _ in 0..50 {
        outbox::deliver_pending(&product.app).await.unwrap();
        product.pass(chrono::Duration::hours(6));
    }
    let message = product.messages().await.remove(0);
    assert_eq!((message.state.as_str(), message.uncertain_times), ("uncertain", 2));
}

#[tokio::test]
async fn dying_before_the_dot_costs_no_attempt() {
    let product = product::empty().await;
    product.take_in(&[product::cleaner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    for _ in 0..10 {
        die(&product, "data_open").await;
        outbox::reclaim(&product.app).await.unwrap();
    }
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 1);
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_can_neither_go_on_nor_finish() {
    let product = product::empty().await;
    product.take_in(&[product::cleaner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let stale = die(&product, "data_open").await;
    product.pass(chrono::Duration::seconds(61));
    let tx = connection::begin(&product.app.db).await.unwrap();
    rows::recover_expired(&tx, product.now(), product.now()).await.unwrap();
    let holder = rows::claim_next(&tx, product.now()).await.unwrap().unwrap();
    assert!(!rows::set_phase(&tx, stale.message.id, stale.fence, "dot_sent").await.unwrap());
    assert!(!rows::finish(&tx, stale.message.id, stale.fence, &rows::Outcome::Sent, product.now()).await.unwrap());
    assert!(rows::set_phase(&tx, holder.message.id, holder.fence, "dot_sent").await.unwrap());
    tx.commit().await.unwrap();
}
