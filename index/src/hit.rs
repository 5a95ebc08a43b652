//! What the index gives out.

use crate::analyzer::Term;

/// A document that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub id: u64,
    /// The document's group.
    pub group: u64,
    /// BM25 score; comparable only within one result.
    pub score: f32,
    /// The terms of the query that the document really contains, in the query's order.
    pub matched: Vec<Term>,
}
