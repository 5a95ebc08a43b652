//! Measures suggested codes on titles whose code is known: codes and history through the ordinary
//! store, figures out. What is asked never teaches.

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::BufReader,
    path::Path,
};

use anyhow::{Context as _, bail};
use samhandla_index::suggest::{features::normalised, tree::CodeTree};
use serde::{Deserialize, Serialize};

use super::{Result, codes, imports};
use crate::{
    app::App,
    domain::{cpv::Cpv, history::PastProcurement},
    intake::{self, Reading, Record},
};

/// Ranks looked at.
const DEPTH: usize = 10;

/// Most titles that are asked.
const MAX_QUERIES: usize = 2_000;

/// Chooses the titles: another number, another choice.
const SEED: u64 = 2_021;

/// The figures. nDCG has linear gains (3 the code itself, 2 directly above or below it, 1 the same
/// group of three digits) and the discount 1 / log2(rank + 1); its ideal has every code of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// Titles asked.
    pub queries: usize,
    /// Mean nDCG of the first ten.
    pub ndcg_at_10: f64,
    /// Share with the right code first.
    pub exact_at_1: f64,
    /// Share with the right code among the first five.
    pub exact_at_5: f64,
    /// Share with a code of the right division first.
    pub division_at_1: f64,
    /// Share without any suggestion.
    pub zero_hits: f64,
}

/// What to measure with.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Titles with their codes.
    pub file: &'a Path,
    /// Code list to take in first.
    pub codes: Option<&'a Path>,
    /// Past procurements to take in first.
    pub history: Option<&'a Path>,
    /// Share of the titles, earliest first, that is history.
    pub split_by_time: f64,
}

/// A text and what each right code is worth, 1 to 3.
struct Query {
    text: String,
    right: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Judged {
    query: String,
    code: String,
    grade: f64,
}

/// Loads codes and history into `app`, which must be empty and is thrown away, and measures.
///
/// # Errors
/// Names the file that cannot be read.
pub async fn run(app: &App, asked: Asked<'_>) -> Result<Figures> {
    if let Some(path) = asked.codes {
        load_codes(app, path).await?;
    }
    let header = first_line(asked.file)?;
    let queries = if header.split([',', ';']).any(|column| column.trim().eq_ignore_ascii_case("query")) {
        if let Some(path) = asked.history {
            load_history(app, path).await?;
        }
        judged(asked.file)?
    } else {
        later_titles(app, asked).await?
    };
    let learnt = codes::learnt(app).await?;
    let mut listed: Vec<String> = queries.iter().flat_map(|query| query.right.keys().cloned()).collect();
    if let Some(learnt) = &learnt {
        listed.extend_from_slice(learnt.model.tree().codes());
    }
    let mut tally = Tally { tree: CodeTree::build(listed), ..Tally::default() };
    for query in &queries {
        let suggested = codes::suggest(app, &query.text, DEPTH).await?;
        tally.add(query, &suggested);
    }
    Ok(tally.figures())
}

/// Takes a code list into the store.
///
/// # Errors
/// When the file cannot be read, or holds no code.
pub async fn load_codes(app: &App, path: &Path) -> Result<()> {
    let records = read(intake::read_codes(&path.display().to_string(), open(path)?), path)?;
    store_all(app, &records).await
}

/// Takes past procurements into the store.
///
/// # Errors
/// When the file cannot be read, or holds no procurement.
pub async fn load_history(app: &App, path: &Path) -> Result<()> {
    let records = read(intake::read_history(&path.display().to_string(), open(path)?), path)?;
    store_all(app, &records).await
}

async fn store_all<T: imports::Importable>(app: &App, records: &[T]) -> Result<()> {
    for batch in records.chunks(T::BATCH) {
        imports::store(app, batch).await?;
    }
    Ok(())
}

/// The titles after the split; those before it are taken into the store when the history is the
/// same file. Titles that the history has word for word are not asked.
async fn later_titles(app: &App, asked: Asked<'_>) -> Result<Vec<Query>> {
    let path = asked.file;
    let mut titles = read(intake::read_history(&path.display().to_string(), open(path)?), path)?;
    titles.sort_by_key(|title| title.published);
    let later = titles.split_off((titles.len() as f64 * asked.split_by_time) as usize);
    let past = match asked.history {
        None => Vec::new(),
        Some(history) if is_same(history, path) => titles,
        Some(history) => read(intake::read_history(&history.display().to_string(), open(history)?), history)?,
    };
    store_all(app, &past).await?;
    let known: HashSet<String> = past.iter().map(|past| normalised(&past.title)).collect();
    let fresh = later.into_iter().filter(|title| !known.contains(&normalised(&title.title))).collect();
    let query = |title: PastProcurement| Query { text: title.title, right: [(title.main_cpv.to_string(), 3.0)].into() };
    Ok(chosen(fresh).into_iter().map(query).collect())
}

/// At most [`MAX_QUERIES`] of the titles, the same ones each time.
fn chosen(titles: Vec<PastProcurement>) -> Vec<PastProcurement> {
    let drawn = |(at, title)| {
        let mut hash = (at as u64 ^ SEED).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (hash ^ (hash >> 32), title)
    };
    let mut drawn: Vec<(u64, PastProcurement)> = titles.into_iter().enumerate().map(drawn).collect();
    drawn.sort_by_key(|(number, _)| *number);
    drawn.into_iter().take(MAX_QUERIES).map(|(_, title)| title).collect()
}

/// Judged queries: a code of the highest grade counts 3, others in proportion.
fn judged(path: &Path) -> anyhow::Result<Vec<Query>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut queries: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in reader.deserialize() {
        let row: Judged = row.with_context(|| path.display().to_string())?;
        if row.grade > 0.0 {
            queries.entry(row.query).or_default().insert(Cpv::parse(&row.code)?.to_string(), row.grade);
        }
    }
    let scaled = |(text, mut right): (String, BTreeMap<String, f64>)| {
        let highest = right.values().copied().fold(f64::MIN, f64::max);
        right.values_mut().for_each(|grade| *grade *= 3.0 / highest);
        Query { text, right }
    };
    Ok(queries.into_iter().map(scaled).collect())
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    Ok(BufReader::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?))
}

