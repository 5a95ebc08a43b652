//! The mail that tells what a coordinator said of a need or a profile.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{language::Language, review::Verdict},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewMail {
    /// Title of the need, or name of the ASF.
    pub name: String,
    /// It is about a profile, not a need.
    pub is_profile: bool,
    /// What was said.
    pub verdict: Verdict,
    /// The coordinator's words, each paragraph.
    pub words: String,
    /// The page that it is about.
    pub url: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &ReviewMail) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::Review, mail)
}
