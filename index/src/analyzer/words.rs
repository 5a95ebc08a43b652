//! Cutting text into words: case, hyphens, invisible characters, sentence ends.
//! What the words mean is not known here.

/// Longer words are cut: no trade has a longer name, and time stays bounded.
const LONGEST_WORD: usize = 60;
/// Text beyond this many bytes is not read.
const LONGEST_TEXT: usize = 400_000;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, composed letters, inner hyphens kept.
    pub(crate) text: String,
    /// The same with its accents, where it has any.
    pub(crate) written: Option<String>,
    /// Whether it began with a capital inside a sentence otherwise in small letters.
    pub(crate) capital: bool,
    /// Whether a comma or another sign stands before it.
    pub(crate) pause: bool,
    /// Whether it has a capital and a number of its own after it, as a property has: "Snickaren 18, Kil".
    pub(crate) numbered: bool,
    /// Number of its sentence or clause.
    pub(crate) sentence: u32,
    /// Whether a hyphen hangs after it ("kontors- och trappstädning").
    pub(crate) hanging: bool,
}

/// The words of a text, in order.
pub(crate) fn cut(text: &str) -> Vec<Word> {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut cutter = Cutter::default();
    for c in text[..end].chars() {
        cutter.take(c);
    }
    cutter.close();
    cutter.end_property();
    cutter.words
}

#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    current: String,
    written: Option<String>,
    letters: usize,
    capital: bool,
    second_capital: bool,
    hanging: bool,
    sentence: u32,
    inside: bool,
    pause: bool,
    /// The last word had a capital, and nothing but a number of at most three digits has come after it.
    property: Property,
}

/// How far the reading of a property's name has come.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Property {
    #[default]
    No,
    Name,
    Number,
}

/// Letters of a word that a hyphen before a capital ends; shorter ones begin compounds ("IT-Utrustning").
const DASHED_WORD: usize = 5;
/// Digits of the number of a property in its block.
const PROPERTY_DIGITS: usize = 3;

impl Cutter {
    fn take(&mut self, c: char) {
        match c {
            // Soft hyphen, zero-width characters and the byte order mark are not there.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\u{300}'..='\u{36f}' => self.combine(c),
            '-' | '\u{2010}' | '\u{2011}' if !self.current.is_empty() && !self.hanging => {
                self.hanging = true;
            }
            _ if c.is_alphanumeric() => self.letter(c),
            _ => {
                self.close();
                if !c.is_whitespace() || c == '\n' {
                    self.end_property();
                }
                self.pause |= !c.is_whitespace();
                if matches!(c, '.' | '!' | '?' | ':' | ';' | '\n' | '(' | ')' | '•') {
                    self.sentence += 1;
                    self.inside = false;
                }
            }
        }
    }

    fn letter(&mut self, c: char) {
        if self.hanging && c.is_uppercase() && self.letters >= DASHED_WORD && !self.second_capital {
            // "matlådor-Östermalm": a dash between two words, written short.
            self.hanging = false;
            self.close();
            self.pause = true;
        }
        if self.hanging {
            self.push('-');
            self.hanging = false;
        }
        if self.letters == 0 {
            self.capital = c.is_uppercase();
        } else if self.letters == 1 {
            self.second_capital = c.is_uppercase();
        }
        self.letters += 1;
        if self.letters <= LONGEST_WORD {
            c.to_lowercase().for_each(|c| self.push(c));
        }
    }

    fn push(&mut self, c: char) {
        if plain(c) != c && self.written.is_none() {
            self.written = Some(self.current.clone());
        }
        if let Some(written) = &mut self.written {
            written.push(c);
        }
        self.current.push(plain(c));
    }

    /// Joins a combining mark with the letter before it: Swedish letters stay letters.
    fn combine(&mut self, mark: char) {
        let joined = match (self.current.chars().last(), mark) {
            (Some('a'), '\u{30a}') => 'å',
            (Some('a'), '\u{308}') => 'ä',
            (Some('o'), '\u{308}') => 'ö',
            (Some('e'), '\u{301}') => 'é',
            _ => return,
        };
        self.current.pop();
        if let Some(written) = &mut self.written {
            written.pop();
        }
        self.push(joined);
    }

