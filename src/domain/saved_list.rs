//! Lists of ASF that somebody keeps: favourites, or those to ask about one thing.

use super::{asf::AsfId, rejection::Rejection, user::UserId};

/// A stored list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedList {
    /// Identity in the database.
    pub id: SavedListId,
    /// Whose it is.
    pub owner: UserId,
    /// What it is called.
    pub name: String,
    /// Somebody may see it by a secret link.
    pub is_shared: bool,
    /// What is on it, in the order it was put there.
    pub items: Vec<SavedItem>,
}

/// An ASF on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedItem {
    /// Which.
    pub asf: AsfId,
    /// A line about it, or empty.
    pub note: String,
}

/// Identity of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SavedListId(pub i64);

/// Most lists that one person keeps.
pub const MOST_LISTS: usize = 50;
/// Most ASF on one list.
pub const MOST_ITEMS: usize = 500;

/// Reads the name of a list.
///
/// # Errors
/// `rejected-list-name` when it is empty or longer than 80 characters.
pub fn parse_name(typed: &str) -> Result<String, Rejection> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Rejection::new("name", "rejected-list-name", typed));
    }
    Ok(name)
}

/// Reads a note.
///
/// # Errors
/// `rejected-list-note` when it is longer than 500 characters.
pub fn parse_note(typed: &str) -> Result<String, Rejection> {
    let note = typed.trim();
    if note.chars().count() > 500 {
        return Err(Rejection::new("note", "rejected-list-note", typed));
    }
    Ok(note.to_owned())
}
