//! Pages of a list. A cursor says where the page before ended, by key and not by number, so that what is
//! added meanwhile neither repeats nor hides anything.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::domain::rejection::Rejection;

/// Items on a page when nothing is said.
pub(super) const USUAL: usize = 20;

/// Most items on a page.
pub(super) const MOST: usize = 100;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Cursor of the next page; none on the last.
    pub next: Option<String>,
}

/// The page of items that were read by key, one more than its limit.
pub(super) fn keyed<T>(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> i64, asked: &[&str]) -> Page<T> {
    let has_more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| has_more).map(|item| Place { key: key(item), passed: 0 });
    Page { items, next: last.map(|place| write(place, asked)) }
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The last key that was shown, or the newest that was there when the list was first asked for.
    pub(super) key: i64,
    /// Items passed by.
    pub(super) passed: usize,
}

/// Reads `limit`.
pub(super) fn limit(text: Option<&str>) -> Result<usize, Rejection> {
    let Some(text) = text else { return Ok(USUAL) };
    let read = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
    read.ok_or_else(|| Rejection::new("limit", "rejected-limit", text))
}

/// Longest search, in characters.
const WORDS_CHARS: usize = 500;

/// Reads the words of a search.
pub(super) fn words(text: Option<String>) -> Result<String, Rejection> {
    let text = text.unwrap_or_default();
    if text.chars().count() > WORDS_CHARS {
        return Err(Rejection::new("words", "rejected-words-length", &text));
    }
    Ok(text)
}

/// Reads a cursor that a list with the question `asked` gave.
pub(super) fn read(text: Option<&str>, asked: &[&str]) -> Result<Option<Place>, Rejection> {
    let Some(text) = text else { return Ok(None) };
    let refused = || Rejection::new("cursor", "rejected-cursor", text);
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())?;
    let plain = String::from_utf8(bytes).map_err(|_| refused())?;
    let mut parts = plain.split('.');
    let (Some(of), Some(key), Some(passed), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(refused());
    };
    let (Ok(key), Ok(passed)) = (key.parse(), passed.parse()) else { return Err(refused()) };
    if of != question(asked) { Err(refused()) } else { Ok(Some(Place { key, passed })) }
}

/// Writes a cursor of a list with the question `asked`.
pub(super) fn write(place: Place, asked: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{}.{}", question(asked), place.key, place.passed))
}

/// What was asked for, in short: a cursor of one list is none of another.
fn question(asked: &[&str]) -> String {
    let digest = Sha256::digest(asked.join("\u{1f}").as_bytes());
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_by_its_own_list_only() {
        let place = Place { key: 12, passed: 40 };
        let written = write(place, &["asf", "städ"]);
        assert_eq!(read(Some(&written), &["asf", "städ"]), Ok(Some(place)));
        assert!(read(Some(&written), &["asf", "tvätt"]).is_err());
        assert!(read(Some(&written), &["asfstäd"]).is_err());
        for wrong in ["", "x", "€", "MTIuNDA", &written[1..]] {
            assert!(read(Some(wrong), &["asf", "städ"]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_page_has_one_to_a_hundred_items() {
        assert_eq!((limit(None), limit(Some("1")), limit(Some("100"))), (Ok(USUAL), Ok(1), Ok(100)));
        for wrong in ["0", "101", "-1", "", "ten", "1.5"] {
            assert!(limit(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
