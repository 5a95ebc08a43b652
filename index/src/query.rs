//! What can be asked of an index. How it is answered lives in `search`.

use crate::analyzer::Term;

/// A search as a person makes it. Without words: the newest ids first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words in Swedish or English, as typed. One that is found is enough; more rank higher.
    pub words: String,
    /// Keeps documents with one of these codes, a code under it or one that covers it.
    pub cpv: Vec<String>,
    /// Keeps documents in one of these places.
    pub places: Vec<String>,
    /// Keeps documents of one of these kinds.
    pub kinds: Vec<String>,
    /// Keeps documents that can still be answered at this time, in seconds since 1970.
    pub open_at: Option<i64>,
    /// Most hits to give.
    pub limit: usize,
    /// Hits to pass over first.
    pub offset: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: String::new(),
            cpv: Vec::new(),
            places: Vec::new(),
            kinds: Vec::new(),
            open_at: None,
            limit: 20,
            offset: 0,
        }
    }
}

/// What one side says, for finding what may fit on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The analysed words of a title and a text.
    pub terms: Vec<Term>,
    /// CPV codes.
    pub cpv: Vec<String>,
    /// Only documents that can still be answered at this time, in seconds since 1970.
    pub open_at: Option<i64>,
}
