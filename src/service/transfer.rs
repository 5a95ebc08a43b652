//! How much of the matcher's quality hangs on concepts that were written with the collection in
//! view: each need is ranked anew without each of its concepts in turn, and without all of them.

use std::{collections::HashMap, path::Path};

use serde::Serialize;

use super::{Result, evaluation, profiles};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        matcher::{self, AsfProfile, LotProfile},
        need::NeedId,
        terms::TermKind,
    },
    store::{asf, needs},
};

/// What the loss of concepts costs; nDCG@5 against the topic, means over the needs some ASF can meet.
#[derive(Debug, Clone, Serialize)]
pub struct Loss {
    /// Needs that some ASF can meet.
    pub queries: usize,
    /// Needs with at least one concept.
    pub with_concept: usize,
    /// As the matcher is.
    pub topic_ndcg_at_5: f64,
    /// Without one concept of the need at a time, its mean.
    pub without_one: f64,
    /// Without any of the need's concepts.
    pub without_all: f64,
    /// Mean loss for each concept that a need has: (concept, needs, loss).
    pub by_concept: Vec<(String, usize, f64)>,
}

/// Measures on a collection that [`evaluation::load`] stores in `app`.
///
/// # Errors
/// As [`evaluation::run`].
pub async fn leave_one_out(app: &App, dir: &Path) -> Result<Loss> {
    let judgements = evaluation::load(app, dir).await?;
    let asfs: Vec<(String, AsfProfile)> =
        asf::list_after(&app.db, AsfId(0), 100_000).await?.iter().map(profile).collect();
    let mut loss = Loss {
        queries: 0,
        with_concept: 0,
        topic_ndcg_at_5: 0.0,
        without_one: 0.0,
        without_all: 0.0,
        by_concept: Vec::new(),
    };
    let mut by_concept: HashMap<String, (usize, f64)> = HashMap::new();
    for need in needs::list_after(&app.db, NeedId(0), 1_000_000).await? {
        let topics = judgements.topics(&need.external_id);
        let Some(lot) = need.lots.first().filter(|_| topics.values().any(|topic| *topic >= 2.0)) else { continue };
        let lot = profiles::lot_profile(&need, lot);
        let rank = |removed: &[String]| ranking(app, &lot, &asfs, &topics, removed);
        let whole = rank(&[]);
        let concepts: Vec<String> = lot.terms.of_kind(TermKind::Concept).map(|term| term.key.clone()).collect();
        let losses: Vec<f64> = concepts.iter().map(|concept| whole - rank(std::slice::from_ref(concept))).collect();
        for (concept, lost) in concepts.iter().zip(&losses) {
            let entry = by_concept.entry(concept.clone()).or_default();
            *entry = (entry.0 + 1, entry.1 + lost);
        }
        loss.queries += 1;
        loss.with_concept += usize::from(!concepts.is_empty());
        loss.topic_ndcg_at_5 += whole;
        loss.without_one += whole - losses.iter().sum::<f64>() / losses.len().max(1) as f64;
        loss.without_all += rank(&concepts);
    }
    let mean = |sum: f64| sum / loss.queries.max(1) as f64;
    (loss.topic_ndcg_at_5, loss.without_one, loss.without_all) =
        (mean(loss.topic_ndcg_at_5), mean(loss.without_one), mean(loss.without_all));
    let rows = by_concept.into_iter().map(|(concept, (needs, sum))| (concept, needs, sum / needs as f64));
    loss.by_concept = rows.collect();
    loss.by_concept.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    Ok(loss)
}

fn profile(asf: &Asf) -> (String, AsfProfile) {
    (asf.unit.clone(), profiles::asf_profile(asf))
}

/// nDCG of one need when neither side has the removed concepts.
fn ranking(
    app: &App,
    lot: &LotProfile,
    asfs: &[(String, AsfProfile)],
    topics: &HashMap<String, f64>,
    removed: &[String],
) -> f64 {
    let related = if removed.is_empty() { lot.related.clone() } else { Vec::new() };
    let lot = LotProfile { terms: lot.terms.without_concepts(removed), related, ..lot.clone() };
    let mut ranked: Vec<(f64, &str)> = asfs
        .iter()
        .map(|(id, asf)| (matcher::fit(&lot, asf, app.clock.now()).topic, id.as_str()))
        .filter(|(topic, _)| *topic > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let gains: Vec<f64> = ranked.iter().map(|(_, id)| topics.get(*id).copied().unwrap_or_default()).collect();
    evaluation::ndcg(&gains, topics.values().copied().collect())
}
