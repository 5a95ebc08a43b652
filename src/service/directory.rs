//! Looking for an ASF: words and filters, with a count for each further choice, all from one result.

use std::{collections::HashMap, sync::Arc};

use anyhow::Context as _;
use samhandla_index::{
    analyzer::{Analyzer, TermKind, thesaurus},
    codes,
    hit::Hit,
    query::Query,
};

use super::{Result, profiles, search, tables::Table};
use crate::{
    app::{App, Directory},
    domain::{
        asf::{Asf, AsfId},
        asf_fact::Recorded,
        directory::{Card, Counts, Filter, distance_km, similar, swedish_order},
        language::Language,
        org_no::OrgNo,
        reason::Reason,
    },
    store::{asf, asf_facts, changes, changes::Noun},
};

/// Changes read at a time.
const BATCH: u64 = 500;

/// Longest passage shown around a word that was found, in characters.
const PASSAGE: usize = 180;

/// An ASF that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The ASF.
    pub asf: Asf,
    /// As the directory knows it.
    pub card: Arc<Card>,
    /// Which words met which.
    pub reasons: Vec<Reason>,
    /// What its capabilities are called, and a passage of their text where that says why; what met is marked.
    pub titles: Vec<Vec<Piece>>,
    /// See `titles`.
    pub passage: Vec<Piece>,
    /// Kilometres from the place that was asked for.
    pub km: Option<f64>,
}

/// A piece of text, marked where a word of the search met it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it met.
    pub marked: bool,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Answer {
    /// One page of it.
    pub hits: Vec<Found>,
    /// How many there are in all.
    pub total: usize,
    /// What each further choice would leave.
    pub counts: Counts,
    /// Words that nothing answered, and what was searched for in their place.
    pub instead: Vec<search::Instead>,
}

/// ASF that answer words and a filter, from `offset`, at most `limit`.
///
/// # Errors
/// When the database does not answer, or the index cannot be rebuilt.
pub async fn find(app: &App, words: &str, filter: &Filter, (offset, limit): (usize, usize)) -> Result<Answer> {
    let directory = current(app).await?;
    let (ranked, mut answer) = if words.trim().is_empty() {
        (in_order(&directory, filter), None)
    } else {
        let index = search::ready(app, &app.asf_index).await?;
        let query = Query { words: words.to_owned(), limit: directory.cards.len().max(1), ..Query::default() };
        let answer = search::answer(&index, &query).context("search ASF")?;
        let card = |hit: &Hit| directory.cards.get(&AsfId(hit.id.cast_signed())).cloned();
        (answer.hits.iter().filter_map(card).collect(), Some(answer))
    };
    let counts = Counts::of(ranked.iter().map(AsRef::as_ref), filter);
    let kept: Vec<&Arc<Card>> = ranked.iter().filter(|card| filter.accepts(card)).collect();
    let page: Vec<Arc<Card>> = kept.iter().skip(offset).take(limit).map(|card| Arc::clone(card)).collect();
    let ids: Vec<AsfId> = page.iter().map(|card| card.id).collect();
    let stored = asf::list_by_ids(&app.db, &ids).await?;
    if let Some(answer) = &mut answer {
        answer.spell(stored.iter().map(profiles::asf_document));
    }
    let hits = answer.as_ref().map_or(&[][..], |answer| &answer.hits);
    let found = page.into_iter().filter_map(|card| {
        let asf = stored.iter().find(|asf| asf.id == card.id)?.clone();
        let hit = hits.iter().find(|hit| hit.id.cast_signed() == card.id.0);
        Some(Found::new(asf, card, hit, filter))
    });
    Ok(Answer {
        hits: found.collect(),
        total: kept.len(),
        counts,
        instead: answer.map(search::Answer::instead).unwrap_or_default(),
    })
}

/// Without words: the nearest first where a place is asked for, then by name.
fn in_order(directory: &Directory, filter: &Filter) -> Vec<Arc<Card>> {
    let mut cards: Vec<Arc<Card>> = directory.cards.values().cloned().collect();
    cards.sort_by_cached_key(|card| (swedish_order(&card.name), card.id));
    if let Some(place) = &filter.place {
        cards.sort_by(|a, b| {
            let km = |card: &Card| distance_km(card, place).unwrap_or(f64::MAX);
            km(a).total_cmp(&km(b))
        });
    }
    cards
}

