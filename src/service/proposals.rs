//! A proposed need from a pasted text: the words of the letter by `intake`, the trade by the thesaurus, the codes
//! by what has been learnt. Stores nothing; a person confirms.

use samhandla_index::analyzer::{
    Analyzer, TermKind,
    thesaurus::{self, Concept},
};

use super::{Result, codes};
use crate::{
    app::App,
    domain::schedule::local_date,
    intake::proposal::{self, Proposal},
};

/// Most codes that are proposed.
const CODES: usize = 3;

/// What a text seems to ask for.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// What the letter says.
    pub need: Proposal,
    /// The trade that it names most, the title before the text.
    pub sector: Option<&'static Concept>,
    /// Codes, best first.
    pub codes: Vec<codes::Suggestion>,
}

/// Reads a text.
///
/// # Errors
/// When the database does not answer.
pub async fn propose(app: &App, pasted: &str) -> Result<Proposed> {
    let need = proposal::propose(pasted, local_date(app.clock.now()));
    let sector = sector(&need.title).or_else(|| sector(&need.text));
    let mut codes = codes::suggest(app, &need.title, CODES).await?;
    if codes.is_empty() {
        codes = codes::suggest(app, &need.text, CODES).await?;
    }
    Ok(Proposed { need, sector, codes })
}

/// The concept that a text names most often; of those named equally often the first.
fn sector(text: &str) -> Option<&'static Concept> {
    let mut named: Vec<(String, usize)> = Vec::new();
    for term in Analyzer::shared().analyze(text).into_iter().filter(|term| term.kind == TermKind::Concept) {
        match named.iter_mut().find(|(key, _)| *key == term.key) {
            Some((_, times)) => *times += 1,
            None => named.push((term.key, 1)),
        }
    }
    let most = named.iter().map(|(_, times)| *times).max()?;
    named.iter().find(|(_, times)| *times == most).and_then(|(key, _)| thesaurus::concept(key))
}
