//! Cutting a compound into its parts, with linking letters. The words come from
//! `families`; which part means what is decided elsewhere.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use super::families::{Families, is_vowel};

/// Shorter pieces are chance.
const SHORTEST_PART: usize = 2;
/// A head that is trusted after an unknown first part.
const SHORTEST_LONE_HEAD: usize = 5;
/// Words longer than this are not cut.
const LONGEST: usize = 48;
/// How many words are remembered before the memory is emptied.
const REMEMBERED: usize = 32_768;

/// What is known of one written word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Key of the whole word.
    pub(crate) key: String,
    /// Keys of the parts, the head last; empty when the word is one piece.
    pub(crate) parts: Vec<String>,
    /// Whether the word, or every part of it, is in the word lists.
    pub(crate) known: bool,
}

/// Cuts words and remembers them.
#[derive(Debug)]
pub(crate) struct Splitter {
    families: Families,
    remembered: RwLock<HashMap<String, Arc<Shape>>>,
}

impl Splitter {
    pub(crate) fn new(families: Families) -> Self {
        Self { families, remembered: RwLock::default() }
    }

    /// Makes a word known unless it already is, whole or in parts, or ends in a known word.
    pub(crate) fn learn(&mut self, word: &str) {
        let word = word.replace('é', "e");
        let shape = self.cut(&word);
        if !shape.known && shape.parts.is_empty() {
            self.families.learn(&word);
        }
    }

    /// The key of a piece that stands alone before a hyphen.
    pub(crate) fn piece(&self, piece: &str) -> String {
        match self.families.modifier(piece) {
            Some(key) => key.to_owned(),
            None => self.families.key(piece),
        }
    }

    /// The shape of a word as `words` cuts it.
    pub(crate) fn shape(&self, word: &str) -> Arc<Shape> {
        // A poisoned memory is still a memory: entries are only ever added whole.
        let seen = self.remembered.read().unwrap_or_else(|lock| lock.into_inner());
        if let Some(shape) = seen.get(word) {
            return Arc::clone(shape);
        }
        drop(seen);
        let shape = Arc::new(self.cut(word));
        let mut seen = self.remembered.write().unwrap_or_else(|lock| lock.into_inner());
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        seen.insert(word.to_owned(), Arc::clone(&shape));
        shape
    }

    /// As [`Self::shape`], for a guess that is not worth remembering.
    pub(crate) fn shape_once(&self, word: &str) -> Shape {
        self.cut(word)
    }

    fn cut(&self, word: &str) -> Shape {
        if word.contains('-') {
            return self.hyphenated(word);
        }
        if let Some(key) = self.families.known(word) {
            return Shape { key: key.to_owned(), parts: Vec::new(), known: true };
        }
        let (parts, known) = match self.known_parts(word) {
            Some(parts) => (parts, true),
            None => (self.after_unknown(word).unwrap_or_default(), false),
        };
        if parts.is_empty() {
            return Shape { key: self.families.key(word), parts, known: false };
        }
        Shape { key: parts.join("+"), parts, known }
    }

    fn hyphenated(&self, word: &str) -> Shape {
        let mut parts = Vec::new();
        let mut known = true;
        for piece in word.split('-').filter(|piece| !piece.is_empty()) {
            let shape = self.cut(piece);
            known &= shape.known;
            match shape.parts.is_empty() {
                true => parts.push(shape.key),
                false => parts.extend(shape.parts),
            }
        }
        let key = parts.join("+");
        if parts.len() < 2 {
            parts.clear();
        }
        Shape { key, parts, known }
    }

    /// Fewest parts that cover the whole word; among equals the longest head.
    fn known_parts(&self, word: &str) -> Option<Vec<String>> {
        let edges: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if edges.len() > LONGEST {
            return None;
        }
        // best[i]: fewest modifiers that cover the first i letters, and where the last begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; edges.len()];
        best[0] = Some((0, 0));
        for end in SHORTEST_PART..edges.len() {
            for start in 0..=end - SHORTEST_PART {
                let Some((count, _)) = best[start] else { continue };
                let fewer = best[end].is_none_or(|(least, _)| count + 1 < least);
                if fewer && self.modifier(word, edges[start], edges[end]).is_some() {
                    best[end] = Some((count + 1, start));
                }
            }
        }
        let heads = (1..edges.len().saturating_sub(SHORTEST_PART)).filter_map(|start| {
            let (count, _) = best[start]?;
            let head = self.families.known(&word[edges[start]..])?;
            Some((count, start, head))
        });
        let (_, start, head) = heads.min_by_key(|(count, start, _)| (*count, *start))?;
        let mut parts = vec![head.to_owned()];
        let mut end = start;
        while end > 0 {
            let (_, start) = best[end]?;
            parts.push(self.modifier(word, edges[start], edges[end])?.to_owned());
            end = start;
        }
        parts.reverse();
        Some(parts)
    }

    fn modifier(&self, word: &str, start: usize, end: usize) -> Option<&str> {
        let piece = &word[start..end];
        self.families.modifier(piece).or_else(|| {
            // Three equal consonants are written as two: flytt + tjänst is flyttjänst.
            let next = word[end..].chars().next().filter(|c| !is_vowel(*c))?;
            let twin = piece.ends_with(next);
            twin.then(|| self.families.modifier(&format!("{piece}{next}")))?
        })
    }

    /// A known long head after something unknown.
    fn after_unknown(&self, word: &str) -> Option<Vec<String>> {
        let edges: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if edges.len() > LONGEST {
            return None;
        }
        let last = edges.len().checked_sub(SHORTEST_LONE_HEAD)?;
        (3..=last).find_map(|start| {
            let (rest, tail) = word.split_at(edges[start]);
            let head = self.families.known(tail)?;
            let long = head.chars().count().max(tail.chars().count() - 2) >= SHORTEST_LONE_HEAD;
            let whole = long && rest.contains(is_vowel);
            (whole && !PREFIXES.contains(&rest)).then(|| vec![self.families.key(rest), head.to_owned()])
        })
    }
}

/// Beginnings that change a word's meaning instead of naming a thing.
const PREFIXES: &[&str] = &[
    "för", "miss", "vid", "fram", "inne", "före", "mot", "ovan", "icke", "mis", "upp", "till", "van", "und", "ent",
    "här", "där", "hem",
];
