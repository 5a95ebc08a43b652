//! Codes whose labels are like a title.

use std::collections::BTreeMap;

use super::{
    LabelledCode, features,
    neighbours::{Neighbours, best},
    tree::CodeTree,
};

/// What a word of an ancestor's label counts for in a code's own.
const ANCESTORS: f32 = 0.2;

/// What a word of the English label counts for beside the Swedish ones.
const ENGLISH: f32 = 0.3;

/// What pieces of words count for beside terms.
const PIECES: f32 = 0.5;

/// Labels that are looked at.
const NEAREST: usize = 30;

/// The labels, by their terms and by the pieces of their words.
#[derive(Debug)]
pub(super) struct Labels {
    terms: Neighbours,
    pieces: Neighbours,
}

impl Labels {
    /// Takes the labels of the tree's codes.
    pub(super) fn build(tree: &CodeTree, labels: &[LabelledCode]) -> Self {
        let mut by_place: Vec<Option<&LabelledCode>> = vec![None; tree.codes().len()];
        for label in labels {
            if let Some(place) = tree.place(&label.code) {
                by_place[place] = Some(label);
            }
        }
        let own = |place: usize, features: fn(&str) -> BTreeMap<String, f32>| {
            let mut counted = BTreeMap::new();
            if let Some(label) = by_place[place] {
                add(&mut counted, &features(&label.label_sv), 1.0);
                add(&mut counted, &features(&label.label_en), ENGLISH);
            }
            counted
        };
        let terms: Vec<BTreeMap<String, f32>> = (0..by_place.len()).map(|place| own(place, features::terms)).collect();
        let with_ancestors = (0..by_place.len()).map(|place| {
            let mut counted = terms[place].clone();
            let above = std::iter::successors(tree.parent(place), |above| tree.parent(*above));
            above.for_each(|above| add(&mut counted, &terms[above], ANCESTORS));
            counted
        });
        let pieces = (0..by_place.len()).map(|place| own(place, features::pieces));
        Self { terms: Neighbours::build(with_ancestors), pieces: Neighbours::build(pieces) }
    }

    /// The nearest codes by place, with a likeness up to one and a half.
    pub(super) fn like(&self, terms: &BTreeMap<String, f32>, pieces: &BTreeMap<String, f32>) -> Vec<(usize, f32)> {
        let mut likeness = to_one(self.terms.scores(terms));
        for (likeness, pieces) in likeness.iter_mut().zip(to_one(self.pieces.scores(pieces))) {
            *likeness += PIECES * pieces;
        }
        best(&likeness, NEAREST)
    }
}

fn add(counted: &mut BTreeMap<String, f32>, more: &BTreeMap<String, f32>, weight: f32) {
    for (feature, count) in more {
        *counted.entry(feature.clone()).or_insert(0.0) += count * weight;
    }
}

/// The scores with the highest made one.
fn to_one(mut scores: Vec<f32>) -> Vec<f32> {
    let highest = scores.iter().copied().fold(0.0, f32::max);
    if highest > 0.0 {
        scores.iter_mut().for_each(|score| *score /= highest);
    }
    scores
}
