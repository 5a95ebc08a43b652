//! Search in the indexes, and keeping them in step with the database.

use std::sync::{Arc, PoisonError};

use anyhow::Context as _;
use samhandla_index::{
    SearchIndex,
    analyzer::{Analyzer, TermKind},
    document::Document,
    error::IndexError,
    hit::Hit,
    query::Query,
    reread::Correction,
    writer::Batch,
};

use super::{Result, profiles};
use crate::{
    app::{App, LiveIndex},
    domain::{
        asf::{Asf, AsfId},
        cpv::Cpv,
        need::{Lot, LotId, Need, NeedId},
        place::Place,
        reason::Reason,
    },
    store::{
        asf, changes,
        changes::{Change, Noun},
        needs,
    },
};

/// Changes read from the database at a time.
const BATCH: u64 = 500;

/// What is searched for; empty words list the newest.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words in Swedish or English.
    pub words: String,
    /// Only in this place.
    pub place: Option<Place>,
    /// Only in this branch of the CPV tree.
    pub cpv: Option<Cpv>,
    /// Most hits.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
}

/// An ASF that was found.
#[derive(Debug, Clone)]
pub struct AsfHit {
    /// The ASF.
    pub asf: Asf,
    /// Rank; higher is better.
    pub score: f32,
    /// Which words met which.
    pub reasons: Vec<Reason>,
}

/// A need that was found, by one of its lots.
#[derive(Debug, Clone)]
pub struct NeedHit {
    /// The need.
    pub need: Need,
    /// The lot that fits best.
    pub lot: LotId,
    /// Rank; higher is better.
    pub score: f32,
    /// Which words met which.
    pub reasons: Vec<Reason>,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// Best first.
    pub hits: Vec<T>,
    /// Words that nothing answered, and what was searched for in their place.
    pub instead: Vec<Instead>,
}

/// A word that nothing answered, and what was searched for in its place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Instead {
    /// As typed.
    pub typed: String,
    /// What was searched for.
    pub instead: String,
}

/// ASF that match a search, best first.
///
/// # Errors
/// When the database does not answer, or the index cannot be rebuilt.
pub async fn asf(app: &App, search: &Search) -> Result<Found<AsfHit>> {
    let index = ready(app, &app.asf_index).await?;
    let mut answer = answer(&index, &query(search, None)).context("search ASF")?;
    let ids: Vec<AsfId> = answer.hits.iter().map(|hit| AsfId(hit.id.cast_signed())).collect();
    let stored = asf::list_by_ids(&app.db, &ids).await?;
    answer.spell(stored.iter().map(profiles::asf_document));
    let hit = |hit: &Hit| {
        let asf = stored.iter().find(|asf| asf.id.0 == hit.id.cast_signed())?.clone();
        Some(AsfHit { asf, score: hit.score, reasons: reasons(hit) })
    };
    Ok(Found { hits: answer.hits.iter().filter_map(hit).collect(), instead: answer.instead() })
}

/// Open needs that match a search, best first, each once.
///
/// # Errors
/// As [`asf`].
pub async fn needs(app: &App, search: &Search) -> Result<Found<NeedHit>> {
    let index = ready(app, &app.lot_index).await?;
    let asked = query(search, Some(app.clock.now().timestamp()));
    let mut answer = answer(&index, &asked).context("search needs")?;
    let ids: Vec<LotId> = answer.hits.iter().map(|hit| LotId(hit.id.cast_signed())).collect();
    let stored = needs::list_by_lots(&app.db, &ids).await?;
    answer.spell(stored.iter().flat_map(lot_documents));
    let mut hits: Vec<NeedHit> = Vec::new();
    for hit in &answer.hits {
        let need_id = hit.group.cast_signed();
        let seen = hits.iter().any(|earlier| earlier.need.id.0 == need_id);
        if let Some(need) = stored.iter().find(|need| need.id.0 == need_id)
            && !seen
        {
            let lot = LotId(hit.id.cast_signed());
            hits.push(NeedHit { need: need.clone(), lot, score: hit.score, reasons: reasons(hit) });
        }
    }
    Ok(Found { hits, instead: answer.instead() })
}

/// What the index answered, with what it searched for where that is not what was typed.
pub(super) struct Answer {
    pub(super) hits: Vec<Hit>,
    corrections: Vec<Correction>,
}

pub(super) fn answer(index: &SearchIndex, query: &Query) -> std::result::Result<Answer, IndexError> {
    let reading = index.read(&query.words)?;
    Ok(Answer { hits: index.search_terms(query, reading.terms)?, corrections: reading.corrections })
}

