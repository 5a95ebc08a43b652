//! Which CPV codes and trades a text is about, by the thesaurus that the repository ships.

use samhandla_index::analyzer::{Analyzer, TermKind, thesaurus};

/// A code that a text may be about.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Suggestion {
    /// CPV code, eight digits.
    pub id: String,
    /// The trade, in Swedish.
    pub title: String,
    /// Rank; higher is better.
    pub score: f32,
    /// The words of the text that say so.
    pub reasons: Vec<String>,
}

/// Codes for a text, best first: the trades in the order the text names them.
pub fn suggest(text: &str, limit: usize) -> Vec<Suggestion> {
    let named = Analyzer::shared().analyze(text).into_iter().filter(|term| term.kind == TermKind::Concept);
    let mut suggestions = Vec::new();
    for (rank, term) in named.enumerate() {
        let Some(concept) = thesaurus::concept(&term.key) else { continue };
        for (nth, prefix) in concept.cpv_prefixes.iter().enumerate() {
            suggestions.push(Suggestion {
                id: format!("{prefix:0<8}"),
                title: concept.label_sv.to_string(),
                score: 1.0 / (1 + rank + nth) as f32,
                reasons: vec![term.surface.clone()],
            });
        }
    }
    suggestions.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    suggestions.truncate(limit);
    suggestions
}
