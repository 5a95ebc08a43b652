//! Ending the weekly mail by its own link, without signing in (RFC 8058).

use chrono::{DateTime, Duration, Utc};

use super::{
    Error, Result,
    secrets::{self, Secret},
};
use crate::{
    app::App,
    domain::asf::{Asf, AsfId},
    store::{
        Tx, asf, audit, connection, tokens,
        tokens::{Purpose, Subject},
    },
};

/// How long the stop link of a single mail works.
const LINK_LASTS: Duration = Duration::days(366);

/// A new link for a mail to an ASF that is no weekly one.
pub(super) async fn link(app: &App, tx: &Tx, asf: AsfId, now: DateTime<Utc>) -> Result<String> {
    let stop = Secret::random();
    let subject = Subject { asf_id: Some(asf.0), ..Subject::default() };
    secrets::store(tx, &stop, Purpose::Unsubscribe, subject, LINK_LASTS, now).await?;
    Ok(format!("{}/avanmalan/{}", app.config.base_url(), stop.plain()))
}

/// Whose mail a stop link is about. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find(app: &App, token: &str) -> Result<Asf> {
    let subject = tokens::find(&app.db, Purpose::Unsubscribe, &secrets::hash(token), app.clock.now()).await?;
    let id = subject.and_then(|subject| subject.asf_id).map(AsfId).ok_or(Error::NotFound)?;
    asf::find(&app.db, id).await?.ok_or(Error::NotFound)
}

/// Ends the weekly mail; again and again is the same.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn confirm(app: &App, token: &str) -> Result<()> {
    let asf = find(app, token).await?;
    if asf.unsubscribed_at.is_some() {
        return Ok(());
    }
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    asf::set_unsubscribed_at(&tx, asf.id, Some(now)).await?;
    audit::insert(&tx, now, &format!("asf:{}", asf.id.0), "unsubscribe", "asf", asf.id.0, "").await?;
    tx.commit().await?;
    Ok(())
}
