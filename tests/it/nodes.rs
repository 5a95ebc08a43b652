//! Several processes on one database, as on several machines: each week's mail once, whoever stops, sleeps or
//! loses the database. On PostgreSQL when `TEST_DATABASE_URL` is set.

use std::{
    collections::HashMap,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use samhandla::{clock::Clock, service::outbox, store::outbox::StoredMessage};
use sea_orm::{ConnectionTrait as _, DbBackend};

use crate::support::{
    binary::samhandla,
    product::{self, Product, asf, cleaning_request},
    smtp::{Accepted, SinkProcess, sha256},
};

const MAILS: usize = 12;

/// A product at the time it is, whose processes share its database.
async fn shared() -> Product {
    let product = product::empty().await;
    product.app.clock.set(Clock::System.now());
    let cleaners: Vec<_> = (0..MAILS)
        .map(|n| asf(&format!("55{:05}11", 9000 + n * 10), &format!("Laget {n}"), "Kontorsstädning", "Vi städar."))
        .collect();
    let mut need = cleaning_request();
    need.lots[0].deadline_at = Some(product.now() + chrono::Duration::days(30));
    product.take_in(&cleaners, &[need]).await;
    product
}

fn process(product: &Product, data: &Path, sink: &SinkProcess, arguments: &[&str]) -> Command {
    let mut command = samhandla(data);
    command.env("SAMHANDLA_DATABASE", product.database_url()).env("SAMHANDLA_SMTP_URL", &sink.url);
    command.args(arguments).stdout(Stdio::null());
    command
}

/// Runs the same command in as many processes at the same time; each must end well.
fn together(product: &Product, sink: &SinkProcess, number: usize, arguments: &[&str]) {
    let folders: Vec<_> = (0..number).map(|_| tempfile::tempdir().unwrap()).collect();
    let children: Vec<Child> =
        folders.iter().map(|data| process(product, data.path(), sink, arguments).spawn().unwrap()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success(), "{arguments:?}");
    }
}

/// How often the server took each message.
fn copies<'a>(messages: &'a [StoredMessage], accepted: &[Accepted]) -> HashMap<&'a str, usize> {
    let count = |m: &StoredMessage| accepted.iter().filter(|one| one.message_id == m.message_id).count();
    messages.iter().map(|m| (m.message_id.as_str(), count(m))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_and_four_processes_send_each_mail_once() {
    for number in [2, 4] {
        let (product, sink) = (shared().await, SinkProcess::start());
        together(&product, &sink, number, &["digest"]);
        let messages = product.messages().await;
        assert_eq!(messages.len(), MAILS, "one a reader and week");
        together(&product, &sink, number, &["deliver", "--once"]);
        let messages = product.messages().await;
        assert!(messages.iter().all(|m| m.state == "sent"), "{number} processes");
        let copies = copies(&messages, &sink.accepted());
        assert!(copies.values().all(|copies| *copies == 1), "{number} processes: {copies:?}");
    }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_slept_past_its_lease_sends_nothing_when_it_wakes() {
    let (product, sink) = (shared().await, SinkProcess::start());
    let data = tempfile::tempdir().unwrap();
    assert!(process(&product, data.path(), &sink, &["digest"]).status().unwrap().success());
    let halted = data.path().join("halted");
    let mut sleeper = process(&product, data.path(), &sink, &["deliver", "--once"])
        .env("SAMHANDLA_HALT", format!("data_open.committed:1:{}", halted.display()))
        .env("SAMHANDLA_SMTP_CONNECTIONS", "1")
        .spawn()
        .unwrap();
    while !halted.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    signal(&sleeper, "-STOP");
    product.pass(chrono::Duration::minutes(2));
    outbox_of(&product, &sink).await;
    std::fs::remove_file(&halted).unwrap();
    signal(&sleeper, "-CONT");
    assert!(sleeper.wait().unwrap().success());
    let messages = product.messages().await;
    assert!(messages.iter().all(|m| m.state == "sent" && m.uncertain_times == 0));
    let copies = copies(&messages, &sink.accepted());
    assert!(copies.values().all(|copies| *copies == 1), "{copies:?}");
}

/// Delivers everything from a process that is awake, two minutes later.
async fn outbox_of(product: &Product, sink: &SinkProcess) {
    let mut config = product.app.config.clone();
    let data = tempfile::tempdir().unwrap();
    config.data = data.path().to_owned();
    config.smtp_url = Some(sink.url.clone());
    let app = samhandla::app::App::open(config, Clock::manual(product.now())).await.unwrap();
    assert_eq!(outbox::deliver_pending(&app).await.unwrap().sent as usize, MAILS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_drops_every_connection_loses_nothing() {
    let (product, sink) = (shared().await, SinkProcess::start());
    if product.app.db.get_database_backend() != DbBackend::Postgres {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    assert!(process(&product, data.path(), &sink, &["digest"]).status().unwrap().success());
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..20 {
        let mut sender =
            process(&product, data.path(), &sink, &["deliver", "--once"]).stderr(Stdio::null()).spawn().unwrap();
        let before = sink.accepted().len();
        while sink.accepted().len() == before && sender.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        product.app.db.execute_unprepared(cut).await.ok();
        sender.wait().unwrap();
    }
    let mut config = product.app.config.clone();
    config.smtp_url = Some(sink.url.clone());
    let app = samhandla::app::App::open(config, Clock::manual(Clock::System.now())).await.unwrap();
    for _ in 0..3 {
        app.clock.set(app.clock.now() + chrono::Duration::minutes(32));
        outbox::deliver_pending(&app).await.unwrap();
    }
    let messages = samhandla::store::outbox::list_latest(&app.db, 1000).await.unwrap();
    let accepted = sink.accepted();
    for message in &messages {
        let taken: Vec<_> = accepted.iter().filter(|one| one.message_id == message.message_id).collect();
        assert!(message.state == "sent" && !taken.is_empty(), "lost: {}", message.state);
        assert!(taken.len() <= 1 + usize::try_from(message.uncertain_times).unwrap() && taken.len() <= 2);
        assert!(taken.iter().all(|one| one.sha256 == sha256(&message.raw)));
    }
}
