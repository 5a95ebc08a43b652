//! The parts of a letter: headers, greeting, body, signature, what is quoted, and who signs.

use super::{Word, clean};
use crate::domain::email::Email;

/// Longest title, in characters; the form takes no more.
const TITLE_CHARS: usize = 120;

/// Headers that mail programs put before a text that is forwarded or copied.
const HEADERS: &[&str] = &[
    "från",
    "from",
    "till",
    "to",
    "kopia",
    "cc",
    "bcc",
    "datum",
    "date",
    "skickat",
    "sent",
    "ämne",
    "subject",
    "svar till",
    "reply-to",
    "prioritet",
    "importance",
    "message-id",
    "mime-version",
    "content-type",
];

/// Marks before the subject of an answer or a forwarded mail.
const ANSWERS: &[&str] = &["sv:", "vb:", "re:", "fw:", "fwd:", "ang:", "ang."];

/// How letters begin.
const GREETINGS: &[&str] =
    &["hej", "hejsan", "hallå", "tjena", "god", "bästa", "hi", "hello", "dear", "good", "hey", "kära"];

/// How they end.
const FAREWELLS: &[&str] = &[
    "mvh",
    "vänligen",
    "hälsningar",
    "med vänlig",
    "med vänliga",
    "vänliga hälsningar",
    "bästa hälsningar",
    "tack på förhand",
    "best regards",
    "kind regards",
    "regards",
    "sincerely",
    "yours",
    "best wishes",
    "many thanks",
    "thanks in advance",
];

/// A letter in parts.
pub(super) struct Letter {
    /// Without marks of answers; empty when there is none.
    pub(super) subject: String,
    /// Without headers, greeting, signature and quoted lines.
    pub(super) body: String,
    /// Address in the header.
    pub(super) sender: Option<Email>,
}

impl Letter {
    /// The subject, else the first sentence.
    pub(super) fn title(&self) -> String {
        let first = || {
            let line = self.body.lines().map(clean).find(|line| !line.is_empty()).unwrap_or_default();
            let end = line.match_indices(['.', '!', '?']).map(|(at, _)| at).find(|at| {
                // A full stop within a number or an abbreviation ends nothing.
                line[at + 1..].starts_with(' ') && line[at + 1..].trim_start().starts_with(char::is_uppercase)
            });
            line[..end.unwrap_or(line.len())].trim_end_matches(['.', '!', ':']).to_owned()
        };
        let title = if self.subject.is_empty() { first() } else { self.subject.clone() };
        shortened(&title)
    }
}

/// At most [`TITLE_CHARS`], cut between words.
fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE_CHARS {
        return title.to_owned();
    }
    let cut: String = title.chars().take(TITLE_CHARS - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", whole.trim_end_matches([',', ' ']))
}

/// Takes a text apart.
pub(super) fn read(text: &str) -> Letter {
    let mut letter = Letter { subject: String::new(), body: String::new(), sender: None };
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        match header(line) {
            // Headers that come after the text belong to an older mail below it.
            Some(_) if lines.iter().any(|line| !line.trim().is_empty()) && is_sender(line) => break,
            Some((name, value)) => match name.as_str() {
                "ämne" | "subject" if letter.subject.is_empty() => letter.subject = subject(value),
                "från" | "from" if letter.sender.is_none() => {
                    letter.sender = value.split(|c: char| c.is_whitespace() || "<>()".contains(c)).find_map(address);
                }
                _ => {}
            },
            None if line.trim_start().starts_with('>') => {}
            None => lines.push(line),
        }
    }
    let end = lines.iter().position(|line| is_farewell(line)).unwrap_or(lines.len());
    let mut kept: Vec<String> = lines[..end].iter().map(|line| line.trim_end().to_owned()).collect();
    if let Some(first) = kept.iter_mut().find(|line| !line.trim().is_empty()) {
        *first = without_greeting(first).to_owned();
    }
    letter.body = kept.join("\n").trim().to_owned();
    letter
}

fn header(line: &str) -> Option<(String, &str)> {
    let plain = line.trim_start_matches(['*', ' ', '\t']);
    let (name, value) = plain.split_once(':')?;
    let name = name.trim_end_matches('*').trim().to_lowercase();
    HEADERS.contains(&name.as_str()).then(|| (name, value.trim_start_matches('*').trim()))
}

fn is_sender(line: &str) -> bool {
    header(line).is_some_and(|(name, _)| matches!(name.as_str(), "från" | "from"))
}

fn subject(value: &str) -> String {
    let mut rest = clean(value);
    loop {
        let lower = rest.to_lowercase();
        match ANSWERS.iter().find(|mark| lower.starts_with(**mark)) {
            Some(mark) => rest = rest.get(mark.len()..).unwrap_or_default().trim().to_owned(),
            None => return rest,
        }
    }
}

/// A line that begins a signature: `--`, or a farewell that is not a sentence.
fn is_farewell(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let is_short = lower.chars().count() <= 60;
    matches!(lower.as_str(), "--" | "__" | "---") || is_short && FAREWELLS.iter().any(|word| starts_with(&lower, word))
}

fn starts_with(lower: &str, word: &str) -> bool {
    lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The line after `Hej Anna!`; the same line when it greets nobody.
fn without_greeting(line: &str) -> &str {
    let lower = line.trim().to_lowercase();
    if !GREETINGS.iter().any(|word| starts_with(&lower, word)) {
        return line;
    }
    match line.find(['!', ',', '.', ':']) {
        Some(at) if line[..at].split_whitespace().count() <= 4 => line[at + 1..].trim_start(),
        None if line.split_whitespace().count() <= 3 => "",
        _ => line,
    }
}

/// An address that somebody can be reached at.
pub(super) fn address(word: &str) -> Option<Email> {
    let word = word.trim_start_matches("mailto:").trim_end_matches(['.', ',', '>', ';']);
    Email::parse(word).ok().filter(|_| word.contains('@'))
}

/// A name that ends in AB, kommun and the like, with the capitalised words before it.
pub(super) fn buyer_name(words: &[Word<'_>]) -> String {
    const ENDS: &[&str] = &["ab", "kommun", "hb", "kb", "ltd", "municipality", "förening", "församling"];
    for (at, word) in words.iter().enumerate() {
        if word.raw.to_lowercase() == "region" && word.raw.starts_with('R') {
            let county = words.get(at + 1).filter(|next| next.raw.starts_with(char::is_uppercase));
            let line = words.get(at + 2).filter(|next| next.is(&["län"]) && county.is_some());
            if let Some(county) = county {
                let parts = [Some(word), Some(county), line];
                return parts.into_iter().flatten().map(|word| word.raw).collect::<Vec<_>>().join(" ");
            }
        }
        if !word.is(ENDS) {
            continue;
        }
        let before = words[..at].iter().rev().take(4).take_while(|word| {
            word.raw.starts_with(|c: char| c.is_uppercase() || c == '&') && !word.ends && !word.raw.contains(['@', '.'])
        });
        let mut name: Vec<&str> = before.map(|word| word.raw).collect();
        // The first word of a sentence is capitalised, too.
        if name.len() > 1 && name.last().is_some_and(|first| ["Vi", "På", "Hos", "We", "At", "I"].contains(first)) {
            name.pop();
        }
        if !name.is_empty() {
            name.reverse();
            name.push(word.raw.trim_end_matches('.'));
            return name.join(" ");
        }
    }
    String::new()
}
