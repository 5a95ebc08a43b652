//! A call of the API that is sent twice is done once: its key remembers the request and the answer.

use chrono::Duration;

use super::{Result, imports::hex};
use crate::{
    app::App,
    domain::api_token::ApiTokenId,
    store::{StoreError, api_calls, connection},
};
use sha2::{Digest as _, Sha256};

/// How long an answer is remembered.
pub const REMEMBERED: Duration = Duration::hours(24);

/// A call that has not ended after this long is given up; its node has died.
const UNDER_WAY: Duration = Duration::minutes(5);

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: do it, and tell [`finish`] or [`forget`].
    New(i64),
    /// It was done, and this was the answer; none when that held a secret.
    Done(u16, Option<String>),
    /// It is being done.
    UnderWay,
    /// The key was used for another request.
    Other,
}

/// The short form of a request.
pub fn request_hash(method: &str, path: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{method} {path}\n").as_bytes());
    hash.update(body);
    hex(&hash.finalize())
}

/// Takes a key for a request, or says what is known of it.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(app: &App, token: ApiTokenId, key: &str, request_hash: &str) -> Result<Known> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    if let Some(call) = api_calls::find(&tx, token, key).await? {
        if call.expires_at > now {
            return Ok(match call.status {
                _ if call.request_hash != request_hash => Known::Other,
                Some(status) => Known::Done(u16::try_from(status).unwrap_or(500), call.body),
                None => Known::UnderWay,
            });
        }
        api_calls::delete(&tx, call.id).await?;
    }
    let id = match api_calls::insert(&tx, token, key, request_hash, (now, now + UNDER_WAY)).await {
        Ok(id) => id,
        // Another node was faster.
        Err(StoreError::Conflict) => return Ok(Known::UnderWay),
        Err(error) => return Err(error.into()),
    };
    tx.commit().await?;
    Ok(Known::New(id))
}

/// Remembers the answer; `None` for a body that holds a secret.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(app: &App, id: i64, status: u16, body: Option<&str>) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    api_calls::finish(&tx, id, status, body, app.clock.now() + REMEMBERED).await?;
    tx.commit().await?;
    Ok(())
}

/// Frees the key of a call that came to nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(app: &App, id: i64) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    api_calls::delete(&tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets the answers that are older than [`REMEMBERED`]; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_expired(app: &App) -> Result<u64> {
    let tx = connection::begin(&app.db).await?;
    let forgotten = api_calls::delete_expired(&tx, app.clock.now()).await?;
    tx.commit().await?;
    Ok(forgotten)
}
