//! What a title looks like to the model: its terms, its pieces of words, and both hashed into a
//! bounded space for the classifier.

use std::collections::BTreeMap;

use crate::analyzer::{Analyzer, TermKind};

/// Buckets of the classifier's features.
pub(super) const BUCKETS: usize = 1 << 16;

/// Letters of the pieces that titles are compared by.
const PIECE: usize = 4;

/// Lengths of the pieces that the classifier reads.
const CLASSIFIER_PIECES: std::ops::RangeInclusive<usize> = 2..=5;

/// Longest text that is read, in characters: a title is short, and time must be bounded.
const MAX_CHARS: usize = 400;

/// The words of a text in lower case, one blank between: equal for titles that say the same.
pub fn normalised(text: &str) -> String {
    let lower: String = text.chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Word families, their parts and trades, with how often each occurs.
pub(super) fn terms(text: &str) -> BTreeMap<String, f32> {
    let text: String = text.chars().take(MAX_CHARS).collect();
    let mut counted = BTreeMap::new();
    Analyzer::shared().each(&text, &mut |kind, key, _| {
        let key = match kind {
            TermKind::Concept => format!("#{key}"),
            TermKind::Family | TermKind::Part => key.to_owned(),
        };
        *counted.entry(key).or_insert(0.0) += 1.0;
    });
    counted
}

/// Pieces of four letters of the words, with how often each occurs; a short word is one piece.
pub(super) fn pieces(text: &str) -> BTreeMap<String, f32> {
    let mut counted = BTreeMap::new();
    each_piece(text, PIECE..=PIECE, &mut |piece| *counted.entry(piece.to_owned()).or_insert(0.0) += 1.0);
    counted
}

fn each_piece(text: &str, lengths: std::ops::RangeInclusive<usize>, give: &mut dyn FnMut(&str)) {
    for word in normalised(text).split(' ').filter(|word| !word.is_empty()) {
        let padded = format!("_{word}_");
        let starts: Vec<usize> = padded.char_indices().map(|(at, _)| at).chain([padded.len()]).collect();
        for length in lengths.clone() {
            if starts.len() <= length {
                if length == *lengths.start() {
                    give(&padded);
                }
                continue;
            }
            for window in starts.windows(length + 1) {
                give(&padded[window[0]..window[length]]);
            }
        }
    }
}

/// Buckets of a text with how often each is met: terms apart from pieces.
pub(super) struct Hashed {
    pub(super) terms: BTreeMap<u32, f32>,
    pub(super) pieces: BTreeMap<u32, f32>,
}

/// Hashes terms and pieces of two to five letters.
pub(super) fn hashed(text: &str) -> Hashed {
    let mut hashed = Hashed { terms: BTreeMap::new(), pieces: BTreeMap::new() };
    for (term, count) in terms(text) {
        *hashed.terms.entry(bucket(b't', &term)).or_insert(0.0) += count;
    }
    each_piece(text, CLASSIFIER_PIECES, &mut |piece| {
        *hashed.pieces.entry(bucket(b'p', piece)).or_insert(0.0) += 1.0;
    });
    hashed
}

/// FNV-1a, folded: the same on every machine and in every version.
fn bucket(kind: u8, text: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in std::iter::once(kind).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    ((hash ^ (hash >> 32)) % BUCKETS as u64) as u32
}
