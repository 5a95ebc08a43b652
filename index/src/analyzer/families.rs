//! Reducing a word to the key that its inflections and its noun, verb and agent share
//! (städning, städa, städare). Compounds are cut elsewhere; here a word is one piece.

use std::collections::HashMap;

/// Endings of verbs and of what is made from verbs. Longest first.
const VERBAL: &[&str] = &[
    "ningarnas",
    "ningarna",
    "erskorna",
    "ingarnas",
    "ingarna",
    "ningens",
    "eriernas",
    "erierna",
    "ningars",
    "elserna",
    "ningar",
    "ningen",
    "erskan",
    "erskor",
    "ingens",
    "eriets",
    "andets",
    "elsens",
    "arnas",
    "ingar",
    "ingen",
    "nings",
    "erier",
    "eriet",
    "erska",
    "arens",
    "andet",
    "anden",
    "elsen",
    "elser",
    "ades",
    "ning",
    "ings",
    "eris",
    "aren",
    "ares",
    "arna",
    "ande",
    "else",
    "ade",
    "are",
    "eri",
    "ing",
    "ad",
    "ar",
    "as",
    "at",
    "a",
];

/// Endings of nouns and adjectives. Longest first.
const NOMINAL: &[&str] = &[
    "ernas", "ornas", "erna", "orna", "enas", "ens", "ers", "ets", "ors", "ena", "ns", "ts", "na", "nas", "an", "en",
    "er", "et", "or", "es", "de", "te", "n", "t", "s", "e",
];

/// A stem shorter than this is only trusted when a word list knows it.
const SHORTEST_UNKNOWN: usize = 4;

/// The known stems and the forms that follow no rule.
#[derive(Debug, Default)]
pub(crate) struct Families {
    /// Whole forms, from the table of exceptions.
    forms: HashMap<String, String>,
    /// Stems of known words as they stand.
    stems: HashMap<String, String>,
    /// Stems of known words that end in a: verbs, and nouns such as matta.
    open: HashMap<String, String>,
}

impl Families {
    /// Reads the table of exceptions (`key,form|form`) and the list of known words.
    pub(crate) fn read(exceptions: &str, words: &str) -> Self {
        let mut families = Self::default();
        for (key, forms) in lines(exceptions).filter_map(|line| line.split_once(',')) {
            for form in forms.split('|') {
                families.forms.insert(form.to_owned(), key.to_owned());
            }
        }
        for word in lines(words) {
            families.learn(word);
        }
        families
    }

    /// Makes a word known, so that it is recognised in inflections and compounds.
    pub(crate) fn learn(&mut self, word: &str) {
        if self.forms.contains_key(word) || self.stems.contains_key(word) {
            return;
        }
        if let Some(stem) = word.strip_suffix('a').filter(|stem| stem.chars().count() >= 2) {
            self.open.insert(stem.to_owned(), word.to_owned());
            return;
        }
        self.stems.insert(word.to_owned(), word.to_owned());
        if let Some(stem) = word.strip_suffix('e').filter(|stem| stem.chars().count() >= 3) {
            self.stems.entry(stem.to_owned()).or_insert_with(|| word.to_owned());
        }
        if let Some(stem) = contracted(word) {
            self.stems.entry(stem).or_insert_with(|| word.to_owned());
        }
    }

    /// The key of a word that the lists know, in any inflection.
    pub(crate) fn known(&self, word: &str) -> Option<&str> {
        if let Some(key) = self.forms.get(word) {
            return Some(key);
        }
        if let Some(key) = word.strip_suffix('s').and_then(|base| self.forms.get(base)) {
            return Some(key);
        }
        if let Some(key) = self.stems.get(word) {
            return Some(key);
        }
        self.with_ending(word, VERBAL, &self.open, &self.stems)
            .or_else(|| self.with_ending(word, NOMINAL, &self.stems, &self.open))
    }

    /// The key of a piece that may stand before another in a compound.
    pub(crate) fn modifier(&self, piece: &str) -> Option<&str> {
        let exact = |piece: &str| {
            self.forms.get(piece).or_else(|| self.stems.get(piece)).or_else(|| self.open.get(piece)).map(String::as_str)
        };
        if let Some(key) = exact(piece) {
            return Some(key);
        }
        if let Some(base) = piece.strip_suffix('s') {
            let derived = || {
                let made = ["ning", "ing", "eri", "are", "else", "ande"];
                made.iter().any(|end| base.ends_with(end)).then(|| self.known(base))?
            };
            return exact(base).or_else(derived);
        }
        if ["eri", "are"].iter().any(|end| piece.ends_with(end)) {
            return self.known(piece);
        }
        let base = piece.strip_suffix(['e', 'o', 'u', 'a'])?;
        self.open.get(base).or_else(|| self.stems.get(base)).map(String::as_str)
    }

    /// The key of any word: by the lists, else by cutting endings.
    pub(crate) fn key(&self, word: &str) -> String {
        if let Some(key) = self.known(word) {
            return key.to_owned();
        }
        let base = match word.strip_suffix('s') {
            Some(base) if base.len() > SHORTEST_UNKNOWN && !base.ends_with('s') => base,
            _ => word,
        };
        let cut = |endings: &[&str]| {
            endings.iter().find_map(|ending| {
                let stem = base.strip_suffix(ending)?;
                let long = stem.chars().count() >= SHORTEST_UNKNOWN;
                (long && stem.contains(is_vowel)).then(|| stem.to_owned())
            })
        };
        cut(VERBAL).or_else(|| cut(NOMINAL)).unwrap_or_else(|| base.to_owned())
    }

    fn with_ending<'a>(
        &'a self,
        word: &str,
        endings: &[&str],
        first: &'a HashMap<String, String>,
        second: &'a HashMap<String, String>,
    ) -> Option<&'a str> {
        endings.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            if stem.chars().count() < 2 {
                return None;
            }
            let doubled = || stem.strip_suffix('m').filter(|stem| stem.ends_with('m'));
            first
                .get(stem)
                .or_else(|| second.get(stem))
                .or_else(|| doubled().and_then(|stem| first.get(stem)))
                .map(String::as_str)
        })
    }
}

/// The lines of a data file that say something.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Words in -el, -er, -en lose the e before an ending: cykel, cyklar.
fn contracted(word: &str) -> Option<String> {
    let (start, last) = ["el", "er", "en"].iter().find_map(|end| Some((word.strip_suffix(end)?, &end[1..])))?;
    let consonant = start.chars().last().is_some_and(|c| !is_vowel(c));
    (start.chars().count() >= 2 && consonant).then(|| format!("{start}{last}"))
}

pub(crate) fn is_vowel(c: char) -> bool {
    "aeiouyåäö".contains(c)
}
