//! Values to messages, and the mailer that delivers them. Knows no database, no HTTP and no clock:
//! what is said, to whom and when arrives as values.

pub mod answer_notice;
pub mod confirm_need;
mod header;
pub mod introduction_asf;
pub mod introduction_buyer;
pub mod mailer;
mod message;
pub mod sign_in;
pub mod smtp;
mod smtp_url;
pub mod weekly_digest;

use chrono::{DateTime, Utc};
use mrml::prelude::render::RenderOptions;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{email::Email, language::Language, rejection::Rejection},
    words::{Words, WordsError, format},
};

/// Why a message could not be written, or a mailer not be set up.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A template or a message is missing or wrong.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A template rendered to something that is not MJML.
    #[error("mjml of {mail}: {text}")]
    Mjml {
        /// Which mail.
        mail: &'static str,
        /// What is wrong.
        text: String,
    },
    /// A value cannot stand in a header: an address, a message id or a link.
    #[error("header {name}: {text}")]
    Header {
        /// Which header.
        name: &'static str,
        /// What is wrong.
        text: String,
    },
    /// The address of the mail server is wrong.
    #[error("address of the mail server: {0}")]
    ServerAddress(String),
}

/// A mail in one language, before it has a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The complete mail as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Who sends: named at the foot of every mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// The service's name.
    pub service: String,
    /// Where the service is found, `https://…` without a slash at the end.
    pub base_url: String,
    /// Who answers for it and how they are reached: name, postal address, e-mail, telephone, on one line.
    pub contact: String,
}

/// Everything that a message is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Which mail it is.
    pub kind: MessageKind,
    /// The one recipient.
    pub to: Email,
    /// Language of the text.
    pub language: Language,
    /// The text.
    pub rendered: Rendered,
    /// `<id@domain>`, the same at every attempt.
    pub message_id: String,
    /// When the message was queued, the same at every attempt.
    pub date: DateTime<Utc>,
    /// The service's mailbox, for example `Samhandla <brev@samhandla.example>`.
    pub from: String,
    /// Where answers go; a box that somebody reads.
    pub reply_to: Option<Email>,
    /// For mails that come again and again; left out of a sign-in mail whatever is given.
    pub list: Option<ListHeaders>,
}

/// What mail programs need to sort and to stop a mail that comes again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHeaders {
    /// Name of the list as a domain name, for example `veckobrev.samhandla.example` (RFC 2919).
    pub list_id: String,
    /// Stops the mails by POST (RFC 8058); `https://…`.
    pub unsubscribe_url: String,
    /// Stops the mails by a message to this address (RFC 2369).
    pub unsubscribe_mailto: String,
}

/// The mails that the service sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A link and a code to sign in with.
    SignIn,
    /// Asks the buyer to confirm a need posted without an account.
    ConfirmNeed,
    /// The week's needs to an ASF.
    WeeklyDigest,
    /// Tells the ASF whom it has said yes to.
    IntroductionAsf,
    /// Tells the buyer who has said yes.
    IntroductionBuyer,
    /// Tells the buyer of a maybe or a no.
    AnswerNotice,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::SignIn,
        Self::ConfirmNeed,
        Self::WeeklyDigest,
        Self::IntroductionAsf,
        Self::IntroductionBuyer,
        Self::AnswerNotice,
    ];

    /// The stored form; also the folder of its templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::ConfirmNeed => "confirm_need",
            Self::WeeklyDigest => "weekly_digest",
            Self::IntroductionAsf => "introduction_asf",
            Self::IntroductionBuyer => "introduction_buyer",
            Self::AnswerNotice => "answer_notice",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-message-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Rejection::new("kind", "rejected-message-kind", text))
    }
}

/// The complete message as it goes over the wire (RFC 5322): the same input gives the same bytes.
///
/// # Errors
/// [`MailError::Header`] when an address, the message id or a list header is not what a header may hold.
pub fn compose(outgoing: &Outgoing) -> Result<String, MailError> {
    message::compose(outgoing)
}

/// Renders subject, text and HTML of one kind of mail.
fn render(
    words: &Words,
    language: Language,
    kind: MessageKind,
    context: &impl Serialize,
) -> Result<Rendered, MailError> {
    let mail = kind.as_str();
    let part = |part: &str| words.render(&format!("mail/{mail}/{part}"), language, context);
    let subject = format::line(&part("subject.txt")?, header::SUBJECT_CHARS);
    let text = tidied(&part("body.txt")?);
    let html = html(mail, &part("body.mjml")?)?;
    Ok(Rendered { subject, text, html })
}

fn html(mail: &'static str, mjml: &str) -> Result<String, MailError> {
    let wrong = |text: String| MailError::Mjml { mail, text };
    let parsed = mrml::parse(mjml).map_err(|error| wrong(error.to_string()))?;
    if let Some(warning) = parsed.warnings.first() {
        return Err(wrong(warning.to_string()));
    }
    // The default fonts are links to a font service, which would see who opens the mail.
    let options = RenderOptions { fonts: Default::default(), ..RenderOptions::default() };
    parsed.element.render(&options).map_err(|error| wrong(error.to_string()))
}

/// Text without spaces at line ends and with one empty line at most between paragraphs.
fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy
}
