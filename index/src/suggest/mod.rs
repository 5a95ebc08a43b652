//! Which codes a title is about, learnt from the labels of the code list and from past titles.
//! Everything is in memory and derived: the same labels and titles give the same suggestions.
//!
//! Past titles like this one vote for their codes, labels like it for themselves; a classifier
//! says how likely each group is and lifts or sinks its codes. What is listed is what is worth
//! most on the whole: a code counts in full, its neighbours in the tree in part.

mod classifier;
pub mod features;
mod neighbours;
pub mod tree;

use std::collections::HashMap;

use self::classifier::Classifier;
use self::neighbours::{Neighbours, best};
use self::tree::CodeTree;

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

#[derive(Debug, Clone)]
pub struct Tuning {
    pub neighbours: usize,
    pub steep: f32,
    pub terms: f32,
    pub pieces: f32,
    pub labels: f32,
    pub label_steep: f32,
    pub label_pieces: f32,
    pub label_en: f32,
    pub ancestors: f32,
    pub repeat: f32,
    pub prior: f32,
    pub division: f32,
    pub spread: f32,
    pub next: f32,
    pub same: f32,
    pub lead: f32,
    pub lnext: f32,
    pub lsame: f32,
    pub delta: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            neighbours: 40, steep: 2.0, terms: 0.4, pieces: 0.4, labels: 0.15, label_steep: 2.0, label_pieces: 0.5,
            label_en: 0.3, ancestors: 0.2, repeat: 3.0, prior: 0.5, division: 0.0, spread: 0.15, next: 2.0, same: 1.0, lead: 5.0, lnext: 0.4, lsame: 0.2, delta: 0.2,
        }
    }
}

/// Suggests codes for titles.
#[derive(Debug)]
pub struct CodeModel {
    pub tuning: Tuning,
    tree: CodeTree,
    label_terms: Neighbours,
    label_pieces: Neighbours,
    title_terms: Neighbours,
    title_pieces: Neighbours,
    /// Of each past title: its code's place.
    title_codes: Vec<usize>,
    /// Normalised titles, for repeats.
    titles: Vec<String>,
    /// How often each code was used.
    used: Vec<f32>,
    group_used: Vec<f32>,
    classifier: Option<Classifier>,
}

impl CodeModel {
    pub fn build(labels: &[LabelledCode], history: &[PastTitle]) -> Self {
        let tuning = Tuning::default();
        let tree = CodeTree::build(
            labels.iter().map(|l| l.code.clone()).chain(history.iter().map(|p| p.code.clone())),
        );
        let mut by_place: Vec<Option<&LabelledCode>> = vec![None; tree.codes().len()];
        for label in labels {
            if let Some(at) = tree.place(&label.code) { by_place[at] = Some(label); }
        }
        let label_doc = |features: fn(&str) -> std::collections::BTreeMap<String, f32>, anc: f32| {
            let mut docs = Vec::new();
            for at in 0..tree.codes().len() {
                let mut doc = std::collections::BTreeMap::new();
                let mut add = |at: usize, weight: f32| {
                    if let Some(l) = by_place[at] {
                        for (f, c) in features(&l.label_sv) { *doc.entry(f).or_insert(0.0) += c * weight; }
                        for (f, c) in features(&l.label_en) { *doc.entry(f).or_insert(0.0) += c * weight * tuning.label_en; }
                    }
                };
                add(at, 1.0);
                let mut above = tree.parent(at);
                while let Some(p) = above { add(p, anc); above = tree.parent(p); }
                docs.push(doc);
            }
            Neighbours::build(docs)
        };
        let label_terms = label_doc(features::terms, tuning.ancestors);
        let label_pieces = label_doc(features::pieces, 0.0);
        let history: Vec<(&PastTitle, usize)> = history.iter().filter_map(|p| Some((p, tree.place(&p.code)?))).collect();
        let mut used = vec![0.0; tree.codes().len()];
        let mut group_used = vec![0.0; tree.group_count()];
        for (_, at) in &history { used[*at] += 1.0; group_used[tree.group(*at)] += 1.0; }
        let hashed: Vec<_> = history.iter().map(|(p, _)| features::hashed(&p.title)).collect();
        let groups: Vec<usize> = history.iter().map(|(_, at)| tree.group(*at)).collect();
        let classifier = (!history.is_empty()).then(|| Classifier::train(&hashed, &groups, tree.group_count()));
        Self {
            label_terms, label_pieces,
            title_terms: Neighbours::build(history.iter().map(|(p, _)| features::terms(&p.title))),
            title_pieces: Neighbours::build(history.iter().map(|(p, _)| features::pieces(&p.title))),
            title_codes: history.iter().map(|(_, at)| *at).collect(),
            titles: history.iter().map(|(p, _)| features::normalised(&p.title)).collect(),
                        used, group_used, classifier, tuning, tree,
        }
    }

