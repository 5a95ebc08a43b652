//! What went wrong, as a page with a way onward. Logged once, here; nothing internal reaches the reader.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    extract::Shared,
    visit::{Visit, field_errors},
};
use crate::{domain::rejection::Rejection, service, store::StoreError, words::WordsError};

/// Why there is no ordinary page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is no such page, or it is not theirs to know of.
    #[error("not found")]
    NotFound,
    /// Somebody must sign in first.
    #[error("not signed in")]
    SignInFirst,
    /// The page is for others.
    #[error("forbidden")]
    Forbidden,
    /// Values break rules.
    #[error("rejected")]
    Rejected(Vec<Rejection>),
    /// It is done already, or no longer possible.
    #[error("conflict")]
    Conflict,
    /// More than we read.
    #[error("too large")]
    TooLarge,
    /// More often than we answer; seconds until the next try.
    #[error("too many")]
    TooMany(u64),
    /// The database is away.
    #[error("database away: {0}")]
    Away(StoreError),
    /// Something else failed.
    #[error("{0:#}")]
    Broken(anyhow::Error),
}

/// Result of a handler.
pub type PageResult<T = Response> = Result<T, PageError>;

impl From<service::Error> for PageError {
    fn from(error: service::Error) -> Self {
        match error {
            service::Error::NotFound => Self::NotFound,
            service::Error::Rejected(rejections) => Self::Rejected(rejections),
            service::Error::Conflict | service::Error::Stale => Self::Conflict,
            service::Error::Store(error) => error.into(),
            service::Error::Internal(error) => Self::Broken(error),
        }
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Database(_) => Self::Away(error),
            StoreError::Unreadable { .. } => Self::Broken(error.into()),
        }
    }
}

impl From<WordsError> for PageError {
    fn from(error: WordsError) -> Self {
        Self::Broken(error.into())
    }
}

/// Travels with a response until [`problems`] writes the page.
#[derive(Debug, Clone)]
struct Problem {
    kind: &'static str,
    rejections: Vec<Rejection>,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, kind) = match &self {
            Self::SignInFirst => return Redirect::to("/logga-in").into_response(),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::Rejected(_) => (StatusCode::UNPROCESSABLE_ENTITY, "rejected"),
            Self::Conflict => (StatusCode::CONFLICT, "conflict"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Self::Away(_) => (StatusCode::SERVICE_UNAVAILABLE, "away"),
            Self::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        };
        if status.is_server_error() {
            tracing::error!(problem = %self, "page failed");
        }
        let mut response = status.into_response();
        if let Self::TooMany(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        let rejections = if let Self::Rejected(rejections) = self { rejections } else { Vec::new() };
        response.extensions_mut().insert(Problem { kind, rejections });
        response
    }
}

/// Gives every failure that has no page yet one in the reader's language.
pub(super) async fn problems(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let is_head = parts.method == Method::HEAD;
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if !is_failure || has_own_body(&response) {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem { kind: kind_of(status), rejections: Vec::new() });
    let visit = Visit::of_failure(shared, &asked).await;
    let messages = field_errors(&visit, &problem.rejections).into_iter().map(|error| error.message).collect();
    let page = ErrorPage { kind: problem.kind, messages };
    let mut written = match visit.page("pages/error/show.html", &page) {
        Ok(page) => page,
        Err(error) => {
            tracing::error!(problem = %error, "error page failed");
            status.canonical_reason().unwrap_or("error").to_owned().into_response()
        }
    };
    *written.status_mut() = status;
    for kept in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&kept) {
            written.headers_mut().insert(kept, value.clone());
        }
    }
    if is_head {
        *written.body_mut() = Body::empty();
    }
    written
}

/// Answers that say themselves what went wrong, such as a form with its errors or a call of the API.
fn has_own_body(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/problem+json"))
}

/// Failures that the layers below answer without knowing of pages.
fn kind_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::FORBIDDEN => "cross-site",
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => "away",
        _ if status.is_client_error() => "rejected",
        _ => "broken",
    }
}

#[derive(Serialize)]
struct ErrorPage {
    kind: &'static str,
    messages: Vec<String>,
}
