//! A real SMTP listener that notes what it acknowledged.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// One message that was answered with 250 after the final dot.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub recipient: String,
    pub message_id: String,
}

/// What the listener acknowledged so far.
#[derive(Clone)]
pub struct Sink {
    pub url: String,
    accepted: Arc<Mutex<Vec<Accepted>>>,
}

impl Sink {
    /// Listens on a free port of the loopback. Recipients at `bounce.example` are refused for good,
    /// at `later.example` for now.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
        let accepted = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&accepted);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, Arc::clone(&log)));
            }
        });
        Self { url, accepted }
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        self.accepted.lock().unwrap().clone()
    }
}

async fn converse(stream: TcpStream, log: Arc<Mutex<Vec<Accepted>>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 sink.example ESMTP\r\n").await?;
    let mut recipient = String::new();
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" | "HELO" => "250-sink.example\r\n250 8BITMIME\r\n",
            "RCPT" => {
                recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match recipient.rsplit('@').next() {
                    Some("bounce.example") => "550 5.1.1 no such person\r\n",
                    Some("later.example") => "451 4.3.0 come back\r\n",
                    _ => "250 ok\r\n",
                }
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut message_id = String::new();
                loop {
                    // A sender that dies before its dot has sent nothing.
                    let Some(line) = lines.next_line().await? else { return Ok(()) };
                    if line == "." {
                        break;
                    }
                    if let Some(id) = line.strip_prefix("Message-ID: ") {
                        message_id = id.trim_matches(['<', '>']).to_owned();
                    }
                }
                log.lock().unwrap().push(Accepted { recipient: recipient.clone(), message_id });
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