fn first_line(path: &Path) -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::BufRead::read_line(&mut open(path)?, &mut line).with_context(|| path.display().to_string())?;
    Ok(line.trim_start_matches('\u{FEFF}').to_owned())
}

/// The good records; a file that has none is an error.
fn read<T>(records: impl Iterator<Item = Record<T>>, path: &Path) -> anyhow::Result<Vec<T>> {
    let mut refused = None;
    let mut good = Vec::new();
    for record in records {
        match record.reading {
            Reading::Read(value) => good.push(value),
            Reading::Rejected(refusal) => refused = refused.or(Some(refusal)),
            Reading::Skipped { .. } => {}
        }
    }
    match refused {
        Some(refusal) if good.is_empty() => bail!("nothing can be read from {}: {refusal}", path.display()),
        _ => Ok(good),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

#[derive(Default)]
struct Tally {
    tree: CodeTree,
    queries: usize,
    ndcg: f64,
    first: usize,
    among_five: usize,
    division: usize,
    silent: usize,
}

impl Tally {
    fn add(&mut self, query: &Query, suggested: &[codes::Suggestion]) {
        self.queries += 1;
        let ids: Vec<&str> = suggested.iter().map(|suggestion| suggestion.id.as_str()).collect();
        let highest = |code: &str| query.right.get(code).is_some_and(|grade| *grade >= 3.0);
        let division = |code: &str| query.right.iter().any(|(right, grade)| *grade >= 3.0 && right[..2] == code[..2]);
        self.silent += usize::from(ids.is_empty());
        self.first += usize::from(ids.first().is_some_and(|code| highest(code)));
        self.among_five += usize::from(ids.iter().take(5).any(|code| highest(code)));
        self.division += usize::from(ids.first().is_some_and(|code| division(code)));
        let gains: Vec<f64> = ids.iter().map(|code| self.gain(query, self.tree.place(code))).collect();
        let mut ideal: Vec<f64> =
            (0..self.tree.codes().len()).map(|at| self.gain(query, Some(at))).filter(|gain| *gain > 0.0).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let (found, best) = (discounted(&gains), discounted(&ideal));
        self.ndcg += if best > 0.0 { found / best } else { 0.0 };
    }

    /// The most that a code is worth by any right one; a code outside the list is worth nothing.
    fn gain(&self, query: &Query, found: Option<usize>) -> f64 {
        let Some(found) = found else { return 0.0 };
        let by = |(right, grade): (&String, &f64)| {
            let right = self.tree.place(right)?;
            Some(f64::from(self.tree.gain(found, right)) * grade / 3.0)
        };
        query.right.iter().filter_map(by).fold(0.0, f64::max)
    }

    fn figures(self) -> Figures {
        let share = |part: usize| part as f64 / self.queries.max(1) as f64;
        Figures {
            queries: self.queries,
            ndcg_at_10: self.ndcg / self.queries.max(1) as f64,
            exact_at_1: share(self.first),
            exact_at_5: share(self.among_five),
            division_at_1: share(self.division),
            zero_hits: share(self.silent),
        }
    }
}

fn discounted(gains: &[f64]) -> f64 {
    gains.iter().take(DEPTH).enumerate().map(|(rank, gain)| gain / (rank as f64 + 2.0).log2()).sum()
}
