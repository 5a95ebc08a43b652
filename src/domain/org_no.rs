//! Swedish organisation numbers.

use std::fmt;

use super::rejection::Rejection;

/// Ten digits with a valid check digit (Luhn, modulus 10), stored without hyphen.
///
/// Source: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgNo(String);

impl OrgNo {
    /// Reads `NNNNNN-NNNN` or ten digits; also twelve digits with the prefix `16`, and the
    /// VAT form `SE…01`.
    ///
    /// # Errors
    /// `rejected-org-no` when it is not ten digits or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let refused = || Rejection::new("org_no", "rejected-org-no", text);
        let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let digits = match compact.strip_prefix("SE").and_then(|rest| rest.strip_suffix("01")) {
            Some(vat) => vat,
            None if compact.len() == 12 => compact.strip_prefix("16").unwrap_or(&compact),
            None => &compact,
        };
        let well_formed = digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit());
        if well_formed && luhn_sum(digits).is_multiple_of(10) && digits != "0000000000" {
            Ok(Self(digits.to_owned()))
        } else {
            Err(refused())
        }
    }

    /// Ten digits, no hyphen: the stored form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shown as `NNNNNN-NNNN`.
impl fmt::Display for OrgNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at(6);
        write!(f, "{head}-{tail}")
    }
}

fn luhn_sum(digits: &str) -> u32 {
    digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            let weighted = if place % 2 == 1 { digit * 2 } else { digit };
            if weighted > 9 { weighted - 9 } else { weighted }
        })
        .sum()
}

impl<'de> serde::Deserialize<'de> for OrgNo {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for OrgNo {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(OrgNo::parse(text).ok().map(|no| no.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn every_usual_way_of_writing_is_read() {
        check("556517-5592", Some("556517-5592"));
        check("5565175592", Some("556517-5592"));
        check(" 556517 5592 ", Some("556517-5592"));
        check("165565175592", Some("556517-5592"));
        check("SE556517559201", Some("556517-5592"));
    }

    #[test]
    fn wrong_check_digit_length_and_letters_are_refused() {
        for text in ["556517-5593", "556517-559", "", "ABCDEF-GHIJ", "0000000000", "55651755921"] {
            check(text, None);
        }
    }
}
