//! Which CPV codes a text is about: by a model of the code list and past procurements where they were
//! imported, and of the installation's own needs once they are many; else by the thesaurus that the
//! repository ships.

use std::sync::Arc;

use anyhow::Context as _;
use samhandla_index::{
    analyzer::{Analyzer, TermKind, thesaurus},
    suggest::{CodeModel, LabelledCode, PastTitle},
};

use super::Result;
use crate::{
    app::{App, Learnt},
    domain::{
        codes::CodeLabel,
        cpv::Cpv,
        language::Language,
        need::{Lot, LotId, Need},
    },
    store::{codes, history, needs},
};

/// Fewer needs of one's own teach nothing.
const FEWEST_LOTS: i64 = 200;
/// Newest lots that are learnt from.
const MOST_LOTS: u64 = 50_000;

/// A code that a text may be about.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Suggestion {
    /// CPV code, eight digits.
    pub id: String,
    /// The label or the trade, in Swedish when there is one.
    pub title: String,
    /// Rank; higher is better.
    pub score: f32,
    /// The words of the text that say so.
    pub reasons: Vec<String>,
}

/// Codes for a text, best first.
///
/// # Errors
/// When the database does not answer.
pub async fn suggest(app: &App, text: &str, limit: usize) -> Result<Vec<Suggestion>> {
    suggest_within(app, text, None, limit).await
}

/// As [`suggest`], only codes in one branch of the tree.
///
/// # Errors
/// As [`suggest`].
pub async fn suggest_within(app: &App, text: &str, branch: Option<&Cpv>, limit: usize) -> Result<Vec<Suggestion>> {
    let branch = branch.map_or("", Cpv::significant);
    let Some(learnt) = learnt(app).await? else { return Ok(named_trades(text, branch, limit)) };
    let listed = if branch.is_empty() { limit } else { learnt.model.tree().codes().len() };
    let found = learnt.model.suggest(text, listed).into_iter().filter(|(code, _)| code.starts_with(branch));
    Ok(found.take(limit).map(|(code, score)| explained(&learnt, text, code, score)).collect())
}

/// What a need is understood as: trades by name, and its likeliest codes. A guess that nobody has
/// chosen yet; the matcher does not see it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Guess {
    /// Trades that the words name.
    pub trades: Vec<String>,
    /// Likeliest codes, best first.
    pub codes: Vec<Suggestion>,
}

/// Codes offered for a need.
const OFFERED: usize = 3;
/// Characters of a need's text that are read for its codes.
const READ_CHARS: usize = 600;

/// Understands one lot of a need.
///
/// # Errors
/// As [`suggest`].
pub async fn guess(app: &App, need: &Need, lot: &Lot, language: Language) -> Result<Guess> {
    let own = if lot.work.title == need.title { "" } else { &lot.work.title };
    let text: String = format!("{} {own}\n{}", need.title, lot.work.text).chars().take(READ_CHARS).collect();
    let terms = Analyzer::shared().analyze(&text).into_iter().filter(|term| term.kind == TermKind::Concept);
    let label = |concept: &thesaurus::Concept| match language {
        Language::Sv => concept.label_sv.clone(),
        Language::En => concept.label_en.clone(),
    };
    let trades = terms.filter_map(|term| thesaurus::concept(&term.key).map(label)).take(OFFERED).collect();
    Ok(Guess { trades, codes: suggest(app, &text, OFFERED).await? })
}

/// The model of what is stored now; `None` when there is nothing to learn from. Learning takes
/// seconds, so what was learnt is kept until codes or past procurements are imported, or a quarter more
/// needs have come in.
///
/// # Errors
/// When the database does not answer.
pub async fn learnt(app: &App) -> Result<Option<Arc<Learnt>>> {
    let own = learnt_from(needs::last_lot(&app.db).await?);
    let stamp = (codes::stamp(&app.db).await?, history::stamp(&app.db).await?, own);
    let mut kept = app.learnt_codes.lock().await;
    if let Some(learnt) = kept.as_ref().filter(|learnt| learnt.stamp == stamp) {
        return Ok(Some(Arc::clone(learnt)));
    }
    if stamp.0.0 == 0 && stamp.1.0 == 0 && own == LotId(0) {
        *kept = None;
        return Ok(None);
    }
    let labels = codes::list(&app.db).await?;
    let past = history::list(&app.db).await?;
    let own = needs::list_coded_titles(&app.db, own, MOST_LOTS).await?;
    let learn = move || {
        let labelled = |label: &CodeLabel| LabelledCode {
            code: label.code.to_string(),
            label_sv: label.label_sv.clone(),
            label_en: label.label_en.clone(),
        };
        let known: Vec<LabelledCode> = labels.iter().map(labelled).collect();
        let past = past.into_iter().map(|past| (past.title, past.main_cpv));
        let titled = |(title, code): (String, Cpv)| PastTitle { title, code: code.to_string() };
        let titles: Vec<PastTitle> = past.chain(own).map(titled).collect();
        let labels = labels.into_iter().map(|label| (label.code.to_string(), label)).collect();
        Learnt { stamp, model: CodeModel::build(&known, &titles), labels }
    };
    let learnt = Arc::new(tokio::task::spawn_blocking(learn).await.context("learn the codes")?);
    *kept = Some(Arc::clone(&learnt));
    Ok(Some(learnt))
}

/// The last lot that is learnt from: it moves on in steps of a quarter, since learning is slow.
fn learnt_from(last: LotId) -> LotId {
    if last.0 < FEWEST_LOTS {
        return LotId(0);
    }
    let mut step = FEWEST_LOTS;
    while step + step / 4 <= last.0 {
        step += step / 4;
    }
    LotId(step)
}

fn explained(learnt: &Learnt, text: &str, code: &str, score: f32) -> Suggestion {
    let label = learnt.labels.get(code).map(|label| match label.label_sv.as_str() {
        "" => label.label_en.clone(),
        label => label.to_owned(),
    });
    let title = label.or_else(|| samhandla_index::codes::label(code).map(str::to_owned)).unwrap_or_default();
    let analyzer = Analyzer::shared();
    let said = analyzer.analyze(&title);
    let mut reasons: Vec<String> = Vec::new();
    for term in analyzer.analyze(text) {
        let shared = !analyzer.is_generic(&term.key) && said.iter().any(|said| said.key == term.key);
        if shared && !reasons.contains(&term.surface) {
            reasons.push(term.surface);
        }
    }
    Suggestion { id: code.to_owned(), title, score, reasons }
}

/// The trades in the order the text names them.
fn named_trades(text: &str, branch: &str, limit: usize) -> Vec<Suggestion> {
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
    suggestions.retain(|suggestion| suggestion.id.starts_with(branch));
    suggestions.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    suggestions.truncate(limit);
    suggestions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learning_anew_is_rare_and_never_ahead_of_what_is_stored() {
        let steps: std::collections::BTreeSet<i64> = (0..=100_000).map(|last| learnt_from(LotId(last)).0).collect();
        assert!(steps.len() < 32, "{steps:?}");
        assert!((0..=100_000).all(|last| learnt_from(LotId(last)).0 <= last));
        assert_eq!(learnt_from(LotId(199)), LotId(0));
    }
}
