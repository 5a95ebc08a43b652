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

/// The pairs, ready for looking up keys.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pairs: Vec<Pair>,
}

#[derive(Debug)]
struct Pair {
    concept: String,
    actions: Vec<Vec<String>>,
    objects: HashSet<String>,
}

impl Hints {
    pub(super) fn read(splitter: &Splitter) -> Self {
        let key = |word: &str| splitter.shape(word).key.clone();
        let pairs = lines(FILE).filter_map(|line| {
            let mut fields = line.split(',');
            let (concept, actions, objects) = (fields.next()?, fields.next()?, fields.next()?);
            Some(Pair {
                concept: concept.to_owned(),
                actions: actions.split('|').map(|action| action.split(' ').map(key).collect()).collect(),
                objects: objects.split('|').map(key).collect(),
            })
        });
        Self { pairs: pairs.collect() }
    }

    /// The concepts that most words point at, with the first two of those words.
    pub(super) fn find(&self, tokens: &[Token]) -> Vec<Term> {
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
        let found: Vec<(usize, Term)> = self.pairs.iter().filter_map(|pair| pair.find(tokens, &heads)).collect();
        let most = found.iter().map(|(words, _)| *words).max().unwrap_or_default();
        found.into_iter().filter(|(words, _)| *words == most).map(|(_, term)| term).collect()
    }
}

impl Pair {
    /// How many words of the two lists stand in the text, and the concept if both lists have one there.
    fn find(&self, tokens: &[Token], heads: &HashMap<&str, Vec<usize>>) -> Option<(usize, Term)> {
        let places = |key: &String| heads.get(key.as_str()).into_iter().flatten().copied();
        let done: Vec<usize> = self
            .actions
            .iter()
            .filter_map(|action| match action.as_slice() {
                [only] => places(only).next(),
                [first, .., last] => places(first).find(|&at| places(last).any(|end| end > at && end - at <= REACH)),
                [] => None,
            })
            .collect();
        let mut objects: Vec<usize> = self.objects.iter().filter_map(|object| places(object).next()).collect();
        objects.sort_unstable();
        let &first = done.iter().find(|at| objects.iter().any(|object| object != *at))?;
        let &object = objects.iter().find(|object| **object != first)?;
        let surface = format!("{} {}", tokens[first].surface, tokens[object].surface);
        let words = done.iter().chain(&objects).collect::<HashSet<_>>().len();
        Some((words, Term { kind: TermKind::Concept, key: self.concept.clone(), surface }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Analyzer, families::lines, thesaurus};
    use super::FILE;

    fn hinted(text: &str) -> Vec<String> {
        Analyzer::shared().hints(text).into_iter().map(|term| term.key).collect()
    }

    #[test]
    fn an_action_and_its_object_point_at_a_trade() {
        assert_eq!(hinted("Sex skåpbilar går i lera hela veckan. Ingen hinner göra dem rena."), ["car_care"]);
        assert_eq!(hinted("Soffan i väntrummet är sliten"), ["upholstery"]);
        assert!(hinted("Vi köper skåpbilar").is_empty());
    }

    #[test]
    fn every_line_of_the_file_is_a_concept_with_two_lists() {
        for line in lines(FILE) {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(thesaurus::concept(fields[0]).is_some(), "{line}");
            assert!(fields[1..].iter().all(|list| !list.split('|').any(str::is_empty)), "{line}");
        }
    }
}
