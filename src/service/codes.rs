//! Which CPV codes a text is about: by the model of the code list and past procurements when they
//! were imported, else by the thesaurus that the repository ships.

use std::sync::Arc;

use anyhow::Context as _;
use samhandla_index::{
    analyzer::{Analyzer, TermKind, thesaurus},
    suggest::{CodeModel, LabelledCode, PastTitle},
};

use super::Result;
use crate::{
    app::{App, Learnt},
    domain::codes::CodeLabel,
    store::{codes, history},
};

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
    let Some(learnt) = learnt(app).await? else { return Ok(named_trades(text, limit)) };
    let found = learnt.model.suggest(text, limit).into_iter();
    Ok(found.map(|(code, score)| explained(&learnt, text, code, score)).collect())
}

/// The model of what is stored now; `None` when neither codes nor past procurements are. Learning
/// takes seconds, so what was learnt is kept until an import changes something.
///
/// # Errors
/// When the database does not answer.
pub async fn learnt(app: &App) -> Result<Option<Arc<Learnt>>> {
    let stamp = (codes::stamp(&app.db).await?, history::stamp(&app.db).await?);
    let mut kept = app.learnt_codes.lock().await;
    if let Some(learnt) = kept.as_ref().filter(|learnt| learnt.stamp == stamp) {
        return Ok(Some(Arc::clone(learnt)));
    }
    if stamp.0.0 == 0 && stamp.1.0 == 0 {
        *kept = None;
        return Ok(None);
    }
    let labels = codes::list(&app.db).await?;
    let past = history::list(&app.db).await?;
    let learn = move || {
        let labelled = |label: &CodeLabel| LabelledCode {
            code: label.code.to_string(),
            label_sv: label.label_sv.clone(),
            label_en: label.label_en.clone(),
        };
        let known: Vec<LabelledCode> = labels.iter().map(labelled).collect();
        let titles: Vec<PastTitle> =
            past.into_iter().map(|past| PastTitle { title: past.title, code: past.main_cpv.to_string() }).collect();
        let labels = labels.into_iter().map(|label| (label.code.to_string(), label)).collect();
        Learnt { stamp, model: CodeModel::build(&known, &titles), labels }
    };
    let learnt = Arc::new(tokio::task::spawn_blocking(learn).await.context("learn the codes")?);
    *kept = Some(Arc::clone(&learnt));
    Ok(Some(learnt))
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
fn named_trades(text: &str, limit: usize) -> Vec<Suggestion> {
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
