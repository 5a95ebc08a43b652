//! `eval`: the matcher's figures on a judged collection, or those of suggested codes on titles, in a
//! throw-away store.

use std::path::{Path, PathBuf};

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
    service::{ablation, code_evaluation, evaluation, transfer},
};

/// `eval`: the matcher, its steps, its loss without concepts, or suggested codes.
pub(super) async fn eval(what: &Eval, format: Format) -> anyhow::Result<Ended> {
    let store = ThrowAway::open().await?;
    match (&what.code_suggestions, what.dir.as_deref()) {
        (Some(file), _) => codes(&store.app, file, what, format).await,
        (None, Some(dir)) if what.leave_one_out => leave_one_out(&store.app, dir, format).await,
        (None, Some(dir)) if what.ablation => ablation(&store.app, dir, format).await,
        (None, Some(dir)) => matcher(&store.app, dir, what, format).await,
        (None, None) => anyhow::bail!("name the folder of a judged collection"),
    }
}

async fn matcher(app: &App, dir: &Path, what: &Eval, format: Format) -> anyhow::Result<Ended> {
    if let Some(path) = &what.codes {
        code_evaluation::load_codes(app, path).await?;
    }
    if let Some(path) = &what.history {
        code_evaluation::load_history(app, path).await?;
    }
    let baseline = what.baseline.map(|baseline| match baseline {
        Baseline::Default => baseline::Baseline::Default,
        Baseline::Stem => baseline::Baseline::Stem,
        Baseline::Ngram => baseline::Baseline::Ngram,
    });
    let mut figures = evaluation::run(app, dir, baseline).await?;
    if !what.per_query {
        figures.per_query.clear();
    }
    output::print(format, &figures, || text(&figures))?;
    Ok(Ended::Done)
}

async fn codes(app: &App, file: &Path, what: &Eval, format: Format) -> anyhow::Result<Ended> {
    let asked = code_evaluation::Asked {
        file,
        codes: what.codes.as_deref(),
        history: what.history.as_deref(),
        split_by_time: what.split_by_time,
    };
    let figures = code_evaluation::run(app, asked).await?;
    output::print(format, &figures, || codes_text(&figures))?;
    Ok(Ended::Done)
}

async fn leave_one_out(app: &App, dir: &Path, format: Format) -> anyhow::Result<Ended> {
    let loss = transfer::leave_one_out(app, dir).await?;
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

async fn ablation(app: &App, dir: &Path, format: Format) -> anyhow::Result<Ended> {
    let steps = ablation::table(app, dir).await?;
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
