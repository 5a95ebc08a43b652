//! The database server goes down under the weekly mail, politely and at once: each reader gets each week's mail
//! once, and only what lay between the final dot and its note may come twice. On PostgreSQL.

use std::{
    path::Path,
    process::{Child, Stdio},
    time::Duration,
};

use chrono::{DateTime, Utc};
use samhandla::{
    app::App,
    clock::Clock,
    config::{Config, Flags},
    service::{imports, matching, outbox},
    store::outbox as rows,
};

use crate::support::{
    binary::samhandla,
    postgres::Postgres,
    product::{asf, cleaning_request},
    smtp::{SinkProcess, sha256},
};

const MAILS: usize = 40;

/// Restarts while mails go out, in each way.
const RESTARTS: usize = 4;

async fn open(url: &str, data: &Path, sink: &SinkProcess, now: DateTime<Utc>) -> App {
    let flags = Flags { data: Some(data.to_owned()), database: Some(url.to_owned()), listen: None };
    let mut config = Config::load(flags).unwrap();
    config.smtp_url = Some(sink.url.clone());
    App::open(config, Clock::manual(now)).await.unwrap()
}

fn spawn(url: &str, data: &Path, sink: &SinkProcess, arguments: &[&str], halt: Option<&str>) -> Child {
    let mut command = samhandla(data);
    command.env("SAMHANDLA_DATABASE", url).env("SAMHANDLA_SMTP_URL", &sink.url);
    if let Some(halt) = halt {
        command.env("SAMHANDLA_HALT", halt);
    }
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Restarts the server while the process waits at a place, and lets it go on.
fn restarted_at(server: &Postgres, mode: &str, data: &Path, sink: &SinkProcess, command: &[&str], place: &str) {
    let file = data.join("halted");
    let mut child = spawn(&server.url(), data, sink, command, Some(&format!("{place}:1:{}", file.display())));
    while !file.exists() {
        assert!(child.try_wait().unwrap().is_none(), "{place} was not passed");
        std::thread::sleep(Duration::from_millis(2));
    }
    server.restart(mode);
    std::fs::remove_file(&file).unwrap();
    child.wait().unwrap();
}

/// A server with a week to mail, and a listener that takes it.
struct Week {
    server: Postgres,
    sink: SinkProcess,
    data: tempfile::TempDir,
    mode: &'static str,
}

impl Week {
    async fn new(mode: &'static str) -> Self {
        let (server, sink) = (Postgres::start(), SinkProcess::start());
        let data = tempfile::tempdir().unwrap();
        let now = Clock::System.now();
        let app = open(&server.url(), data.path(), &sink, now).await;
        let cleaner = |n: usize| {
            asf(&format!("55{:05}11", 9000 + n * 10), &format!("Laget {n}"), "Städning", "Vi städar kontor.")
        };
        let mut need = cleaning_request();
        need.lots[0].deadline_at = Some(now + chrono::Duration::days(30));
        imports::store(&app, &(0..MAILS).map(cleaner).collect::<Vec<_>>()).await.unwrap();
        imports::store(&app, &[need]).await.unwrap();
        matching::run_changed(&app).await.unwrap();
        Self { server, sink, data, mode }
    }

    fn spawn(&self, arguments: &[&str]) -> Child {
        spawn(&self.server.url(), self.data.path(), &self.sink, arguments, None)
    }

    fn restarted_at(&self, command: &[&str], place: &str) {
        restarted_at(&self.server, self.mode, self.data.path(), &self.sink, command, place);
    }

    fn queue(&self) {
        assert!(self.spawn(&["digest"]).wait().unwrap().success());
    }
}

fn is_round_on_postgres() -> bool {
    #[expect(clippy::disallowed_methods, reason = "the test command says which database to use")]
    std::env::var("TEST_DATABASE_URL").is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_restarts_while_mails_are_queued_and_sent_loses_none() {
    if !is_round_on_postgres() {
        return;
    }
    for mode in ["fast", "immediate"] {
        let week = Week::new(mode).await;
        for place in ["digest.row_written", "digest.message_written", "digest.committed"] {
            week.restarted_at(&["digest"], place);
        }
        week.queue();
        for _ in 0..RESTARTS {
            let before = week.sink.accepted().len();
            let mut child = week.spawn(&["deliver", "--once"]);
            while week.sink.accepted().len() < before + 2 && child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            week.server.restart(mode);
            child.wait().unwrap();
        }
        all_came(&week.server, &week.sink, mode).await;
    }
}

/// A week for each place: a process whose server came back sends what it had left, so none waits for the next.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_restarts_at_a_place_of_the_delivery_doubles_only_what_is_marked() {
    if !is_round_on_postgres() {
        return;
    }
    for mode in ["fast", "immediate"] {
        for place in ["mail_rcpt.committed", "dot_sent.committed", "finish.written", "claim.written"] {
            let week = Week::new(mode).await;
            week.queue();
            week.restarted_at(&["deliver", "--once"], place);
            all_came(&week.server, &week.sink, mode).await;
        }
    }
}

async fn all_came(server: &Postgres, sink: &SinkProcess, mode: &str) {
    let data = tempfile::tempdir().unwrap();
    let app = open(&server.url(), data.path(), sink, Clock::System.now()).await;
    for _ in 0..4 {
        app.clock.set(app.clock.now() + chrono::Duration::minutes(32));
        outbox::deliver_pending(&app).await.unwrap();
    }
    let messages = rows::list_latest(&app.db, 1000).await.unwrap();
    let mut readers: Vec<_> = messages.iter().map(|message| message.recipient.as_str()).collect();
    readers.sort_unstable();
    readers.dedup();
    assert_eq!((messages.len(), readers.len()), (MAILS, MAILS), "{mode}: one a reader and week");
    let (accepted, mut twice) = (sink.accepted(), 0);
    for message in &messages {
        let taken: Vec<_> = accepted.iter().filter(|one| one.message_id == message.message_id).collect();
        assert!(message.state == "sent" && !taken.is_empty(), "{mode}: lost: {}", message.state);
        let marked = usize::try_from(message.uncertain_times).unwrap();
        assert!(taken.len() <= 1 + marked.min(1), "{mode}: taken {} times, marked {marked}", taken.len());
        assert!(taken.iter().all(|one| one.sha256 == sha256(&message.raw)), "{mode}");
        twice += taken.len() - 1;
    }
    println!("{mode}: {} mails, 0 lost, {twice} twice, each marked", messages.len());
}