impl Found {
    fn new(asf: Asf, card: Arc<Card>, hit: Option<&Hit>, filter: &Filter) -> Self {
        let met: Vec<(TermKind, &str)> =
            hit.iter().flat_map(|hit| &hit.matched).map(|term| (term.kind, term.key.as_str())).collect();
        let works = || asf.capabilities.iter().map(|capability| &capability.work);
        let titles: Vec<Vec<Piece>> = works().map(|work| marked(&work.title, &met)).collect();
        let is_said = titles.iter().flatten().any(|piece| piece.marked);
        let passage = works().map(|work| passage(&work.text, &met)).find(|pieces| !pieces.is_empty());
        Self {
            reasons: hit.map(search::reasons).unwrap_or_default(),
            passage: if is_said { Vec::new() } else { passage.unwrap_or_default() },
            titles,
            km: filter.place.as_ref().and_then(|place| distance_km(&card, place)),
            card,
            asf,
        }
    }
}

/// A text in pieces; a word is marked when it says something that was asked for.
fn marked(text: &str, met: &[(TermKind, &str)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, marked: bool| match pieces.last_mut() {
        Some(last) if last.marked == marked => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), marked }),
    };
    let is_met = |word: &str| {
        let terms = Analyzer::shared().analyze(word);
        terms.iter().any(|term| met.iter().any(|(kind, key)| *kind == term.kind && *key == term.key))
    };
    for run in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = run.trim_end_matches(|c: char| !c.is_alphanumeric());
        let (word, rest) = run.split_at(word.len());
        if !word.is_empty() {
            push(word, !met.is_empty() && is_met(word));
        }
        if !rest.is_empty() {
            push(rest, false);
        }
    }
    pieces
}

/// The first sentence that says something that was asked for; nothing when none does.
fn passage(text: &str, met: &[(TermKind, &str)]) -> Vec<Piece> {
    if met.is_empty() {
        return Vec::new();
    }
    let sentences = text.split_inclusive(['.', '!', '?', '\n']).map(str::trim).filter(|text| !text.is_empty());
    let mut found = sentences.map(|sentence| {
        let short: String = sentence.chars().take(PASSAGE).collect();
        marked(&short, met)
    });
    found.find(|pieces| pieces.iter().any(|piece| piece.marked)).unwrap_or_default()
}

/// Others that do the same as `asf`, nearest first.
///
/// # Errors
/// When the database does not answer.
pub async fn others_like(app: &App, asf: AsfId, limit: usize) -> Result<Vec<Arc<Card>>> {
    let directory = current(app).await?;
    let Some(own) = directory.cards.get(&asf) else { return Ok(Vec::new()) };
    let others = similar(directory.cards.values().map(AsRef::as_ref), own, limit);
    Ok(others.iter().filter_map(|card| directory.cards.get(&card.id).cloned()).collect())
}

/// The ASF of an organisation number, unit by unit; a number that belongs to a person is not looked up.
///
/// # Errors
/// When the database does not answer.
pub async fn by_number(app: &App, number: &OrgNo) -> Result<Vec<Arc<Card>>> {
    let directory = current(app).await?;
    let found = directory.cards.values().filter(|card| card.org_no == *number && !card.is_sole_trader);
    let mut cards: Vec<Arc<Card>> = found.cloned().collect();
    cards.sort_by_key(|card| card.id);
    Ok(cards)
}

/// The cards of some ASF, those that there are.
///
/// # Errors
/// When the database does not answer.
pub async fn cards(app: &App, ids: &[AsfId]) -> Result<Vec<Arc<Card>>> {
    let directory = current(app).await?;
    Ok(ids.iter().filter_map(|id| directory.cards.get(id).cloned()).collect())
}

/// What a trade is called.
pub fn sector_name(id: &str, language: Language) -> String {
    let concept = thesaurus::concept(id);
    let name = concept.map(|concept| if language == Language::Sv { &concept.label_sv } else { &concept.label_en });
    name.map_or_else(|| id.to_owned(), Clone::clone)
}

/// Whether there is such a trade.
pub fn is_sector(id: &str) -> bool {
    thesaurus::concept(id).is_some()
}