impl Answer {
    /// Finds the readers' word for the keys of the index that were searched for, in what was found.
    pub(super) fn spell(&mut self, documents: impl Iterator<Item = Document>) {
        let mut keys: Vec<&mut Correction> = self.corrections.iter_mut().filter(|c| c.is_key).collect();
        if keys.is_empty() {
            return;
        }
        for document in documents {
            let terms = Analyzer::shared().analyze(&format!("{}\n{}", document.title, document.text));
            for term in terms.into_iter().filter(|term| term.kind == TermKind::Family) {
                let Some(at) = keys.iter().position(|correction| correction.instead == term.key) else { continue };
                for hit in &mut self.hits {
                    let matched = hit.matched.iter_mut().filter(|matched| matched.key == term.key);
                    matched.for_each(|matched| matched.surface.clone_from(&term.surface));
                }
                keys.swap_remove(at).instead = term.surface;
            }
        }
    }

    /// Empty where nothing was found after all: then nothing is shown instead.
    pub(super) fn instead(self) -> Vec<Instead> {
        if self.hits.is_empty() {
            return Vec::new();
        }
        self.corrections.into_iter().map(|c| Instead { typed: c.typed, instead: c.instead }).collect()
    }
}

pub(super) fn query(search: &Search, open_at: Option<i64>) -> Query {
    let places = search.place.iter().flat_map(|place| {
        let county = place.county().filter(|_| matches!(place, Place::Municipality(_)));
        [Some(place.code()), county, Some("SE")]
    });
    Query {
        words: search.words.clone(),
        cpv: search.cpv.iter().map(ToString::to_string).collect(),
        places: if search.place.is_some() { places.flatten().map(str::to_owned).collect() } else { Vec::new() },
        open_at,
        limit: search.limit.clamp(1, 100),
        offset: search.offset,
        ..Query::default()
    }
}

pub(super) fn reasons(hit: &Hit) -> Vec<Reason> {
    let word = |surface: &str| Reason::Word { mine: surface.to_owned(), theirs: surface.to_owned() };
    let mut reasons: Vec<Reason> = Vec::new();
    for term in &hit.matched {
        let reason = word(&term.surface);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// An index that can be searched: opened, or rebuilt when its files are gone or unusable.
pub(super) async fn ready(app: &App, index: &LiveIndex) -> Result<Arc<SearchIndex>> {
    match index.current() {
        Ok(current) if !index.is_lost() => Ok(current),
        Ok(_) | Err(IndexError::Rebuild { .. }) => {
            tracing::warn!("index is gone or unusable, rebuilding it from the database");
            rebuild(app).await?;
            Ok(index.current().context("open the rebuilt index")?)
        }
        Err(error) => Err(anyhow::Error::new(error).context("open index").into()),
    }
}

/// Brings both indexes up to the last change; rebuilds them when they are gone or unusable.
///
/// # Errors
/// When the database does not answer or the disk is full. `Busy` is no error: the process that
/// writes the index follows the same changes.
pub async fn follow(app: &App) -> Result<()> {
    let _one_at_a_time = app.following.lock().await;
    let last = changes::last(&app.db).await?;
    for (index, noun) in [(&app.asf_index, Noun::Asf), (&app.lot_index, Noun::Need)] {
        match follow_one(app, index, noun, last).await {
            Ok(()) => {}
            Err(Following::Index(IndexError::Busy)) => tracing::debug!("another process writes the index"),
            Err(Following::Index(IndexError::Rebuild { reason })) => {
                tracing::warn!(reason, "rebuilding an index from the database");
                rebuild_one(app, index, noun).await?;
            }
            Err(Following::Index(error)) => return Err(anyhow::Error::new(error).context("write index").into()),
            Err(Following::Service(error)) => return Err(error),
        }
    }
    Ok(())
}

enum Following {
    Index(IndexError),
    Service(super::Error),
}

impl From<IndexError> for Following {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

impl From<crate::store::StoreError> for Following {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Service(error.into())
    }
}

async fn follow_one(app: &App, index: &LiveIndex, noun: Noun, last: i64) -> std::result::Result<(), Following> {
    if index.is_lost() {
        return Err(IndexError::Rebuild { reason: "the files are gone".to_owned() }.into());
    }
    let current = index.current()?;
    let mut mark = current.watermark()?.cast_signed();
    if mark > last {
        return Err(IndexError::Rebuild { reason: "the database is older than the index".to_owned() }.into());
    }
    while mark < last {
        let changes = changes::list_after(&app.db, mark, BATCH).await?;
        let Some(newest) = changes.last() else { break };
        mark = newest.id;
        let batch = batch(app, noun, &changes, mark).await?;
        let writer = Arc::clone(&current);
        let written = tokio::task::spawn_blocking(move || writer.write(batch)).await;
        written.map_err(|error| Following::Service(anyhow::Error::new(error).into()))??;
    }
    Ok(())
}

async fn batch(app: &App, noun: Noun, changes: &[Change], mark: i64) -> std::result::Result<Batch, Following> {
    let mut ids: Vec<i64> = changes.iter().filter(|change| change.noun == noun).map(|change| change.noun_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut batch = Batch { watermark: mark.unsigned_abs(), ..Batch::default() };
    match noun {
        Noun::Asf => {
            let keys: Vec<AsfId> = ids.iter().map(|id| AsfId(*id)).collect();
            forget_profiles(app, &keys);
            let stored = asf::list_by_ids(&app.db, &keys).await?;
            batch.deletes = ids.iter().map(|id| id.unsigned_abs()).collect();
            batch.upserts = stored.iter().filter(|asf| asf.is_shown()).map(profiles::asf_document).collect();
        }
        Noun::Need => {
            let keys: Vec<NeedId> = ids.iter().map(|id| NeedId(*id)).collect();
            let lots = needs::list_lot_ids(&app.db, &keys).await?;
            batch.deletes = lots.iter().map(|lot| lot.0.unsigned_abs()).collect();
            let stored = needs::list_by_ids(&app.db, &keys).await?;
            batch.upserts = stored.iter().flat_map(lot_documents).collect();
        }
    }
    Ok(batch)
}

fn lot_documents(need: &Need) -> impl Iterator<Item = Document> + '_ {
    let shown = need.status.is_matched();
    need.lots.iter().filter(move |lot| shown && lot.closed.is_none()).map(|lot: &Lot| profiles::lot_document(need, lot))
}

fn forget_profiles(app: &App, ids: &[AsfId]) {
    let mut cache = app.profiles.write().unwrap_or_else(PoisonError::into_inner);
    for id in ids {
        cache.remove(id);
    }
}

/// Number of documents in both indexes.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn rebuild(app: &App) -> Result<u64> {
    let _one_at_a_time = app.following.lock().await;
    let asf = rebuild_one(app, &app.asf_index, Noun::Asf).await?;
    Ok(asf + rebuild_one(app, &app.lot_index, Noun::Need).await?)
}

/// Walks through the table in batches, into a new index that then takes the old one's place.
async fn rebuild_one(app: &App, index: &LiveIndex, noun: Noun) -> Result<u64> {
    // Taken first: what changes meanwhile is replayed afterwards.
    let mark = changes::last(&app.db).await?;
    app.profiles.write().unwrap_or_else(PoisonError::into_inner).clear();
    let fresh = index.beside().context("create an index")?;
    let mut after = 0;
    loop {
        let (documents, last) = match noun {
            Noun::Asf => {
                let asfs = asf::list_after(&app.db, AsfId(after), BATCH).await?;
                let shown = asfs.iter().filter(|asf| asf.is_shown());
                (shown.map(profiles::asf_document).collect::<Vec<_>>(), asfs.last().map(|asf| asf.id.0))
            }
            Noun::Need => {
                let page = needs::list_after(&app.db, NeedId(after), BATCH).await?;
                (page.iter().flat_map(lot_documents).collect(), page.last().map(|need| need.id.0))
            }
        };
        let Some(last) = last else { break };
        after = last;
        fresh.write(Batch { upserts: documents, watermark: 0, ..Batch::default() }).context("write index")?;
    }
    fresh.write(Batch { watermark: mark.unsigned_abs(), ..Batch::default() }).context("write index")?;
    let documents = fresh.len();
    index.replace(fresh).context("put the rebuilt index in place")?;
    Ok(documents)
}

/// How the indexes differ from the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// Documents in both indexes.
    pub documents: u64,
    /// In the database but not in an index.
    pub missing: u64,
    /// In an index but not in the database.
    pub ghosts: u64,
}

