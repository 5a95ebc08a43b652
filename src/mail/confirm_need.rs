//! The mail that asks a buyer to confirm a need posted without an account.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{domain::language::Language, words::Words};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmNeed {
    /// Title of the need.
    pub need_title: String,
    /// The page whose button confirms; opening it does nothing.
    pub url: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &ConfirmNeed) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::ConfirmNeed, mail)
}
