//! What an ASF chooses about its weekly mail, by the link in the mail and without signing in.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Result, unsubscribe};
use crate::{
    app::App,
    domain::{asf::Asf, mail_preference::MailPreference, schedule::local_date},
    store::{asf, audit, connection, mail_preferences},
};

/// What is chosen now.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Whose mail it is.
    pub asf: Asf,
    /// The choice, or the default.
    pub preference: MailPreference,
    /// When the next mail can come.
    pub next_at: Option<DateTime<Utc>>,
}

/// What the link is about. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn find(app: &App, token: &str) -> Result<Chosen> {
    of(app, unsubscribe::find(app, token).await?).await
}

/// What an ASF has chosen.
///
/// # Errors
/// When the database does not answer.
pub async fn of(app: &App, asf: Asf) -> Result<Chosen> {
    let preference = mail_preferences::map(&app.db, &[asf.id]).await?.remove(&asf.id).unwrap_or_default();
    let next_at = preference.next_due(app.clock.now());
    Ok(Chosen { asf, preference, next_at })
}

/// Stores a choice; it holds from the next mail on. A pause ends the suggestions as well.
///
/// # Errors
/// `NotFound` when the link is unknown or too old.
pub async fn choose(app: &App, token: &str, preference: &MailPreference, until: Option<NaiveDate>) -> Result<()> {
    choose_for(app, &unsubscribe::find(app, token).await?, preference, until).await
}

/// As [`choose`], for an ASF that is known.
///
/// # Errors
/// When the database does not answer.
pub async fn choose_for(app: &App, asf: &Asf, preference: &MailPreference, until: Option<NaiveDate>) -> Result<()> {
    let now = app.clock.now();
    let until = until.filter(|until| *until > local_date(now));
    let tx = connection::begin(&app.db).await?;
    mail_preferences::upsert(&tx, asf.id, preference, now).await?;
    if until != asf.paused_until {
        asf::set_paused_until(&tx, asf.id, until).await?;
    }
    audit::insert(&tx, now, &format!("asf:{}", asf.id.0), "choose mail", "asf", asf.id.0, "").await?;
    tx.commit().await?;
    Ok(())
}
