//! `cargo bench`: the product beside the bare libraries in the same run. Ratios count; absolute
//! figures are for information, since the machines are shared.
//!
//! `SAMHANDLA_BENCH_LOTS` sets the number of lots (100 000), `SAMHANDLA_BENCH_ENTRIES` that of ledger
//! entries (100 000); with `SAMHANDLA_BENCH_ONLY=ledger` only these are measured, with `digest` the
//! weekly mail of 10 000 ASF, with `import` only notices, with `pages` those of the demo, and with `match`
//! the analyser and one lot against 10 000 ASF.

mod bare;
mod digest;
mod generator;
mod ledger;
mod notices;
mod pages;
mod report;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use chrono::Utc;
use samhandla::{
    app::App,
    clock::Clock,
    config::{Config, Flags},
    service::{imports, matching, search, search::Search},
    store::{connection, needs},
};

use report::Times;
use samhandla_index::baseline::{Baseline, BaselineIndex};

/// Alternating rounds of ours and the bare thing.
const ROUNDS: usize = 5;

fn main() -> anyhow::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the size of a bench is no setting of the product")]
    let lots = std::env::var("SAMHANDLA_BENCH_LOTS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    #[expect(clippy::disallowed_methods, reason = "the size of a bench is no setting of the product")]
    let entries = std::env::var("SAMHANDLA_BENCH_ENTRIES").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    #[expect(clippy::disallowed_methods, reason = "what a bench measures is no setting of the product")]
    let only = std::env::var("SAMHANDLA_BENCH_ONLY").unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        if only == "digest" {
            return digest::week(10_000, 5_000).await;
        }
        if only == "import" {
            return notices::importing(10_000, now()).await;
        }
        if only == "pages" {
            return pages::demo(30).await;
        }
        if only == "match" {
            indexing(20_000)?;
            return matching_one_lot(10_000).await;
        }
        ledger::targets_page(entries).await?;
        if only == "ledger" {
            return Ok(());
        }
        let large = tempfile::tempdir()?;
        searching(large.path(), lots).await?;
        starting(large.path(), lots)?;
        indexing(20_000)?;
        matching_one_lot(10_000).await?;
        digest::week(1_000, 5_000).await?;
        notices::importing(10_000, now()).await?;
        pages::demo(30).await
    })
}

async fn open(data: &Path) -> anyhow::Result<App> {
    let database = connection::sqlite_url(data);
    let config = Config::load(Flags { data: Some(data.to_owned()), database: Some(database), listen: None })?;
    App::open(config, Clock::System).await
}

#[expect(clippy::disallowed_methods, reason = "benches run in real time")]
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}

/// Search through the service, rows and reasons included, beside a bare OR query of the library.
async fn searching(data: &Path, lots: usize) -> anyhow::Result<()> {
    let app = open(data).await?;
    let started = Instant::now();
    for batch in 0..lots / 500 {
        let records: Vec<_> = (batch * 500..(batch + 1) * 500).map(|n| generator::need(n, now())).collect();
        imports::store(&app, &records).await?;
    }
    println!("store       {lots} needs: {:.0} a second", lots as f64 / started.elapsed().as_secs_f64());
    let started = Instant::now();
    search::rebuild(&app).await?;
    println!(
        "index       rebuild from the database: {:.0} lots a second",
        lots as f64 / started.elapsed().as_secs_f64()
    );
    let bare = bare::Index::build((0..lots).map(|n| generator::need(n, now())))?;
    let queries = generator::queries(600);
    let index = app.lot_index.current()?;
    let ours = |words: &String| {
        let query = samhandla_index::query::Query {
            words: words.clone(),
            open_at: Some(now().timestamp()),
            ..samhandla_index::query::Query::default()
        };
        index.search(&query).expect("the index was just built");
    };
    let theirs = |words: &String| bare.search(words).expect("the index was just built");
    let mut ratios = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (a, b) = (Times::of(queries.iter(), ours), Times::of(queries.iter(), theirs));
        if round == 0 {
            continue; // Warm-up.
        }
        ratios.0.push(a.percentile(0.5) / b.percentile(0.5));
        ratios.1.push(a.percentile(0.99) / b.percentile(0.99));
        if round == ROUNDS {
            println!(
                "search      {lots} lots, 600 queries, µs p50/p99: index {:.0}/{:.0}, bare tantivy OR {:.0}/{:.0}",
                a.percentile(0.5),
                a.percentile(0.99),
                b.percentile(0.5),
                b.percentile(0.99)
            );
        }
    }
    println!(
        "search      ratio to bare tantivy, median of {ROUNDS} rounds: p50 {:.2}, p99 {:.2}",
        report::median(ratios.0),
        report::median(ratios.1)
    );
    let mut times = Vec::new();
    for words in &queries {
        let started = Instant::now();
        search::needs(&app, &Search { words: words.clone(), limit: 20, ..Search::default() }).await?;
        times.push(started.elapsed());
    }
    let times = Times::new(times);
    println!(
        "search      with the rows from the database, µs p50/p99: {:.0}/{:.0}",
        times.percentile(0.5),
        times.percentile(0.99)
    );
    Ok(())
}

