//! How likely each code is by what was learnt of past titles: first the group, then the code
//! inside it.

use std::collections::BTreeMap;

use super::{
    classifier::{Classifier, Lessons, Rarity, Vector},
    features,
    tree::CodeTree,
};

/// A group with less chance than this is not looked into.
const LEAST: f32 = 0.003;

/// What the usual code of a group counts for beside what the words say.
const USUAL: f32 = 0.2;

/// How groups are learnt: short steps and few passes, or what is learnt is only those titles.
const GROUPS: Lessons = Lessons { passes: 5, rate: 1.0 };

/// How divisions are learnt, apart from the groups in them: forty-five classes have more titles each.
const DIVISIONS: Lessons = Lessons { passes: 6, rate: 1.0 };

/// Power of what the divisions' own classifier says beside the sum of their groups.
const DIVISION: f32 = 0.5;

/// How codes are learnt inside a group.
const CODES: Lessons = Lessons { passes: 8, rate: 1.0 };

/// A classifier of divisions, one of groups, and one of codes in each group that past titles use.
#[derive(Debug)]
pub(super) struct Branches {
    rarity: Rarity,
    /// Groups that are used, in order.
    groups: Vec<usize>,
    top: Classifier,
    /// Of each used group, the class of its division.
    division_of: Vec<usize>,
    divisions: Classifier,
    /// Of each used group.
    inner: Vec<Inner>,
}

/// One group.
#[derive(Debug)]
struct Inner {
    /// Used codes by place, in order, with their share of the titles.
    codes: Vec<(usize, f32)>,
    /// Who tells them apart, when there are several.
    told: Option<Classifier>,
}

/// How likely everything is.
pub(super) struct Chances {
    /// Of each group by its number.
    pub(super) groups: Vec<f32>,
    /// Of each code by its place.
    pub(super) codes: Vec<f32>,
}

impl Branches {
    /// Learns from titles with the places of their codes; `None` without any.
    pub(super) fn learn<'a>(tree: &CodeTree, titles: impl Iterator<Item = (&'a str, usize)>) -> Option<Self> {
        let (hashed, places): (Vec<_>, Vec<usize>) =
            titles.map(|(title, place)| (features::hashed(title), place)).unzip();
        let rarity = Rarity::of(&hashed);
        let vectors: Vec<Vector> = hashed.iter().map(|title| rarity.vector(title)).collect();
        let mut groups: Vec<usize> = places.iter().map(|place| tree.group(*place)).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() {
            return None;
        }
        let class = |place: &usize| groups.binary_search(&tree.group(*place)).unwrap_or_default();
        let lessons: Vec<(&Vector, usize)> = vectors.iter().zip(places.iter().map(class)).collect();
        let top = Classifier::train(&lessons, groups.len(), GROUPS);
        let mut used: Vec<usize> = places.iter().map(|place| tree.division(*place)).collect();
        used.sort_unstable();
        used.dedup();
        let division = |place: &usize| used.binary_search(&tree.division(*place)).unwrap_or_default();
        let by_division: Vec<(&Vector, usize)> = vectors.iter().zip(places.iter().map(division)).collect();
        let divisions = Classifier::train(&by_division, used.len(), DIVISIONS);
        let mut division_of = vec![0; groups.len()];
        places.iter().for_each(|place| division_of[class(place)] = division(place));
        let mut members: Vec<Vec<(&Vector, usize)>> = vec![Vec::new(); groups.len()];
        for ((vector, class), place) in lessons.iter().zip(&places) {
            members[*class].push((*vector, *place));
        }
        let inner = members.iter().map(|members| Inner::learn(members)).collect();
        Some(Self { rarity, groups, top, division_of, divisions, inner })
    }

    /// What was learnt about a title; `None` when nothing of it was ever met.
    pub(super) fn chances(&self, tree: &CodeTree, title: &str) -> Option<Chances> {
        let vector = self.rarity.vector(&features::hashed(title));
        if vector.is_empty() {
            return None;
        }
        let mut chances = Chances { groups: vec![0.0; tree.group_count()], codes: vec![0.0; tree.codes().len()] };
        let by_group = self.by_group(&vector);
        for ((chance, group), inner) in by_group.into_iter().zip(&self.groups).zip(&self.inner) {
            chances.groups[*group] = chance;
            let told = inner.told.as_ref().filter(|_| chance > LEAST).map(|told| told.classify(&vector));
            for (nth, (place, usual)) in inner.codes.iter().enumerate() {
                let learnt = told.as_ref().map_or(*usual, |told| told[nth]);
                chances.codes[*place] = chance * ((1.0 - USUAL) * learnt + USUAL * usual);
            }
        }
        Some(chances)
    }
}

impl Branches {
    /// The chance of each used group, with its division weighed once more.
    fn by_group(&self, vector: &Vector) -> Vec<f32> {
        let mut by_group = self.top.classify(vector);
        let by_division = self.divisions.classify(vector);
        let mut summed = vec![0.0_f32; by_division.len()];
        for (chance, division) in by_group.iter().zip(&self.division_of) {
            summed[*division] += chance;
        }
        for (chance, division) in by_group.iter_mut().zip(&self.division_of) {
            *chance *= (by_division[*division] / summed[*division].max(f32::MIN_POSITIVE)).powf(DIVISION);
        }
        let all: f32 = by_group.iter().sum();
        by_group.iter_mut().for_each(|chance| *chance /= all);
        by_group
    }
}

impl Inner {
    /// Learns from the titles of one group with the places of their codes.
    fn learn(titles: &[(&Vector, usize)]) -> Self {
        let mut used: BTreeMap<usize, f32> = BTreeMap::new();
        for (_, place) in titles {
            *used.entry(*place).or_insert(0.0) += 1.0 / titles.len() as f32;
        }
        let codes: Vec<(usize, f32)> = used.into_iter().collect();
        let class = |place: usize| codes.binary_search_by_key(&place, |(place, _)| *place).unwrap_or_default();
        let lessons: Vec<(&Vector, usize)> = titles.iter().map(|(vector, place)| (*vector, class(*place))).collect();
        let told = (codes.len() > 1).then(|| Classifier::train(&lessons, codes.len(), CODES));
        Self { codes, told }
    }
}
