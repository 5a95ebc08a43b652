//! The yearly mail that asks an ASF whether its profile is still right.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{email::Email, language::Language},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileCheck {
    /// The reader.
    pub asf_name: String,
    /// Where the mails go.
    pub email: Email,
    /// Seat.
    pub municipality: String,
    /// Where it works.
    pub area: Vec<String>,
    /// What it can do, short.
    pub capabilities: Vec<String>,
    /// The page whose button confirms; opening it does nothing.
    pub url: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &ProfileCheck) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::ProfileCheck, mail)
}
