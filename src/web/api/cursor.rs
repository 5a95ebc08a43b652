//! Pages of a list. A cursor says where the page before ended, by key and not by number, so that what is
//! added meanwhile neither repeats nor hides anything. One of a search by words also says what was shown,
//! since ranks shift.

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
    let last = items.last().filter(|_| has_more).map(|item| Place { key: key(item), seen: Vec::new() });
    Page { items, next: last.map(|place| write(&place, asked)) }
}

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The last key that was shown, or the newest that was there when the list was first asked for.
    pub(super) key: i64,
    /// Keys of what was shown, ascending, where they are not those before `key`.
    pub(super) seen: Vec<u64>,
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
    let mut parts = text.split('_');
    let (Some(of), Some(key), Some(seen), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(refused());
    };
    let (Ok(key), Some(seen)) = (key.parse(), read_gaps(seen)) else { return Err(refused()) };
    if of != question(asked) { Err(refused()) } else { Ok(Some(Place { key, seen })) }
}

/// Writes a cursor of a list with the question `asked`.
pub(super) fn write(place: &Place, asked: &[&str]) -> String {
    format!("{}_{}_{}", question(asked), place.key, write_gaps(&place.seen))
}

/// Ascending keys as the steps from each to the next, which are short.
fn write_gaps(keys: &[u64]) -> String {
    let before = std::iter::once(0).chain(keys.iter().copied());
    keys.iter().zip(before).map(|(key, before)| format!("{:x}", key - before)).collect::<Vec<_>>().join("-")
}

fn read_gaps(text: &str) -> Option<Vec<u64>> {
    let gaps = text.split('-').filter(|_| !text.is_empty());
    let mut last = 0_u64;
    gaps.map(|gap| {
        last = last.checked_add(u64::from_str_radix(gap, 16).ok()?)?;
        Some(last)
    })
    .collect()
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
        for seen in [vec![], vec![0], vec![3, 4, 260]] {
            let place = Place { key: 12, seen };
            assert_eq!(read(Some(&write(&place, &["asf", "städ"])), &["asf", "städ"]), Ok(Some(place)));
        }
        let written = write(&Place { key: -1, seen: vec![7] }, &["asf", "städ"]);
        assert!(read(Some(&written), &["asf", "tvätt"]).is_err());
        assert!(read(Some(&written), &["asfstäd"]).is_err());
        let cases = [written.replace("_7", "_g"), format!("{written}-"), format!("{written}-ffffffffffffffff")];
        for wrong in ["", "x", "€", "_1_", &written[1..]].into_iter().chain(cases.iter().map(String::as_str)) {
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