/// ASF as a table, with the headings of the reader's language.
pub fn table(app: &App, asfs: &[(Asf, Arc<Card>)], language: Language) -> Table {
    let names = ["name", "org-no", "seat", "area", "capabilities", "people", "basis", "website", "page"];
    let text = |id: &str| app.words.text(language, id, &[]);
    let row = |(asf, card): &(Asf, Arc<Card>)| {
        let places: Vec<String> = asf.area.iter().map(crate::domain::place::Place::name).collect();
        let titles: Vec<&str> = asf.capabilities.iter().map(|capability| capability.work.title.as_str()).collect();
        vec![
            asf.name.clone(),
            if card.is_sole_trader { String::new() } else { asf.org_no.to_string() },
            asf.municipality.name(),
            places.join(", "),
            titles.join("; "),
            card.people.to_string(),
            text(&format!("asf-basis-{}", card.basis.as_str().replace('_', "-"))),
            asf.website.clone(),
            format!("{}/asf/{}", app.config.base_url(), asf.id.0),
        ]
    };
    Table {
        name: text("asf-table-name"),
        columns: names.iter().map(|name| text(&format!("asf-column-{name}"))).collect(),
        rows: asfs.iter().map(row).collect(),
    }
}

/// The directory with everything that has changed since it was last looked at.
async fn current(app: &App) -> Result<Directory> {
    let mut held = app.directory.lock().await;
    let last = changes::last(&app.db).await?;
    if let Some(directory) = held.as_ref().filter(|directory| directory.mark == last) {
        return Ok(directory.clone());
    }
    let fresh = match held.take() {
        Some(directory) if directory.mark < last => brought_up(app, directory, last).await?,
        _ => whole(app, last).await?,
    };
    *held = Some(fresh.clone());
    Ok(fresh)
}

async fn whole(app: &App, mark: i64) -> Result<Directory> {
    let mut cards = HashMap::new();
    let mut after = AsfId(0);
    loop {
        let page = asf::list_after(&app.db, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        take(app, &mut cards, &page).await?;
    }
    Ok(Directory { mark, cards: Arc::new(cards) })
}

async fn brought_up(app: &App, directory: Directory, last: i64) -> Result<Directory> {
    let Directory { mut mark, cards } = directory;
    let mut cards = Arc::unwrap_or_clone(cards);
    while mark < last {
        let batch = changes::list_after(&app.db, mark, BATCH).await?;
        let Some(newest) = batch.last() else { break };
        mark = newest.id;
        let of_asf = batch.iter().filter(|change| change.noun == Noun::Asf);
        let mut ids: Vec<AsfId> = of_asf.map(|change| AsfId(change.noun_id)).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in &ids {
            cards.remove(id);
        }
        let stored = asf::list_by_ids(&app.db, &ids).await?;
        take(app, &mut cards, &stored).await?;
    }
    Ok(Directory { mark, cards: Arc::new(cards) })
}

async fn take(app: &App, cards: &mut HashMap<AsfId, Arc<Card>>, asfs: &[Asf]) -> Result<()> {
    let ids: Vec<AsfId> = asfs.iter().map(|asf| asf.id).collect();
    let recorded = asf_facts::map(&app.db, &ids).await?;
    let nothing = Recorded::default();
    let shown = asfs.iter().filter(|asf| asf.is_shown());
    cards.extend(shown.map(|asf| (asf.id, Arc::new(card(asf, recorded.get(&asf.id).unwrap_or(&nothing))))));
    Ok(())
}

fn card(asf: &Asf, recorded: &Recorded) -> Card {
    let works = || asf.capabilities.iter().map(|capability| &capability.work);
    let mut sectors: Vec<String> = works()
        .flat_map(|work| {
            let named = Analyzer::shared().analyze(&work.title).into_iter();
            let mut named: Vec<String> =
                named.filter(|term| term.kind == TermKind::Concept).map(|term| term.key).collect();
            if named.is_empty() {
                named = work.cpv.iter().flat_map(|code| codes::concepts_of(code.as_str())).map(str::to_owned).collect();
            }
            named
        })
        .filter(|id| !thesaurus::is_goods(id))
        .collect();
    sectors.sort_unstable();
    sectors.dedup();
    let mut cpv: Vec<_> = works().flat_map(|work| work.cpv.clone()).collect();
    cpv.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
    cpv.dedup();
    Card {
        id: asf.id,
        name: asf.name.clone(),
        org_no: asf.org_no.clone(),
        is_sole_trader: asf.legal_form.to_lowercase().contains("enskild"),
        seat: asf.municipality.clone(),
        area: asf.area.clone(),
        sectors,
        cpv,
        people: works().filter_map(|work| work.people).sum(),
        basis: recorded.basis(),
        for_reserved: recorded.for_reserved(),
    }
}
