//! Delivers one message: to a mail server, or into a folder that the coordinator reads.
//! Says how far it came, so that whoever keeps the outbox knows what may be sent again.

use std::{
    future::Future,
    io,
    path::{Path, PathBuf},
};

use tokio::io::AsyncWriteExt;

use super::{MailError, smtp::SmtpMailer};
use crate::domain::email::Email;

/// Where messages go.
pub enum Mailer {
    /// To a mail server.
    Smtp(SmtpMailer),
    /// Into a folder, one `.eml` file each.
    Mailbox(PathBuf),
}

/// How far a delivery has come. Each is reported before the step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Connecting and signing in.
    Connect,
    /// Saying from whom and to whom.
    MailRcpt,
    /// Asking to send the message itself.
    DataOpen,
    /// The message may be complete on the other side from here on, whatever we hear.
    DotSent,
}

impl Phase {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::MailRcpt => "mail_rcpt",
            Self::DataOpen => "data_open",
            Self::DotSent => "dot_sent",
        }
    }
}

/// Keeps the record of how far a delivery has come.
///
/// A trait and not a closure: the future of an async closure that borrows cannot be spawned.
pub trait Progress: Send {
    /// Called before each step and awaited. When it refuses, the step is not taken.
    fn reached(&mut self, phase: Phase) -> impl Future<Output = Result<(), PhaseRefused>> + Send;
}

/// The phase could not be written down, so the step is not taken. Holds why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseRefused(pub String);

/// Whether a message that failed may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Not delivered; later it may work.
    Temporary,
    /// Not delivered, and never will be.
    Permanent,
    /// Sent whole, but the server never said whether it took it.
    Uncertain,
}

/// A delivery that did not end with the server's receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SendFailure {
    /// Whether it may be sent again.
    pub kind: FailureKind,
    /// The server's answer (RFC 5321, 4.2), where it gave one.
    pub code: Option<u16>,
    /// What happened, on one line; the server's words may name the recipient, so not for logs.
    pub text: String,
}

impl Mailer {
    /// A mailer for the server at `url`, or for the folder `mailbox_dir` where there is none.
    ///
    /// `url` is `smtp://user:password@host:port?tls=required|opportunistic|none` or `smtps://…`; user and password
    /// are percent-encoded. Without `?tls=` STARTTLS is required.
    ///
    /// # Errors
    /// [`MailError::ServerAddress`] for a wrong address, and for `tls=none` to another machine.
    pub fn from_url(url: Option<&str>, mailbox_dir: &Path) -> Result<Self, MailError> {
        match url {
            Some(url) => Ok(Self::Smtp(SmtpMailer::from_url(url)?)),
            None => Ok(Self::Mailbox(mailbox_dir.to_owned())),
        }
    }

    /// Delivers the message `raw` to one recipient. `from_envelope` is where bounces go.
    ///
    /// # Errors
    /// [`SendFailure`], which says whether the message may be sent again. A refused phase is temporary.
    pub async fn send(
        &self,
        to: &Email,
        from_envelope: &str,
        raw: &str,
        progress: &mut impl Progress,
    ) -> Result<(), SendFailure> {
        match self {
            Self::Smtp(smtp) => smtp.send(to, from_envelope, raw, progress).await,
            Self::Mailbox(dir) => {
                for step in [Phase::Connect, Phase::MailRcpt, Phase::DataOpen, Phase::DotSent] {
                    progress.reached(step).await?;
                }
                keep(dir, raw).await
            }
        }
    }
}

impl Mailer {
    /// Ends the connections that wait for another message.
    pub async fn hang_up(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.hang_up().await;
        }
    }
}

impl From<PhaseRefused> for SendFailure {
    fn from(refused: PhaseRefused) -> Self {
        Self { kind: FailureKind::Temporary, code: None, text: format!("phase not recorded: {}", refused.0) }
    }
}

/// Writes `raw` under the name of its message id: the same message again replaces itself.
async fn keep(dir: &Path, raw: &str) -> Result<(), SendFailure> {
    let failed = |kind, text: String| SendFailure { kind, code: None, text };
    let name = file_name(raw).ok_or_else(|| failed(FailureKind::Permanent, "message without Message-ID".to_owned()))?;
    write_whole(dir, &name, raw.as_bytes())
        .await
        .map_err(|error| failed(FailureKind::Temporary, format!("mailbox folder: {error}")))
}

async fn write_whole(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    tokio::fs::create_dir_all(dir).await?;
    let unfinished = dir.join(format!(".{name}.tmp"));
    let mut file = tokio::fs::File::create(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    tokio::fs::rename(&unfinished, dir.join(name)).await
}

fn file_name(raw: &str) -> Option<String> {
    let (head, _) = raw.split_once("\r\n\r\n")?;
    let id = head.lines().find_map(|line| line.strip_prefix("Message-ID:"))?;
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let safe: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || "._-+@".contains(c) { c } else { '_' }).collect();
    (!safe.is_empty()).then(|| format!("{}.eml", safe.trim_start_matches('.')))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Notes the phases, and refuses one where told.
    #[derive(Default)]
    pub(crate) struct Seen {
        pub(crate) phases: Vec<Phase>,
        pub(crate) refuse: Option<Phase>,
    }

    impl Progress for Seen {
        async fn reached(&mut self, phase: Phase) -> Result<(), PhaseRefused> {
            tokio::task::yield_now().await;
            self.phases.push(phase);
            if self.refuse == Some(phase) { Err(PhaseRefused("lease lost".to_owned())) } else { Ok(()) }
        }
    }

    #[tokio::test]
    async fn the_same_message_twice_is_one_file() {
        let dir = tempfile::tempdir().unwrap();
        let mailbox = dir.path().join("mailbox");
        let mailer = Mailer::from_url(None, &mailbox).unwrap();
        let to = Email::parse("a@b.example").unwrap();
        let raw = "From: x\r\nMessage-ID: <1.a/../b@samhandla.example>\r\n\r\nhej\r\n";
        let mut seen = Seen::default();
        for _ in 0..2 {
            mailer.send(&to, "studs@samhandla.example", raw, &mut seen).await.unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(&mailbox).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert_eq!(files, ["1.a_.._b@samhandla.example.eml"]);
        assert_eq!(std::fs::read_to_string(mailbox.join(&files[0])).unwrap(), raw);
        assert_eq!(seen.phases.len(), 8);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_a_temporary_failure() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mailer = Mailer::from_url(None, file.path()).unwrap();
        let to = Email::parse("a@b.example").unwrap();
        let sent = mailer.send(&to, "s@b.example", "Message-ID: <1@b>\r\n\r\n", &mut Seen::default()).await;
        assert_eq!(sent.unwrap_err().kind, FailureKind::Temporary);
    }
}
