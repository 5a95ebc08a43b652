//! What the index takes in. Where a document comes from is the caller's business.

/// One searchable thing: a capability of an ASF, or a lot of a need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Unique in the collection; a later document with the same id replaces it.
    pub id: u64,
    /// What the document belongs to, such as the ASF of a capability or the need of a lot.
    pub group: u64,
    /// The heading. Its words weigh more than those of the text.
    pub title: String,
    /// The running text.
    pub text: String,
    /// Ids of concepts that the text only hints at: found as candidates, not in searches.
    pub hints: Vec<String>,
    /// CPV codes, eight digits with or without check digit.
    pub cpv: Vec<String>,
    /// Opaque place names; compared letter by letter.
    pub places: Vec<String>,
    /// Until when it can be answered, in seconds since 1970; `None` is for ever.
    pub open_until: Option<i64>,
    /// Opaque kind, such as `tender` or `request`.
    pub kind: String,
}
