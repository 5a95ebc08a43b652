//! The analysed words of a text, as the matcher weighs them.
//! How words become terms is the business of the index.

/// What kind of sign a term is, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A trade of the thesaurus, whatever words were used.
    Concept,
    /// A whole word with all its forms.
    Family,
    /// A piece of a compound.
    Part,
}

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// What it is compared by.
    pub key: String,
    /// The word as the writer wrote it.
    pub surface: String,
    /// Stands in the title.
    pub in_title: bool,
    /// Carries no trade of its own (service, kommun): never evidence.
    pub generic: bool,
}

/// The terms of one text, each (kind, key) once, sorted for merging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// Sorts and merges; a term that stands in the title counts as a title term.
    pub fn new(mut terms: Vec<Term>) -> Self {
        terms.sort_by(|a, b| (a.kind, &a.key, !a.in_title).cmp(&(b.kind, &b.key, !b.in_title)));
        terms.dedup_by(|later, first| later.kind == first.kind && later.key == first.key);
        Self(terms)
    }

    /// All terms, sorted by kind and key.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    /// The same terms without some concepts.
    pub fn without_concepts(&self, removed: &[String]) -> Self {
        let kept = |term: &&Term| term.kind != TermKind::Concept || !removed.contains(&term.key);
        Self(self.0.iter().filter(kept).cloned().collect())
    }

    /// Terms of one kind.
    pub fn of_kind(&self, kind: TermKind) -> impl Iterator<Item = &Term> {
        self.0.iter().filter(move |term| term.kind == kind)
    }

    /// The term with this kind and key.
    pub fn find(&self, kind: TermKind, key: &str) -> Option<&Term> {
        self.0
            .binary_search_by(|term| (term.kind, term.key.as_str()).cmp(&(kind, key)))
            .ok()
            .map(|place| &self.0[place])
    }
}
