//! What each step of the matcher gives: the same collection ranked with fewer of its signs, and the
//! bare baselines, with intervals by paired bootstrap (Efron and Tibshirani, 1993, chapter 16).

use std::{collections::HashMap, path::Path};

use anyhow::Context as _;
use samhandla_index::baseline::{Baseline, BaselineIndex};
use serde::Serialize;

use super::{Result, evaluation, profiles};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        matcher::{self, AsfProfile, LotProfile},
        need::{Need, NeedId},
        terms::{TermKind, Terms},
    },
    store::{asf, needs},
};

/// Resamples of a bootstrap.
const RESAMPLES: usize = 4_000;

/// One row of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What ranks.
    pub name: &'static str,
    /// Mean over the needs that some ASF can meet.
    pub topic_ndcg_at_5: f64,
    /// Difference from the row before, with its 95 % interval.
    pub gain: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Measures every step on a collection that is stored in `app`.
///
/// # Errors
/// As [`evaluation::run`].
pub async fn table(app: &App, dir: &Path) -> Result<Vec<Step>> {
    let judgements = evaluation::load(app, dir).await?;
    let asfs = asf::list_after(&app.db, AsfId(0), 100_000).await?;
    let needs = needs::list_after(&app.db, NeedId(0), 1_000_000).await?;
    let judged: Vec<(Need, HashMap<String, f64>)> = needs
        .into_iter()
        .map(|need| {
            let topics = judgements.topics(&need.external_id);
            (need, topics)
        })
        .filter(|(_, topics)| topics.values().any(|topic| *topic >= 2.0))
        .collect();
    let mut rows: Vec<(&'static str, Vec<f64>)> = Vec::new();
    for (name, baseline) in
        [("words", Baseline::Default), ("Swedish stemmer", Baseline::Stem), ("4-letter pieces", Baseline::Ngram)]
    {
        rows.push((name, baseline_gains(baseline, &asfs, &judged)?));
    }
    let all: &[TermKind] = &[TermKind::Family, TermKind::Part, TermKind::Concept];
    for (name, kinds, codes, related) in [
        ("word families", &all[..1], Read::No, Read::No),
        ("+ parts of compounds", &all[..2], Read::No, Read::No),
        ("+ thesaurus", all, Read::No, Read::No),
        ("+ CPV codes", all, Read::Yes, Read::No),
        ("+ related trades (the matcher)", all, Read::Yes, Read::Yes),
    ] {
        rows.push((name, matcher_gains(app, &asfs, &judged, Signs { kinds, codes, related })));
    }
    Ok(steps(&rows))
}

/// Which signs a step may look at.
struct Signs<'a> {
    kinds: &'a [TermKind],
    codes: Read,
    related: Read,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Yes,
    No,
}

fn baseline_gains(baseline: Baseline, asfs: &[Asf], judged: &[(Need, HashMap<String, f64>)]) -> Result<Vec<f64>> {
    let texts = asfs.iter().map(|asf| (asf.id.0.unsigned_abs(), evaluation::words_of(asf)));
    let index = BaselineIndex::build(baseline, texts).context("build the baseline")?;
    let mut gains = Vec::with_capacity(judged.len());
    for (need, topics) in judged {
        let hits = index.search(&format!("{}\n{}", need.title, need.text), asfs.len()).context("search")?;
        let unit = |id: u64| asfs.iter().find(|asf| asf.id.0.unsigned_abs() == id).map(|asf| asf.unit.as_str());
        let ranked: Vec<f64> = hits
            .iter()
            .map(|(id, _)| unit(*id).and_then(|unit| topics.get(unit)).copied().unwrap_or_default())
            .collect();
        gains.push(evaluation::ndcg(&ranked, topics.values().copied().collect()));
    }
    Ok(gains)
}

fn matcher_gains(app: &App, asfs: &[Asf], judged: &[(Need, HashMap<String, f64>)], signs: Signs) -> Vec<f64> {
    let reduced =
        |terms: &Terms| Terms::new(terms.iter().filter(|term| signs.kinds.contains(&term.kind)).cloned().collect());
    let profiles: Vec<(&str, AsfProfile)> = asfs
        .iter()
        .map(|asf| {
            let mut profile = profiles::asf_profile(asf);
            for capability in &mut profile.capabilities {
                capability.terms = reduced(&capability.terms);
                if signs.codes == Read::No {
                    capability.cpv.clear();
                }
            }
            (asf.unit.as_str(), profile)
        })
        .collect();
    judged
        .iter()
        .map(|(need, topics)| {
            let Some(lot) = need.lots.first() else { return 0.0 };
            let whole = profiles::lot_profile(need, lot);
            let related = if signs.related == Read::Yes { whole.related.clone() } else { Vec::new() };
            let lot = LotProfile { terms: reduced(&whole.terms), related, ..whole };
            let mut ranked: Vec<(f64, &str)> =
                profiles.iter().map(|(id, asf)| (matcher::fit(&lot, asf, app.clock.now()).topic, *id)).collect();
            ranked.retain(|(topic, _)| *topic > 0.0);
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
            let gains: Vec<f64> = ranked.iter().map(|(_, id)| topics.get(*id).copied().unwrap_or_default()).collect();
            evaluation::ndcg(&gains, topics.values().copied().collect())
        })
        .collect()
}

fn steps(rows: &[(&'static str, Vec<f64>)]) -> Vec<Step> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let mut steps: Vec<Step> = Vec::new();
    for (place, (name, gains)) in rows.iter().enumerate() {
        let before = place.checked_sub(1).map_or(gains, |before| &rows[before].1);
        let differences: Vec<f64> = gains.iter().zip(before).map(|(now, then)| now - then).collect();
        let (low, high) = interval(&differences);
        steps.push(Step { name, topic_ndcg_at_5: mean(gains), gain: mean(&differences), low, high });
    }
    steps
}

/// The middle 95 % of the means of resampled differences; seeded, so that it can be repeated.
fn interval(differences: &[f64]) -> (f64, f64) {
    if differences.is_empty() {
        return (0.0, 0.0);
    }
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut pick = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        differences[usize::try_from(seed >> 33).unwrap_or_default() % differences.len()]
    };
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| (0..differences.len()).map(|_| pick()).sum::<f64>() / differences.len() as f64)
        .collect();
    means.sort_by(f64::total_cmp);
    (means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_the_mean_and_is_narrow_where_all_agree() {
        let (low, high) = interval(&[0.1; 20]);
        assert!((low - 0.1).abs() < 1e-9 && (high - 0.1).abs() < 1e-9);
        let (low, high) = interval(&[0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
        assert!(low < 0.5 && high > 0.5 && low >= 0.0 && high <= 1.0);
    }
}
