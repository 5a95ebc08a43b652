//! Who asks: the key of a call, the scope it needs, and how often it may come. No cookie opens it.

use std::{collections::HashMap, num::NonZeroU32, sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::HashMapStateStore,
};
use serde_json::Value;

use super::{
    BASE,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::{
        api_token::{ApiToken, ApiTokenId},
        asf::AsfId,
        language::Language,
        user::User,
    },
    service::api_tokens,
    web::{extract::Shared, visit},
};

/// Tokens that are remembered before those are forgotten that have not asked for a while.
const REMEMBERED: usize = 10_000;

type Limiter = RateLimiter<ApiTokenId, HashMapStateStore<ApiTokenId>, DefaultClock, StateInformationMiddleware>;

/// What every call passes.
pub(super) struct Gate {
    /// Method and path of each call, with its scope.
    scopes: HashMap<(String, String), String>,
    limiter: Limiter,
    per_minute: u32,
}

impl Gate {
    /// The gate of the calls that are described, for so many calls a minute of each key.
    pub(super) fn new(document: &Value, per_minute: u32) -> Self {
        let mut scopes = HashMap::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if let Some(scope) = operation["security"][0]["key"][0].as_str() {
                    scopes.insert((method.to_uppercase(), format!("{BASE}{path}")), scope.to_owned());
                }
            }
        }
        let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        let limiter = RateLimiter::hashmap_with_clock(quota, DefaultClock::default())
            .with_middleware::<StateInformationMiddleware>();
        Self { scopes, limiter, per_minute: per_minute.max(1) }
    }

    /// How many calls are left, or how long to wait.
    fn count(&self, token: ApiTokenId) -> Result<u32, Duration> {
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(&token) {
            Ok(state) => Ok(state.remaining_burst_capacity()),
            Err(until) => Err(until.wait_time_from(DefaultClock::default().now())),
        }
    }
}

/// Lets a call through with its [`Caller`], or says why not.
pub(super) async fn pass(
    State((shared, gate)): State<(Shared, Arc<Gate>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = match caller(&shared, request.headers()).await {
        Ok(caller) => caller,
        Err(error) => return error.into_response(),
    };
    let (left, wait) = match gate.count(caller.token.id) {
        Ok(left) => (left, None),
        Err(wait) => (0, Some(wait.as_secs() + 1)),
    };
    let refused = match wait {
        Some(seconds) => Some(ApiError::TooMany(seconds)),
        None => scope(&gate, &request).filter(|scope| !caller.token.scopes.allows(scope)).map(ApiError::NoScope),
    };
    let mut response = match refused {
        Some(error) => error.into_response(),
        None => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
    };
    let policy = format!("\"key\";q={};w=60", gate.per_minute);
    let state = format!("\"key\";r={left};t={}", wait.unwrap_or(60));
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The scope that a call needs; none when there is no such call, and then nothing is done.
fn scope(gate: &Gate, request: &Request) -> Option<String> {
    let path = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
    let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    gate.scopes.get(&(method.to_string(), path)).cloned()
}

async fn caller(shared: &Shared, headers: &HeaderMap) -> ApiResult<Caller> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let plain =
        given.and_then(|given| given.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, plain)) = plain else { return Err(ApiError::NoKey) };
    let (token, user) = api_tokens::authenticate(shared, plain.trim()).await?.ok_or(ApiError::NoKey)?;
    Ok(Caller { app: shared.clone(), language: visit::accepted_language(headers), token, user })
}

/// A program that asks in a user's name.
#[derive(Clone)]
pub struct Caller {
    /// The running product.
    pub app: Shared,
    /// The language to answer in.
    pub language: Language,
    /// The key.
    pub token: ApiToken,
    /// The user.
    pub user: User,
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> ApiResult<Self> {
        // Only the gate puts it there.
        parts.extensions.get::<Self>().cloned().ok_or(ApiError::NoKey)
    }
}

impl Caller {
    /// Who acts, as the audit names it.
    pub fn actor(&self) -> String {
        self.user.actor()
    }

    /// Lets only staff on.
    ///
    /// # Errors
    /// `Forbidden` for others.
    pub fn staff(&self) -> ApiResult<()> {
        if self.user.role.is_staff() { Ok(()) } else { Err(ApiError::Forbidden) }
    }

    /// Whose part of the ledger they may see: all of it, or one ASF's.
    ///
    /// # Errors
    /// `Forbidden` for others.
    pub fn ledger_part(&self) -> ApiResult<Option<AsfId>> {
        self.user.ledger_part().ok_or(ApiError::Forbidden)
    }

    /// The ASF that the user works at.
    ///
    /// # Errors
    /// `Forbidden` for users of none.
    pub fn own_asf(&self) -> ApiResult<AsfId> {
        self.user.own_asf().ok_or(ApiError::Forbidden)
    }
}
