//! `Idempotency-Key`: a POST that is sent again with the same key is answered as the first time.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::{
    gate::Caller,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::rejection::Rejection,
    service::api_calls::{self, Known},
    web::{extract::Shared, layers::UPLOAD_LIMIT},
};

const KEY: &str = "idempotency-key";
const KEY_CHARS: usize = 200;

/// Marks an answer that holds a secret, and is not kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldOnce;

/// Does a call once for its key.
pub(super) async fn once(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let given = request.headers().get(KEY).cloned();
    let caller = request.extensions().get::<Caller>().cloned();
    match (given, caller) {
        (Some(key), Some(caller)) if request.method() == Method::POST => {
            done_once(&shared, &key, &caller, request, next).await.unwrap_or_else(ApiError::into_response)
        }
        _ => next.run(request).await,
    }
}

async fn done_once(
    shared: &Shared,
    key: &HeaderValue,
    caller: &Caller,
    request: Request,
    next: Next,
) -> ApiResult<Response> {
    let key = parse(key)?;
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, UPLOAD_LIMIT).await.map_err(|_| ApiError::TooLarge)?;
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let hash = api_calls::request_hash(parts.method.as_str(), &path, &bytes);
    let id = match api_calls::begin(shared, caller.token.id, &key, &hash).await? {
        Known::New(id) => id,
        Known::Done(_, None) => return Err(ApiError::ToldOnce),
        Known::Done(status, Some(body)) => return Ok(again(status, body)),
        Known::UnderWay => return Err(ApiError::KeyInUse),
        Known::Other => return Err(ApiError::KeyReused),
    };
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    keep(shared, id, response).await
}

/// Remembers what was done. What came to nothing may be tried again with the same key.
async fn keep(shared: &Shared, id: i64, response: Response) -> ApiResult<Response> {
    if !response.status().is_success() {
        api_calls::forget(shared, id).await?;
        return Ok(response);
    }
    let is_kept = response.extensions().get::<ToldOnce>().is_none();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(|error| ApiError::Broken(error.into()))?;
    let text = String::from_utf8_lossy(&bytes);
    api_calls::finish(shared, id, parts.status.as_u16(), is_kept.then_some(&text)).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn again(status: u16, body: String) -> Response {
    let has_body = !body.is_empty();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if has_body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}

fn parse(key: &HeaderValue) -> Result<String, Rejection> {
    let text = key.to_str().unwrap_or_default();
    let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:-".contains(&b));
    if text.is_empty() || text.len() > KEY_CHARS || !is_plain {
        return Err(Rejection::new("Idempotency-Key", "rejected-idempotency-key", text));
    }
    Ok(text.to_owned())
}
