//! Sums as letters write them: `ca 50 000 kr`, `max 700 tkr`, `1,2 mkr`, `SEK 80.000`.

use super::Word;

/// Words for kronor after a number, and how many one of them is.
const UNITS: &[(&str, f64)] = &[
    ("kr", 1.0),
    ("kronor", 1.0),
    ("sek", 1.0),
    (":-", 1.0),
    ("tkr", 1_000.0),
    ("kkr", 1_000.0),
    ("tsek", 1_000.0),
    ("mkr", 1_000_000.0),
    ("mnkr", 1_000_000.0),
    ("msek", 1_000_000.0),
    ("miljon", 1_000_000.0),
    ("miljoner", 1_000_000.0),
    ("million", 1_000_000.0),
];

/// What makes a sum a price for a piece or an hour, which is no value of a need.
const PER: &[&str] = &["per", "a", "an", "/"];

/// What a price is for after `i`; `i dag` is no such thing.
const IN_A: &[&str] = &["timmen", "månaden", "veckan", "dagen"];

/// What a price is for.
const PIECES: &[&str] = &[
    "timme", "timmen", "tim", "h", "hour", "månad", "månaden", "month", "vecka", "veckan", "week", "dag", "dagen",
    "day", "styck", "st", "person", "korg", "portion", "kvm", "m2", "gång", "piece", "time", "basket",
];

/// The sum that the text names for the whole; the largest when it names several.
pub(super) fn read(words: &[Word<'_>]) -> Option<i64> {
    let mut largest = None;
    let mut at = 0;
    while at < words.len() {
        match sum(words, at) {
            Some((value, used)) => {
                largest = largest.max(value);
                at += used;
            }
            None => at += 1,
        }
    }
    largest
}

/// A sum that begins at a word: its value, none for a price a piece, and how many words it is.
fn sum(words: &[Word<'_>], at: usize) -> Option<(Option<i64>, usize)> {
    let is_before = words[at].is(&["sek"]);
    let start = at + usize::from(is_before);
    let (number, glued, mut used) = number(words, start)?;
    used += start - at;
    let factor = match glued.as_str() {
        "" => {
            let unit = words.get(at + used).and_then(|word| factor_of(word.raw));
            match unit {
                Some(factor) => {
                    used += 1;
                    factor
                }
                None if is_before => 1.0,
                None => return None,
            }
        }
        unit => factor_of(unit)?,
    };
    // "1,2 miljoner kronor"
    if words.get(at + used).is_some_and(|word| word.is(&["kronor", "kr", "sek"])) {
        used += 1;
    }
    let last = words[at + used - 1].raw;
    let is_price = last.contains('/') || is_per_piece(&words[at + used..]);
    let value = (number * factor).round();
    let is_sane = (1.0..=100_000_000_000.0).contains(&value);
    Some(((is_sane && !is_price).then_some(value as i64), used))
}

fn is_per_piece(after: &[Word<'_>]) -> bool {
    let Some(first) = after.first() else { return false };
    let is_next = |any: &[&str]| after.get(1).is_some_and(|word| word.is(any));
    let is_share = first.is(PER) && is_next(PIECES) || first.is(&["i"]) && is_next(IN_A);
    first.raw.starts_with('/') || is_share || first.is(&["styck", "st"])
}

fn factor_of(unit: &str) -> Option<f64> {
    let unit = unit.split('/').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor)
}

/// A number that begins at a word, a unit that is written together with it, and how many words it is. Of a
/// range (`50-70 tkr`) the upper end.
fn number(words: &[Word<'_>], at: usize) -> Option<(f64, String, usize)> {
    let first = words.get(at)?.raw;
    let upper = first.rsplit(['-', '–']).next().filter(|upper| upper.starts_with(|c: char| c.is_ascii_digit()));
    let (mut digits, mut unit) = split(upper.unwrap_or(first))?;
    let mut used = 1;
    // Thousands after a space: "1 250 000".
    let may_go_on = digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    while may_go_on && unit.is_empty() {
        let Some((more, glued)) = words.get(at + used).and_then(|word| split(word.raw)) else { break };
        if more.len() != 3 || !more.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        digits.push_str(&more);
        unit = glued;
        used += 1;
    }
    Some((value(&digits)?, unit, used))
}

/// Digits with their marks, and what follows them in the same word.
fn split(word: &str) -> Option<(String, String)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\u{a0}')).unwrap_or(word.len());
    let (digits, unit) = word.split_at(end);
    let digits = digits.trim_end_matches(['.', ',']).replace('\u{a0}', "");
    digits.starts_with(|c: char| c.is_ascii_digit()).then(|| (digits, unit.to_owned()))
}

/// `80.000` and `80,000` are eighty thousand, `1,2` and `1.2` are one and a fifth.
fn value(digits: &str) -> Option<f64> {
    let parts: Vec<&str> = digits.split(['.', ',']).collect();
    let are_thousands = parts.len() > 1 && parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
    match parts.as_slice() {
        _ if are_thousands => parts.concat().parse().ok(),
        [whole] => whole.parse().ok(),
        [whole, fraction] => format!("{whole}.{fraction}").parse().ok(),
        _ => None,
    }
}
