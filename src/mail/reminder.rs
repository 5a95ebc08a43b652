//! The mail that reminds an ASF, once, of a need that it has not answered.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{language::Language, reason::Reason},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct Reminder {
    /// The reader.
    pub asf_name: String,
    /// Who waits for an answer.
    pub buyer_name: String,
    /// Title of the need.
    pub need_title: String,
    /// When the ASF was asked.
    pub asked_at: DateTime<Utc>,
    /// Last instant to answer.
    pub deadline: Option<DateTime<Utc>>,
    /// Why it fits.
    pub reasons: Vec<Reason>,
    /// Page of the need.
    pub url_need: String,
    /// The answer page; opening it does nothing.
    pub url: String,
    /// Where the mails are ended.
    pub url_stop: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &Reminder) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::Reminder, mail)
}
