//! A search page by page: what comes in while somebody turns pages neither repeats nor hides anything.

use std::collections::HashSet;

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

/// How far one can turn.
const DEEPEST: usize = 10_000;

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct From {
    /// The last document that was there when the first page was asked for.
    pub known_until: i64,
    /// Hits on the pages before.
    pub passed: usize,
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
        None => From { known_until: asf::last(&app.db).await?.0, passed: 0 },
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
        None => From { known_until: needs::last_lot(&app.db).await?.0, passed: 0 },
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

/// The hits of a page, each thing once, and where the next begins.
fn page(
    index: &SearchIndex,
    query: Query,
    thing: impl Fn(&Hit) -> u64,
    from: From,
    limit: usize,
) -> Result<(Vec<Hit>, Option<From>)> {
    let wanted = from.passed.saturating_add(limit).min(DEEPEST);
    let mut asked = wanted + limit;
    let terms = index.read(&query.words).context("read the words of a search")?.terms;
    let things = loop {
        let query = Query { limit: asked, offset: 0, ..query.clone() };
        let hits = index.search_terms(&query, terms.clone()).context("search")?;
        let is_all = hits.len() < asked;
        let mut seen = HashSet::new();
        let is_known = |hit: &Hit| hit.id.cast_signed() <= from.known_until;
        let things: Vec<Hit> = hits.into_iter().filter(|hit| is_known(hit) && seen.insert(thing(hit))).collect();
        if is_all || things.len() > wanted {
            break things;
        }
        asked *= 2;
    };
    let has_more = things.len() > wanted && wanted < DEEPEST;
    let hits = things.into_iter().take(wanted).skip(from.passed).collect();
    Ok((hits, has_more.then_some(From { passed: wanted, ..from })))
}
