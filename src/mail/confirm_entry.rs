//! The mail that asks the other party whether an entry of the ledger is right.

use chrono::NaiveDate;
use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{domain::language::Language, words::Words};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmEntry {
    /// Who wrote it down.
    pub asf_name: String,
    /// The reader.
    pub other_name: String,
    /// What kind of fact it is.
    pub kind: &'static str,
    /// The day it happened.
    pub occurred_on: NaiveDate,
    /// SEK excluding VAT, when said.
    pub amount_sek: Option<i64>,
    /// Page with the button.
    pub url: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &ConfirmEntry) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::ConfirmEntry, mail)
}
