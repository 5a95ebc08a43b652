//! From a pasted mail or a few lines of text to a proposed need. Only proposes: a person confirms. Knows the
//! words that Swedish and English letters use for days, sums and places; what trade the text is about is the
//! business of the index.

mod dates;
mod letter;
mod money;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::text::clean;
use crate::domain::{
    buyer::BuyerKind,
    email::Email,
    need::NeedKind,
    org_no::OrgNo,
    place::{COUNTIES, Place},
    place_names,
};

/// Longest text that is read, in characters; the rest of a thread says nothing new.
const MAX_CHARS: usize = 20_000;

/// What a text seems to ask for; what it does not say is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Subject of the mail, else its first sentence.
    pub title: String,
    /// The mail without headers, greeting and signature.
    pub text: String,
    /// How the buyer seems to buy.
    pub kind: NeedKind,
    /// What the buyer seems to be.
    pub buyer_kind: Option<BuyerKind>,
    /// A company or municipality that signs.
    pub buyer_name: String,
    /// Its organisation number.
    pub org_no: Option<OrgNo>,
    /// Who wrote.
    pub email: Option<Email>,
    /// The first link to the web.
    pub url: String,
    /// Where, in the order of the text.
    pub places: Vec<Place>,
    /// Last day to answer.
    pub deadline: Option<NaiveDate>,
    /// First day of the work.
    pub start: Option<NaiveDate>,
    /// Last day of the work.
    pub end: Option<NaiveDate>,
    /// Value, whole SEK; of a range the upper end.
    pub value_sek: Option<i64>,
}

/// A word of the text, without the marks around it.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    /// As it is written.
    raw: &'a str,
    /// A full stop, a line break or the like follows.
    ends: bool,
}

impl Word<'_> {
    fn is(self, any: &[&str]) -> bool {
        let lower = self.raw.to_lowercase();
        any.contains(&lower.trim_end_matches('.'))
    }
}

/// Reads a text that came on the day `today`.
pub fn propose(pasted: &str, today: NaiveDate) -> Proposal {
    let pasted: String = pasted.chars().take(MAX_CHARS).collect::<String>().replace("\r\n", "\n");
    let letter = letter::read(&pasted);
    let whole = format!("{}\n{}", letter.subject, letter.body);
    let words = words(&whole);
    let all_words = self::words(&pasted);
    let days = dates::read(&words, today);
    let buyer_name = letter::buyer_name(&all_words);
    Proposal {
        title: letter.title(),
        kind: kind(&words),
        buyer_kind: buyer_kind(&buyer_name, &all_words),
        org_no: all_words.iter().filter(|word| word.raw.contains('-')).find_map(|word| OrgNo::parse(word.raw).ok()),
        email: letter.sender.or_else(|| all_words.iter().find_map(|word| letter::address(word.raw))),
        url: all_words.iter().find_map(|word| super::text::web_link(word.raw)).unwrap_or_default(),
        places: places(&words).or_else(|| places(&all_words)).unwrap_or_default(),
        deadline: days.deadline,
        start: days.start,
        end: days.end,
        value_sek: money::read(&words),
        buyer_name,
        text: letter.body,
    }
}

/// The words of a text in order. Numbers with spaces between their thousands stay several words.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for line in text.lines() {
        for piece in line.split_whitespace() {
            let raw = piece.trim_matches(|c: char| "()[]{}<>\"'”’“!?,;:*•".contains(c));
            let bare = raw.trim_end_matches('.');
            let keeps_stop = bare.len() <= 2 || bare.contains('.');
            let raw = if keeps_stop { raw } else { bare };
            if raw.trim_matches('.').is_empty() {
                continue;
            }
            let ends = piece.ends_with(['.', '!', '?']) && !keeps_stop;
            words.push(Word { raw, ends });
        }
        if let Some(last) = words.last_mut().filter(|_| line.trim().is_empty()) {
            last.ends = true;
        }
    }
    words
}

fn places(words: &[Word<'_>]) -> Option<Vec<Place>> {
    let mut found: Vec<Place> = Vec::new();
    let mut note = |place: Option<Place>| {
        if let Some(place) = place.filter(|place| !found.contains(place)) {
            found.push(place);
        }
    };
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1);
        let is_capital = word.raw.starts_with(char::is_uppercase);
        if next.is_some_and(|next| next.is(&["län", "county"])) && is_capital {
            let stem = word.raw.to_lowercase();
            let county = COUNTIES.iter().find(|county| {
                let name = county.name.trim_end_matches(" län").to_lowercase();
                name == stem || name.trim_end_matches('s') == stem
            });
            note(county.map(|county| Place::County(county.code.to_owned())));
        } else if is_capital {
            note(place_names::of_word(word.raw));
        }
        let is_digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        if is_digits(word.raw, 5) {
            note(place_names::of_postal_code(word.raw));
        } else if let Some(next) = next.filter(|next| is_digits(word.raw, 3) && is_digits(next.raw, 2)) {
            note(place_names::of_postal_code(&format!("{}{}", word.raw, next.raw)));
        }
    }
    (!found.is_empty()).then_some(found)
}

fn kind(words: &[Word<'_>]) -> NeedKind {
    let says = |starts: &[&str]| {
        words.iter().any(|word| starts.iter().any(|start| word.raw.to_lowercase().starts_with(start)))
    };
    let is_direct_award = words.windows(2).any(|pair| pair[0].is(&["direct"]) && pair[1].is(&["award"]));
    if says(&["direktupphandl"]) || is_direct_award {
        NeedKind::DirectAward
    } else if says(&["upphandling", "förfrågningsunderlag", "ramavtal", "anbudsunderlag", "tender", "procurement"]) {
        NeedKind::Tender
    } else {
        NeedKind::Request
    }
}

fn buyer_kind(name: &str, words: &[Word<'_>]) -> Option<BuyerKind> {
    let lower = clean(name).to_lowercase();
    let ends = |any: &[&str]| any.iter().any(|end| lower.ends_with(end));
    if ends(&["kommun", "municipality", "myndigheten", "verket"]) || lower.starts_with("region ") {
        return Some(BuyerKind::Public);
    }
    if ends(&["föreningen", "förening", "stiftelsen", "församling", "association", "foundation"]) {
        return Some(BuyerKind::Nonprofit);
    }
    if !name.is_empty() {
        return Some(BuyerKind::Private);
    }
    let says = |any: &[&str]| words.iter().any(|word| word.is(any));
    if says(&["kommunen", "kommunens", "regionen", "myndigheten", "municipality"]) {
        Some(BuyerKind::Public)
    } else if says(&["föreningen", "församlingen", "stiftelsen", "association"]) {
        Some(BuyerKind::Nonprofit)
    } else if says(&["företag", "företaget", "bolaget", "company"]) {
        Some(BuyerKind::Private)
    } else {
        None
    }
}
