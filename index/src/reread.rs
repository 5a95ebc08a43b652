//! The last resort of a search: words that nothing answers are read anew, as neighbours that belong
//! together, as words that lost their dots, as words with a letter wrong. For readers only; the
//! matcher never guesses.

use std::collections::HashSet;

use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term as IndexTerm};

use crate::SearchIndex;
use crate::analyzer::spelling::{self, Typed};
use crate::analyzer::{Analyzer, Term, TermKind};
use crate::error::IndexError;

/// More words than this are a text and not a search; they are not read anew.
const MOST_WORDS: usize = 12;
/// Words read anew in one search, so that its time is bounded.
const MOST_REREAD: usize = 4;
/// Neighbours of a word that are asked for.
const MOST_NEIGHBOURS: usize = 24;
/// Words that are shorter without their ending have too many neighbours in an index.
const SHORTEST_KEY: usize = 6;
/// Terms of the index looked at around a word.
const MOST_NEAR_TERMS: usize = 256;

/// What was searched for in place of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The word or words as typed, lower case.
    pub typed: String,
    /// What was searched for.
    pub instead: String,
    /// `instead` is a key of the index and no word yet: the document that was found has the word.
    pub is_key: bool,
}

/// A query as the index understood it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// What is searched for.
    pub terms: Vec<Term>,
    /// Where that is not what was typed.
    pub corrections: Vec<Correction>,
}

/// How well something is answered, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Nothing,
    /// By a word, or a part of one.
    Word(u64),
    /// By a trade of the thesaurus.
    Trade(u64),
}

impl SearchIndex {
    /// Reads the words of a query; anew where no document has them.
    ///
    /// # Errors
    /// [`IndexError::Store`] when the index cannot be read.
    pub fn read(&self, words: &str) -> Result<Reading, IndexError> {
        let analyzer = Analyzer::shared();
        let terms = analyzer.analyze(words);
        let typed = analyzer.typed(words);
        if typed.is_empty() || typed.len() > MOST_WORDS {
            return Ok(Reading { terms, corrections: Vec::new() });
        }
        let searcher = self.reader.searcher();
        let told = told(words);
        let mut kept: Vec<&str> = Vec::new();
        let mut corrections: Vec<Correction> = Vec::new();
        let mut at = 0;
        while let Some(word) = typed.get(at) {
            let asks = corrections.len() < MOST_REREAD && !word.stop && !told.contains(&word.text);
            let missing = asks && !self.is_answered(&searcher, &word.text)?;
            match if missing { self.correct(&searcher, &typed, at)? } else { None } {
                Some((correction, words)) => {
                    at += words;
                    corrections.push(correction);
                }
                None => {
                    kept.push(&word.text);
                    at += 1;
                }
            }
        }
        if corrections.is_empty() {
            return Ok(Reading { terms, corrections });
        }
        let (keys, written): (Vec<&Correction>, Vec<&Correction>) = corrections.iter().partition(|c| c.is_key);
        kept.extend(written.iter().map(|correction| correction.instead.as_str()));
        let mut terms = analyzer.analyze(&kept.join(" "));
        terms.extend(keys.iter().map(|correction| key_term(&correction.instead)));
        Ok(Reading { terms, corrections })
    }

    /// What to search for instead, and how many of the typed words it stands for.
    fn correct(
        &self,
        searcher: &Searcher,
        typed: &[Typed],
        at: usize,
    ) -> Result<Option<(Correction, usize)>, IndexError> {
        let word = &typed[at].text;
        let written = |instead: String, words: usize| {
            let typed: Vec<&str> = typed[at..at + words].iter().map(|word| word.text.as_str()).collect();
            (Correction { typed: typed.join(" "), instead, is_key: false }, words)
        };
        if let Some(next) = typed.get(at + 1).map(|next| &next.text) {
            let joined = vec![format!("{word}{next}"), format!("{word}s{next}")];
            if let Some(joined) = self.best(searcher, joined)? {
                return Ok(Some(written(joined, 2)));
            }
        }
        let analyzer = Analyzer::shared();
        if let Some(dotted) = self.best(searcher, analyzer.dotted(word))? {
            return Ok(Some(written(dotted, 1)));
        }
        if analyzer.knows(word) {
            // A right word for what nobody here does.
            return Ok(None);
        }
        for near in spelling::neighbours(word).into_iter().take(MOST_NEIGHBOURS) {
            if self.answer(searcher, near)? != Answer::Nothing {
                return Ok(Some(written(near.to_owned(), 1)));
            }
        }
        let key = self.nearest_key(searcher, word)?;
        Ok(key.map(|key| (Correction { typed: word.clone(), instead: key, is_key: true }, 1)))
    }

