//! What an ASF says of itself: what it can do, and when it rests.

use chrono::NaiveDate;

use super::{Error, Result, imports, lessons};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId, NewCapability},
        schedule::local_date,
    },
    store::{asf, audit, connection},
};

/// A short name of what an ASF says of itself now; it changes whenever one of its words does.
pub fn version(asf: &Asf) -> String {
    let work: Vec<&NewCapability> = asf.capabilities.iter().map(|capability| &capability.work).collect();
    imports::content_hash(&(work, asf.paused_until))
}

/// Replaces what an ASF can do, and when it rests; matches it anew at once.
///
/// # Errors
/// `Stale` when it says something else than `expected`; `NotFound` without such an ASF.
pub async fn change(
    app: &App,
    actor: &str,
    id: AsfId,
    expected: &str,
    (capabilities, paused_until): (&[NewCapability], Option<NaiveDate>),
) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    asf::lock(&tx, id).await?;
    let stored = asf::find(&tx, id).await?.ok_or(Error::NotFound)?;
    if version(&stored) != expected {
        return Err(Error::Stale);
    }
    asf::set_capabilities(&tx, id, capabilities).await?;
    let until = paused_until.filter(|until| *until > local_date(now));
    if until != stored.paused_until {
        asf::set_paused_until(&tx, id, until).await?;
    }
    audit::insert(&tx, now, actor, "change", "asf", id.0, "").await?;
    tx.commit().await?;
    lessons::match_anew(app, id).await
}
