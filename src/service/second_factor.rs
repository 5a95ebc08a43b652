//! The second factor: a code from an app, or one kept on paper; keys are in `passkeys`.

use super::{Error, Result, secrets, sessions, sessions::Open};
use crate::{
    app::App,
    domain::{
        rejection::Rejection,
        second_factor::{self, SecondFactor},
        session::MOST_TRIES,
        user::{User, UserId},
    },
    store::{self, Tx, audit, connection, passkeys, second_factors},
};

/// Codes on paper.
const RECOVERY_CODES: usize = 8;

/// What somebody has.
pub struct Held {
    /// The secret, if any.
    pub factor: Option<SecondFactor>,
    /// Keys.
    pub passkeys: u64,
    /// Codes on paper that are left.
    pub codes_left: u64,
    /// Whether the role asks for one.
    pub is_ruled: bool,
}

impl Held {
    /// Whether there is an app that shows codes.
    pub fn has_app(&self) -> bool {
        self.factor.as_ref().is_some_and(|factor| factor.is_confirmed)
    }

    /// Whether there is an app or a key.
    pub fn has_any(&self) -> bool {
        self.has_app() || self.passkeys > 0
    }
}

/// What a user has.
///
/// # Errors
/// When the database does not answer.
pub async fn held(app: &App, user: &User) -> Result<Held> {
    let is_required = app.config.second_factor == crate::config::SecondFactorRule::Required;
    Ok(Held {
        factor: second_factors::find(&app.db, user.id).await?,
        passkeys: passkeys::count(&app.db, user.id).await?,
        codes_left: second_factors::count_codes(&app.db, user.id).await?,
        is_ruled: is_required && user.role.needs_second_factor(),
    })
}

/// Makes a secret for a user that has none.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn prepare(app: &App, tx: &Tx, user: UserId) -> Result<()> {
    if second_factors::find(tx, user).await?.is_none() {
        let secret = second_factor::secret(&secrets::app_secret());
        second_factors::insert(tx, user, &secret, app.clock.now()).await?;
    }
    Ok(())
}

/// Makes a secret for somebody who asks for it.
///
/// # Errors
/// When the database does not answer.
pub async fn choose(app: &App, user: UserId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    prepare(app, &tx, user).await?;
    tx.commit().await.map_err(Error::from)
}

/// What a right code opened.
pub struct Verified {
    /// The token of the new session: it changes with what it may do. None when the session was whole before.
    pub token: Option<secrets::Secret>,
    /// Codes to keep on paper, the first time.
    pub recovery_codes: Vec<String>,
}

/// Takes a code of the app, or one from paper, and turns the session into a new one.
///
/// # Errors
/// `rejected-factor-code` when it is wrong or used; `NotFound` when the session has seen too many.
pub async fn verify(app: &App, open: &Open, code: &str) -> Result<Verified> {
    let now = app.clock.now();
    let user = &open.user;
    let tx = connection::begin(&app.db).await?;
    let was_known = has_app(&tx, user.id).await?;
    if !is_right(app, &tx, open, code).await? {
        let is_last = open.session.tries + 1 >= MOST_TRIES;
        if is_last {
            store::sessions::delete(&tx, user.id, open.session.id).await?;
            audit::insert(&tx, now, &actor(user.id), "second_factor_guessed", "user", user.id.0, "").await?;
        } else {
            store::sessions::count_try(&tx, open.session.id).await?;
        }
        // A wrong try is counted whatever follows.
        tx.commit().await?;
        return Err(if is_last { Error::NotFound } else { Rejection::new("code", "rejected-factor-code", "").into() });
    }
    let is_first = !was_known && has_app(&tx, user.id).await?;
    store::sessions::delete(&tx, user.id, open.session.id).await?;
    let token = sessions::begin(app, &tx, user, &open.session.device, Some(now)).await?;
    let recovery_codes = if is_first { first_codes(app, &tx, user.id).await? } else { Vec::new() };
    if is_first {
        audit::insert(&tx, now, &actor(user.id), "second_factor_on", "user", user.id.0, "").await?;
    }
    tx.commit().await?;
    Ok(Verified { token: Some(token), recovery_codes })
}

async fn is_right(app: &App, tx: &Tx, open: &Open, code: &str) -> Result<bool> {
    let (now, user) = (app.clock.now(), open.user.id);
    let factor = second_factors::find(tx, user).await?;
    let has_app = factor.as_ref().is_some_and(|factor| factor.is_confirmed);
    let has_key = passkeys::count(tx, user).await? > 0;
    // Who has a key shows it before an app is connected; otherwise whoever reads their mail could connect one.
    let counts = has_app || open.is_verified() || !has_key;
    if let Some(step) = factor.filter(|_| counts).and_then(|factor| factor.step_of(code, now)) {
        return Ok(second_factors::use_step(tx, user, step, now).await?);
    }
    let written = code.trim().to_lowercase();
    Ok((has_app || has_key) && second_factors::use_code(tx, user, &secrets::hash(&written), now).await?)
}

/// Whether a user has an app that is known to have the secret.
async fn has_app(tx: &Tx, user: UserId) -> Result<bool> {
    Ok(second_factors::find(tx, user).await?.is_some_and(|factor| factor.is_confirmed))
}

/// Codes to keep on paper, for somebody who has none.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn first_codes(app: &App, tx: &Tx, user: UserId) -> Result<Vec<String>> {
    if second_factors::count_codes(tx, user).await? > 0 { Ok(Vec::new()) } else { new_codes(app, tx, user).await }
}

/// Forgets the codes on paper of somebody who has neither app nor key any more.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn forget_idle_codes(tx: &Tx, user: UserId) -> Result<()> {
    if !has_app(tx, user).await? && passkeys::count(tx, user).await? == 0 {
        second_factors::delete_codes(tx, user).await?;
    }
    Ok(())
}

async fn new_codes(app: &App, tx: &Tx, user: UserId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| secrets::recovery_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| secrets::hash(code)).collect();
    second_factors::replace_codes(tx, user, &hashes, app.clock.now()).await?;
    Ok(codes)
}

/// New codes on paper; the old ones stop working.
///
/// # Errors
/// `NotFound` without a second factor.
pub async fn renew_codes(app: &App, user: UserId) -> Result<Vec<String>> {
    let tx = connection::begin(&app.db).await?;
    if !has_app(&tx, user).await? && passkeys::count(&tx, user).await? == 0 {
        return Err(Error::NotFound);
    }
    let codes = new_codes(app, &tx, user).await?;
    audit::insert(&tx, app.clock.now(), &actor(user), "recovery_codes_renewed", "user", user.0, "").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes the second factor away, so that a new app can be connected at the next sign-in.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(app: &App, actor: &str, user: UserId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    second_factors::delete(&tx, user).await?;
    forget_idle_codes(&tx, user).await?;
    store::sessions::delete_all(&tx, user).await?;
    audit::insert(&tx, app.clock.now(), actor, "second_factor_off", "user", user.0, "").await?;
    tx.commit().await.map_err(Error::from)
}

fn actor(user: UserId) -> String {
    format!("user:{}", user.0)
}