/// Analysing and indexing, beside the bare library with its Swedish stemmer.
fn indexing(documents: usize) -> anyhow::Result<()> {
    let texts: Vec<(u64, String, String)> = (0..documents)
        .map(|number| {
            let need = generator::need(number, now());
            (number as u64, need.title, need.text)
        })
        .collect();
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), 0.0, 0.0);
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir()?;
        let started = Instant::now();
        let index = samhandla_index::SearchIndex::recreate(folder.path())?;
        let document = |(id, title, text): &(u64, String, String)| samhandla_index::document::Document {
            id: *id,
            group: *id,
            title: title.clone(),
            text: text.clone(),
            hints: Vec::new(),
            cpv: Vec::new(),
            places: Vec::new(),
            open_until: None,
            kind: "tender".to_owned(),
        };
        index.write_many(texts.iter().map(document), 1)?;
        ours = documents as f64 / started.elapsed().as_secs_f64();
        let started = Instant::now();
        let whole = texts.iter().map(|(id, title, text)| (*id, format!("{title} {text}")));
        BaselineIndex::build(Baseline::Stem, whole)?;
        theirs = documents as f64 / started.elapsed().as_secs_f64();
        ratios.push(ours / theirs);
    }
    println!(
        "analyse     {documents} lots: {ours:.0} a second with splitting, bare tantivy with Snowball {theirs:.0}; ratio {:.2}, median of {ROUNDS} rounds",
        report::median(ratios)
    );
    Ok(())
}

/// From the start of the process to the first right answer, with everything stored.
fn starting(data: &Path, lots: usize) -> anyhow::Result<()> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_samhandla"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
        .env("SAMHANDLA_DATA", data)
        .stderr(std::process::Stdio::null())
        .spawn()?;
    let mut answer = String::new();
    while started.elapsed() < Duration::from_secs(60) && !answer.contains("200 OK") {
        answer = get(port, "/behov?ord=f%C3%B6nsterputsning").unwrap_or_default();
    }
    let first = started.elapsed();
    let found = answer.contains("fönsterputsning");
    let (now_mib, peak_mib) = (report::memory_mib(child.id(), "VmRSS"), report::memory_mib(child.id(), "VmHWM"));
    child.kill()?;
    child.wait()?;
    anyhow::ensure!(found, "the first answer did not find what was asked for");
    println!(
        "start       {lots} lots: first right answer after {:.0} ms; memory {now_mib:.0} MiB, peak {peak_mib:.0} MiB",
        first.as_secs_f64() * 1e3
    );
    Ok(())
}

fn get(port: u16, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// One new lot against all ASF, suggestions stored.
async fn matching_one_lot(asfs: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let app = open(folder.path()).await?;
    for batch in 0..asfs / 500 {
        let records: Vec<_> = (batch * 500..(batch + 1) * 500).map(generator::asf).collect();
        imports::store(&app, &records).await?;
    }
    imports::store(&app, &[generator::need(400, now())]).await?;
    matching::run_changed(&app).await?;
    let mut times = Vec::new();
    let mut weighing = Vec::new();
    let mut report = matching::Report::default();
    for number in 0..400 {
        imports::store(&app, &[generator::need(number, now())]).await?;
        let stored = needs::list_latest(&app.db, 1).await?;
        let need = stored.first().context("just stored")?;
        let lot = need.lots.first().context("it has one lot")?;
        let started = Instant::now();
        matching::weigh_lot(&app, need, lot).await?;
        weighing.push(started.elapsed());
        let started = Instant::now();
        matching::match_need(&app, need, &mut report).await?;
        times.push(started.elapsed());
    }
    let (times, weighing) = (Times::new(times), Times::new(weighing));
    println!(
        "match       one lot against {asfs} ASF, ms p50/p99: found and weighed {:.2}/{:.2}, and stored {:.2}/{:.2}; {:.0} weighed and {:.1} suggested a lot",
        weighing.percentile(0.5) / 1e3,
        weighing.percentile(0.99) / 1e3,
        times.percentile(0.5) / 1e3,
        times.percentile(0.99) / 1e3,
        report.candidates as f64 / report.lots as f64,
        (report.strong + report.possible) as f64 / report.lots as f64
    );
    Ok(())
}
