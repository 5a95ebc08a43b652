//! What waits for a human, in one list. Three sorts of it open and close in three ways:
//! - kept tasks: whoever finds what no program can mend opens one with the finding
//!   (`store::tasks::open`), and a person ends it with a button ([`finish`]);
//! - what the ledger asks (`domain::target::tasks`): computed, there as long as it is true;
//! - queues with pages of their own, told by how many wait: gone when the page is empty.

use super::{Error, Result, claims, mail_policy, targets};
use crate::{
    app::App,
    domain::{asf::Asf, quarantine::QuarantineKind, schedule, target},
    store::{asf, audit, connection, quarantine, tasks, tasks::Task},
};

/// Kept tasks on the list.
const MOST: u64 = 200;

/// Everything that waits.
#[derive(Debug)]
pub struct Open {
    /// Kept tasks, oldest first.
    pub kept: Vec<Task>,
    /// What the ledger asks, the longest waiting first.
    pub asked: Vec<target::tasks::Task>,
    /// The ASF that the ledger asks about.
    pub asf: Vec<Asf>,
    /// Suggestions for the ledger.
    pub proposals: usize,
    /// Needs that wait for a yes before they are mailed.
    pub needs: usize,
    /// Records that could not be read.
    pub quarantined: u64,
}

/// Everything that waits now.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App) -> Result<Open> {
    let known = targets::current(app).await?;
    let today = schedule::local_date(app.clock.now());
    let asked = target::tasks::open(&known.entries, &known.progress, &known.settings.period, today);
    let about: Vec<_> = asked.iter().filter_map(|task| task.asf).collect();
    Ok(Open {
        kept: tasks::list_open(&app.db, MOST).await?,
        asf: asf::list_by_ids(&app.db, &about).await?,
        asked,
        proposals: claims::list(app, None).await?.len(),
        needs: mail_policy::held(app).await?.waiting.len(),
        quarantined: quarantine::count(&app.db, &QuarantineKind::ALL).await?,
    })
}

/// Ends a task; again is the same.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(app: &App, id: i64, actor: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    if tasks::finish(&tx, id, actor, now).await? {
        audit::insert(&tx, now, actor, "finish", "task", id, "").await?;
    }
    tx.commit().await.map_err(Error::from)
}
