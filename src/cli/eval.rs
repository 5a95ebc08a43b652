//! `eval`: the matcher's figures on a judged collection, in a throw-away store.

use std::path::{Path, PathBuf};

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
    service::{ablation, evaluation, transfer},
};

/// `eval`.
pub(super) async fn eval(
    dir: &Path,
    baseline: Option<Baseline>,
    per_query: bool,
    format: Format,
) -> anyhow::Result<Ended> {
    let baseline = baseline.map(|baseline| match baseline {
        Baseline::Default => baseline::Baseline::Default,
        Baseline::Stem => baseline::Baseline::Stem,
        Baseline::Ngram => baseline::Baseline::Ngram,
    });
    let store = ThrowAway::open().await?;
    let mut figures = evaluation::run(&store.app, dir, baseline).await?;
    if !per_query {
        figures.per_query.clear();
    }
    output::print(format, &figures, || text(&figures))?;
    Ok(Ended::Done)
}

/// `eval --leave-one-out`.
pub(super) async fn leave_one_out(dir: &Path, format: Format) -> anyhow::Result<Ended> {
    let store = ThrowAway::open().await?;
    let loss = transfer::leave_one_out(&store.app, dir).await?;
    output::print(format, &loss, || {
        let rows = loss.by_concept.iter().map(|(concept, needs, lost)| format!("{lost:>7.3}  {needs:>3}  {concept}"));
        let head = format!(
            "topic_ndcg_at_5 {:.3}, without one concept {:.3}, without any {:.3} ({} needs, {} with a concept)",
            loss.topic_ndcg_at_5, loss.without_one, loss.without_all, loss.queries, loss.with_concept
        );
        std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Ended::Done)
}

/// `eval --ablation`.
pub(super) async fn ablation(dir: &Path, format: Format) -> anyhow::Result<Ended> {
    let store = ThrowAway::open().await?;
    let steps = ablation::table(&store.app, dir).await?;
    output::print(format, &steps, || {
        let row = |step: &ablation::Step| {
            format!(
                "{:.3}  {:+.3} [{:+.3}, {:+.3}]  {}",
                step.topic_ndcg_at_5, step.gain, step.low, step.high, step.name
            )
        };
        steps.iter().map(row).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Ended::Done)
}

/// A product on an empty store that is gone when the measuring ends.
struct ThrowAway {
    app: App,
    folder: PathBuf,
}

impl ThrowAway {
    async fn open() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("samhandla-eval-{}", uuid::Uuid::now_v7()));
        let database = crate::store::connection::sqlite_url(&folder);
        let config = Config::load(Flags { data: Some(folder.clone()), database: Some(database), listen: None })?;
        let app = App::open(config, Clock::System).await.context("open a throw-away store")?;
        Ok(Self { app, folder })
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
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
