//! From running text to terms: the order of the steps, and the lists they read. Each step
//! lives in its own file: `words` cuts, `families` reduces, `compounds` splits, `concepts`
//! finds trades. `spelling` reads words anew that nothing answers.

mod compounds;
mod concepts;
mod families;
pub mod hints;
pub(crate) mod spelling;
pub mod thesaurus;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use self::compounds::{Shape, Splitter};
use self::concepts::Finder;
use self::families::{Families, lines};
use self::hints::{Hint, Hints};
use self::words::Word;

/// Raised when a rule or a data file changes what a text becomes.
const VERSION: u32 = 11;

/// A text of so few words is about all it names.
const SHORT_TEXT: usize = 25;
/// What a text is about stands among its first words.
const OPENING: usize = 20;

/// What stands before that which is asked for.
const ASKS: &[&str] = &[
    "behöver", "behövs", "söker", "sökes", "önskar", "vill", "letar", "anlita", "köpa", "need", "needs", "seeking",
    "want", "looking",
];
/// Words between the two.
const ASKED_REACH: usize = 6;

const STOPWORDS: &str = include_str!("../../data/stopwords.txt");
const GENERIC: &str = include_str!("../../data/generic.txt");
const PARTS: &str = include_str!("../../data/parts.txt");
const EXCEPTIONS: &str = include_str!("../../data/families.csv");

/// What a term stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A concept of the thesaurus; the key is its id.
    Concept,
    /// A whole word, reduced to what its inflections and derivations share.
    Family,
    /// A piece of a compound, reduced likewise, or a proper name.
    Part,
}

/// One thing a text says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    /// What the key stands for.
    pub kind: TermKind,
    /// What is compared.
    pub key: String,
    /// The reader's own word or words, lower case, that gave the term.
    pub surface: String,
}

/// Swedish (and some English) text analysis: the word lists, made ready.
#[derive(Debug)]
pub struct Analyzer {
    splitter: Splitter,
    finder: Finder,
    hints: Hints,
    lists: Lists,
    generic: HashSet<String>,
}

/// Words that are passed over.
#[derive(Debug)]
struct Lists {
    stop: HashSet<&'static str>,
}

/// A word with its shape, as the finder of concepts reads it.
#[derive(Debug)]
struct Token {
    surface: String,
    /// As the writer spelled it, where that differs by accents.
    written: Option<String>,
    shape: Arc<Shape>,
    stop: bool,
    capital: bool,
    /// A block is named before it, or it has a property's number after it.
    block: bool,
    pause: bool,
    sentence: u32,
}

