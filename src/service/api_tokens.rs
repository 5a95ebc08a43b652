//! Keys of the API: made once in plain for their owner, accepted until they end, taken back at any time.

use chrono::Duration;

use super::{Error, Result, secrets};
use crate::{
    app::App,
    domain::{
        api_token::{ApiToken, ApiTokenId, NewApiToken},
        rejection::Rejection,
        schedule::local_date,
        user::{User, UserId},
    },
    store::{api_tokens, audit, connection, users},
};

/// What every token begins with, so that a leaked one is known for what it is.
pub const PREFIX: &str = "samhandla_";

/// Most tokens that a user may have at a time.
const MOST: usize = 20;

/// A token as it is told, once.
pub struct Made {
    /// The token.
    pub token: ApiToken,
    /// In plain; never told again.
    pub plain: String,
}

/// Makes a token for a user.
///
/// # Errors
/// `Rejected` when the user has too many.
pub async fn create(app: &App, actor: &str, user: UserId, new: &NewApiToken) -> Result<Made> {
    let now = app.clock.now();
    let plain = format!("{PREFIX}{}", secrets::Secret::random().plain());
    let expires_at = now + Duration::days(new.days);
    let tx = connection::begin(&app.db).await?;
    if api_tokens::list_for_user(&tx, user).await?.len() >= MOST {
        return Err(Rejection::new("name", "rejected-token-too-many", &new.name).into());
    }
    let id = api_tokens::insert(&tx, user, new, &secrets::hash(&plain), (now, expires_at)).await?;
    audit::insert(&tx, now, actor, "create", "api_token", id.0, &new.scopes.words().join(" ")).await?;
    tx.commit().await?;
    let token = ApiToken {
        id,
        user,
        name: new.name.clone(),
        scopes: new.scopes.clone(),
        created_at: now,
        expires_at,
        last_used_on: None,
        revoked_at: None,
    };
    Ok(Made { token, plain })
}

/// Who asks with a token, if it is accepted. The first use of a day is noted.
///
/// # Errors
/// When the database does not answer.
pub async fn authenticate(app: &App, plain: &str) -> Result<Option<(ApiToken, User)>> {
    let now = app.clock.now();
    let found = api_tokens::find(&app.db, &secrets::hash(plain)).await?;
    let Some(token) = found.filter(|token| token.is_live(now)) else { return Ok(None) };
    let Some(user) = users::find(&app.db, token.user).await? else { return Ok(None) };
    let today = local_date(now);
    if token.last_used_on != Some(today) {
        let tx = connection::begin(&app.db).await?;
        api_tokens::set_last_used_on(&tx, token.id, today).await?;
        tx.commit().await?;
    }
    Ok(Some((token, user)))
}

/// The tokens of a user, oldest first; those taken back left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, user: UserId) -> Result<Vec<ApiToken>> {
    Ok(api_tokens::list_for_user(&app.db, user).await?)
}

/// Takes a token back, at once and for ever.
///
/// # Errors
/// `NotFound` when the user has no such token.
pub async fn revoke(app: &App, actor: &str, user: UserId, id: ApiTokenId) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    if !api_tokens::revoke(&tx, user, id, now).await? {
        return Err(Error::NotFound);
    }
    audit::insert(&tx, now, actor, "revoke", "api_token", id.0, "").await?;
    tx.commit().await?;
    Ok(())
}
