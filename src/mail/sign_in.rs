//! The mail with a link and a code to sign in with.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{domain::language::Language, words::Words};

/// What the sign-in mail says.
#[derive(Debug, Clone, Serialize)]
pub struct SignIn {
    /// The page whose button signs in; opening it does nothing.
    pub url: String,
    /// The code to type on another device. Not in the subject, which shows on locked screens.
    pub code: String,
    /// Minutes that link and code are valid.
    pub minutes: i64,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &SignIn) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::SignIn, mail)
}
