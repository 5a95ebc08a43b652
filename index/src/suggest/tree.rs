//! The codes as a tree: who lies directly above whom, and who shares a group of three digits.

use std::collections::HashMap;

use crate::codes::significant;

/// Codes in order, with their parents and groups.
#[derive(Debug, Default)]
pub struct CodeTree {
    codes: Vec<String>,
    places: HashMap<String, usize>,
    parents: Vec<Option<usize>>,
    groups: Vec<usize>,
    group_count: usize,
}

impl CodeTree {
    /// Takes codes of eight digits in any order, repeated ones once; what is no code is left out.
    pub fn build(codes: impl IntoIterator<Item = String>) -> Self {
        let mut codes: Vec<String> =
            codes.into_iter().filter(|code| code.len() == 8 && significant(code).is_some()).collect();
        codes.sort_unstable();
        codes.dedup();
        let places: HashMap<String, usize> = codes.iter().enumerate().map(|(at, code)| (code.clone(), at)).collect();
        let parents = codes.iter().map(|code| parent(code, &places)).collect();
        let mut groups: Vec<usize> = Vec::with_capacity(codes.len());
        for (at, code) in codes.iter().enumerate() {
            let Some(before) = at.checked_sub(1) else {
                groups.push(0);
                continue;
            };
            groups.push(groups[before] + usize::from(codes[before][..3] != code[..3]));
        }
        let group_count = groups.last().map_or(0, |last| last + 1);
        Self { codes, places, parents, groups, group_count }
    }

    /// Every code, in order.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Where a code stands in the order.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    /// The nearest code above.
    pub fn parent(&self, place: usize) -> Option<usize> {
        self.parents[place]
    }

    /// Number of the group of three digits, counted in order.
    pub fn group(&self, place: usize) -> usize {
        self.groups[place]
    }

    /// How many groups there are.
    pub fn group_count(&self) -> usize {
        self.group_count
    }

    /// Number of the division, the first two digits.
    pub(super) fn division(&self, place: usize) -> usize {
        self.codes[place][..2].parse().unwrap_or(0)
    }

    /// What finding one code is worth when the other is right: 3 itself, 2 directly above or
    /// below it, 1 in its group, 0 else.
    pub fn gain(&self, found: usize, right: usize) -> u8 {
        if found == right {
            3
        } else if self.parents[found] == Some(right) || self.parents[right] == Some(found) {
            2
        } else {
            u8::from(self.groups[found] == self.groups[right])
        }
    }
}

fn parent(code: &str, places: &HashMap<String, usize>) -> Option<usize> {
    let digits = significant(code)?;
    (2..digits.len()).rev().find_map(|length| places.get(&format!("{:0<8}", &digits[..length])).copied())
}
