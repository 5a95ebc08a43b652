//! A real SMTP listener that notes what it acknowledged: in this process, or in one of its own.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sha2::{Digest as _, Sha256};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// One message that was answered with 250 after the final dot.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Accepted {
    pub sender: String,
    pub recipient: String,
    pub message_id: String,
    /// Of the bytes between DATA and the final dot, dots undone.
    pub sha256: String,
}

/// SHA-256 of a message, as the listener notes it.
pub fn sha256(raw: &str) -> String {
    Sha256::digest(raw.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

type Log = Arc<dyn Fn(Accepted) + Send + Sync>;

/// What the listener acknowledged so far.
#[derive(Clone)]
pub struct Sink {
    pub url: String,
    accepted: Arc<Mutex<Vec<Accepted>>>,
    /// Connections now, and most at the same time.
    connections: Arc<(AtomicUsize, AtomicUsize)>,
}

impl Sink {
    /// Listens on a free port of the loopback. Recipients at `bounce.example` are refused for good,
    /// at `later.example` for now.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
        let accepted: Arc<Mutex<Vec<Accepted>>> = Arc::default();
        let connections: Arc<(AtomicUsize, AtomicUsize)> = Arc::default();
        let (noted, counted) = (Arc::clone(&accepted), Arc::clone(&connections));
        let log: Log = Arc::new(move |one| noted.lock().unwrap().push(one));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, counted) = (Arc::clone(&log), Arc::clone(&counted));
                let now = counted.0.fetch_add(1, Ordering::SeqCst) + 1;
                counted.1.fetch_max(now, Ordering::SeqCst);
                tokio::spawn(async move {
                    converse(stream, log, None).await.ok();
                    counted.0.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { url, accepted, connections }
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        self.accepted.lock().unwrap().clone()
    }

    pub fn most_connections(&self) -> usize {
        self.connections.1.load(Ordering::SeqCst)
    }
}

/// The same listener as a process of its own, so that nothing of ours can make it forget.
pub struct SinkProcess {
    pub url: String,
    folder: tempfile::TempDir,
    child: Child,
}

const FOLDER: &str = "SAMHANDLA_TEST_SINK";

impl SinkProcess {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["support::smtp::serve_as_a_process", "--exact", "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let port = folder.path().join("port");
        while !port.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let url = format!("smtp://127.0.0.1:{}?tls=none", std::fs::read_to_string(port).unwrap());
        Self { url, folder, child }
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        let text = std::fs::read_to_string(self.folder.path().join("accepted.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// While this file is there, the listener takes a message and keeps its receipt back.
    pub fn hold_file(&self) -> PathBuf {
        self.folder.path().join("hold")
    }
}

impl Drop for SinkProcess {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[tokio::test]
#[ignore = "no test: the listener of SinkProcess"]
async fn serve_as_a_process() {
    #[expect(clippy::disallowed_methods, reason = "the starting test says where to log")]
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = PathBuf::from(folder);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let file = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("accepted.jsonl")).unwrap();
    let file = Mutex::new(file);
    let log: Log = Arc::new(move |one| {
        let line = serde_json::to_string(&one).unwrap() + "\n";
        file.lock().unwrap().write_all(line.as_bytes()).unwrap();
    });
    std::fs::write(folder.join("port.new"), listener.local_addr().unwrap().port().to_string()).unwrap();
    std::fs::rename(folder.join("port.new"), folder.join("port")).unwrap();
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(converse(stream, Arc::clone(&log), Some(folder.join("hold"))));
    }
}

async fn converse(stream: TcpStream, log: Log, hold: Option<PathBuf>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 sink.example ESMTP\r\n").await?;
    let (mut sender, mut recipient) = (String::new(), String::new());
    let address = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" | "HELO" => "250-sink.example\r\n250 8BITMIME\r\n",
            "MAIL" => {
                sender = address(&line);
                "250 ok\r\n"
            }
            "RCPT" => {
                recipient = address(&line);
                match recipient.rsplit('@').next() {
                    Some("bounce.example") => "550 5.1.1 no such person\r\n",
                    Some("later.example") => "451 4.3.0 come back\r\n",
                    _ => "250 ok\r\n",
                }
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                // A sender that dies before its dot has sent nothing.
                let Some((message_id, sha256)) = read_message(&mut lines).await? else { return Ok(()) };
                log(Accepted { sender: sender.clone(), recipient: recipient.clone(), message_id, sha256 });
                if let Some(hold) = &hold {
                    keep_back(hold).await;
                }
                "250 queued\r\n"
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok\r\n",
        };
        writer.write_all(reply.as_bytes()).await?;
    }
    Ok(())
}

type Lines = tokio::io::Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>;

async fn read_message(lines: &mut Lines) -> std::io::Result<Option<(String, String)>> {
    let (mut message_id, mut raw) = (String::new(), String::new());
    loop {
        let Some(line) = lines.next_line().await? else { return Ok(None) };
        if line == "." {
            return Ok(Some((message_id, sha256(&raw))));
        }
        if let Some(id) = line.strip_prefix("Message-ID: ") {
            message_id = id.trim_matches(['<', '>']).to_owned();
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
        raw.push_str("\r\n");
    }
}

/// Says that the message is here, and waits.
async fn keep_back(hold: &Path) {
    if hold.exists() {
        std::fs::write(hold.with_extension("taken"), b"").unwrap();
        while hold.exists() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
