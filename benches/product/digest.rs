//! The weekly mail beside the bare library: the same messages built, and the same bytes sent to a listener.

use std::{sync::Arc, time::Instant};

use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor, address::Envelope, message::MultiPart};
use samhandla::{
    app::App,
    domain::schedule::IsoWeek,
    mail::mailer::Mailer,
    service::{digests, imports, matching, outbox},
    store::{outbox as rows, outbox::StoredMessage},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{generator, now, open, report};

/// Messages that the bare library builds and both deliver.
const COMPARED: u64 = 1_000;
/// ASF and needs stored at a time.
const BATCH: usize = 1_000;

/// A week's digests, rendered and durably queued; then delivered to a listener on this machine.
pub async fn week(asfs: usize, number: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut app = open(folder.path()).await?;
    for first in (0..asfs).step_by(BATCH) {
        imports::store(&app, &(first..asfs.min(first + BATCH)).map(generator::asf).collect::<Vec<_>>()).await?;
    }
    for first in (0..number).step_by(BATCH) {
        let needs: Vec<_> = (first..number.min(first + BATCH)).map(|n| generator::need(n, now())).collect();
        imports::store(&app, &needs).await?;
    }
    let matched = matching::run_changed(&app).await?;
    let started = Instant::now();
    let queued = digests::queue_weekly(&app, IsoWeek::at(now()), digests::Run::Queue).await?;
    let ours = started.elapsed().as_secs_f64();
    let same = rows::list_latest(&app.db, COMPARED.min(queued.messages)).await?;
    let started = Instant::now();
    for message in &same {
        built(message)?;
    }
    let theirs = started.elapsed().as_secs_f64() / same.len() as f64 * queued.messages as f64;
    println!(
        "digest      {asfs} ASF, {number} needs ({:.1} s to match): {} messages with {} items in {ours:.2} s, {:.0} a second; {:.3} of bare lettre building the same; peak memory of this process {:.0} MiB",
        matched.seconds,
        queued.messages,
        queued.pairings,
        queued.messages as f64 / ours,
        theirs / ours,
        report::memory_mib(std::process::id(), "VmHWM")
    );
    delivered(&mut app, &same, &folder).await
}

/// The same message as the library's guide would build it, formatted.
fn built(message: &StoredMessage) -> anyhow::Result<Vec<u8>> {
    let built = Message::builder()
        .from("Samhandla <veckobrev@samhandla.example>".parse()?)
        .to(message.recipient.parse()?)
        .subject(message.subject.clone())
        .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))?;
    Ok(built.formatted())
}

/// Everything queued, each phase of each message committed, beside the bare library sending the same bytes over
/// as many connections.
async fn delivered(app: &mut App, same: &[StoredMessage], folder: &tempfile::TempDir) -> anyhow::Result<()> {
    let port = listen().await?;
    let url = format!("smtp://127.0.0.1:{port}?tls=none");
    app.mailer = Mailer::from_url(Some(&url), folder.path())?;
    let started = Instant::now();
    let sent = outbox::deliver_pending(app).await?.sent as f64;
    let ours = sent / started.elapsed().as_secs_f64();
    let bare = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(port).build();
    let bare = Arc::new(bare);
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for part in same.chunks(same.len().div_ceil(app.config.smtp_connections).max(1)) {
        let (bare, part) = (Arc::clone(&bare), part.to_vec());
        workers.spawn(async move {
            for message in part {
                let envelope = Envelope::new(Some(message.return_path.parse()?), vec![message.recipient.parse()?])?;
                bare.send_raw(&envelope, message.raw.as_bytes()).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = workers.join_next().await {
        done??;
    }
    let theirs = same.len() as f64 / started.elapsed().as_secs_f64();
    println!(
        "deliver     {sent:.0} mails, each phase committed: {ours:.0} a second; bare lettre sends {theirs:.0} of the same bytes: ratio {:.3}",
        ours / theirs
    );
    Ok(())
}

/// A listener that takes everything.
async fn listen() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream));
        }
    });
    Ok(port)
}

async fn converse(stream: TcpStream) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 bench\r\n").await?;
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let word = line.split(|byte| b" \r".contains(byte)).next().unwrap_or_default().to_ascii_uppercase();
        let reply: &[u8] = match word.as_slice() {
            b"DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                while line != b".\r\n" {
                    line.clear();
                    if stream.read_until(b'\n', &mut line).await? == 0 {
                        return Ok(());
                    }
                }
                b"250 taken\r\n"
            }
            b"QUIT" => b"221 bye\r\n",
            _ => b"250 bench\r\n",
        };
        stream.write_all(reply).await?;
    }
}