    pub fn tree(&self) -> &CodeTree { &self.tree }

    pub fn suggest(&self, title: &str, limit: usize) -> Vec<(&str, f32)> {
        let chances = self.chances(title);
        let first = best(&self.worth(&chances, self.tuning.lnext, self.tuning.lsame), self.tuning.lead as usize);
        let rest = best(&self.worth(&chances, self.tuning.next, self.tuning.same), limit + first.len());
        let mut out = first.clone();
        if out.is_empty() { return Vec::new(); }
        out.extend(rest.into_iter().filter(|r| first.iter().all(|f| f.0 != r.0)));
        out.truncate(limit);
        out.into_iter().map(|(at, score)| (self.tree.codes()[at].as_str(), score)).collect()
    }

    fn chances(&self, title: &str) -> Vec<f32> {
        let t = &self.tuning;
        let n = self.tree.codes().len();
        let (terms, pieces) = (features::terms(title), features::pieces(title));
        let normal = features::normalised(title);
        let mut votes = vec![0.0_f32; n];
        let mut total = 0.0;
        for (index, wanted, share) in [(&self.title_terms, &terms, t.terms), (&self.title_pieces, &pieces, t.pieces)] {
            let found = best(&index.scores(wanted), t.neighbours);
            let Some(top) = found.first().map(|f| f.1) else { continue };
            let weights: Vec<f32> = found.iter().map(|(at, s)| {
                (s / top).powf(t.steep) * if self.titles[*at] == normal { t.repeat } else { 1.0 }
            }).collect();
            let sum: f32 = weights.iter().sum();
            for ((at, _), w) in found.iter().zip(&weights) { votes[self.title_codes[*at]] += share * w / sum; }
            total += share;
        }
        if t.labels > 0.0 {
            let a = self.label_terms.scores(&terms);
            let b = self.label_pieces.scores(&pieces);
            let ta = a.iter().copied().fold(0.0, f32::max).max(1e-9);
            let tb = b.iter().copied().fold(0.0, f32::max).max(1e-9);
            let both: Vec<f32> = a.iter().zip(&b).map(|(a, b)| a / ta + t.label_pieces * b / tb).collect();
            let found = best(&both, 30);
            if let Some(top) = found.first().map(|f| f.1) {
                let weights: Vec<f32> = found.iter().map(|(_, s)| (s / top).powf(t.label_steep)).collect();
                let sum: f32 = weights.iter().sum();
                for ((at, _), w) in found.iter().zip(&weights) { votes[*at] += t.labels * w / sum; }
                total += t.labels;
            }
        }
        if total == 0.0 { return votes; }
        if let Some(groups) = self.classifier.as_ref().and_then(|c| c.classify(&features::hashed(title))) {
            let mut divisions = [0.0_f32; 100];
            let mut first_of: HashMap<usize, usize> = HashMap::new();
            for at in 0..n { first_of.entry(self.tree.group(at)).or_insert_with(|| self.tree.division(at)); }
            for (g, p) in groups.iter().enumerate() { divisions[first_of[&g]] += p; }
            let mut sum = 0.0;
            for (at, vote) in votes.iter_mut().enumerate() {
                if *vote > 0.0 {
                    *vote *= (groups[self.tree.group(at)] + 0.001).powf(t.prior) * (divisions[self.tree.division(at)] + 0.001).powf(t.division);
                    sum += *vote;
                }
            }
            for (at, vote) in votes.iter_mut().enumerate() {
                let g = self.tree.group(at);
                let within = self.used[at] / self.group_used[g].max(1.0);
                *vote = (1.0 - t.spread) * *vote / sum + t.spread * groups[g] * within;
            }
        }
        votes
    }

    fn worth(&self, chances: &[f32], next: f32, same: f32) -> Vec<f32> {
        let mut divisions = [0.0_f32; 100];
        for (at, c) in chances.iter().enumerate() { divisions[self.tree.division(at)] += c; }
        let mut groups = vec![0.0_f32; self.tree.group_count()];
        for (at, c) in chances.iter().enumerate() { groups[self.tree.group(at)] += c; }
        let mut worth: Vec<f32> = chances.iter().enumerate().map(|(at, c)| (3.0 - same) * c + same * groups[self.tree.group(at)]).collect();
        for (at, c) in chances.iter().enumerate() {
            if let Some(p) = self.tree.parent(at) {
                worth[p] += next * c - if self.tree.group(p) == self.tree.group(at) { same * c } else { 0.0 };
                worth[at] += next * chances[p] - if self.tree.group(p) == self.tree.group(at) { same * chances[p] } else { 0.0 };
            }
        }
        for (at, w) in worth.iter_mut().enumerate() { *w *= divisions[self.tree.division(at)].powf(self.tuning.delta); }
        worth
    }
}
