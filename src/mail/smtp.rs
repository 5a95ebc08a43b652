//! The dialogue with a mail server (RFC 5321), step by step, so that every step can be recorded before it is
//! taken. lettre's own `send` hides the steps, and its time limit covers only the connection.

use std::{
    error::Error as _,
    future::Future,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
        response::{Response, Severity},
    },
};
use tokio::{net::TcpStream, time::timeout};

use super::{
    MailError,
    mailer::{FailureKind, Phase, Progress, SendFailure},
    smtp_url::{Protection, ServerAddress},
};
use crate::{domain::email::Email, faults, words::format};

/// How long the server's last words are waited for; nothing depends on them.
const FAREWELL: Duration = Duration::from_secs(5);

/// Longest part of a server's answer that is kept, in characters.
const ANSWER_CHARS: usize = 300;

/// The message goes out in pieces of this many bytes.
const PIECE_BYTES: usize = 16 * 1024;

/// How long each step may take (RFC 5321, 4.5.3.2, with a shorter connect).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// To connect.
    pub connect: Duration,
    /// For the answer to a command.
    pub command: Duration,
    /// To send the message up to its final dot.
    pub data: Duration,
    /// For the answer to the final dot: a server may search for viruses first, and whoever gives up earlier
    /// sends the mail twice.
    pub dot: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_secs(5 * 60),
            data: Duration::from_secs(3 * 60),
            dot: Duration::from_secs(10 * 60),
        }
    }
}

/// Most messages over one connection; many servers close after a hundred.
const MESSAGES_A_CONNECTION: u32 = 50;

/// A connection that rests longer than this is not used again: the server may have left.
const REST: Duration = Duration::from_secs(5);

/// A mail server, with the connections to it that rest between two messages.
pub struct SmtpMailer {
    server: ServerAddress,
    tls: Option<TlsParameters>,
    limits: Limits,
    resting: Mutex<Vec<Line>>,
}

/// A connection and how much it has been used.
struct Line {
    connection: AsyncSmtpConnection,
    messages: u32,
    last_used: Instant,
}

impl SmtpMailer {
    /// A mailer for the server at `url`.
    ///
    /// # Errors
    /// [`MailError::ServerAddress`] for a wrong address.
    pub fn from_url(url: &str) -> Result<Self, MailError> {
        let server = ServerAddress::parse(url)?;
        let tls = match server.protection {
            Protection::None => None,
            _ => Some(TlsParameters::new(server.host.clone()).map_err(|error| no_tls(&error))?),
        };
        Ok(Self { server, tls, limits: Limits::default(), resting: Mutex::default() })
    }

    /// The same, trusting the authority of this certificate (PEM) as well as those that all know.
    ///
    /// # Errors
    /// [`MailError::ServerAddress`] when it is no certificate.
    pub fn with_authority(self, pem: &[u8]) -> Result<Self, MailError> {
        let authority = Certificate::from_pem(pem).map_err(|error| no_tls(&error))?;
        let builder = TlsParameters::builder(self.server.host.clone()).add_root_certificate(authority);
        let tls = builder.build().map_err(|error| no_tls(&error))?;
        Ok(Self { tls: self.tls.is_some().then_some(tls), ..self })
    }

