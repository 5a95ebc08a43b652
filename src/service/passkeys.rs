//! Keys of telephones and computers as a second factor: adding one, showing one, and taking one away.
//! What is signed and how it is checked is the library's (W3C Web Authentication 3).

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    AuthenticationResult, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Url, Uuid, Webauthn, WebauthnBuilder,
};

use super::{
    Error, Result, second_factor,
    second_factor::Verified,
    sessions::{self, Open},
};
use crate::{
    app::App,
    domain::{
        passkey::{self, MOST_PASSKEYS, Passkey, PasskeyAttempt, PasskeyId},
        rejection::Rejection,
        user::{User, UserId},
    },
    store::{self, Tx, audit, connection, passkeys},
};

/// Whether browsers give out keys at this address: it has a name, and is not a bare number.
pub fn are_offered(app: &App) -> bool {
    authority(app).is_some()
}

/// Who asks for the key, as browsers know it: the site and its name.
fn authority(app: &App) -> Option<Webauthn> {
    let origin = Url::parse(&app.config.base_url()).ok()?;
    let builder = WebauthnBuilder::new(origin.domain()?, &origin).ok()?;
    builder.rp_name(&app.config.service_name).build().ok()
}

/// The keys of a user.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, user: UserId) -> Result<Vec<Passkey>> {
    Ok(passkeys::list(&app.db, user).await?)
}

/// Whether the owner of a session may add a key now: signed in whole, or without any second factor yet.
/// Otherwise whoever reads somebody's mail could.
///
/// # Errors
/// When the database does not answer.
pub async fn may_add(app: &App, open: &Open) -> Result<bool> {
    if open.is_verified() {
        return Ok(true);
    }
    let held = second_factor::held(app, &open.user).await?;
    Ok(!held.has_any())
}

/// What the browser is asked for, so that it makes a key of this name: JSON for its own interface.
///
/// # Errors
/// `rejected-passkey-name` for the name, `rejected-passkey-many` when there are too many, `NotFound` when none
/// may be added.
pub async fn begin_adding(app: &App, open: &Open, typed: &str) -> Result<String> {
    let name = passkey::parse_name(typed)?;
    let authority = authority(app).ok_or(Error::NotFound)?;
    if !may_add(app, open).await? {
        return Err(Error::NotFound);
    }
    let known = passkeys::list(&app.db, open.user.id).await?;
    if known.len() >= MOST_PASSKEYS {
        return Err(Rejection::new("name", "rejected-passkey-many", &name).into());
    }
    let known = known.iter().map(read_key).collect::<Result<Vec<_>>>()?;
    let known = known.iter().map(|key| key.cred_id().clone()).collect();
    let email = open.user.email.as_str();
    let (asked, state) =
        authority.start_passkey_registration(handle(app, &open.user), email, email, Some(known)).map_err(broken)?;
    keep(app, open, name, &state).await?;
    json(&asked)
}

/// Takes the key that the browser made. A session that lacked a factor becomes a new, whole one.
///
/// # Errors
/// `rejected-passkey` when it is not what was asked for, or too late; `NotFound` when none may be added.
pub async fn finish_adding(app: &App, open: &Open, answer: &str) -> Result<Option<Verified>> {
    let now = app.clock.now();
    let authority = authority(app).ok_or(Error::NotFound)?;
    if !may_add(app, open).await? {
        return Err(Error::NotFound);
    }
    let attempt = asked(app, open).await?;
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let state: PasskeyRegistration = read(&attempt.state)?;
    let key = authority.finish_passkey_registration(&answer, &state).map_err(|_| refused())?;
    let id = json(key.cred_id())?;
    let tx = connection::begin(&app.db).await?;
    passkeys::insert(&tx, open.user.id, &attempt.name, (id.trim_matches('"'), &json(&key)?), now).await.map_err(
        |error| match error {
            store::StoreError::Conflict => refused().into(),
            other => Error::from(other),
        },
    )?;
    audit::insert(&tx, now, &open.user.actor(), "passkey_added", "user", open.user.id.0, &attempt.name).await?;
    let codes = second_factor::first_codes(app, &tx, open.user.id).await?;
    let verified = if open.is_verified() {
        (!codes.is_empty()).then_some(Verified { token: None, recovery_codes: codes })
    } else {
        Some(Verified { token: Some(renew(app, &tx, open).await?), recovery_codes: codes })
    };
    tx.commit().await?;
    Ok(verified)
}

