//! The pages as a visitor meets them: their weight, and how long they take when many ask at a steady rate,
//! beside a bare axum server that answers a page of the same size to the same questions.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use axum::{Router, response::Html};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::Instant,
};

use super::report::Times;

/// Questions a second, from when each is due: a slow answer does not hold up the next question.
const RATE: u32 = 100;

/// Pages that anybody sees.
const PUBLIC: [&str; 8] =
    ["/", "/asf", "/asf?ord=st%C3%A4dning", "/asf/1", "/behov", "/behov?ord=f%C3%B6nsterputsning", "/behov/1", "/mal"];
/// Pages of an ASF that is signed in.
const OWN: [&str; 3] = ["/asf/1/profil", "/liggare", "/konto"];

/// What a page is asked with.
#[derive(Clone)]
struct Question {
    path: String,
    cookie: String,
}

/// Serves the demo and asks for its pages in turn for so many seconds.
pub async fn demo(seconds: u32) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut child = Command::new(env!("CARGO_BIN_EXE_samhandla"))
        .args(["demo", "--format", "json", "--port", &port.to_string(), "--data"])
        .arg(folder.path().join("demo"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let measured = asked(&mut child, SocketAddr::from(([127, 0, 0, 1], port)), seconds).await;
    child.kill()?;
    child.wait()?;
    measured
}

async fn asked(child: &mut Child, address: SocketAddr, seconds: u32) -> anyhow::Result<()> {
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("it was piped")?).read_line(&mut line)?;
    let shown: Value = serde_json::from_str(&line)?;
    let link = shown["links"].as_array().into_iter().flatten().find(|link| link["role"] == "asf");
    let link = link.and_then(|link| link["url"].as_str()).context("the demo shows a link for an ASF")?;
    let path = &link[link.find("/logga-in").context("it signs in")?..];
    let cookie = signed_in(address, path).await?;
    let own = OWN.iter().map(|path| (path, cookie.clone()));
    let questions: Vec<_> = PUBLIC.iter().map(|path| (path, String::new())).chain(own).collect();
    let questions: Vec<_> =
        questions.into_iter().map(|(path, cookie)| Question { path: (*path).to_owned(), cookie }).collect();
    let heaviest = weighed(address, &questions).await?;
    let bare = bare_server(heaviest).await?;
    steady(address, &questions, RATE).await?; // Warm-up.
    let ours = steady(address, &questions, RATE * seconds).await?;
    let theirs = steady(bare, &questions, RATE * seconds).await?;
    println!(
        "pages       {RATE} a second for {seconds} s, ms p50/p99: {:.1}/{:.1}; bare axum with a fixed page {:.1}/{:.1}; ratio p99 {:.1}",
        ours.percentile(0.5) / 1e3,
        ours.percentile(0.99) / 1e3,
        theirs.percentile(0.5) / 1e3,
        theirs.percentile(0.99) / 1e3,
        ours.percentile(0.99) / theirs.percentile(0.99)
    );
    Ok(())
}

/// Signs in as the form behind a mail's link does; the cookie.
async fn signed_in(address: SocketAddr, path: &str) -> anyhow::Result<String> {
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"
    );
    let answer = exchanged(address, &request).await?;
    let head = String::from_utf8_lossy(&answer);
    let set = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).context("signing in sets a cookie")?;
    Ok(set.split(';').next().unwrap_or_default().to_owned())
}

/// Bytes of each page with the style sheet and the mark it names, before compression; the most.
async fn weighed(address: SocketAddr, questions: &[Question]) -> anyhow::Result<usize> {
    let mut beside = 0;
    for path in ["/static/samhandla.css", "/static/mark.svg"] {
        beside += page(address, &Question { path: path.to_owned(), cookie: String::new() }).await?;
    }
    let mut heaviest = (0, "");
    for question in questions {
        heaviest = heaviest.max((page(address, question).await?, &question.path));
    }
    println!(
        "pages       heaviest of {}: {} with {:.1} kB, and {:.1} kB of style and mark, before compression",
        questions.len(),
        heaviest.1,
        heaviest.0 as f64 / 1e3,
        f64::from(u32::try_from(beside)?) / 1e3
    );
    Ok(heaviest.0)
}

/// Asks at a steady rate; times from when each question was due to the end of its answer.
async fn steady(address: SocketAddr, questions: &[Question], number: u32) -> anyhow::Result<Times> {
    let questions: Arc<[Question]> = questions.into();
    let first = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for number in 0..number {
        let due = first + Duration::from_secs(1) * number / RATE;
        tokio::time::sleep_until(due).await;
        let questions = Arc::clone(&questions);
        running.spawn(async move {
            let question = &questions[number as usize % questions.len()];
            page(address, question).await.map(|_| due.elapsed())
        });
    }
    let mut times = Vec::new();
    while let Some(time) = running.join_next().await {
        times.push(time??);
    }
    Ok(Times::new(times))
}

/// Asks for a page, which must be there; bytes of its body.
async fn page(address: SocketAddr, question: &Question) -> anyhow::Result<usize> {
    let Question { path, cookie } = question;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
    let answer = exchanged(address, &request).await?;
    anyhow::ensure!(answer.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&answer));
    let body = answer.windows(4).position(|four| four == b"\r\n\r\n").context("a head ends")? + 4;
    Ok(answer.len() - body)
}

async fn exchanged(address: SocketAddr, request: &str) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

/// A bare server that answers every path with a page of this many bytes.
async fn bare_server(bytes: usize) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let page: &'static str = "x".repeat(bytes).leak();
    let router = Router::new().fallback(move || async move { Html(page) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}