    /// The same with other time limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// See [`super::mailer::Mailer::send`].
    pub(super) async fn send(
        &self,
        to: &Email,
        from_envelope: &str,
        raw: &str,
        progress: &mut impl Progress,
    ) -> Result<(), SendFailure> {
        let (from, to) = (envelope_address(from_envelope)?, envelope_address(to.as_str())?);
        progress.reached(Phase::Connect).await?;
        let (mut line, rested) = self.line().await?;
        faults::place("smtp.connected");
        progress.reached(Phase::MailRcpt).await?;
        let command = self.limits.command;
        let from_line = Mail::new(Some(from.clone()), mail_options(&line.connection, &from, &to)?);
        let mut greeted = limited(command, line.connection.command(&from_line)).await;
        if rested && greeted.as_ref().is_err_and(|failure| matches!(failure.code, None | Some(421))) {
            // The server had left meanwhile, and has heard nothing of this message.
            line = self.new_line().await?;
            greeted = limited(command, line.connection.command(&from_line)).await;
        }
        greeted?;
        limited(command, line.connection.command(Rcpt::new(to, Vec::new()))).await?;
        faults::place("smtp.recipient_taken");
        progress.reached(Phase::DataOpen).await?;
        limited(command, line.connection.command(Data)).await?;
        faults::place("smtp.data_open");
        // lettre writes the text and the final dot in one call, so the phase is recorded before both.
        if !cfg!(feature = "saboteur-dot") {
            progress.reached(Phase::DotSent).await?;
        }
        self.transmit(&mut line.connection, raw).await?;
        faults::place("smtp.receipt_read");
        if cfg!(feature = "saboteur-dot") {
            progress.reached(Phase::DotSent).await?;
        }
        self.rest(line).await;
        Ok(())
    }

    /// A connection that rests, or a new one; and whether it has rested.
    async fn line(&self) -> Result<(Line, bool), SendFailure> {
        loop {
            let resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match resting {
                Some(line) if line.last_used.elapsed() < REST => return Ok((line, true)),
                Some(line) => farewell(line).await,
                None => return Ok((self.new_line().await?, false)),
            }
        }
    }

    async fn new_line(&self) -> Result<Line, SendFailure> {
        // What the server says before it hears of the message (busy, wrong password) is no fault of the message.
        let connection = self.connect().await.map_err(|failure| temporary(failure.code, failure.text))?;
        Ok(Line { connection, messages: 0, last_used: Instant::now() })
    }

    async fn rest(&self, mut line: Line) {
        line.messages += 1;
        line.last_used = Instant::now();
        if line.messages < MESSAGES_A_CONNECTION {
            self.resting.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        } else {
            farewell(line).await;
        }
    }

    /// Ends the connections that rest.
    pub(super) async fn hang_up(&self) {
        let resting = std::mem::take(&mut *self.resting.lock().unwrap_or_else(PoisonError::into_inner));
        for line in resting {
            farewell(line).await;
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendFailure> {
        let hello = ClientId::default();
        let place = (self.server.host.clone(), self.server.port);
        let limits = self.limits;
        let mut connection = if self.server.protection == Protection::Wrapped {
            let opening =
                AsyncSmtpConnection::connect_tokio1(place, Some(limits.connect), &hello, self.tls.clone(), None);
            limited(limits.connect + limits.command, opening).await?
        } else {
            let stream = match timeout(limits.connect, TcpStream::connect(place)).await {
                Ok(connected) => connected.map_err(|error| temporary(None, format!("cannot connect: {error}")))?,
                Err(_) => return Err(temporary(None, "cannot connect: no answer in time".to_owned())),
            };
            // Each command waits for its answer: holding back small packets costs 40 ms every time. Without it
            // the mail still goes.
            let _ = stream.set_nodelay(true);
            limited(limits.command, AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello)).await?
        };
        self.protect(&mut connection, &hello).await?;
        self.sign_in(&mut connection).await?;
        Ok(connection)
    }

    async fn protect(&self, connection: &mut AsyncSmtpConnection, hello: &ClientId) -> Result<(), SendFailure> {
        let wanted = match self.server.protection {
            Protection::None | Protection::Wrapped => false,
            Protection::Opportunistic => connection.can_starttls(),
            Protection::Required => true,
        };
        match &self.tls {
            Some(tls) if wanted => limited(self.limits.command, connection.starttls(tls.clone(), hello)).await,
            _ => Ok(()),
        }
    }

    async fn sign_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), SendFailure> {
        let Some((user, password)) = &self.server.login else { return Ok(()) };
        if !connection.is_encrypted() && !self.server.is_loopback() {
            return Err(temporary(None, "the server offers no TLS, and the password is not sent without".to_owned()));
        }
        let credentials = Credentials::new(user.clone(), password.clone());
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        limited(self.limits.command, connection.auth(&mechanisms, &credentials)).await.map(drop)
    }

