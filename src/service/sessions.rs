//! Sessions of browsers: who a cookie belongs to, and ending them.

use chrono::{DateTime, Utc};

use super::{Error, Result, secrets};
use crate::{
    app::App,
    config::SecondFactorRule,
    domain::{
        session::{self, Session, SessionId},
        user::{User, UserId},
    },
    store::{Tx, audit, connection, passkeys, second_factors, sessions, sessions::NewSession, users},
};

/// A session and whose it is.
#[derive(Debug, Clone)]
pub struct Open {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub user: User,
}

impl Open {
    /// Whether all factors were given. Until then its owner is nobody, except to the pages that ask for
    /// the rest.
    pub fn is_verified(&self) -> bool {
        self.session.verified_at.is_some()
    }
}

/// The session of a cookie's token, while it lasts; its use is noted every few minutes.
///
/// # Errors
/// When the database does not answer.
pub async fn find(app: &App, token: &str) -> Result<Option<Open>> {
    let now = app.clock.now();
    let Some(session) = sessions::find(&app.db, &secrets::hash(token), now).await? else { return Ok(None) };
    let Some(user) = users::find(&app.db, session.user).await? else { return Ok(None) };
    if user.suspended_at.is_some() || session.is_idle(user.role, now) {
        return Ok(None);
    }
    if session.is_stale(now) {
        let tx = connection::begin(&app.db).await?;
        sessions::touch(&tx, session.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Open { session, user }))
}

/// Whether a user must give a second factor: its role asks for it, or it has chosen to.
///
/// # Errors
/// When the database does not answer.
pub async fn must_verify(app: &App, tx: &Tx, user: &User) -> Result<bool> {
    let is_ruled = app.config.second_factor == SecondFactorRule::Required && user.role.needs_second_factor();
    let factor = second_factors::find(tx, user.id).await?;
    Ok(is_ruled || factor.is_some_and(|factor| factor.is_confirmed) || passkeys::count(tx, user.id).await? > 0)
}

/// Begins a session and answers the cookie's token; without `verified_at` a factor is still missing.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn begin(
    app: &App,
    tx: &Tx,
    user: &User,
    device: &str,
    verified_at: Option<DateTime<Utc>>,
) -> Result<secrets::Secret> {
    let now = app.clock.now();
    let token = secrets::Secret::random();
    let new = NewSession {
        hash: secrets::hash(token.plain()),
        user: user.id,
        expires_at: now + session::limits(user.role).absolute,
        verified_at,
        device: device.to_owned(),
    };
    sessions::insert(tx, &new, now).await?;
    Ok(token)
}

/// The sessions of a user that last.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, user: &User) -> Result<Vec<Session>> {
    let now = app.clock.now();
    let mut all = sessions::list(&app.db, user.id, now).await?;
    all.retain(|session| session.verified_at.is_some() && !session.is_idle(user.role, now));
    Ok(all)
}

/// Ends one session of a user.
///
/// # Errors
/// `NotFound` when it is not theirs.
pub async fn end(app: &App, user: UserId, id: SessionId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    if !sessions::delete(&tx, user, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await.map_err(Error::from)
}

/// Ends every session of a user, this one too.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all(app: &App, user: UserId) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    sessions::delete_all(&tx, user).await?;
    audit::insert(&tx, now, &format!("user:{}", user.0), "sign_out_everywhere", "user", user.0, "").await?;
    tx.commit().await.map_err(Error::from)
}
