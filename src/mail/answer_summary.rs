//! The mail that tells a buyer how the ASF asked about a need have answered: names of those who want the work,
//! only numbers and reasons of those who decline.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{language::Language, pairing::DeclineReason},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerSummary {
    /// The reader.
    pub buyer_name: String,
    /// Title of the need.
    pub need_title: String,
    /// Page of the need.
    pub url_need: String,
    /// Who wants the work.
    pub yes: Vec<Named>,
    /// Who is thinking.
    pub maybe: Vec<Named>,
    /// How many have declined.
    pub declined: usize,
    /// Why, with how many of each.
    pub reasons: Vec<(DeclineReason, usize)>,
    /// How many have not answered.
    pub silent: usize,
    /// Who sends.
    pub sender: Sender,
}

/// Something with a page.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &AnswerSummary) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::AnswerSummary, mail)
}
