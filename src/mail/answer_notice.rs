//! The mail that tells a buyer that an ASF is thinking, or has declined and why.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{language::Language, pairing::DeclineReason},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerNotice {
    /// The reader.
    pub buyer_name: String,
    /// Who answered.
    pub asf_name: String,
    /// Title of the need.
    pub need_title: String,
    /// Page of the need.
    pub url_need: String,
    /// The answer; a yes is an introduction instead.
    pub answer: NoticedAnswer,
    /// Why it declined; only with no.
    pub decline_reason: Option<DeclineReason>,
    /// What the ASF wrote, or empty.
    pub note: String,
    /// Who sends.
    pub sender: Sender,
}

/// An answer that is told without an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticedAnswer {
    /// The ASF is thinking.
    Maybe,
    /// The ASF declined.
    No,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &AnswerNotice) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::AnswerNotice, mail)
}
