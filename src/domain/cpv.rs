//! CPV codes (Common Procurement Vocabulary, Regulation (EC) 213/2008) as a tree.

use std::fmt;

use super::rejection::Rejection;

/// An eight-digit CPV code without check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cpv(String);

impl Cpv {
    /// Reads eight digits; a check digit (`90910000-9`) is accepted and dropped.
    ///
    /// # Errors
    /// `rejected-cpv` when it is not eight digits.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let code = text.trim();
        let code = match code.split_once('-') {
            Some((code, check)) if check.len() == 1 && check.bytes().all(|b| b.is_ascii_digit()) => code,
            _ => code,
        };
        if code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()) && code != "00000000" {
            Ok(Self(code.to_owned()))
        } else {
            Err(Rejection::new("cpv", "rejected-cpv", text))
        }
    }

    /// Reads codes parted by `|`, `,`, `;` or white space; empty text is no codes.
    ///
    /// # Errors
    /// As [`Cpv::parse`], for the first code that is wrong.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, Rejection> {
        text.split(|c: char| c == '|' || c == ',' || c == ';' || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .map(Self::parse)
            .collect()
    }

    /// Eight digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code without the zeros that only pad it, never shorter than a division (two digits).
    pub fn significant(&self) -> &str {
        let trimmed = self.0.trim_end_matches('0');
        &self.0[..trimmed.len().clamp(2, 8)]
    }

    /// Whether the code names a division only (six padding zeros): too broad to decide anything.
    pub fn is_division(&self) -> bool {
        self.significant().len() <= 2
    }

    /// Whether the code lies in a division of supplies: divisions 03 to 44, and software (48).
    pub fn is_goods(&self) -> bool {
        let division = &self.0[..2];
        division <= "44" || division == "48"
    }

    /// How much of the tree two codes share, in digits: 0, or 2 (division) to 8 (same code).
    ///
    /// A code covers everything below it, so the padding of the broader code counts as shared.
    pub fn shared_digits(&self, other: &Self) -> usize {
        let (a, b) = (self.significant(), other.significant());
        let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
        if shared < 2 { 0 } else { shared }
    }

    /// Whether one of the codes lies below the other in the tree, or they are the same.
    pub fn is_related_line(&self, other: &Self) -> bool {
        self.significant().starts_with(other.significant()) || other.significant().starts_with(self.significant())
    }
}

impl fmt::Display for Cpv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Cpv {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cpv(text: &str) -> Cpv {
        Cpv::parse(text).unwrap()
    }

    #[test]
    fn eight_digits_are_read_and_anything_else_is_refused() {
        assert_eq!(cpv(" 90910000-9 ").as_str(), "90910000");
        for text in ["9091000", "909100000", "9091000x", "", "00000000", "90910000-99"] {
            assert!(Cpv::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_broader_code_shares_its_own_length() {
        let check = |a: &str, b: &str, expected| assert_eq!(cpv(a).shared_digits(&cpv(b)), expected, "{a} {b}");
        check("90910000", "90911300", 4);
        check("90911300", "90911300", 6);
        check("90000000", "90911300", 2);
        check("77310000", "90911300", 0);
    }

    #[test]
    fn lists_take_the_usual_separators() {
        assert_eq!(Cpv::parse_list("90910000|90911300, 77310000").unwrap().len(), 3);
        assert!(Cpv::parse_list("").unwrap().is_empty());
    }
}