    /// Sends the text and the final dot, and reads the receipt.
    ///
    /// lettre asks for the next piece when the one before has gone out, and writes the dot when there are no more:
    /// until it has asked for the piece after the last, a failure cannot have delivered anything.
    async fn transmit(&self, connection: &mut AsyncSmtpConnection, raw: &str) -> Result<(), SendFailure> {
        // The dot brings its own line end.
        let text = raw.strip_suffix("\r\n").unwrap_or(raw).as_bytes();
        let is_out = AtomicBool::new(false);
        let mut pieces = text.chunks(PIECE_BYTES);
        let pieces = std::iter::from_fn(|| {
            let piece = pieces.next();
            faults::place(if piece.is_none() { "smtp.before_dot" } else { "smtp.before_text" });
            is_out.store(piece.is_none(), Ordering::SeqCst);
            piece
        });
        let mut sending = std::pin::pin!(connection.message_iter(pieces));
        let mut answer = timeout(self.limits.data, &mut sending).await;
        if answer.is_err() && is_out.load(Ordering::SeqCst) {
            answer = timeout(self.limits.dot, &mut sending).await;
        }
        let unanswered = if is_out.load(Ordering::SeqCst) { FailureKind::Uncertain } else { FailureKind::Temporary };
        match answer {
            Ok(Ok(response)) if is_receipt(&response) => Ok(()),
            Ok(Ok(response)) => {
                Err(SendFailure { kind: unanswered, code: Some(response.code().into()), text: "no receipt".to_owned() })
            }
            Ok(Err(error)) => {
                let failure = SendFailure::from(error);
                Err(if failure.code.is_some() { failure } else { SendFailure { kind: unanswered, ..failure } })
            }
            Err(_) => Err(SendFailure { kind: unanswered, ..out_of_time() }),
        }
    }
}

/// What was sent is delivered: whether the farewell arrives does not matter.
async fn farewell(mut line: Line) {
    let _ = timeout(FAREWELL, line.connection.quit()).await;
}

fn no_tls(error: &Error) -> MailError {
    MailError::ServerAddress(format!("no TLS for it: {error}"))
}

/// The receipt is a 250; a 3xx would ask for more.
fn is_receipt(response: &Response) -> bool {
    response.code().severity == Severity::PositiveCompletion
}

fn envelope_address(text: &str) -> Result<Address, SendFailure> {
    text.parse().map_err(|error| SendFailure {
        kind: FailureKind::Permanent,
        code: None,
        text: format!("not an address that a mail server takes: {error}"),
    })
}

/// Addresses with letters outside ASCII need a server that takes them (RFC 6531).
fn mail_options(
    connection: &AsyncSmtpConnection,
    from: &Address,
    to: &Address,
) -> Result<Vec<MailParameter>, SendFailure> {
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    if is_ascii(from) && is_ascii(to) {
        return Ok(Vec::new());
    }
    if connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        return Ok(vec![MailParameter::SmtpUtfEight]);
    }
    let text = "the server takes no addresses with letters outside a to z".to_owned();
    Err(SendFailure { kind: FailureKind::Permanent, code: None, text })
}

async fn limited<T>(limit: Duration, step: impl Future<Output = Result<T, Error>>) -> Result<T, SendFailure> {
    match timeout(limit, step).await {
        Ok(result) => result.map_err(SendFailure::from),
        Err(_) => Err(out_of_time()),
    }
}

fn out_of_time() -> SendFailure {
    temporary(None, "no answer in time".to_owned())
}

