//! Ending the weekly mail by its own link, without signing in (RFC 8058).

use super::{Error, Result, secrets};
use crate::{
    app::App,
    domain::asf::{Asf, AsfId},
    store::{asf, audit, connection, tokens, tokens::Purpose},
};

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
