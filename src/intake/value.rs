//! Numbers and places as notices and files write them.

use crate::domain::place::Place;

/// A whole amount that is not negative: digits, with a fraction that is cut off (`2000000.00`).
pub(super) fn whole_amount(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(fraction)).then(|| whole.parse().ok()).flatten()
}

/// A whole number that is not negative, with or without spaces between thousands: `95 000`.
pub(super) fn whole_number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = !compact.is_empty() && compact.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| compact.parse().ok()).flatten()
}

/// The narrower of an area and a municipality in it; the area where they contradict each other.
pub(super) fn nearest(area: Option<Place>, municipality: Option<Place>) -> Option<Place> {
    match (area, municipality) {
        (None, town) => town,
        (Some(area), Some(town)) if matches!(area, Place::County(_)) && area.county() == town.county() => Some(town),
        (Some(area), _) => Some(area),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_and_never_negative() {
        let check = |text: &str, expected| assert_eq!(whole_amount(text), expected, "{text}");
        check("2000000.00", Some(2_000_000));
        check("1231", Some(1231));
        for text in ["-1", "", "1,5", "1e9", "99999999999999999999", ".5", "1."] {
            check(text, None);
        }
        assert_eq!(whole_number::<i32>("95\u{A0}000"), Some(95_000));
        assert_eq!(whole_number::<i32>("-5"), None);
        assert_eq!(whole_number::<i32>("3000000000"), None);
    }

    #[test]
    fn a_municipality_replaces_only_its_own_county() {
        let place = |text: &str| Place::parse(text).unwrap();
        let check = |area: &str, town: &str, expected: &str| {
            assert_eq!(nearest(Some(place(area)), Some(place(town))), Some(place(expected)), "{area} {town}");
        };
        check("SE211", "0680", "0680");
        check("SE110", "0680", "SE110");
        check("SE", "0680", "SE");
    }
}
