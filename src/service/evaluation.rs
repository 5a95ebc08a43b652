//! Measures the real matcher on a judged collection: needs and ASF through the ordinary store and
//! index, figures out.

use std::{collections::HashMap, path::Path, time::Instant};

use anyhow::Context as _;
use samhandla_index::baseline::{Baseline, BaselineIndex};
use serde::{Deserialize, Serialize};

use super::{Result, imports, matching, search};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId, NewAsf, NewCapability},
        buyer::{BuyerKind, NewBuyer},
        contract::ContractTerms,
        cpv::Cpv,
        language::Language,
        need::{Need, NeedId, NeedKind, NeedStatus, NewLot, NewNeed},
        org_no::OrgNo,
        place::Place,
        reservation::Reservation,
    },
    store::{asf, needs},
};

/// Ranks looked at by nDCG.
const DEPTH: usize = 5;

/// The figures. nDCG has linear gains (the judged grade) and the discount 1 / log2(rank + 1).
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// Needs.
    pub queries: usize,
    /// Needs that some ASF can meet (topic 2 or more); nDCG and P@1 are means over these.
    pub with_match: usize,
    /// The whole matcher against the grade.
    pub ndcg_at_5: f64,
    /// Share of needs whose first ASF has grade 2 or more.
    pub p_at_1: f64,
    /// Place ignored, against the topic.
    pub topic_ndcg_at_5: f64,
    /// Share of needs whose first ASF, place ignored, has topic 2 or more.
    pub topic_p_at_1: f64,
    /// Share of pairs of grade 2 or more that became a suggestion.
    pub recall_suggested: f64,
    /// Share of suggestions that have grade 2 or more.
    pub precision_suggested: f64,
    /// Suggestions for each need that no ASF can meet (no topic of 1 or more).
    pub false_per_silent_need: f64,
    /// Needs that no ASF can meet.
    pub silent_needs: usize,
    /// Wall time, seconds.
    pub seconds: f64,
    /// One row a need, when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub per_query: Vec<Row>,
}

/// What happened to one need.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The collection's id.
    pub need: String,
    /// Title.
    pub title: String,
    /// nDCG against the topic; none without a match.
    pub topic_ndcg_at_5: Option<f64>,
    /// Suggested ASF with their judged grade.
    pub suggested: Vec<String>,
    /// First five by topic with score and judged topic.
    pub ranked: Vec<String>,
}