impl Analyzer {
    /// The one analyser of this process.
    pub fn shared() -> &'static Analyzer {
        static SHARED: OnceLock<Analyzer> = OnceLock::new();
        SHARED.get_or_init(Analyzer::new)
    }

    /// Changes when the rules or the data files change, so that indexes are rebuilt.
    pub fn version() -> u32 {
        VERSION
    }

    /// The terms of a text in order of appearance, each (kind, key) once.
    pub fn analyze(&self, text: &str) -> Vec<Term> {
        let mut seen: HashSet<(TermKind, String)> = HashSet::new();
        let mut terms = Vec::new();
        self.each(text, &mut |kind, key, surface| {
            if seen.insert((kind, key.to_owned())) {
                terms.push(Term { kind, key: key.to_owned(), surface: surface.to_owned() });
            }
        });
        terms
    }

    /// Concepts that a short text asks for without naming them: "sex skåpbilar som ingen hinner tvätta".
    /// Weaker than a concept that is named, and read only where no code says what is meant.
    pub fn hints(&self, text: &str) -> Vec<Hint> {
        self.hints.find(&self.tokens(text))
    }

    /// Whether a request asks for a trade that no social enterprise plies, and for no other: "Råttor i
    /// cykelrummet", "behöver en arkitekt som ritar om caféet".
    pub fn asks_for_other_trade(&self, title: &str, text: &str) -> bool {
        let titled = self.tokens(title).len();
        let tokens = self.tokens(&format!("{title}\n{text}"));
        let mut found = self.finder.find(&tokens);
        found.sort_by_key(|found| found.from);
        let is_other = |passage: &concepts::Found| thesaurus::is_other(&thesaurus::all()[passage.concept].id);
        let asked = tokens.iter().enumerate().filter(|(_, token)| ASKS.contains(&token.surface.as_str()));
        let first = asked.filter_map(|(at, token)| {
            let near = |from: usize| from > at && from - at <= ASKED_REACH && tokens[from].sentence == token.sentence;
            found.iter().find(|passage| near(passage.from)).map(is_other)
        });
        let in_title = found.first().filter(|passage| passage.from < titled && is_other(passage)).map(|_| true);
        let asked: Vec<bool> = first.chain(in_title).collect();
        asked.contains(&true) && !asked.contains(&false)
    }

    /// Concepts that a text names by a single thing only: "broschyrer" is no sign of a print shop.
    pub fn only_things(&self, text: &str) -> HashSet<String> {
        let tokens = self.tokens(text);
        let found = self.finder.find(&tokens);
        let mut named: HashMap<usize, HashSet<&str>> = HashMap::new();
        for passage in &found {
            named.entry(passage.concept).or_default().insert(&tokens[passage.from].surface);
        }
        let alone = found.iter().filter(|passage| passage.thing && named[&passage.concept].len() == 1);
        alone.map(|passage| thesaurus::all()[passage.concept].id.clone()).collect()
    }

    /// The terms that a text without heading is about: those that it names twice, or among its first
    /// words; all of them where it is short.
    pub fn prominent(&self, text: &str) -> HashSet<(TermKind, String)> {
        let mut words = text.split_whitespace();
        let short = words.by_ref().nth(SHORT_TEXT).is_none();
        let opening: usize = text.split_whitespace().take(OPENING).map(|word| word.len() + 1).sum();
        let opening = text.split_at_checked(opening).map_or(text, |(opening, _)| opening);
        let mut seen: HashMap<(TermKind, String), usize> = HashMap::new();
        self.each(text, &mut |kind, key, _| *seen.entry((kind, key.to_owned())).or_default() += 1);
        self.each(opening, &mut |kind, key, _| *seen.entry((kind, key.to_owned())).or_default() += 1);
        seen.into_iter().filter(|(_, count)| short || *count >= 2).map(|(term, _)| term).collect()
    }

    /// Whether a whole word carries no trade information, so that sharing it proves nothing.
    pub fn is_generic(&self, family_key: &str) -> bool {
        family_key.chars().count() < 2 || family_key.split('+').all(|part| self.generic.contains(part))
    }

    /// Every term of a text, repeated ones too.
    pub(crate) fn each(&self, text: &str, give: &mut dyn FnMut(TermKind, &str, &str)) {
        let tokens = self.tokens(text);
        let mut found = self.finder.find(&tokens);
        found.sort_by_key(|found| found.from);
        let mut found = found.into_iter().peekable();
        for (at, token) in tokens.iter().enumerate() {
            while let Some(passage) = found.next_if(|passage| passage.from == at) {
                let concept = &thesaurus::all()[passage.concept];
                give(TermKind::Concept, &concept.id, &shown(&tokens[passage.from..=passage.to]));
            }
            if token.stop {
                continue;
            }
            let name = token.capital && !token.shape.known;
            let kind = if name { TermKind::Part } else { TermKind::Family };
            give(kind, &token.shape.key, token.shown());
            for part in &token.shape.parts {
                give(TermKind::Part, part, token.shown());
            }
        }
    }

    fn new() -> Self {
        let lists = Lists { stop: lines(STOPWORDS).collect() };
        let mut splitter = Splitter::new(Families::read(EXCEPTIONS, PARTS));
        let plied = thesaurus::all().iter().filter(|concept| !thesaurus::is_other(&concept.id));
        for word in plied.flat_map(|concept| &concept.words_sv) {
            let word = thesaurus::bare(word);
            if !word.contains([' ', '-']) {
                splitter.learn(word);
            }
        }
        let generic = lines(GENERIC).map(|word| splitter.shape(word).key.clone()).collect();
        let (finder, hints) = (Finder::new(&splitter, &lists), Hints::read(&splitter));
        Self { finder, hints, splitter, lists, generic }
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        let words = words::cut(text);
        let mut tokens = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let written = word.written.clone();
            let block = at.checked_sub(1).map(|before| words[before].text.as_str());
            tokens.push(Token {
                surface: word.text.clone(),
                written,
                shape: self.completed(&words, at).unwrap_or_else(|| self.splitter.shape(&word.text)),
                stop: self.lists.is_stop(&word.text),
                capital: word.capital,
                block: (word.numbered && is_definite(&word.text))
                    || matches!(block, Some("kv" | "kvarteret" | "kvarter")),
                pause: word.pause,
                sentence: word.sentence,
            });
        }
        tokens
    }

    /// "kontors- och trappstädning" says kontorsstädning: the hanging piece gets its head.
    fn completed(&self, words: &[Word], at: usize) -> Option<Arc<Shape>> {
        if !words[at].hanging {
            return None;
        }
        let mut next = words[at + 1..].iter().take(6);
        let whole = next.find(|word| !word.hanging && !self.lists.is_stop(&word.text))?;
        let shape = self.splitter.shape(&whole.text);
        let bare = || self.generic.contains(&shape.key).then_some(&shape.key);
        let head = shape.parts.last().or_else(bare)?;
        let parts = vec![self.splitter.piece(&words[at].text), head.clone()];
        Some(Arc::new(Shape { key: parts.join("+"), parts, known: shape.known }))
    }
}

impl Lists {
    fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    fn is_preposition(&self, word: &str) -> bool {
        matches!(word, "av" | "på" | "till" | "för" | "i" | "från" | "med" | "of")
    }
}

/// A passage as its writer put it, with its commas.
fn shown(passage: &[Token]) -> String {
    let mut text = String::new();
    for (at, token) in passage.iter().enumerate() {
        match (at, token.pause) {
            (0, _) => {}
            (_, true) => text.push_str(", "),
            _ => text.push(' '),
        }
        text.push_str(token.shown());
    }
    text
}

impl Token {
    /// The writer's own word.
    fn shown(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.surface)
    }

    /// Whether the word is `key` or a compound that ends in it.
    fn has_head(&self, key: &str) -> bool {
        self.shape.key == key || self.shape.parts.last().is_some_and(|last| last == key)
    }

    /// "Bageriet" inside a heading, "kv Snickaren", "Snickaren 18": the name of a block or a house.
    fn is_name_of_place(&self) -> bool {
        self.block || (self.capital && is_definite(&self.surface) && self.shape.parts.is_empty())
    }
}

/// Names of blocks and houses are in the definite form.
fn is_definite(word: &str) -> bool {
    ["et", "en", "an"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests;
