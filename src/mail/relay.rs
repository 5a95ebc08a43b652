//! The mail that carries what a buyer and an ASF write to each other, without either's address.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{follow_up::Side, language::Language},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct RelayMail {
    /// Who reads.
    pub side: Side,
    /// What the ASF answers, `agree`, `line` or `decline`; `None` when the buyer writes.
    pub reply: Option<&'static str>,
    /// The reader.
    pub reader_name: String,
    /// Who writes.
    pub other_name: String,
    /// Title of the need.
    pub need_title: String,
    /// Page of the need.
    pub url_need: String,
    /// What was written; may be empty with a yes or a no.
    pub text: String,
    /// The page where the thread goes on; opening it does nothing.
    pub url: String,
    /// Where an ASF ends the mails.
    pub url_stop: Option<String>,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &RelayMail) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::Relay, mail)
}
