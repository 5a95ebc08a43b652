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

/// How codes are learnt inside a group.
const CODES: Lessons = Lessons { passes: 8, rate: 1.0 };

/// A classifier of groups, and one of codes in each group that past titles use.
#[derive(Debug)]
pub(super) struct Branches {
    rarity: Rarity,
    /// Groups that are used, in order.
    groups: Vec<usize>,
    top: Classifier,
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
        let mut members: Vec<Vec<(&Vector, usize)>> = vec![Vec::new(); groups.len()];
        for ((vector, class), place) in lessons.iter().zip(&places) {
            members[*class].push((*vector, *place));
        }
        let inner = members.iter().map(|members| Inner::learn(members)).collect();
        Some(Self { rarity, groups, top, inner })
    }

    /// What was learnt about a title; `None` when nothing of it was ever met.
    pub(super) fn chances(&self, tree: &CodeTree, title: &str) -> Option<Chances> {
        let vector = self.rarity.vector(&features::hashed(title));
        if vector.is_empty() {
            return None;
        }
        let mut chances = Chances { groups: vec![0.0; tree.group_count()], codes: vec![0.0; tree.codes().len()] };
        let by_group = self.top.classify(&vector);
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
