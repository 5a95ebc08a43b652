//! Keeping the best documents of a search, with filters checked while collecting, so that
//! the library may still skip documents that score too low.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// What a document must be besides matching the words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// A document must have one term of each group.
    pub(crate) groups: Vec<Vec<Term>>,
    /// Seconds since 1970 at which it must still be open.
    pub(crate) open_at: Option<i64>,
}

/// A document that was kept. Better is greater: score first, then the newest id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) score: Score,
    pub(crate) id: u64,
    pub(crate) address: DocAddress,
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| self.id.cmp(&other.id))
    }
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Kept {}

/// Collects the `limit` best documents that pass the filter, best first.
pub(crate) struct Best {
    pub(crate) limit: usize,
    pub(crate) filter: Filter,
    /// Whether documents under the lowest kept score may be skipped. They may not where
    /// many share a score and the newest id among them must win.
    pub(crate) prune: bool,
}

impl Collector for Best {
    type Fruit = Vec<Kept>;
    type Child = BestOfSegment;

    fn for_segment(&self, ordinal: u32, segment: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        Ok(BestOfSegment {
            limit: self.limit,
            ordinal,
            ids: segment.fast_fields().u64("id")?,
            pass: Pass::new(&self.filter, segment)?,
            heap: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Kept>>) -> tantivy::Result<Vec<Kept>> {
        let mut all: Vec<Kept> = fruits.into_iter().flatten().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(self.limit);
        Ok(all)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: u32,
        segment: &SegmentReader,
    ) -> tantivy::Result<Vec<Kept>> {
        let mut child = self.for_segment(ordinal, segment)?;
        let alive = segment.alive_bitset();
        let is_alive = |doc| alive.is_none_or(|bits| bits.is_alive(doc));
        if self.prune {
            weight.for_each_pruning(Score::MIN, segment, &mut |doc, score| {
                if is_alive(doc) {
                    child.collect(doc, score);
                }
                child.threshold()
            })?;
        } else {
            weight.for_each(segment, &mut |doc, score| {
                if is_alive(doc) {
                    child.collect(doc, score);
                }
            })?;
        }
        Ok(child.harvest())
    }
}

/// The best of one segment, worst on top.
pub(crate) struct BestOfSegment {
    limit: usize,
    ordinal: u32,
    ids: Column<u64>,
    pass: Pass,
    heap: BinaryHeap<std::cmp::Reverse<Kept>>,
}

impl BestOfSegment {
    /// The score that a further document must exceed to be kept.
    fn threshold(&self) -> Score {
        if self.heap.len() < self.limit {
            return Score::MIN;
        }
        self.heap.peek().map_or(Score::MIN, |worst| worst.0.score)
    }
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Vec<Kept>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.limit == 0 || !self.pass.lets(doc) {
            return;
        }
        let kept = Kept { score, id: self.ids.first(doc).unwrap_or(0), address: DocAddress::new(self.ordinal, doc) };
        if self.heap.len() < self.limit {
            self.heap.push(std::cmp::Reverse(kept));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && kept > worst.0
        {
            worst.0 = kept;
        }
    }

    fn harvest(self) -> Vec<Kept> {
        self.heap.into_iter().map(|kept| kept.0).collect()
    }
}

/// A filter made ready for one segment.
struct Pass {
    sets: Vec<Vec<u64>>,
    open: Option<(Column<i64>, i64)>,
}

impl Pass {
    fn new(filter: &Filter, segment: &SegmentReader) -> tantivy::Result<Self> {
        let sets = filter.groups.iter().map(|terms| union(terms, segment)).collect::<tantivy::Result<_>>()?;
        let open = match filter.open_at {
            Some(at) => Some((segment.fast_fields().i64("open_until")?, at)),
            None => None,
        };
        Ok(Self { sets, open })
    }

    fn lets(&self, doc: DocId) -> bool {
        let (word, bit) = (doc as usize / 64, doc % 64);
        self.sets.iter().all(|set| set[word] >> bit & 1 == 1)
            && self.open.as_ref().is_none_or(|(until, at)| until.first(doc).is_none_or(|until| until >= *at))
    }
}

/// The documents of a segment that have one of the terms, one bit each.
fn union(terms: &[Term], segment: &SegmentReader) -> tantivy::Result<Vec<u64>> {
    let mut bits = vec![0; (segment.max_doc() as usize).div_ceil(64)];
    for term in terms {
        let inverted = segment.inverted_index(term.field())?;
        let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
            continue;
        };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            bits[doc as usize / 64] |= 1 << (doc % 64);
            doc = postings.advance();
        }
    }
    Ok(bits)
}
