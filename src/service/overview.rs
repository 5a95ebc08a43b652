//! What waits for a human, as the coordinator's first page shows it.

use chrono::{DateTime, NaiveTime, Utc};

use super::{Result, mail_policy, targets};
use crate::{
    app::App,
    domain::{
        board::BoardFilter,
        schedule,
        target::{tasks, tasks::TaskKind},
    },
    store::{
        board,
        overview::{self, Pile},
    },
};

/// Kinds of things that wait, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PileKind {
    /// Needs to approve.
    Needs,
    /// Profiles to approve.
    Profiles,
    /// Mailed, still open, no answer.
    Unanswered,
    /// A yes that nobody has told more of.
    WithoutDeal,
    /// What was claimed in the ledger without evidence, and what else it asks.
    Claims,
    /// Proposals for the ledger.
    Proposals,
    /// Addresses that do not work.
    Bounced,
    /// Needs that nobody fits.
    Unmet,
    /// ASF without suggestions.
    Quiet,
    /// Records that were not taken in.
    Quarantine,
    /// Other tasks.
    Tasks,
}

/// Needs that are looked at to count those that wait.
pub const MOST_WAITING: u64 = 500;

/// Everything that waits, most pressing first; what is empty is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn piles(app: &App) -> Result<Vec<(PileKind, Pile)>> {
    let (db, now) = (&app.db, app.clock.now());
    let pile = |(count, oldest)| Pile { count, oldest };
    let all = [
        (PileKind::Needs, waiting_needs(app).await?),
        (PileKind::Profiles, overview::waiting_profiles(db).await?),
        (PileKind::Unanswered, pile(board::count(db, &BoardFilter::unanswered(), now).await?)),
        (PileKind::WithoutDeal, pile(board::count(db, &BoardFilter::without_deal(), now).await?)),
        (PileKind::Claims, claims(app).await?),
        (PileKind::Proposals, overview::proposed(db).await?),
        (PileKind::Bounced, overview::bounced(db).await?),
        (PileKind::Unmet, overview::unmet(db, now).await?),
        (PileKind::Quiet, overview::quiet(db, now).await?),
        (PileKind::Quarantine, overview::quarantined(db).await?),
        (PileKind::Tasks, overview::tasks(db).await?),
    ];
    Ok(all.into_iter().filter(|(_, pile)| pile.count > 0).collect())
}

async fn waiting_needs(app: &App) -> Result<Pile> {
    let waiting = mail_policy::waiting(app, MOST_WAITING).await?;
    Ok(Pile { count: waiting.len() as u64, oldest: waiting.iter().map(|need| need.created_at).min() })
}

/// What the ledger asks; its silence of 90 days is no hurry and stays on its own page.
async fn claims(app: &App) -> Result<Pile> {
    let known = targets::current(app).await?;
    let today = schedule::local_date(app.clock.now());
    let open = tasks::open(&known.entries, &known.progress, &known.settings.period, today);
    let pressing: Vec<_> = open.iter().filter(|task| task.kind != TaskKind::Silence).collect();
    let midnight = |day: chrono::NaiveDate| -> DateTime<Utc> { day.and_time(NaiveTime::MIN).and_utc() };
    Ok(Pile { count: pressing.len() as u64, oldest: pressing.iter().map(|task| midnight(task.since)).min() })
}
