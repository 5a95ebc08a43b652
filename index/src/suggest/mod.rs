//! Which codes a title is about, learnt from the labels of the code list and from past titles.
//! Everything is in memory and derived: the same labels and titles give the same suggestions.
//!
//! Past titles like this one vote for their codes, and labels like it for themselves (`labels`);
//! what was learnt of all titles (`branches`) lifts or sinks the votes by group, and has a vote of
//! its own. What is listed is what is worth most (`ranking`): a code counts in full, its
//! neighbours in the tree in part.

mod branches;
mod classifier;
pub mod features;
mod labels;
mod neighbours;
mod ranking;
pub mod tree;

use std::collections::BTreeMap;

use self::branches::{Branches, Chances};
use self::labels::Labels;
use self::neighbours::{Neighbours, best};
use self::tree::CodeTree;

/// Past titles that vote.
const VOTERS: usize = 40;

/// Power that a likeness is raised to before it votes: the nearest speak loudest.
const STEEP: i32 = 2;

/// As [`STEEP`], for labels.
const LABELS_STEEP: i32 = 3;

/// What a past title that says exactly the same counts for.
const REPEAT: f32 = 3.0;

/// Shares of the vote: past titles by their terms, by pieces of their words, and labels.
const BY_TERMS: f32 = 0.4;
const BY_PIECES: f32 = 0.4;
const BY_LABELS: f32 = 0.4;

/// Share of what was learnt beside the votes.
const LEARNT: f32 = 0.4;

/// Power of a group's chance that its votes are multiplied by.
const GROUP: f32 = 0.25;

/// A code and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledCode {
    /// Eight digits.
    pub code: String,
    /// Swedish label; may be empty.
    pub label_sv: String,
    /// English label; may be empty.
    pub label_en: String,
}

/// A title that somebody gave a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTitle {
    /// The words.
    pub title: String,
    /// Eight digits.
    pub code: String,
}

/// Suggests codes for titles.
#[derive(Debug)]
pub struct CodeModel {
    tree: CodeTree,
    labels: Labels,
    by_terms: Neighbours,
    by_pieces: Neighbours,
    /// Of each past title: its words made equal, and the place of its code.
    titles: Vec<(String, usize)>,
    branches: Option<Branches>,
}

impl CodeModel {
    /// Learns from labels and past titles; either may be missing. Takes seconds for some ten
    /// thousand of each, and memory in proportion to them.
    pub fn build(labels: &[LabelledCode], history: &[PastTitle]) -> Self {
        let codes = labels.iter().map(|label| &label.code).chain(history.iter().map(|past| &past.code));
        let tree = CodeTree::build(codes.cloned());
        let history: Vec<(&str, usize)> =
            history.iter().filter_map(|past| Some((past.title.as_str(), tree.place(&past.code)?))).collect();
        Self {
            labels: Labels::build(&tree, labels),
            by_terms: Neighbours::build(history.iter().map(|(title, _)| features::terms(title))),
            by_pieces: Neighbours::build(history.iter().map(|(title, _)| features::pieces(title))),
            titles: history.iter().map(|(title, place)| (features::normalised(title), *place)).collect(),
            branches: Branches::learn(&tree, history.iter().copied()),
            tree,
        }
    }

    /// Every code that can be suggested.
    pub fn tree(&self) -> &CodeTree {
        &self.tree
    }

    /// Codes of eight digits with what each is worth, best first; none when the title shares
    /// nothing with any label or past title.
    pub fn suggest(&self, title: &str, limit: usize) -> Vec<(&str, f32)> {
        let mut chances = self.votes(title);
        if let Some(learnt) = self.branches.as_ref().and_then(|branches| branches.chances(&self.tree, title)) {
            self.weigh(&mut chances, &learnt);
        }
        let listed = ranking::ranked(&self.tree, &chances, limit);
        listed.into_iter().map(|(place, worth)| (self.tree.codes()[place].as_str(), worth)).collect()
    }

    /// What past titles and labels say: a share of the vote for each code, by place.
    fn votes(&self, title: &str) -> Vec<f32> {
        let (terms, pieces) = (features::terms(title), features::pieces(title));
        let normalised = features::normalised(title);
        let mut votes = vec![0.0_f32; self.tree.codes().len()];
        let mut cast = |likeness: &[(usize, f32)], share: f32| {
            let all: f32 = likeness.iter().map(|(_, weight)| weight).sum();
            likeness.iter().for_each(|(place, weight)| votes[*place] += share * weight / all);
        };
        cast(&self.alike(&self.by_terms, &terms, &normalised), BY_TERMS);
        cast(&self.alike(&self.by_pieces, &pieces, &normalised), BY_PIECES);
        cast(&raised(self.labels.like(&terms, &pieces), LABELS_STEEP), BY_LABELS);
        votes
    }

    /// The codes of the past titles most like this one, one for each title.
    fn alike(&self, titles: &Neighbours, wanted: &BTreeMap<String, f32>, normalised: &str) -> Vec<(usize, f32)> {
        let nearest = raised(best(&titles.scores(wanted), VOTERS), STEEP);
        let vote = |(at, weight): (usize, f32)| {
            let (title, place) = &self.titles[at];
            (*place, if title == normalised { weight * REPEAT } else { weight })
        };
        nearest.into_iter().map(vote).collect()
    }

    /// Lifts and sinks the votes by the chance of their group, and adds what was learnt.
    fn weigh(&self, votes: &mut [f32], learnt: &Chances) {
        for (place, vote) in votes.iter_mut().enumerate().filter(|(_, vote)| **vote > 0.0) {
            // No group is ever impossible: those that no past title used have a chance of 0.
            *vote *= (learnt.groups[self.tree.group(place)] + 0.001).powf(GROUP);
        }
        let all: f32 = votes.iter().sum();
        for (vote, learnt) in votes.iter_mut().zip(&learnt.codes) {
            let voted = if all > 0.0 { *vote / all } else { 0.0 };
            *vote = (1.0 - LEARNT) * voted + LEARNT * learnt;
        }
    }
}

/// Likenesses relative to the highest, which stands first, raised to a power.
fn raised(mut found: Vec<(usize, f32)>, power: i32) -> Vec<(usize, f32)> {
    let highest = found.first().map_or(1.0, |(_, likeness)| *likeness);
    found.iter_mut().for_each(|(_, likeness)| *likeness = (*likeness / highest).powi(power));
    found
}

#[cfg(test)]
mod tests;
