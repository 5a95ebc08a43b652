//! Kill -9 at named places of queueing and delivery, against a listener in another process: no mail is lost,
//! and none comes twice unless the sender died between its final dot and the note of the receipt.
//!
//! `SAMHANDLA_CRASHES=500` runs a campaign of that size instead; `SAMHANDLA_SEED` repeats one.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use samhandla::{
    app::App,
    clock::Clock,
    config::{Config, Flags},
    faults::PLACES,
    service::outbox,
    store::{connection, outbox as rows, outbox::StoredMessage},
};

use crate::support::{
    binary::{json, samhandla},
    smtp::{Accepted, SinkProcess, sha256},
};

/// The server has the whole message and says nothing yet: the one place that lies outside the sender.
const DOT_TAKEN: &str = "server.dot_taken";

/// Places that a run passes once, whatever it sends.
const PASSED_ONCE: [&str; 5] =
    ["digest.links_written", "digest.message_written", "digest.committed", "deliver.recovered", DOT_TAKEN];

/// All places, with how many messages pass before the one that dies.
fn every_place() -> Vec<(&'static str, u32)> {
    PLACES.into_iter().chain([DOT_TAKEN]).map(|place| (place, 1)).collect()
}

/// A database before the weekly run, and one with all its mails queued.
struct Bases {
    folder: tempfile::TempDir,
    expected: u64,
}

const NEEDS: &str = "external_id,kind,title,text,buyer_name,municipality
1,request,Städning av kontor,Vi behöver städning varje vecka,Bolaget AB,0680
2,request,Catering till möten,Smörgåstårta och fika,Bolaget AB,0680
3,request,Gräsklippning,Klippning av gräs och häck,Bolaget AB,0682
";

impl Bases {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let matched = folder.path().join("matched");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/asf.csv");
        json(&matched, &["import", "asf", sample.to_str().unwrap()]);
        let needs = folder.path().join("needs.csv");
        std::fs::write(&needs, NEEDS).unwrap();
        json(&matched, &["import", "needs", needs.to_str().unwrap()]);
        let expected = json(&matched, &["digest", "--dry-run"])["recipients"].as_u64().unwrap();
        assert!(expected >= 4, "only {expected} digests");
        copy(&matched, &folder.path().join("queued"));
        assert_eq!(json(&folder.path().join("queued"), &["digest"])["messages"].as_u64(), Some(expected));
        Self { folder, expected }
    }

    fn fresh(&self, name: &str, to: &Path) -> PathBuf {
        let data = to.join("data");
        copy(&self.folder.path().join(name), &data);
        data
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { drop(std::fs::copy(entry.path(), target)) }
    }
}