    fn close(&mut self) {
        let (text, written) = (std::mem::take(&mut self.current), self.written.take());
        if text.chars().any(char::is_alphabetic) {
            self.words.push(Word {
                text,
                written,
                // A word all in capitals is shouting or an abbreviation, not a name.
                capital: self.capital && !self.second_capital && self.inside,
                pause: std::mem::take(&mut self.pause),
                numbered: false,
                sentence: self.sentence,
                hanging: self.hanging,
            });
            self.inside = true;
            self.property = if self.capital && !self.second_capital { Property::Name } else { Property::No };
        } else if self.letters > 0 {
            let is_number = self.property == Property::Name && self.letters <= PROPERTY_DIGITS;
            self.property = if is_number { Property::Number } else { Property::No };
        }
        self.letters = 0;
        self.capital = false;
        self.second_capital = false;
        self.hanging = false;
    }

    /// A sign or the end after "Snickaren 18": the number belongs to the name.
    fn end_property(&mut self) {
        if std::mem::take(&mut self.property) == Property::Number
            && let Some(word) = self.words.last_mut()
        {
            word.numbered = true;
        }
    }
}

/// Accents that Swedish writers drop as often as not (kafé, kafe); never å, ä or ö.
fn plain(c: char) -> char {
    match c {
        'é' | 'è' | 'ê' => 'e',
        'à' | 'á' => 'a',
        'ü' => 'u',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<String> = cut(text).into_iter().map(|word| word.text).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn words_are_cut_at_what_is_no_letter() {
        check("Städning, tvätt/mangling", &["städning", "tvätt", "mangling"]);
        check("snö\u{a0}skottning", &["snö", "skottning"]);
        check("2 000 kvm A4", &["kvm", "a4"]);
    }

    #[test]
    fn accents_are_kept_beside_what_is_compared() {
        let words = cut("Kafé-meny, cafe\u{301}, åker");
        let written: Vec<Option<&str>> = words.iter().map(|word| word.written.as_deref()).collect();
        assert_eq!(written, [Some("kafé-meny"), Some("café"), None]);
    }

    #[test]
    fn swedish_letters_are_kept_however_they_are_coded() {
        check("A\u{30a}ker A\u{308}ng O\u{308}", &["åker", "äng", "ö"]);
        check("ÅÄÖ Kafé", &["åäö", "kafe"]);
    }

    #[test]
    fn hyphens_join_and_soft_hyphens_vanish() {
        check("it-utrustning IT-Utrustning", &["it-utrustning", "it-utrustning"]);
        check("Matlådor-Östermalm", &["matlådor", "östermalm"]);
        check("STÄDNING-ÖSTERSUND", &["städning-östersund"]);
        check("kontors\u{ad}städning", &["kontorsstädning"]);
        assert!(cut("kontors- och trappstädning")[0].hanging);
    }

    #[test]
    fn the_number_of_a_property_is_seen_and_no_other() {
        for (text, expected) in [
            ("Snickaren 18, fönster", true),
            ("Ombyggnad Snickaren 18", true),
            ("Snickaren 1:8", true),
            ("Snickaren\u{a0}18\nNytt", true),
            ("Snickaren 18 fönster", false),
            ("Snickaren 2026, fönster", false),
            ("snickaren 18, fönster", false),
            ("Snickaren, 18, fönster", false),
        ] {
            assert_eq!(cut(text).iter().any(|word| word.numbered && word.text == "snickaren"), expected, "{text}");
        }
    }

    #[test]
    fn a_capital_inside_a_sentence_is_seen() {
        let words = cut("Takbyte Bageriet KOMMUN. Nytt");
        let capitals: Vec<bool> = words.iter().map(|word| word.capital).collect();
        assert_eq!(capitals, [false, true, false, false]);
    }
}