/// What the browser is asked, so that it shows one of the user's keys.
///
/// # Errors
/// `NotFound` when the user has none.
pub async fn begin_showing(app: &App, open: &Open) -> Result<String> {
    let authority = authority(app).ok_or(Error::NotFound)?;
    let known = passkeys::list(&app.db, open.user.id).await?;
    if known.is_empty() {
        return Err(Error::NotFound);
    }
    let known = known.iter().map(read_key).collect::<Result<Vec<_>>>()?;
    let (asked, state) = authority.start_passkey_authentication(&known).map_err(broken)?;
    keep(app, open, String::new(), &state).await?;
    json(&asked)
}

/// Takes what the key signed, and turns the session into a new, whole one.
///
/// # Errors
/// `rejected-passkey` when it is wrong or too late.
pub async fn finish_showing(app: &App, open: &Open, answer: &str) -> Result<Verified> {
    let now = app.clock.now();
    let authority = authority(app).ok_or(Error::NotFound)?;
    let attempt = asked(app, open).await?;
    let answer: PublicKeyCredential = read(answer)?;
    let state: PasskeyAuthentication = read(&attempt.state)?;
    let shown = authority.finish_passkey_authentication(&answer, &state).map_err(|_| refused())?;
    let tx = connection::begin(&app.db).await?;
    let (id, credential) = used(&passkeys::list(&tx, open.user.id).await?, &shown)?.ok_or_else(refused)?;
    passkeys::note_use(&tx, id, &credential, now).await?;
    let token = renew(app, &tx, open).await?;
    tx.commit().await?;
    Ok(Verified { token: Some(token), recovery_codes: Vec::new() })
}

/// Takes a key away, and ends every session: one of them may be the reason.
///
/// # Errors
/// `NotFound` when it is not the user's.
pub async fn remove(app: &App, user: &User, id: PasskeyId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    if !passkeys::delete(&tx, user.id, id).await? {
        return Err(Error::NotFound);
    }
    second_factor::forget_idle_codes(&tx, user.id).await?;
    store::sessions::delete_all(&tx, user.id).await?;
    audit::insert(&tx, app.clock.now(), &user.actor(), "passkey_removed", "user", user.id.0, "").await?;
    tx.commit().await.map_err(Error::from)
}

/// A whole session instead of one that lacked a factor.
async fn renew(app: &App, tx: &Tx, open: &Open) -> Result<super::secrets::Secret> {
    store::sessions::delete(tx, open.user.id, open.session.id).await?;
    sessions::begin(app, tx, &open.user, &open.session.device, Some(app.clock.now())).await
}

/// The key that was shown, with its counter as it is now.
fn used(known: &[Passkey], shown: &AuthenticationResult) -> Result<Option<(PasskeyId, String)>> {
    for stored in known {
        let mut key = read_key(stored)?;
        if key.update_credential(shown).is_some() {
            return Ok(Some((stored.id, json(&key)?)));
        }
    }
    Ok(None)
}

/// Keeps the question until it is answered.
async fn keep(app: &App, open: &Open, name: String, state: &impl Serialize) -> Result<()> {
    let attempt = PasskeyAttempt { name, state: json(state)?, begun_at: app.clock.now() };
    let tx = connection::begin(&app.db).await?;
    passkeys::replace_attempt(&tx, open.session.id, &attempt).await?;
    tx.commit().await.map_err(Error::from)
}

/// The question that a session was asked; used up whatever the answer is.
async fn asked(app: &App, open: &Open) -> Result<PasskeyAttempt> {
    let tx = connection::begin(&app.db).await?;
    let attempt = passkeys::take_attempt(&tx, open.session.id).await?;
    tx.commit().await?;
    attempt.filter(|attempt| attempt.is_fresh(app.clock.now())).ok_or_else(|| refused().into())
}

/// What keys know a user by: the same each time, and nothing that tells who it is.
fn handle(app: &App, user: &User) -> Uuid {
    let digest = Sha256::digest(format!("passkey {} {}", app.config.base_url(), user.id.0));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}

fn read_key(stored: &Passkey) -> Result<webauthn_rs::prelude::Passkey> {
    serde_json::from_str(&stored.credential).map_err(|error| Error::Internal(error.into()))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| refused().into())
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.into()))
}

fn broken(error: webauthn_rs::prelude::WebauthnError) -> Error {
    Error::Internal(error.into())
}

fn refused() -> Rejection {
    Rejection::new("answer", "rejected-passkey", "")
}