fn temporary(code: Option<u16>, text: String) -> SendFailure {
    SendFailure { kind: FailureKind::Temporary, code, text }
}

impl From<Error> for SendFailure {
    fn from(error: Error) -> Self {
        let kind = if error.is_permanent() { FailureKind::Permanent } else { FailureKind::Temporary };
        let mut text = error.to_string();
        if let Some(cause) = error.source().map(ToString::to_string).filter(|cause| !text.contains(cause.as_str())) {
            text = format!("{text}: {cause}");
        }
        Self { kind, code: error.status().map(u16::from), text: format::line(&text, ANSWER_CHARS) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::*;
    use crate::mail::mailer::{Mailer, tests::Seen};

    const RAW: &str = "Message-ID: <1@samhandla.example>\r\n\r\nhej\r\n.prickad rad\r\n";

    /// What the sink does at the point where it stops being a good server.
    #[derive(Clone, Copy, PartialEq)]
    enum Fault {
        None,
        ClosesAtData,
        ClosesAfterDot,
        SilentAfterDot,
        SaysAfterDot(&'static str),
        RefusesGreeting,
    }

    /// A mail server of one connection; gives the text it took, dots undone.
    async fn sink(fault: Fault) -> (u16, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let received = Arc::clone(&taken);
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            // The client may hang up at any point.
            let _ = dialogue(stream, fault, &received).await;
        });
        (port, taken)
    }

    async fn dialogue(stream: TcpStream, fault: Fault, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        let greeting = if fault == Fault::RefusesGreeting { "554 go away\r\n" } else { "220 sink\r\n" };
        stream.write_all(greeting.as_bytes()).await?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let reply = match line.trim_end() {
                rcpt if rcpt.starts_with("RCPT TO:<bounce@") => "550 5.1.1 no such user",
                rcpt if rcpt.starts_with("RCPT TO:<later@") => "451 4.7.1 come back later",
                "DATA" if fault == Fault::ClosesAtData => return Ok(()),
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
            if reply.starts_with("354") {
                let text = read_text(&mut stream).await?;
                taken.lock().unwrap().push(text);
                match fault {
                    Fault::ClosesAfterDot => return Ok(()),
                    Fault::SilentAfterDot => std::future::pending().await,
                    Fault::SaysAfterDot(reply) => stream.write_all(format!("{reply}\r\n").as_bytes()).await?,
                    _ => stream.write_all(b"250 2.0.0 taken\r\n").await?,
                }
            }
        }
    }

    async fn read_text(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            match line.as_str() {
                "" | ".\r\n" => return Ok(text),
                line => text.push_str(line.strip_prefix('.').unwrap_or(line)),
            }
        }
    }

    fn mailer(port: u16) -> Mailer {
        let smtp = SmtpMailer::from_url(&format!("smtp://127.0.0.1:{port}?tls=none")).unwrap();
        let short = Duration::from_millis(200);
        Mailer::Smtp(smtp.with_limits(Limits { data: short, dot: short, ..Limits::default() }))
    }

    async fn send(port: u16, to: &str, raw: &str) -> (Result<(), SendFailure>, Vec<Phase>) {
        let to = Email::parse(to).unwrap();
        let raw = raw.to_owned();
        // Spawned, as the worker does: the future must be Send.
        let task = tokio::spawn(async move {
            let mut seen = Seen::default();
            let sent = mailer(port).send(&to, "studs+1@samhandla.example", &raw, &mut seen).await;
            (sent, seen.phases)
        });
        task.await.unwrap()
    }

    const ALL: [Phase; 4] = [Phase::Connect, Phase::MailRcpt, Phase::DataOpen, Phase::DotSent];

    #[tokio::test]
    async fn a_message_arrives_as_it_was_and_the_phases_come_in_order() {
        let (port, taken) = sink(Fault::None).await;
        let (sent, phases) = send(port, "anna@b.example", RAW).await;
        assert_eq!((sent, phases.as_slice()), (Ok(()), ALL.as_slice()));
        assert_eq!(*taken.lock().unwrap(), [RAW]);
    }