/// Compares both indexes with the database.
///
/// # Errors
/// When the database does not answer or an index cannot be opened.
pub async fn check(app: &App) -> Result<Check> {
    let mut check = Check::default();
    for (index, noun) in [(&app.asf_index, Noun::Asf), (&app.lot_index, Noun::Need)] {
        let mut indexed = ready(app, index).await?.ids().context("list the index")?;
        indexed.sort_unstable();
        let mut expected: Vec<u64> = Vec::new();
        let mut after = 0;
        loop {
            let last = match noun {
                Noun::Asf => {
                    let page = asf::list_after(&app.db, AsfId(after), BATCH).await?;
                    expected.extend(page.iter().filter(|asf| asf.is_shown()).map(|asf| asf.id.0.unsigned_abs()));
                    page.last().map(|asf| asf.id.0)
                }
                Noun::Need => {
                    let page = needs::list_after(&app.db, NeedId(after), BATCH).await?;
                    let shown = page.iter().filter(|need| need.status.is_matched());
                    expected.extend(
                        shown
                            .flat_map(|need| &need.lots)
                            .filter(|lot| lot.closed.is_none())
                            .map(|lot| lot.id.0.unsigned_abs()),
                    );
                    page.last().map(|need| need.id.0)
                }
            };
            let Some(last) = last else { break };
            after = last;
        }
        expected.sort_unstable();
        check.documents += indexed.len() as u64;
        check.missing += expected.iter().filter(|id| indexed.binary_search(id).is_err()).count() as u64;
        check.ghosts += indexed.iter().filter(|id| expected.binary_search(id).is_err()).count() as u64;
    }
    Ok(check)
}
