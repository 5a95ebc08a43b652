//! The mail that tells a buyer which ASF has said yes, why it was suggested, and what comes next.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{email::Email, language::Language, need::NeedKind, reason::Reason},
    words::Words,
};

/// What the mail says.
#[derive(Debug, Clone, Serialize)]
pub struct IntroductionBuyer {
    /// The reader.
    pub buyer_name: String,
    /// The other side.
    pub asf_name: String,
    /// Where the ASF is reached.
    pub asf_email: Email,
    /// Page of the ASF.
    pub url_asf: String,
    /// Title of the need.
    pub need_title: String,
    /// Title of the lot, where the need has more than one.
    pub lot_title: Option<String>,
    /// Decides what the next step is: a yes is no bid.
    pub kind: NeedKind,
    /// Page of the need.
    pub url_need: String,
    /// Why the ASF was suggested.
    pub reasons: Vec<Reason>,
    /// What the ASF wrote with its yes, or empty.
    pub note: String,
    /// Who sends.
    pub sender: Sender,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &IntroductionBuyer) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::IntroductionBuyer, mail)
}