#[derive(Deserialize)]
struct JudgedAsf {
    id: String,
    name: String,
    municipality: String,
    serves: Vec<String>,
    ships_goods: bool,
    cpv: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
struct JudgedNeed {
    id: String,
    kind: String,
    buyer: String,
    title: String,
    text: String,
    main_cpv: String,
    place: String,
    reserved: bool,
    reserved_execution: bool,
}

#[derive(Deserialize)]
struct Judgement {
    need: String,
    asf: String,
    topic: f64,
    grade: f64,
}

/// A ranked answer to one need.
struct Answer {
    asf: String,
    topic: f64,
    score: f64,
    suggested: bool,
}

/// Loads the collection into `app`, which must be empty and is thrown away, and measures.
///
/// # Errors
/// Names the file and line that cannot be read.
pub async fn run(app: &App, dir: &Path, baseline: Option<Baseline>) -> Result<Figures> {
    let started = Instant::now();
    let Judgements(judgements) = load(app, dir).await?;
    let stored_asf = asf::list_after(&app.db, AsfId(0), 100_000).await?;
    let stored_needs = needs::list_after(&app.db, NeedId(0), 1_000_000).await?;
    let ids: HashMap<AsfId, String> = stored_asf.iter().map(|asf| (asf.id, asf.unit.clone())).collect();
    let ranker = match baseline {
        None => None,
        Some(baseline) => {
            let texts = stored_asf.iter().map(|asf| (asf.id.0.unsigned_abs(), words_of(asf)));
            Some(BaselineIndex::build(baseline, texts).context("build the baseline")?)
        }
    };
    let mut tally = Tally::default();
    for need in &stored_needs {
        let answers = match &ranker {
            None => matcher_answers(app, need, &ids).await?,
            Some(index) => baseline_answers(index, need, &ids)?,
        };
        let grades: HashMap<&str, &Judgement> =
            judgements.iter().filter(|j| j.need == need.external_id).map(|j| (j.asf.as_str(), j)).collect();
        tally.add(need, answers, &grades);
    }
    Ok(tally.figures(started.elapsed().as_secs_f64()))
}

/// Stores a collection through the ordinary import path; answers its judgements.
///
/// # Errors
/// Names the file and line that cannot be read.
pub async fn load(app: &App, dir: &Path) -> Result<Judgements> {
    let asfs: Vec<JudgedAsf> = json_lines(&dir.join("asf.jsonl"))?;
    let judged: Vec<JudgedNeed> = json_lines(&dir.join("needs.jsonl"))?;
    let judgements = judgements(&dir.join("qrels.csv"))?;
    let new: Vec<NewAsf> = asfs.iter().enumerate().map(new_asf).collect::<anyhow::Result<_>>()?;
    imports::store(app, &new).await?;
    let new: Vec<NewNeed> = judged.iter().map(new_need).collect::<anyhow::Result<_>>()?;
    imports::store(app, &new).await?;
    search::follow(app).await?;
    Ok(Judgements(judgements))
}

/// What the judges said of each pair.
pub struct Judgements(Vec<Judgement>);

impl Judgements {
    /// Topic of each judged ASF for a need, by the collection's ids.
    pub fn topics(&self, need: &str) -> HashMap<String, f64> {
        self.0.iter().filter(|j| j.need == need).map(|j| (j.asf.clone(), j.topic)).collect()
    }
}

/// Everything an ASF says of its work, for a baseline.
pub(super) fn words_of(asf: &Asf) -> String {
    asf.capabilities.iter().map(|c| format!("{} {}\n", c.work.title, c.work.text)).collect()
}

async fn matcher_answers(app: &App, need: &Need, ids: &HashMap<AsfId, String>) -> Result<Vec<Answer>> {
    let mut answers = Vec::new();
    for lot in &need.lots {
        let weighed = matching::weigh_lot(app, need, lot).await?;
        answers.extend(weighed.into_iter().filter_map(|(asf, fit)| {
            let answer = Answer {
                asf: ids.get(&asf)?.clone(),
                topic: fit.topic,
                score: fit.score,
                suggested: fit.strength.is_some(),
            };
            (fit.topic > 0.0).then_some(answer)
        }));
    }
    Ok(answers)
}

fn baseline_answers(index: &BaselineIndex, need: &Need, ids: &HashMap<AsfId, String>) -> Result<Vec<Answer>> {
    let words = format!("{}\n{}", need.title, need.text);
    let hits = index.search(&words, ids.len()).context("search the baseline")?;
    Ok(hits
        .into_iter()
        .filter_map(|(id, score)| {
            let asf = ids.get(&AsfId(id.cast_signed()))?.clone();
            Some(Answer { asf, topic: f64::from(score), score: f64::from(score), suggested: true })
        })
        .collect())
}

#[derive(Default)]
struct Tally {
    queries: usize,
    with_match: usize,
    silent: usize,
    ndcg: f64,
    first: f64,
    topic_ndcg: f64,
    topic_first: f64,
    wanted: usize,
    found: usize,
    suggested: usize,
    false_silent: usize,
    rows: Vec<Row>,
}

impl Tally {
    fn add(&mut self, need: &Need, mut answers: Vec<Answer>, grades: &HashMap<&str, &Judgement>) {
        self.queries += 1;
        let topic = |asf: &str| grades.get(asf).map_or(0.0, |j| j.topic);
        let grade = |asf: &str| grades.get(asf).map_or(0.0, |j| j.grade);
        let suggestions: Vec<&str> = answers.iter().filter(|a| a.suggested).map(|a| a.asf.as_str()).collect();
        self.suggested += suggestions.len();
        self.found += suggestions.iter().filter(|asf| grade(asf) >= 2.0).count();
        self.wanted += grades.values().filter(|j| j.grade >= 2.0).count();
        if grades.values().all(|j| j.topic < 1.0) {
            self.silent += 1;
            self.false_silent += suggestions.len();
        }
        let suggested = suggestions.iter().map(|asf| format!("{asf}:{}", grade(asf))).collect();
        let mut row = Row {
            need: need.external_id.clone(),
            title: need.title.clone(),
            topic_ndcg_at_5: None,
            suggested,
            ranked: Vec::new(),
        };
        answers.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.asf.cmp(&b.asf)));
        let by_score: Vec<f64> = answers.iter().map(|a| grade(&a.asf)).collect();
        answers.sort_by(|a, b| b.topic.total_cmp(&a.topic).then_with(|| a.asf.cmp(&b.asf)));
        let by_topic: Vec<f64> = answers.iter().map(|a| topic(&a.asf)).collect();
        row.ranked =
            answers.iter().take(DEPTH).map(|a| format!("{}:{:.2}:{}", a.asf, a.topic, topic(&a.asf))).collect();
        if grades.values().any(|j| j.topic >= 2.0) {
            self.with_match += 1;
            self.ndcg += ndcg(&by_score, grades.values().map(|j| j.grade).collect());
            self.first += f64::from(u8::from(by_score.first().is_some_and(|g| *g >= 2.0)));
            let topic_ndcg = ndcg(&by_topic, grades.values().map(|j| j.topic).collect());
            self.topic_ndcg += topic_ndcg;
            self.topic_first += f64::from(u8::from(by_topic.first().is_some_and(|t| *t >= 2.0)));
            row.topic_ndcg_at_5 = Some(topic_ndcg);
        }
        self.rows.push(row);
    }

    fn figures(self, seconds: f64) -> Figures {
        let mean = |sum: f64| sum / (self.with_match.max(1) as f64);
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        Figures {
            queries: self.queries,
            with_match: self.with_match,
            ndcg_at_5: mean(self.ndcg),
            p_at_1: mean(self.first),
            topic_ndcg_at_5: mean(self.topic_ndcg),
            topic_p_at_1: mean(self.topic_first),
            recall_suggested: share(self.found, self.wanted),
            precision_suggested: share(self.found, self.suggested),
            false_per_silent_need: share(self.false_silent, self.silent),
            silent_needs: self.silent,
            seconds,
            per_query: self.rows,
        }
    }
}