/// Waits until the file is there; `false` when the process ended before that.
fn reached(child: &mut Child, file: &Path) -> bool {
    let started = Instant::now();
    while !file.exists() {
        if child.try_wait().unwrap().is_some() || started.elapsed() > Duration::from_secs(60) {
            return file.exists();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Runs the command until it comes to the place for the `n`th time, and kills it there with signal 9.
fn killed_at(data: &Path, sink: &SinkProcess, place: &str, n: u32) {
    let command = if place.starts_with("digest.") { vec!["digest"] } else { vec!["deliver", "--once"] };
    let mut process = samhandla(data);
    process.env("SAMHANDLA_SMTP_URL", &sink.url).args(&command).stdout(Stdio::null()).stderr(Stdio::null());
    let file = if place == DOT_TAKEN {
        std::fs::write(sink.hold_file(), b"").unwrap();
        sink.hold_file().with_extension("taken")
    } else {
        let file = data.join("halted");
        process.env("SAMHANDLA_HALT", format!("{place}:{n}:{}", file.display()));
        file
    };
    let mut child = process.spawn().unwrap();
    assert!(reached(&mut child, &file), "{place} was not passed {n} times");
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::remove_file(sink.hold_file()).ok();
}

/// The product on this data, with a clock of its own.
async fn open(data: &Path, sink: &SinkProcess) -> App {
    let mut config = Config::load(Flags { data: Some(data.to_owned()), ..Flags::default() }).unwrap();
    config.database = Some(connection::sqlite_url(data));
    config.smtp_url = Some(sink.url.clone());
    let now = Clock::System.now();
    App::open(config, Clock::manual(now)).await.unwrap()
}

fn pass(app: &App, time: chrono::Duration) {
    app.clock.set(app.clock.now() + time);
}

/// What one death led to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Seen {
    messages: usize,
    /// Held by the dead process after its final dot was announced.
    in_window: usize,
    /// Messages that the server acknowledged twice.
    repeated: usize,
}

/// Dies once, recovers, and compares what is stored with what the server took.
async fn die_and_recover(bases: &Bases, sink: &SinkProcess, place: &str, n: u32) -> Result<Seen, String> {
    let folder = tempfile::tempdir().unwrap();
    let base = if place.starts_with("digest.") { "matched" } else { "queued" };
    let data = bases.fresh(base, folder.path());
    let before = sink.accepted().len();
    killed_at(&data, sink, place, n);
    if base == "matched" {
        json(&data, &["digest"]);
    }
    let app = open(&data, sink).await;
    let died = rows::list_latest(&app.db, 1000).await.unwrap();
    let window: Vec<i64> =
        died.iter().filter(|m| m.phase.as_deref() == Some("dot_sent") && m.state == "sending").map(|m| m.id).collect();
    outbox::reclaim(&app).await.unwrap();
    for minutes in [0, 2, 31, 31] {
        pass(&app, chrono::Duration::minutes(minutes));
        outbox::deliver_pending(&app).await.unwrap();
    }
    let messages = rows::list_latest(&app.db, 1000).await.unwrap();
    if messages.len() as u64 != bases.expected {
        return Err(format!("{} messages, {} expected", messages.len(), bases.expected));
    }
    let repeated = compare(&messages, &window, &sink.accepted()[before..])?;
    Ok(Seen { messages: messages.len(), in_window: window.len(), repeated })
}

/// Number of messages that came twice, or the first rule that is broken.
fn compare(messages: &[StoredMessage], window: &[i64], accepted: &[Accepted]) -> Result<usize, String> {
    let mut taken: HashMap<&str, Vec<&Accepted>> = HashMap::new();
    for one in accepted {
        taken.entry(&one.message_id).or_default().push(one);
    }
    let mut repeated = 0;
    for message in messages {
        let copies = taken.remove(message.message_id.as_str()).unwrap_or_default();
        let was_in_window = window.contains(&message.id);
        let most = if was_in_window { 2 } else { 1 };
        if copies.is_empty() || message.state != "sent" {
            return Err(format!("message {} is lost: {}", message.id, message.state));
        }
        if copies.len() > most {
            return Err(format!("message {} was taken {} times", message.id, copies.len()));
        }
        if copies.iter().any(|copy| copy.sha256 != sha256(&message.raw) || copy.recipient != message.recipient) {
            return Err(format!("message {} was taken with other bytes", message.id));
        }
        if message.uncertain_times != i32::from(was_in_window) {
            return Err(format!("message {} is marked uncertain {} times", message.id, message.uncertain_times));
        }
        repeated += copies.len() - 1;
    }
    if taken.is_empty() { Ok(repeated) } else { Err(format!("the server took what nobody queued: {taken:?}")) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_killed_at_any_place_loses_nothing_and_repeats_only_what_is_marked_uncertain() {
    let bases = Bases::make();
    let sink = SinkProcess::start();
    let (mut total, mut at_window) = (Seen::default(), 0);
    let runs = campaign(bases.expected);
    for (place, n) in &runs {
        let seen = die_and_recover(&bases, &sink, place, *n).await;
        let seen = seen.unwrap_or_else(|broken| panic!("killed at {place}, time {n}: {broken}"));
        total.messages += seen.messages;
        total.in_window += seen.in_window;
        total.repeated += seen.repeated;
        at_window += usize::from(is_window(place));
        assert!(!is_window(place) || seen.in_window > 0, "{place} lies after the mark");
    }
    println!(
        "{} kills at {} places, {} of them in the window: {} messages, 0 lost, {} marked uncertain, {} of them came twice",
        runs.len(),
        every_place().len(),
        at_window,
        total.messages,
        total.in_window,
        total.repeated
    );
    assert!(total.repeated > 0, "no kill fell between the dot and the note of the receipt");
}

fn is_window(place: &str) -> bool {
    ["dot_sent.committed", "smtp.before_text", "smtp.before_dot", DOT_TAKEN, "smtp.receipt_read", "finish.written"]
        .contains(&place)
}

/// Each place once, or as many kills as asked for, at places and times drawn by a seed.
#[expect(clippy::disallowed_methods, reason = "the size of a campaign is no setting of the product")]
fn campaign(messages: u64) -> Vec<(&'static str, u32)> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let places = every_place();
    let Some(size) = number("SAMHANDLA_CRASHES") else { return places };
    let mut state = number("SAMHANDLA_SEED").unwrap_or(1);
    println!("seed {state}");
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    (0..size)
        .map(|run| {
            let (place, _) = places[usize::try_from(run).unwrap() % places.len()];
            let once = PASSED_ONCE.contains(&place);
            (place, if once { 1 } else { 1 + u32::try_from(below(messages)).unwrap() })
        })
        .collect()
}
