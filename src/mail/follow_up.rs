//! The mail that asks one side of an introduction what it led to.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{follow_up::Side, language::Language},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUp {
    /// Who is asked.
    pub side: Side,
    /// Whether the answer was "not yet" the last time.
    pub is_again: bool,
    /// The reader.
    pub reader_name: String,
    /// The other side.
    pub other_name: String,
    /// Title of the need.
    pub need_title: String,
    /// Page of the need.
    pub url_need: String,
    /// The page where the answer is given; opening it does nothing.
    pub url: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &FollowUp) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::FollowUp, mail)
}
