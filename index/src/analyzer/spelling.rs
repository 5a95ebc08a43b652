//! What a word that nobody uses may have been meant as: å, ä and ö put back, and the words of our own
//! lists that lie a letter or two away. Whether an index has them is decided elsewhere.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::families::lines;
use super::hints::Hint;
use super::{Analyzer, EXCEPTIONS, PARTS, Term, TermKind, thesaurus, words};

/// More ways than this to put the dots back are not tried.
const MOST_DOTTED: usize = 729;
/// Shorter words have too many neighbours.
const SHORTEST: usize = 5;
/// From here on two letters may be wrong.
const LONG: usize = 9;

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) text: String,
    pub(crate) stop: bool,
}

impl Analyzer {
    /// The words of a query, in order.
    pub(crate) fn typed(&self, text: &str) -> Vec<Typed> {
        let words = words::cut(text).into_iter();
        words.map(|word| Typed { stop: self.lists.is_stop(&word.text), text: word.text }).collect()
    }

    /// Trades that the long unknown words of a title were meant to name: "Snöröjninig".
    pub fn misspelt(&self, title: &str) -> Vec<Hint> {
        let typed = self.typed(title).into_iter().map(|typed| typed.text);
        let unknown = typed.filter(|word| word.chars().count() > LONG && !self.knows(word));
        let meant = unknown.filter_map(|word| {
            let nearest = neighbours(&word).first().copied().filter(|nearest| self.names_one_trade(nearest))?;
            // Another vowel makes another word: inmätning is not inmatning.
            distance(&letters(&word), &letters(nearest), 1).filter(|_| fold(&word) != fold(nearest))?;
            let terms = self.analyze(nearest).into_iter();
            let trade =
                terms.filter(|term| term.kind == TermKind::Concept).map(|term| Term { surface: word.clone(), ..term });
            Some(trade.collect::<Vec<Term>>())
        });
        meant.flatten().map(|term| Hint { term, words: 3 }).collect()
    }

    fn names_one_trade(&self, word: &str) -> bool {
        self.analyze(word).iter().filter(|term| term.kind == TermKind::Concept).count() == 1
    }

    /// Whether the lists know the word, whole or all its parts.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.splitter.shape_once(word).known
    }

    /// Whether the word stands in the lists just so, and is not only like one of their inflections.
    pub(crate) fn lists(&self, word: &str) -> bool {
        vocabulary().binary_search_by(|listed| listed.word.as_str().cmp(word)).is_ok()
    }

    /// Known words that are this one with dots on some of its a and o.
    pub(crate) fn dotted(&self, word: &str) -> Vec<String> {
        let plain = word
            .chars()
            .filter(|c| matches!(c, 'a' | 'o'))
            .fold(1_usize, |ways, c| ways.saturating_mul(if c == 'a' { 3 } else { 2 }));
        if plain > MOST_DOTTED || word.chars().count() < SHORTEST || word.contains(['å', 'ä', 'ö']) {
            return Vec::new();
        }
        let mut ways = vec![String::new()];
        for c in word.chars() {
            let letters: &[char] = match c {
                'a' => &['a', 'å', 'ä'],
                'o' => &['o', 'ö'],
                _ => &[],
            };
            match letters {
                [] => ways.iter_mut().for_each(|way| way.push(c)),
                letters => {
                    ways = ways.iter().flat_map(|way| letters.iter().map(move |l| format!("{way}{l}"))).collect();
                }
            }
        }
        ways.retain(|way| way != word && self.knows(way));
        ways
    }
}

/// How many letters may be wrong in a word; none in a short one.
pub(crate) fn allowed(word: &str) -> u8 {
    match word.chars().count() {
        0..SHORTEST => 0,
        SHORTEST..LONG => 1,
        _ => 2,
    }
}

/// Words of our lists that begin with the same letter and are as good as this one, nearest first.
pub(crate) fn neighbours(word: &str) -> Vec<&'static str> {
    let most = usize::from(allowed(word));
    let (typed, folded) = (letters(word), letters(&fold(word)));
    let near = |listed: &'static Listed| {
        let near = distance(&folded, &listed.folded, most)?;
        Some(((near, distance(&typed, &letters(&listed.word), usize::MAX)?), listed.word.as_str()))
    };
    let alike = vocabulary().iter().filter(|listed| most > 0 && listed.folded.first() == folded.first());
    let mut found: Vec<_> = alike.filter_map(near).filter(|(_, listed)| *listed != word).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, listed)| listed).collect()
}

/// Without dots, as people write on a foreign keyboard.
pub(crate) fn fold(word: &str) -> String {
    let plain = |c| match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        c => c,
    };
    word.chars().map(plain).collect()
}

struct Listed {
    word: String,
    folded: Vec<char>,
}

/// The single words of the lists, sorted.
fn vocabulary() -> &'static [Listed] {
    static WORDS: OnceLock<Vec<Listed>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let concepts = thesaurus::all().iter().flat_map(|concept| concept.words_sv.iter().chain(&concept.words_en));
        let exceptions = lines(EXCEPTIONS).filter_map(|line| line.split_once(','));
        let words: BTreeSet<String> = concepts
            .map(|word| thesaurus::bare(word).replace('é', "e"))
            .chain(lines(PARTS).map(str::to_owned))
            .chain(exceptions.flat_map(|(_, forms)| forms.split('|').map(str::to_owned)))
            .filter(|word| !word.contains(' '))
            .collect();
        words.into_iter().map(|word| Listed { folded: letters(&fold(&word)), word }).collect()
    })
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

/// Letters to change, put in, take out or swap with the next, if at most `most`.
fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|so_far| *so_far > most) {
            return None;
        }
        (before_last, last) = (last, row);
    }
    last.last().copied().filter(|least| *least <= most)
}

#[cfg(test)]
mod tests {
    use super::{Analyzer, neighbours};

    #[test]
    fn dots_are_put_back_in_inflections_and_compounds_too() {
        let dotted = |word| Analyzer::shared().dotted(word);
        assert!(dotted("tradgard").contains(&"trädgård".to_owned()));
        assert!(dotted("snoskottningen").contains(&"snöskottningen".to_owned()));
        assert!(dotted("xyzzya").is_empty());
    }

    #[test]
    fn a_long_word_with_one_wrong_letter_names_its_trade() {
        let meant =
            |title| Analyzer::shared().misspelt(title).into_iter().map(|hint| hint.term.key).collect::<Vec<_>>();
        assert_eq!(meant("Snöröjninig"), ["snow"]);
        assert_eq!(meant("Trädgårdstjänser 2027"), ["gardening"]);
        // Another word, a known word, and a short one.
        assert!(meant("Inmätning av ledningar").is_empty());
        assert!(meant("Snöröjning").is_empty());
        assert!(meant("Flytf").is_empty());
    }

    #[test]
    fn the_nearest_word_of_the_lists_comes_first() {
        let nearest = |word| neighbours(word).first().copied();
        assert_eq!(nearest("snöskotning"), Some("snöskottning"));
        assert_eq!(nearest("cykelreperation"), Some("cykelreparation"));
        assert_eq!(nearest("fonsterpustning"), Some("fönsterputsning"));
        assert_eq!(nearest("svetsrobot"), None);
        assert_eq!(nearest("ved"), None);
    }
}
