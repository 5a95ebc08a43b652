//! A search page by page: what comes in while somebody turns pages neither repeats nor hides anything.

use std::{cmp::Reverse, collections::HashSet};

use anyhow::Context as _;
use samhandla_index::{SearchIndex, hit::Hit, query::Query};

use super::{
    Result,
    search::{self, AsfHit, NeedHit, Search},
};
use crate::{
    app::App,
    domain::{asf::AsfId, need::LotId},
    store::{asf, needs},
};

/// How far one can turn in a search by words.
const DEEPEST: usize = 1_000;

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// With words: the last document that was there when the first page was asked for. Without: the newest
    /// thing that the pages before did not show.
    pub known_until: i64,
    /// With words: what the pages before showed, ascending. A number of hits would not do: each document that
    /// comes in shifts the ranks of the others.
    pub seen: Vec<u64>,
}

/// One page of a search.
#[derive(Debug, Clone)]
pub struct SearchPage<T> {
    /// Best first.
    pub hits: Vec<T>,
    /// Where the next page begins; none after the last.
    pub next: Option<From>,
}

/// A page of ASF that match a search.
///
/// # Errors
/// When the database does not answer, or the index cannot be rebuilt.
pub async fn asf(app: &App, search: &Search, from: Option<From>) -> Result<SearchPage<AsfHit>> {
    let from = match from {
        Some(from) => from,
        None => From { known_until: asf::last(&app.db).await?.0, seen: Vec::new() },
    };
    let index = search::ready(app, &app.asf_index).await?;
    let (found, next) = page(&index, search::query(search, None), |hit| hit.id, from, search.limit)?;
    let ids: Vec<AsfId> = found.iter().map(|hit| AsfId(hit.id.cast_signed())).collect();
    let stored = asf::list_by_ids(&app.db, &ids).await?;
    let hit = |hit: &Hit| {
        let asf = stored.iter().find(|asf| asf.id.0 == hit.id.cast_signed())?.clone();
        Some(AsfHit { asf, score: hit.score, reasons: search::reasons(hit) })
    };
    Ok(SearchPage { hits: found.iter().filter_map(hit).collect(), next })
}

/// A page of open needs that match a search, each once, by its lot that fits best.
///
/// # Errors
/// As [`asf`].
pub async fn needs(app: &App, search: &Search, from: Option<From>) -> Result<SearchPage<NeedHit>> {
    let from = match from {
        Some(from) => from,
        None if is_wordless(&search.words) => From { known_until: i64::MAX, seen: Vec::new() },
        None => From { known_until: needs::last_lot(&app.db).await?.0, seen: Vec::new() },
    };
    let index = search::ready(app, &app.lot_index).await?;
    let asked = search::query(search, Some(app.clock.now().timestamp()));
    let (found, next) = page(&index, asked, |hit| hit.group, from, search.limit)?;
    let lots: Vec<LotId> = found.iter().map(|hit| LotId(hit.id.cast_signed())).collect();
    let stored = needs::list_by_lots(&app.db, &lots).await?;
    let hit = |hit: &Hit| {
        let need = stored.iter().find(|need| need.id.0 == hit.group.cast_signed())?.clone();
        Some(NeedHit { need, lot: LotId(hit.id.cast_signed()), score: hit.score, reasons: search::reasons(hit) })
    };
    Ok(SearchPage { hits: found.iter().filter_map(hit).collect(), next })
}

fn is_wordless(words: &str) -> bool {
    words.trim().is_empty()
}

/// The hits of a page, each thing once, and where the next begins.
fn page(
    index: &SearchIndex,
    query: Query,
    thing: impl Fn(&Hit) -> u64,
    from: From,
    limit: usize,
) -> Result<(Vec<Hit>, Option<From>)> {
    if is_wordless(&query.words) {
        newest(index, query, thing, &from, limit)
    } else {
        best(index, &query, thing, from, limit)
    }
}

/// Newest first is an order that nothing shifts: a page begins after the last thing of the one before.
fn newest(
    index: &SearchIndex,
    query: Query,
    thing: impl Fn(&Hit) -> u64,
    from: &From,
    limit: usize,
) -> Result<(Vec<Hit>, Option<From>)> {
    let mut hits = index.search(&Query { limit: usize::MAX, offset: 0, ..query }).context("search the newest")?;
    hits.retain(|hit| thing(hit).cast_signed() <= from.known_until);
    hits.sort_by_key(|hit| Reverse(thing(hit)));
    hits.dedup_by_key(|hit| thing(hit));
    let has_more = hits.len() > limit;
    hits.truncate(limit);
    let last = hits.last().filter(|_| has_more).map(&thing);
    Ok((hits, last.map(|last| From { known_until: last.cast_signed() - 1, seen: Vec::new() })))
}

/// The best of what was there at first and has not been shown.
fn best(
    index: &SearchIndex,
    query: &Query,
    thing: impl Fn(&Hit) -> u64,
    mut from: From,
    limit: usize,
) -> Result<(Vec<Hit>, Option<From>)> {
    let shown: HashSet<u64> = from.seen.iter().copied().collect();
    let limit = limit.min(DEEPEST.saturating_sub(shown.len()));
    let terms = index.read(&query.words).context("read the words of a search")?.terms;
    let mut asked = shown.len() + 2 * limit;
    let mut fresh = loop {
        let query = Query { limit: asked, offset: 0, ..query.clone() };
        let hits = index.search_terms(&query, terms.clone()).context("search")?;
        let is_all = hits.len() < asked;
        let mut seen = shown.clone();
        let is_known = |hit: &Hit| hit.id.cast_signed() <= from.known_until;
        let fresh: Vec<Hit> = hits.into_iter().filter(|hit| is_known(hit) && seen.insert(thing(hit))).collect();
        if is_all || fresh.len() > limit {
            break fresh;
        }
        asked *= 2;
    };
    let has_more = fresh.len() > limit && shown.len() + limit < DEEPEST;
    fresh.truncate(limit);
    from.seen.extend(fresh.iter().map(&thing));
    from.seen.sort_unstable();
    Ok((fresh, has_more.then_some(from)))
}
