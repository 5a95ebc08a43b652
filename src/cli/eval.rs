//! `eval`: the matcher's figures on a judged collection, or those of suggested codes on titles, in a
//! throw-away store.

use std::path::Path;

use anyhow::Context as _;
use samhandla_index::baseline;

use super::{
    Ended,
    arguments::{Baseline, Eval, Format},
    output,
};
use crate::{
    app::App,
    clock::Clock,
    config::{Config, Flags},
    service::{code_evaluation, evaluation},
};

/// `eval`.
pub(super) async fn eval(what: &Eval, format: Format) -> anyhow::Result<Ended> {
    let store = std::env::temp_dir().join(format!("samhandla-eval-{}", uuid::Uuid::now_v7()));
    let measured = match &what.code_suggestions {
        Some(file) => Measured::Codes(measure_codes(&store, file, what).await),
        None => Measured::Matcher(measure(&store, what).await),
    };
    std::fs::remove_dir_all(&store).ok();
    match measured {
        Measured::Codes(figures) => {
            let figures = figures?;
            output::print(format, &figures, || codes_text(&figures))?;
        }
        Measured::Matcher(figures) => {
            let mut figures = figures?;
            if !what.per_query {
                figures.per_query.clear();
            }
            output::print(format, &figures, || text(&figures))?;
        }
    }
    Ok(Ended::Done)
}

/// What came of one of the two measurements.
enum Measured {
    Codes(anyhow::Result<code_evaluation::Figures>),
    Matcher(anyhow::Result<evaluation::Figures>),
}

async fn open(store: &Path) -> anyhow::Result<App> {
    let database = crate::store::connection::sqlite_url(store);
    let config = Config::load(Flags { data: Some(store.to_owned()), database: Some(database), listen: None })?;
    App::open(config, Clock::System).await.context("open a throw-away store")
}

async fn measure_codes(store: &Path, file: &Path, what: &Eval) -> anyhow::Result<code_evaluation::Figures> {
    let asked = code_evaluation::Asked {
        file,
        codes: what.codes.as_deref(),
        history: what.history.as_deref(),
        split_by_time: what.split_by_time,
    };
    Ok(code_evaluation::run(&open(store).await?, asked).await?)
}

async fn measure(store: &Path, what: &Eval) -> anyhow::Result<evaluation::Figures> {
    let dir = what.dir.as_deref().context("name a folder")?;
    let app = open(store).await?;
    if let Some(path) = &what.codes {
        code_evaluation::load_codes(&app, path).await?;
    }
    if let Some(path) = &what.history {
        code_evaluation::load_history(&app, path).await?;
    }
    let baseline = what.baseline.map(|baseline| match baseline {
        Baseline::Default => baseline::Baseline::Default,
        Baseline::Stem => baseline::Baseline::Stem,
        Baseline::Ngram => baseline::Baseline::Ngram,
    });
    Ok(evaluation::run(&app, dir, baseline).await?)
}

fn codes_text(figures: &code_evaluation::Figures) -> String {
    let lines = [
        format!("queries        {}", figures.queries),
        format!("ndcg_at_10     {:.3}", figures.ndcg_at_10),
        format!("exact_at_1     {:.3}", figures.exact_at_1),
        format!("exact_at_5     {:.3}", figures.exact_at_5),
        format!("division_at_1  {:.3}", figures.division_at_1),
        format!("zero_hits      {:.4}", figures.zero_hits),
    ];
    lines.join("\n")
}

fn text(figures: &evaluation::Figures) -> String {
    let mut lines: Vec<String> = figures
        .per_query
        .iter()
        .map(|row| {
            let ndcg = row.topic_ndcg_at_5.map_or_else(|| "   -".to_owned(), |ndcg| format!("{ndcg:.2}"));
            let (suggested, ranked) = (row.suggested.join(" "), row.ranked.join(" "));
            format!("{ndcg}  {}  {}  suggested [{suggested}]  ranked [{ranked}]", row.need, row.title)
        })
        .collect();
    lines.push(format!("queries                {}", figures.queries));
    lines.push(format!("with_match             {}", figures.with_match));
    lines.push(format!("ndcg_at_5              {:.3}", figures.ndcg_at_5));
    lines.push(format!("p_at_1                 {:.3}", figures.p_at_1));
    lines.push(format!("topic_ndcg_at_5        {:.3}", figures.topic_ndcg_at_5));
    lines.push(format!("topic_p_at_1           {:.3}", figures.topic_p_at_1));
    lines.push(format!("recall_suggested       {:.3}", figures.recall_suggested));
    lines.push(format!("precision_suggested    {:.3}", figures.precision_suggested));
    lines.push(format!("false_per_silent_need  {:.3}", figures.false_per_silent_need));
    lines.push(format!("silent_needs           {}", figures.silent_needs));
    lines.push(format!("seconds                {:.2}", figures.seconds));
    lines.join("\n")
}