    #[tokio::test]
    async fn a_message_of_many_pieces_arrives_whole() {
        let (port, taken) = sink(Fault::None).await;
        let raw = format!("Message-ID: <1@b>\r\n\r\n{}", ".åäö\r\n".repeat(20_000));
        assert_eq!(send(port, "anna@b.example", &raw).await.0, Ok(()));
        assert!(*taken.lock().unwrap() == [raw]);
    }

    #[tokio::test]
    async fn a_refused_recipient_is_permanent_and_a_busy_server_temporary() {
        let check = async |to: &str, kind, code| {
            let (port, taken) = sink(Fault::None).await;
            let (sent, phases) = send(port, to, RAW).await;
            let failure = sent.unwrap_err();
            assert_eq!((failure.kind, failure.code), (kind, Some(code)), "{failure:?}");
            assert_eq!(phases, ALL[..2]);
            assert!(taken.lock().unwrap().is_empty());
        };
        check("bounce@b.example", FailureKind::Permanent, 550).await;
        check("later@b.example", FailureKind::Temporary, 451).await;
    }

    #[tokio::test]
    async fn only_a_message_without_an_answer_to_its_dot_is_uncertain() {
        let check = async |fault, kind, code, reached: usize| {
            let (port, _) = sink(fault).await;
            let (sent, phases) = send(port, "anna@b.example", RAW).await;
            let failure = sent.unwrap_err();
            assert_eq!((failure.kind, failure.code), (kind, code), "{failure:?}");
            assert_eq!(phases, ALL[..reached]);
        };
        check(Fault::ClosesAfterDot, FailureKind::Uncertain, None, 4).await;
        check(Fault::SilentAfterDot, FailureKind::Uncertain, None, 4).await;
        check(Fault::SaysAfterDot("452 disk full"), FailureKind::Temporary, Some(452), 4).await;
        check(Fault::SaysAfterDot("554 spam"), FailureKind::Permanent, Some(554), 4).await;
        check(Fault::ClosesAtData, FailureKind::Temporary, None, 3).await;
        check(Fault::RefusesGreeting, FailureKind::Temporary, Some(554), 1).await;
    }

    #[tokio::test]
    async fn nobody_listening_is_temporary() {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let (sent, phases) = send(port, "anna@b.example", RAW).await;
        assert_eq!(sent.unwrap_err().kind, FailureKind::Temporary);
        assert_eq!(phases, [Phase::Connect]);
    }

    #[tokio::test]
    async fn a_phase_that_cannot_be_recorded_stops_the_message_before_it_leaves() {
        for stop in ALL {
            let (port, taken) = sink(Fault::None).await;
            let mut refuse = Seen { refuse: Some(stop), ..Seen::default() };
            let to = Email::parse("anna@b.example").unwrap();
            let sent = mailer(port).send(&to, "studs@b.example", RAW, &mut refuse).await;
            assert_eq!(sent.unwrap_err().kind, FailureKind::Temporary);
            assert!(taken.lock().unwrap().iter().all(|text| !text.contains("hej")), "{stop:?}");
        }
    }

    #[tokio::test]
    async fn a_server_without_starttls_gets_nothing_when_tls_is_required() {
        let (port, taken) = sink(Fault::None).await;
        let smtp = SmtpMailer::from_url(&format!("smtp://127.0.0.1:{port}")).unwrap();
        let to = Email::parse("anna@b.example").unwrap();
        let sent = Mailer::Smtp(smtp).send(&to, "studs@b.example", RAW, &mut Seen::default()).await;
        assert_eq!(sent.unwrap_err().kind, FailureKind::Temporary);
        assert!(taken.lock().unwrap().is_empty());
    }
}
