//! Texts like a text: BM25 over counted features, in memory.

use std::collections::{BTreeMap, HashMap};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Texts with their features, by feature.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    features: HashMap<String, usize>,
    /// Of each feature: the texts that have it, with what it is worth there.
    postings: Vec<Vec<(u32, f32)>>,
    texts: usize,
}

impl Neighbours {
    /// Takes the counted features of every text; a text is known by its place.
    pub(super) fn build(texts: impl IntoIterator<Item = BTreeMap<String, f32>>) -> Self {
        let mut built = Self::default();
        let mut lengths: Vec<f32> = Vec::new();
        for counted in texts {
            let at = u32::try_from(lengths.len()).unwrap_or(u32::MAX);
            lengths.push(counted.values().sum());
            for (feature, count) in counted {
                let next = built.features.len();
                let number = *built.features.entry(feature).or_insert(next);
                if number == next {
                    built.postings.push(Vec::new());
                }
                built.postings[number].push((at, count));
            }
        }
        built.texts = lengths.len();
        let mean = lengths.iter().sum::<f32>() / lengths.len().max(1) as f32;
        for posting in &mut built.postings {
            let (all, having) = (lengths.len() as f32, posting.len() as f32);
            let rarity = (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
            for (at, worth) in posting {
                let length = lengths[*at as usize] / mean.max(f32::MIN_POSITIVE);
                *worth = rarity * *worth * (K1 + 1.0) / (*worth + K1 * (1.0 - B + B * length));
            }
        }
        built
    }

    /// What each text is worth for the features, by its place; nothing shared is 0.
    pub(super) fn scores(&self, wanted: &BTreeMap<String, f32>) -> Vec<f32> {
        let mut scores = vec![0.0; self.texts];
        for (feature, count) in wanted {
            let Some(number) = self.features.get(feature) else { continue };
            for (at, worth) in &self.postings[*number] {
                scores[*at as usize] += worth * count;
            }
        }
        scores
    }
}

/// The `limit` best places with their scores, best first; equal ones by place.
pub(super) fn best(scores: &[f32], limit: usize) -> Vec<(usize, f32)> {
    let mut found: Vec<(usize, f32)> = scores.iter().copied().enumerate().filter(|(_, score)| *score > 0.0).collect();
    let order = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if limit > 0 && found.len() > limit {
        found.select_nth_unstable_by(limit - 1, order);
        found.truncate(limit);
    }
    found.sort_unstable_by(order);
    found
}