/// nDCG at [`DEPTH`]: gains in the order of the ranking, and all judged gains.
pub fn ndcg(ranked: &[f64], mut judged: Vec<f64>) -> f64 {
    let gain = |gains: &[f64]| -> f64 {
        gains.iter().take(DEPTH).enumerate().map(|(rank, gain)| gain / (rank as f64 + 2.0).log2()).sum()
    };
    judged.sort_by(|a, b| b.total_cmp(a));
    let ideal = gain(&judged);
    if ideal > 0.0 { gain(ranked) / ideal } else { 0.0 }
}

fn json_lines<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), number + 1))
        })
        .collect()
}

fn judgements(path: &Path) -> anyhow::Result<Vec<Judgement>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    reader.deserialize().map(|row| row.with_context(|| path.display().to_string())).collect()
}

/// The collection's id stands as the unit: a place that the product stores and does not interpret.
fn new_asf((number, judged): (usize, &JudgedAsf)) -> anyhow::Result<NewAsf> {
    let mut area: Vec<Place> =
        judged.serves.iter().map(|place| Place::parse(place)).collect::<std::result::Result<_, _>>()?;
    if judged.ships_goods {
        area.push(Place::Sweden);
    }
    Ok(NewAsf {
        org_no: numbered_org_no(number)?,
        unit: judged.id.clone(),
        name: judged.name.clone(),
        legal_form: String::new(),
        municipality: Place::parse(&judged.municipality)?,
        postal_code: String::new(),
        website: String::new(),
        email: None,
        area,
        capabilities: vec![NewCapability {
            title: String::new(),
            text: judged.text.clone(),
            cpv: judged.cpv.iter().map(|code| Cpv::parse(code)).collect::<std::result::Result<_, _>>()?,
            people: None,
            hours_per_week: None,
            max_value_sek: None,
            earliest_start: None,
        }],
    })
}

/// A well-formed organisation number for a collection that has none.
fn numbered_org_no(number: usize) -> anyhow::Result<OrgNo> {
    let found = (0..10).find_map(|check| OrgNo::parse(&format!("99{number:07}{check}")).ok());
    found.context("one of ten check digits is right")
}

fn new_need(judged: &JudgedNeed) -> anyhow::Result<NewNeed> {
    let is_business = judged.kind == "business";
    let reservation = match (judged.reserved, judged.reserved_execution) {
        (true, _) => Reservation::ShelteredOrIntegration,
        (false, true) => Reservation::ShelteredProgramme,
        (false, false) => Reservation::None,
    };
    let lot = NewLot {
        lot_no: "LOT-0001".to_owned(),
        title: judged.title.clone(),
        text: judged.text.clone(),
        cpv: Cpv::parse_list(&judged.main_cpv)?,
        places: Place::parse_list(&judged.place)?,
        value_sek: None,
        deadline_at: None,
        deadline_doubtful: false,
        start_on: None,
        end_on: None,
        reservation,
        social: Vec::new(),
        contract: ContractTerms::default(),
    };
    Ok(NewNeed {
        source: "collection".to_owned(),
        external_id: judged.id.clone(),
        issued_at: None,
        kind: if is_business { NeedKind::Request } else { NeedKind::Tender },
        title: judged.title.clone(),
        text: judged.text.clone(),
        buyer: NewBuyer {
            kind: if is_business { BuyerKind::Private } else { BuyerKind::Public },
            name: judged.buyer.clone(),
            org_no: None,
            municipality: None,
            email: None,
        },
        language: Language::Sv.into(),
        published_on: None,
        publication_no: None,
        url: None,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots: vec![lot],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_ranking_is_one_and_a_missing_match_costs() {
        assert!((ndcg(&[3.0, 2.0, 0.0], vec![2.0, 3.0]) - 1.0).abs() < 1e-9);
        assert!(ndcg(&[0.0, 3.0], vec![3.0]) < 0.7);
        assert!(ndcg(&[], vec![3.0]).abs() < 1e-9);
    }
}
