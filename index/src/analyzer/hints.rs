//! Trades that a short request points at without naming them: something is done, and something it is
//! done to, in the same few sentences.

use std::collections::{HashMap, HashSet};

use super::compounds::Splitter;
use super::families::lines;
use super::{Term, TermKind, Token};

const FILE: &str = include_str!("../../data/hints.csv");

/// A longer text names its trade, and shares some pair of words with every trade.
const LONGEST: usize = 120;
/// Words between the two of an action such as "göra rent".
const REACH: usize = 3;
/// So many words are no chance, even where another trade has more.
const SEVERAL: usize = 3;

/// The pairs, ready for looking up keys.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pairs: Vec<Pair>,
}

#[derive(Debug)]
struct Pair {
    concept: String,
    actions: Vec<Wanted>,
    objects: Vec<Wanted>,
    /// Words that need no other.
    alone: Vec<Wanted>,
}

/// Keys of a word, or of a few that stand close together.
type Wanted = Vec<String>;

/// A trade that a text points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The concept, with the first two of the words that point at it.
    pub term: Term,
    /// How many words do; two at least.
    pub words: usize,
}

impl Hints {
    pub(super) fn read(splitter: &Splitter) -> Self {
        let key = |word: &str| splitter.shape(&word.replace('é', "e")).key.clone();
        let list = |field: &str| -> Vec<Wanted> {
            let listed = field.split('|').filter(|listed| !listed.is_empty());
            listed.map(|listed| listed.split(' ').map(key).collect()).collect()
        };
        let pairs = lines(FILE).filter_map(|line| {
            let mut fields = line.split(',');
            let (concept, actions, objects) = (fields.next()?, fields.next()?, fields.next()?);
            let alone = list(fields.next()?);
            Some(Pair { concept: concept.to_owned(), actions: list(actions), objects: list(objects), alone })
        });
        Self { pairs: pairs.collect() }
    }

    /// The concepts that most words point at, and others that several do.
    pub(super) fn find(&self, tokens: &[Token]) -> Vec<Hint> {
        if tokens.len() > LONGEST {
            return Vec::new();
        }
        let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, token) in tokens.iter().enumerate() {
            heads.entry(&token.shape.key).or_default().push(at);
            if let Some(head) = token.shape.parts.last() {
                heads.entry(head).or_default().push(at);
            }
        }
        let found: Vec<Hint> = self.pairs.iter().filter_map(|pair| pair.find(tokens, &heads)).collect();
        let most = found.iter().map(|hint| hint.words).max().unwrap_or_default();
        let kept = |hint: &Hint| hint.words == most || (hint.words >= SEVERAL && hint.words + 1 == most);
        found.into_iter().filter(kept).collect()
    }
}

impl Pair {
    /// The concept, if both lists have a word in the text, or the third has one.
    fn find(&self, tokens: &[Token], heads: &HashMap<&str, Vec<usize>>) -> Option<Hint> {
        let places = |key: &String| heads.get(key.as_str()).into_iter().flatten().copied();
        let first = |wanted: &Wanted| match wanted.as_slice() {
            [] => None,
            [only] => places(only).next(),
            [first, .., last] => places(first).find(|&at| places(last).any(|end| end > at && end - at <= REACH)),
        };
        let in_text = |list: &[Wanted]| {
            let mut at: Vec<usize> = list.iter().filter_map(first).collect();
            at.sort_unstable();
            at.dedup();
            at
        };
        let (done, objects, alone) = (in_text(&self.actions), in_text(&self.objects), in_text(&self.alone));
        let pair = done.iter().find_map(|&at| Some((at, *objects.iter().find(|object| **object != at)?)));
        let (one, other) = pair.or_else(|| alone.first().map(|&at| (at, at)))?;
        let mut surface = tokens[one].surface.clone();
        if other != one {
            surface = format!("{surface} {}", tokens[other].surface);
        }
        let words = done.iter().chain(&objects).chain(&alone).collect::<HashSet<_>>().len() + alone.len();
        let term = Term { kind: TermKind::Concept, key: self.concept.clone(), surface };
        Some(Hint { term, words: words.max(2) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Analyzer, families::lines, thesaurus};
    use super::FILE;

    fn hinted(text: &str) -> Vec<String> {
        Analyzer::shared().hints(text).into_iter().map(|hint| hint.term.key).collect()
    }

    #[test]
    fn an_action_and_its_object_point_at_a_trade() {
        assert_eq!(hinted("Sex skåpbilar går i lera hela veckan. Ingen hinner göra dem rena."), ["car_care"]);
        assert_eq!(hinted("Soffan i väntrummet är sliten"), ["upholstery"]);
        assert!(hinted("Vi köper skåpbilar").is_empty());
        assert_eq!(hinted("Någon har sprejat på långsidan"), ["graffiti"]);
    }

    #[test]
    fn what_more_words_point_at_is_meant() {
        let overalls = "Smutsiga overaller ska tillbaka hela, med byxor som har hål och en riven söm";
        let found = Analyzer::shared().hints(overalls);
        let words = |id: &str| found.iter().find(|hint| hint.term.key == id).map(|hint| hint.words);
        assert!(words("sewing") >= Some(4), "{found:?}");
        assert!(words("tyres").is_none() && words("painting").is_none(), "{found:?}");
    }

    #[test]
    fn every_line_of_the_file_is_a_concept_with_two_lists() {
        for line in lines(FILE) {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), 4, "{line}");
            assert!(thesaurus::concept(fields[0]).is_some(), "{line}");
            assert!(fields[1..3].iter().all(|list| !list.split('|').any(str::is_empty)), "{line}");
        }
    }
}