    /// The way of writing that is answered best; the first of equals.
    fn best(&self, searcher: &Searcher, ways: Vec<String>) -> Result<Option<String>, IndexError> {
        let mut best = (Answer::Nothing, None);
        for way in ways {
            let answer = self.answer(searcher, &way)?;
            if answer > best.0 {
                best = (answer, Some(way));
            }
        }
        Ok(best.1)
    }

    /// Whether what was typed is answered as it stands. A word that is only like an inflection of
    /// another ("stadning", as if of stad) is not, when dots make it a trade.
    fn is_answered(&self, searcher: &Searcher, word: &str) -> Result<bool, IndexError> {
        let analyzer = Analyzer::shared();
        match self.answer(searcher, word)? {
            Answer::Nothing => Ok(false),
            Answer::Word(_) if !analyzer.lists(word) => {
                for dotted in analyzer.dotted(word) {
                    if matches!(self.answer(searcher, &dotted)?, Answer::Trade(_)) {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(true),
        }
    }

    fn answer(&self, searcher: &Searcher, word: &str) -> Result<Answer, IndexError> {
        let mut best = Answer::Nothing;
        for term in Analyzer::shared().analyze(word) {
            let field = if term.kind == TermKind::Concept { self.fields.concept } else { self.fields.word };
            // Half of a compound is another thing: "cykel" does not answer "cykelreperation".
            if term.kind == TermKind::Part {
                continue;
            }
            let documents = searcher.doc_freq(&IndexTerm::from_field_text(field, &term.key))?;
            let answer = match (documents, term.kind) {
                (0, _) => Answer::Nothing,
                (documents, TermKind::Concept) => Answer::Trade(documents),
                (documents, _) => Answer::Word(documents),
            };
            best = best.max(answer);
        }
        Ok(best)
    }

    /// The whole word of the index that lies nearest, by its term dictionary; the commonest of equals.
    fn nearest_key(&self, searcher: &Searcher, word: &str) -> Result<Option<String>, IndexError> {
        // Keys have lost their endings, so the word loses its own.
        let terms = Analyzer::shared().analyze(word);
        let word = terms.iter().find(|term| term.kind == TermKind::Family).map_or(word, |term| &term.key);
        let allowed = if word.chars().count() < SHORTEST_KEY { 0 } else { spelling::allowed(word) };
        let Some(first) = word.chars().next().filter(|_| allowed > 0) else { return Ok(None) };
        let after = char::from_u32(u32::from(first) + 1).map(String::from).unwrap_or_default();
        for distance in 1..=allowed {
            let term = IndexTerm::from_field_text(self.fields.family, word);
            let mut best: Option<(u64, String)> = None;
            for segment in searcher.segment_readers() {
                let near = FuzzyTermQuery::new(term.clone(), distance, true).automaton()?;
                let inverted = segment.inverted_index(self.fields.family)?;
                let range = inverted.terms().search(near).ge(first.to_string()).lt(&after);
                let mut stream = range.into_stream().map_err(tantivy::TantivyError::from)?;
                for _ in 0..MOST_NEAR_TERMS {
                    if !stream.advance() {
                        break;
                    }
                    let key = String::from_utf8_lossy(stream.key()).into_owned();
                    let found = searcher.doc_freq(&IndexTerm::from_field_text(self.fields.family, &key))?;
                    let is_long = key.chars().count() >= SHORTEST_KEY - 1;
                    if is_long && found > 0 && best.as_ref().is_none_or(|(most, _)| found > *most) {
                        best = Some((found, key));
                    }
                }
            }
            if let Some((_, key)) = best {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }
}

/// The words that a trade was read from, alone or with others: they were understood.
fn told(words: &str) -> HashSet<String> {
    let mut told = HashSet::new();
    Analyzer::shared().each(words, &mut |kind, _, surface| {
        if kind == TermKind::Concept {
            told.extend(surface.split(' ').map(str::to_owned));
        }
    });
    told
}

fn key_term(key: &str) -> Term {
    Term { kind: TermKind::Family, key: key.to_owned(), surface: key.to_owned() }
}
