//! A mail server that breaks the rules once, at one step of its first conversation, and is good ever after.

use std::{
    sync::{Arc, Mutex, atomic::AtomicBool, atomic::Ordering},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufStream},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// The step at which it breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Banner,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    /// In the middle of the message.
    Text,
    /// After the final dot.
    Dot,
}

/// What it does instead of answering well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Hang,
    Close,
    /// Answers this, and goes on.
    Say(&'static str),
    /// Half a line, and then nothing more.
    HalfLine,
    /// One byte of the good answer at a time, this far apart.
    Drip(Duration),
    /// A line of ten million characters.
    LongLine,
    /// The good answer, and then a reset connection.
    Reset,
}

/// How it protects and whom it lets in.
#[derive(Clone, Default)]
pub struct Manner {
    pub starttls: Option<TlsAcceptor>,
    pub implicit_tls: Option<TlsAcceptor>,
    /// Base64 of NUL, user, NUL, password.
    pub login: Option<&'static str>,
}

/// The running server; `recipients` whose message it acknowledged.
#[derive(Clone)]
pub struct Faulty {
    pub port: u16,
    pub recipients: Arc<Mutex<Vec<String>>>,
    pub signed_in: Arc<AtomicBool>,
}

struct Talk {
    fault: Option<(Step, Fault)>,
    manner: Manner,
    server: Faulty,
    encrypted: bool,
}

impl Faulty {
    pub async fn start(fault: Option<(Step, Fault)>, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, recipients: Arc::default(), signed_in: Arc::default() };
        let mut fault = fault;
        let shared = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let talk =
                    Talk { fault: fault.take(), manner: manner.clone(), server: shared.clone(), encrypted: false };
                tokio::spawn(talk.begin(stream));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    pub fn accepted(&self) -> usize {
        self.recipients.lock().unwrap().len()
    }
}

/// What a conversation ends with.
enum End {
    Done,
    StartTls,
    Reset,
}

impl Talk {
    async fn begin(mut self, stream: TcpStream) -> std::io::Result<()> {
        if let Some(tls) = self.manner.implicit_tls.clone() {
            self.encrypted = true;
            self.converse(&mut BufStream::new(tls.accept(stream).await?), true).await?;
            return Ok(());
        }
        let mut plain = BufStream::new(stream);
        match self.converse(&mut plain, true).await? {
            End::StartTls => {
                let Some(tls) = self.manner.starttls.clone() else { return Ok(()) };
                self.encrypted = true;
                self.converse(&mut BufStream::new(tls.accept(plain.into_inner()).await?), false).await?;
            }
            End::Reset => plain.get_ref().set_zero_linger()?,
            End::Done => {}
        }
        Ok(())
    }

    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: &mut BufStream<S>,
        banner: bool,
    ) -> std::io::Result<End> {
        if banner && !self.answer(stream, Step::Banner, "220 faulty.example ESMTP").await? {
            return Ok(End::Done);
        }
        let mut recipient = String::new();
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(End::Done);
            }
            let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let (step, reply) = match verb.as_str() {
                "EHLO" | "HELO" => (Step::Ehlo, self.greeting()),
                "STARTTLS" => {
                    say(stream, "220 begin").await?;
                    return Ok(End::StartTls);
                }
                "AUTH" => {
                    let right = self.manner.login.is_some_and(|login| line.trim_end().ends_with(login));
                    self.server.signed_in.store(right, Ordering::SeqCst);
                    say(stream, if right { "235 welcome" } else { "535 5.7.8 wrong password" }).await?;
                    continue;
                }
                "MAIL" => (Step::Mail, "250 ok".to_owned()),
                "RCPT" => {
                    recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    (Step::Rcpt, "250 ok".to_owned())
                }
                "DATA" => (Step::Data, "354 go on".to_owned()),
                "QUIT" => {
                    say(stream, "221 bye").await?;
                    return Ok(End::Done);
                }
                _ => (Step::Banner, "250 ok".to_owned()),
            };
            if !self.answer(stream, step, &reply).await? {
                return Ok(End::Done);
            }
            if step == Step::Data && reply.starts_with("354") {
                match self.take_message(stream, &recipient).await? {
                    None => return Ok(End::Done),
                    Some(end @ End::Reset) => return Ok(end),
                    Some(_) => {}
                }
            }
        }
    }

    fn greeting(&self) -> String {
        let mut lines = vec!["faulty.example".to_owned()];
        if self.manner.starttls.is_some() && !self.encrypted {
            lines.push("STARTTLS".to_owned());
        }
        if self.manner.login.is_some() {
            lines.push("AUTH PLAIN".to_owned());
        }
        lines.push("8BITMIME".to_owned());
        let last = lines.len() - 1;
        let line = |(at, text): (usize, String)| format!("250{}{text}", if at == last { ' ' } else { '-' });
        lines.into_iter().enumerate().map(line).collect::<Vec<_>>().join("\r\n")
    }

    /// Reads to the final dot and gives the receipt; none when it closed instead.
    async fn take_message<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: &mut BufStream<S>,
        recipient: &str,
    ) -> std::io::Result<Option<End>> {
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 || matches!(self.fault, Some((Step::Text, Fault::Close))) {
                self.fault = None;
                return Ok(None);
            }
            if line == ".\r\n" {
                break;
            }
        }
        let takes_it = !matches!(self.fault, Some((Step::Dot, fault)) if fault != Fault::Reset);
        if takes_it {
            self.server.recipients.lock().unwrap().push(recipient.to_owned());
        }
        let resets = matches!(self.fault, Some((Step::Dot, Fault::Reset)));
        let went_on = self.answer(stream, Step::Dot, "250 taken").await?;
        Ok(went_on.then_some(if resets { End::Reset } else { End::Done }))
    }

    /// Answers, badly if this is the step; `false` when the conversation is over.
    async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: &mut BufStream<S>,
        step: Step,
        good: &str,
    ) -> std::io::Result<bool> {
        let Some((_, fault)) = self.fault.filter(|(at, _)| *at == step) else {
            say(stream, good).await?;
            return Ok(true);
        };
        self.fault = None;
        match fault {
            Fault::Hang => std::future::pending().await,
            Fault::Close => return Ok(false),
            Fault::Say(reply) => say(stream, reply).await?,
            Fault::HalfLine => {
                stream.write_all(&good.as_bytes()[..2]).await?;
                stream.flush().await?;
                std::future::pending().await
            }
            Fault::Drip(pause) => {
                for byte in format!("{good}\r\n").bytes() {
                    stream.write_all(&[byte]).await?;
                    stream.flush().await?;
                    tokio::time::sleep(pause).await;
                }
            }
            Fault::LongLine => {
                stream.write_all(b"250 ").await?;
                stream.write_all(&vec![b'x'; 10_000_000]).await?;
                say(stream, "").await?;
            }
            Fault::Reset => say(stream, good).await?,
        }
        // An error reply leaves the conversation to the other side, except that 354 was not said.
        Ok(true)
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}
