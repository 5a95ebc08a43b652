//! The mail that tells an ASF whom it has said yes to, and what comes next.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{email::Email, language::Language, need::NeedKind},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct IntroductionAsf {
    /// The reader.
    pub asf_name: String,
    /// The other side.
    pub buyer_name: String,
    /// Where the buyer is reached; `None` when the buyer has left no address and has not been told.
    pub buyer_email: Option<Email>,
    /// Title of the need.
    pub need_title: String,
    /// Title of the lot, where the need has more than one.
    pub lot_title: Option<String>,
    /// Decides what the next step is: a yes is no bid.
    pub kind: NeedKind,
    /// Last instant for bids or answers.
    pub deadline: Option<DateTime<Utc>>,
    /// Page of the need.
    pub url_need: String,
    /// The official notice.
    pub url_notice: Option<String>,
    /// Page where the outcome is told.
    pub url_deal: String,
    /// What the ASF wrote with its yes, or empty.
    pub note: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &IntroductionAsf) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::IntroductionAsf, mail)
}
