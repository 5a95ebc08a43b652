//! The analysed words of a text, as the matcher weighs them.
//! How words become terms is the business of the index.

/// What kind of sign a term is, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A trade of the thesaurus, whatever words were used.
    Concept,
    /// A thing of the thesaurus that work is done with or on (work clothes): bought by one, washed by
    /// another.
    Goods,
    /// A whole word with all its forms.
    Family,
    /// A piece of a compound.
    Part,
}

/// One term of a text.
#[derive(Debug, Clone, PartialEq)]
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
    /// How far the rest of the text bears it out, 0 to 1: less for what only a code says, and for a
    /// trade whose codes lie elsewhere than the need's.
    pub trust: f64,
}

/// The terms of one text, each (kind, key) once, sorted for merging.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// Sorts and merges; a term that stands in the title counts as a title term, and the best borne
    /// out of two counts.
    pub fn new(mut terms: Vec<Term>) -> Self {
        terms.sort_by(|a, b| {
            let order = (a.kind, &a.key, !a.in_title).cmp(&(b.kind, &b.key, !b.in_title));
            order.then_with(|| b.trust.total_cmp(&a.trust))
        });
        terms.dedup_by(|later, first| later.kind == first.kind && later.key == first.key);
        Self(terms)
    }

    /// All terms, sorted by kind and key.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    /// Lowers the trust in each trade by a factor, and in the words that it was read from.
    pub fn doubt(&mut self, factor: impl Fn(&str) -> f64) {
        self.lower(|_| true, factor);
    }

    /// As [`Terms::doubt`], for trades and words outside the title alone.
    pub fn doubt_text(&mut self, factor: impl Fn(&str) -> f64) {
        self.lower(|term| !term.in_title, factor);
    }

    fn lower(&mut self, reached: impl Fn(&Term) -> bool, factor: impl Fn(&str) -> f64) {
        let trades = self.0.iter().filter(|term| term.kind == TermKind::Concept && reached(term));
        let doubted: Vec<(String, f64)> = trades.map(|term| (term.surface.clone(), factor(&term.key))).collect();
        for term in self.0.iter_mut().filter(|term| reached(term)) {
            let factors = doubted.iter().filter(|(words, _)| match term.kind {
                TermKind::Concept => *words == term.surface,
                _ => words.split(' ').any(|word| word == term.surface),
            });
            term.trust *= factors.map(|(_, factor)| *factor).fold(1.0, f64::min);
        }
    }

    /// Counts chosen trades as standing in the title, with this much trust.
    pub fn raise_concepts(&mut self, trust: f64, chosen: impl Fn(&Term) -> bool) {
        let is_chosen = |term: &&mut Term| term.kind == TermKind::Concept && chosen(term);
        for term in self.0.iter_mut().filter(is_chosen) {
            term.in_title = true;
            term.trust *= trust;
        }
    }

    /// Takes in those that no term says already.
    pub fn add(&mut self, more: Vec<Term>) {
        let unsaid = more.into_iter().filter(|term| self.find(term.kind, &term.key).is_none());
        let unsaid: Vec<Term> = unsaid.collect();
        self.0.extend(unsaid);
        self.0.sort_by(|a, b| (a.kind, &a.key).cmp(&(b.kind, &b.key)));
    }

    /// Counts the chosen terms as standing in the title.
    pub fn raise(&mut self, chosen: impl Fn(&Term) -> bool) {
        for term in &mut self.0 {
            term.in_title |= chosen(term);
        }
    }

    /// Leaves out the terms that are not kept.
    pub fn retain(&mut self, kept: impl FnMut(&Term) -> bool) {
        self.0.retain(kept);
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
