//! Answering: words become clauses by hand, hits come back with the terms that met.

use std::collections::HashSet;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query as Clause, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, Term as IndexTerm};

use crate::analyzer::{Analyzer, Term, TermKind};
use crate::collect::{Best, Filter, Kept};
use crate::error::IndexError;
use crate::hit::Hit;
use crate::query::{Evidence, Query};
use crate::schema::hint_key;
use crate::{SearchIndex, codes};

/// More terms than this in a query add time, not meaning.
const MOST_TERMS: usize = 64;

impl SearchIndex {
    /// The best answers to a query, best first, with the terms each really contains.
    ///
    /// # Errors
    /// [`IndexError::Store`] when the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Vec<Hit>, IndexError> {
        let searcher = self.reader.searcher();
        let mut terms = Analyzer::shared().analyze(&query.words);
        terms.truncate(MOST_TERMS);
        let wordless = query.words.trim().is_empty();
        let clause = match (wordless, self.ranking(&terms)) {
            (true, _) => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
            (false, clause) => clause,
        };
        let most = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let best = Best {
            limit: query.offset.saturating_add(query.limit).min(most),
            filter: self.filter(query),
            prune: !wordless,
        };
        let kept = searcher.search(&clause, &best)?;
        let page: Vec<Kept> = kept.into_iter().skip(query.offset).collect();
        self.hits(&searcher, &page, &terms)
    }

    /// Ids of the documents that share at least one solid piece with the evidence: a
    /// concept, a whole word that says something, or a CPV class of three digits or more.
    /// All of them, best first, unless there are more than `limit`. The order depends on
    /// what is shared only, not on how the index came to be.
    ///
    /// # Errors
    /// [`IndexError::Store`] when the index cannot be read.
    pub fn candidates(&self, evidence: &Evidence, limit: usize) -> Result<Vec<u64>, IndexError> {
        let searcher = self.reader.searcher();
        let most = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let filter = Filter { open_at: evidence.open_at, ..Filter::default() };
        let best = Best { limit: limit.min(most), filter, prune: false };
        let kept = searcher.search(&self.solid(evidence), &best)?;
        Ok(kept.into_iter().map(|kept| kept.id).collect())
    }

    /// Ids of all documents, ascending.
    ///
    /// # Errors
    /// [`IndexError::Store`] when the index cannot be read.
    pub fn ids(&self) -> Result<Vec<u64>, IndexError> {
        let searcher = self.reader.searcher();
        let mut ids = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().u64("id")?;
            ids.extend(segment.doc_ids_alive().filter_map(|doc| column.first(doc)));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    fn ranking(&self, terms: &[Term]) -> Box<dyn Clause> {
        let analyzer = Analyzer::shared();
        let mut seen = HashSet::new();
        let mut clauses = Vec::new();
        for term in terms {
            let (field, weight) = match term.kind {
                TermKind::Concept => (self.fields.concept, 1.5),
                TermKind::Family if analyzer.is_generic(&term.key) => (self.fields.word, 0.3),
                TermKind::Family => (self.fields.word, 1.0),
                TermKind::Part => (self.fields.word, 0.5),
            };
            if seen.insert((field, &term.key)) {
                let clause = term_clause(field, &term.key, IndexRecordOption::WithFreqs);
                clauses.push(boosted(clause, weight));
            }
        }
        any(clauses)
    }

    fn solid(&self, evidence: &Evidence) -> Box<dyn Clause> {
        let analyzer = Analyzer::shared();
        let mut keys: Vec<(Field, String, f32)> = Vec::new();
        for term in &evidence.terms {
            match term.kind {
                TermKind::Concept => {
                    keys.push((self.fields.concept, term.key.clone(), 8.0));
                    keys.push((self.fields.family, hint_key(&term.key), 1.0));
                }
                TermKind::Family if !analyzer.is_generic(&term.key) => {
                    keys.push((self.fields.family, term.key.clone(), 2.0));
                }
                TermKind::Family | TermKind::Part => {}
            }
        }
        for code in &evidence.cpv {
            for (prefix, weight) in codes::solid_prefixes(code) {
                keys.push((self.fields.cpv, prefix, weight));
            }
        }
        let mut seen = HashSet::new();
        keys.retain(|(field, key, _)| seen.insert((*field, key.clone())));
        let clauses = keys.into_iter().map(|(field, key, weight)| {
            let clause = term_clause(field, &key, IndexRecordOption::Basic);
            Box::new(ConstScoreQuery::new(clause, weight)) as Box<dyn Clause>
        });
        any(clauses.collect())
    }

    fn filter(&self, query: &Query) -> Filter {
        let mut filter = Filter { groups: Vec::new(), open_at: query.open_at };
        let mut require = |field, keys: Vec<String>| {
            let terms = keys.iter().map(|key| IndexTerm::from_field_text(field, key));
            filter.groups.push(terms.collect());
        };
        if !query.places.is_empty() {
            require(self.fields.place, query.places.clone());
        }
        if !query.kinds.is_empty() {
            require(self.fields.kind, query.kinds.clone());
        }
        if !query.cpv.is_empty() {
            let keys = query.cpv.iter().flat_map(|code| codes::covering_keys(code));
            require(self.fields.cpv, keys.collect());
        }
        filter
    }

    fn hits(&self, searcher: &Searcher, page: &[Kept], terms: &[Term]) -> Result<Vec<Hit>, IndexError> {
        let mut hits = Vec::with_capacity(page.len());
        for kept in page {
            let groups = searcher.segment_reader(kept.address.segment_ord).fast_fields().u64("group")?;
            hits.push(Hit {
                id: kept.id,
                group: groups.first(kept.address.doc_id).unwrap_or(0),
                score: kept.score,
                matched: Vec::new(),
            });
        }
        let mut order: Vec<usize> = (0..page.len()).collect();
        order.sort_unstable_by_key(|&at| page[at].address);
        for term in terms {
            self.mark(searcher, page, &order, term, &mut hits)?;
        }
        Ok(hits)
    }

    /// Adds `term` to the hits whose document contains it.
    fn mark(
        &self,
        searcher: &Searcher,
        page: &[Kept],
        order: &[usize],
        term: &Term,
        hits: &mut [Hit],
    ) -> Result<(), IndexError> {
        let field = match term.kind {
            TermKind::Concept => self.fields.concept,
            // Where it ranks, also as a part of a compound: "snö" is in "snöskottning".
            TermKind::Family | TermKind::Part => self.fields.word,
        };
        let key = IndexTerm::from_field_text(field, &term.key);
        let mut open = None;
        for &at in order {
            let address = page[at].address;
            if open.as_ref().is_none_or(|(segment, _)| *segment != address.segment_ord) {
                let reader = searcher.segment_reader(address.segment_ord);
                let postings = reader
                    .inverted_index(field)?
                    .read_postings(&key, IndexRecordOption::Basic)
                    .map_err(tantivy::TantivyError::from)?;
                open = Some((address.segment_ord, postings));
            }
            if let Some((_, Some(postings))) = &mut open {
                let found =
                    if postings.doc() < address.doc_id { postings.seek(address.doc_id) } else { postings.doc() };
                if found == address.doc_id {
                    hits[at].matched.push(term.clone());
                }
            }
        }
        Ok(())
    }
}

fn term_clause(field: Field, key: &str, record: IndexRecordOption) -> Box<dyn Clause> {
    Box::new(TermQuery::new(IndexTerm::from_field_text(field, key), record))
}

fn boosted(clause: Box<dyn Clause>, weight: f32) -> Box<dyn Clause> {
    if weight == 1.0 { clause } else { Box::new(BoostQuery::new(clause, weight)) }
}

/// One of the clauses. A single one stands alone: in a `BooleanQuery` it would be read to
/// the end instead of skipping what cannot reach the page.
fn any(mut clauses: Vec<Box<dyn Clause>>) -> Box<dyn Clause> {
    match (clauses.len(), clauses.pop()) {
        (_, None) => Box::new(EmptyQuery),
        (1, Some(only)) => only,
        (_, Some(last)) => {
            clauses.push(last);
            let should = clauses.into_iter().map(|clause| (Occur::Should, clause));
            Box::new(BooleanQuery::new(should.collect()))
        }
    }
}
