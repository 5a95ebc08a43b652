//! Ending a task that a human has done.

use super::{Error, Result};
use crate::{
    app::App,
    store::{audit, connection, tasks},
};

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
