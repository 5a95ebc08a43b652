//! The week's mail to coordinators: what needs a human, and nothing else.

use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender, answer_summary::Named};
use crate::{
    domain::{language::Language, schedule::IsoWeek},
    words::Words,
};

/// What the mail says. A number of nothing is left out of the mail.
#[derive(Debug, Clone, Serialize)]
pub struct CoordinatorWeek {
    /// The week it is sent in.
    #[serde(serialize_with = "as_text")]
    pub week: IsoWeek,
    /// What needs a human, each with its page.
    pub matters: Vec<Matter>,
    /// Who sends.
    pub sender: Sender,
}

/// Every kind of thing that needs a human, in the order they are told.
pub const KINDS: [&str; 9] =
    ["need", "address", "task", "proposal", "claim", "silent-30", "silent-10", "profile", "gap"];

/// One kind of thing that needs a human.
#[derive(Debug, Clone, Serialize)]
pub struct Matter {
    /// What, as its words are named: `coordinator-matter-…`.
    pub kind: &'static str,
    /// How many.
    pub count: u64,
    /// Where they are dealt with.
    pub url: String,
    /// Some of them by name.
    pub some: Vec<Named>,
}

fn as_text<S: serde::Serializer>(week: &IsoWeek, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&week.week)
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, mail: &CoordinatorWeek) -> Result<Rendered, MailError> {
    super::render(words, language, MessageKind::CoordinatorWeek, mail)
}
