//! The keys of the user behind a key: listed, made and taken back.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    extract::{Answer, Body, Id},
    gate::Caller,
    idempotency::ToldOnce,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::api_token::{ApiToken, ApiTokenId, NewApiToken},
    service::api_tokens,
};

/// A key as it can be shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    id: i64,
    name: String,
    scopes: Vec<&'static str>,
    created_at: DateTime<Utc>,
    /// From when it is refused.
    expires_at: DateTime<Utc>,
    /// The local day of its last use.
    last_used_on: Option<NaiveDate>,
}

/// Every key of the user.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tokens {
    items: Vec<Token>,
}

/// A key that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeToken {
    #[serde(flatten)]
    token: Token,
    /// The key in plain; it is told this once.
    key: String,
}

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenForm {
    /// What it is for.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// None that the asking key lacks.
    #[schema(min_items = 1, max_items = 23)]
    scopes: Vec<String>,
    /// How long it lives.
    #[schema(minimum = 1, maximum = 366)]
    days: i64,
}

impl From<ApiToken> for Token {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id.0,
            scopes: token.scopes.words().to_vec(),
            name: token.name,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_on: token.last_used_on,
        }
    }
}

/// List your keys
#[utoipa::path(get, path = "/tokens", tag = "tokens", security(("key" = ["read:tokens"])),
    responses((status = 200, description = "The keys, oldest first", body = Tokens)))]
pub async fn list(caller: Caller) -> ApiResult<Answer<Tokens>> {
    let tokens = api_tokens::list(&caller.app, caller.user.id).await?;
    Ok(Answer(Tokens { items: tokens.into_iter().map(Token::from).collect() }))
}

/// Make a key
///
/// It can do no more than the key that asks, and is told this once.
#[utoipa::path(post, path = "/tokens", tag = "tokens", request_body = TokenForm, security(("key" = ["write:tokens"])),
    responses((status = 201, description = "The key", body = MadeToken)))]
pub async fn create(caller: Caller, Body(form): Body<TokenForm>) -> ApiResult<Response> {
    let new = NewApiToken::parse(&form.name, form.scopes.iter().map(String::as_str), Some(form.days))
        .map_err(ApiError::Rejected)?;
    if let Some(scope) = new.scopes.words().iter().find(|scope| !caller.token.scopes.allows(scope)) {
        return Err(ApiError::NoScope((*scope).to_owned()));
    }
    let made = api_tokens::create(&caller.app, &caller.actor(), caller.user.id, &new).await?;
    let answer = Answer(MadeToken { token: made.token.into(), key: made.plain });
    let mut response = (StatusCode::CREATED, answer).into_response();
    response.extensions_mut().insert(ToldOnce);
    Ok(response)
}

/// Take a key back
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:tokens"])), responses((status = 204, description = "It is refused from now on")))]
pub async fn revoke(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    api_tokens::revoke(&caller.app, &caller.actor(), caller.user.id, ApiTokenId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
