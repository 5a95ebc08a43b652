//! The mail that invites somebody to sign in. It carries no key: its link leads to the sign-in page.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{domain::language::Language, words::Words};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct Invitation {
    /// Who invites.
    pub invited_by: String,
    /// The organisation they belong to; empty for staff.
    pub organisation: String,
    /// The address to sign in with.
    pub address: String,
    /// Whether an app that makes codes will be asked for.
    pub needs_app: bool,
    /// The sign-in page.
    pub url: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &Invitation) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::Invitation, mail)
}
