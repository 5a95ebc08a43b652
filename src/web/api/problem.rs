//! What went wrong, as `application/problem+json` (RFC 9457) in the caller's language. Logged once, here;
//! nothing internal reaches the caller.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{language::Language, rejection::Rejection},
    service,
    store::StoreError,
    web::{extract::Shared, visit},
    words::WordsError,
};

/// Media type of every problem.
const MEDIA_TYPE: &str = "application/problem+json";

/// Why there is no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// There is no such thing, or it is not theirs to know of.
    #[error("not found")]
    NotFound,
    /// No key, or one that is not accepted.
    #[error("no key")]
    NoKey,
    /// The key lacks this scope.
    #[error("the key lacks {0}")]
    NoScope(String),
    /// The role of the user does not allow it.
    #[error("forbidden")]
    Forbidden,
    /// Values break rules.
    #[error("rejected")]
    Rejected(Vec<Rejection>),
    /// A value at a JSON pointer is not of the right shape, by a message id.
    #[error("unreadable at {0}")]
    Unreadable(String, &'static str),
    /// It is done already, or no longer possible.
    #[error("conflict")]
    Conflict,
    /// It has changed since it was read.
    #[error("changed meanwhile")]
    Stale,
    /// A change without saying what was read.
    #[error("no condition")]
    NoCondition,
    /// A key of a call that was used for another body.
    #[error("the key of the call was used for another")]
    KeyReused,
    /// A key of a call that is under way.
    #[error("the same call is under way")]
    KeyInUse,
    /// The call was done before, and its answer held a secret.
    #[error("the answer is not told twice")]
    ToldOnce,
    /// The body is no JSON.
    #[error("media type")]
    MediaType,
    /// More than we read.
    #[error("too large")]
    TooLarge,
    /// Too many calls; go on after this many seconds.
    #[error("too many calls")]
    TooMany(u64),
    /// The database is away.
    #[error("database away: {0}")]
    Away(StoreError),
    /// Something else failed.
    #[error("{0:#}")]
    Broken(anyhow::Error),
}

/// Result of a call.
pub type ApiResult<T> = Result<T, ApiError>;

impl From<service::Error> for ApiError {
    fn from(error: service::Error) -> Self {
        match error {
            service::Error::NotFound => Self::NotFound,
            service::Error::Rejected(rejections) => Self::Rejected(rejections),
            service::Error::Conflict => Self::Conflict,
            service::Error::Stale => Self::Stale,
            service::Error::Store(error) => error.into(),
            service::Error::Internal(error) => Self::Broken(error),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Database(_) => Self::Away(error),
            StoreError::Unreadable { .. } => Self::Broken(error.into()),
        }
    }
}

impl From<WordsError> for ApiError {
    fn from(error: WordsError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(vec![rejection])
    }
}

/// Travels with a response until [`write`] puts it into words.
#[derive(Debug, Clone)]
struct Told {
    kind: &'static str,
    /// JSON pointer or parameter, and the message id of the rule.
    faults: Vec<(String, &'static str)>,
    scope: Option<String>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, kind) = match &self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::NoKey => (StatusCode::UNAUTHORIZED, "no-key"),
            Self::NoScope(_) => (StatusCode::FORBIDDEN, "no-scope"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::Rejected(_) | Self::Unreadable(..) => (StatusCode::UNPROCESSABLE_ENTITY, "rejected"),
            Self::Conflict => (StatusCode::CONFLICT, "conflict"),
            Self::Stale => (StatusCode::PRECONDITION_FAILED, "stale"),
            Self::NoCondition => (StatusCode::PRECONDITION_REQUIRED, "no-condition"),
            Self::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
            Self::KeyInUse => (StatusCode::CONFLICT, "key-in-use"),
            Self::ToldOnce => (StatusCode::CONFLICT, "told-once"),
            Self::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Self::Away(_) => (StatusCode::SERVICE_UNAVAILABLE, "away"),
            Self::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        };
        if status.is_server_error() {
            tracing::error!(problem = %self, "call failed");
        }
        let mut response = status.into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Self::TooMany(seconds) = &self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        let mut told = Told { kind, faults: Vec::new(), scope: None };
        match self {
            Self::Rejected(rejections) => {
                told.faults = rejections.into_iter().map(|wrong| (wrong.field.to_owned(), wrong.rule)).collect();
            }
            Self::Unreadable(place, rule) => told.faults = vec![(place, rule)],
            Self::NoScope(scope) => told.scope = Some(scope),
            _ => {}
        }
        response.extensions_mut().insert(told);
        response
    }
}

/// What went wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Address of the page that explains this kind of problem.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: String,
    /// HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What to do about it.
    detail: String,
    /// The scope that the key lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    scope: Option<String>,
    /// Every value that breaks a rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<Fault>,
}

/// A value that breaks a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// Field or parameter; a JSON pointer when it lies deeper.
    field: String,
    /// Name of the rule, the same in every language.
    rule: &'static str,
    /// What to do about it.
    detail: String,
}

/// Gives every failure its words.
pub(super) async fn write(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let language = visit::accepted_language(request.headers());
    let is_head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if !is_failure {
        return response;
    }
    let told = response.extensions().get::<Told>().cloned();
    let told = told.unwrap_or_else(|| Told { kind: kind_of(status), faults: Vec::new(), scope: None });
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    let body = serde_json::to_string(&worded(&shared, language, status, told)).unwrap_or_default();
    Response::from_parts(parts, if is_head { Body::empty() } else { Body::from(body) })
}

fn worded(shared: &Shared, language: Language, status: StatusCode, told: Told) -> Problem {
    let text = |id: &str| shared.words.text(language, id, &[]);
    let fault = |(field, rule): (String, &'static str)| Fault { field, rule, detail: text(rule) };
    Problem {
        kind: format!("{}/api#problem-{}", shared.config.base_url(), told.kind),
        title: text(&format!("api-problem-{}", told.kind)),
        status: status.as_u16(),
        detail: text(&format!("api-problem-{}-detail", told.kind)),
        scope: told.scope,
        errors: told.faults.into_iter().map(fault).collect(),
    }
}

/// Every kind of problem, for the page that explains them.
pub const KINDS: [&str; 17] = [
    "no-key",
    "no-scope",
    "forbidden",
    "not-found",
    "method",
    "rejected",
    "conflict",
    "media-type",
    "too-large",
    "too-many",
    "away",
    "broken",
    "stale",
    "no-condition",
    "key-reused",
    "key-in-use",
    "told-once",
];

/// Failures that the layers below answer without words.
fn kind_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "media-type",
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => "away",
        _ if status.is_client_error() => "rejected",
        _ => "broken",
    }
}
