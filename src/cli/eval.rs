//! `eval`: the matcher's figures on a judged collection, in a throw-away store.

use std::path::Path;

use anyhow::Context as _;
use samhandla_index::baseline;

use super::{
    Ended,
    arguments::{Baseline, Format},
    output,
};
use crate::{
    app::App,
    clock::Clock,
    config::{Config, Flags},
    service::evaluation,
};

/// `eval`.
pub(super) async fn eval(
    dir: &Path,
    baseline: Option<Baseline>,
    per_query: bool,
    format: Format,
) -> anyhow::Result<Ended> {
    let store = std::env::temp_dir().join(format!("samhandla-eval-{}", uuid::Uuid::now_v7()));
    let measured = measure(&store, dir, baseline).await;
    std::fs::remove_dir_all(&store).ok();
    let mut figures = measured?;
    if !per_query {
        figures.per_query.clear();
    }
    output::print(format, &figures, || text(&figures))?;
    Ok(Ended::Done)
}

async fn measure(store: &Path, dir: &Path, baseline: Option<Baseline>) -> anyhow::Result<evaluation::Figures> {
    let database = crate::store::connection::sqlite_url(store);
    let config = Config::load(Flags { data: Some(store.to_owned()), database: Some(database), listen: None })?;
    let app = App::open(config, Clock::System).await.context("open a throw-away store")?;
    let baseline = baseline.map(|baseline| match baseline {
        Baseline::Default => baseline::Baseline::Default,
        Baseline::Stem => baseline::Baseline::Stem,
        Baseline::Ngram => baseline::Baseline::Ngram,
    });
    Ok(evaluation::run(&app, dir, baseline).await?)
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
