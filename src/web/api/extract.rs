//! What a call brings: a body in JSON, parameters, an id. What cannot be read is a problem that names
//! its place.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::problem::{ApiError, ApiResult};
use crate::web::extract::Shared;

/// The body of a call.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Shared> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, shared: &Shared) -> ApiResult<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(ApiError::MediaType);
        }
        let bytes = Bytes::from_request(request, shared).await.map_err(|_| ApiError::TooLarge)?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|_| ApiError::Unreadable("body".to_owned(), "rejected-body-json"))?;
        let read = serde_path_to_error::deserialize(without_nul(value));
        read.map(Self).map_err(|error| ApiError::Unreadable(place(&error), "rejected-json-value"))
    }
}

/// Texts without NUL: nobody types one, and PostgreSQL stores none.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "")),
        Value::Array(values) => Value::Array(values.into_iter().map(without_nul).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, without_nul(value))).collect())
        }
        other => other,
    }
}

/// The field that is wrong: its name, or a JSON pointer (RFC 6901) when it lies deeper.
fn place(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    use serde_path_to_error::Segment;
    let mut names: Vec<String> = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    let said = error.inner().to_string();
    if let Some(missing) = said.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        names.push(missing.to_owned());
    }
    match names.as_slice() {
        [] => "body".to_owned(),
        [name] => name.clone(),
        _ => format!("/{}", names.join("/")),
    }
}

/// The parameters of a call, each as text; one that is not described is refused.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Shared> for Asked<T> {
    type Rejection = ApiError;

    #[expect(clippy::disallowed_types, reason = "the one place that reads parameters")]
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> ApiResult<Self> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, shared).await;
        query.map(|query| Self(query.0)).map_err(|_| ApiError::Unreadable("query".to_owned(), "rejected-query"))
    }
}

/// The key at the end of a path; anything else is a thing that does not exist.
pub struct Id(pub i64);

impl FromRequestParts<Shared> for Id {
    type Rejection = ApiError;

    #[expect(clippy::disallowed_types, reason = "the one place that reads ids")]
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> ApiResult<Self> {
        let path = axum::extract::Path::<i64>::from_request_parts(parts, shared).await;
        path.map(|id| Self(id.0)).map_err(|_| ApiError::NotFound)
    }
}

/// Two keys of a path; anything else is a thing that does not exist.
pub struct Ids(pub i64, pub i64);

impl FromRequestParts<Shared> for Ids {
    type Rejection = ApiError;

    #[expect(clippy::disallowed_types, reason = "the one place that reads ids")]
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> ApiResult<Self> {
        let path = axum::extract::Path::<(i64, i64)>::from_request_parts(parts, shared).await;
        path.map(|path| Self(path.0.0, path.0.1)).map_err(|_| ApiError::NotFound)
    }
}

/// What was read, as `If-Match` says it (RFC 9110, 13.1.1).
pub(super) fn condition(headers: &HeaderMap) -> ApiResult<String> {
    let given = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).ok_or(ApiError::NoCondition)?;
    Ok(given.trim().trim_matches('"').to_owned())
}

/// An answer in JSON with its `ETag`, for what two people may change.
pub struct Tagged<T>(pub String, pub T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let Self(tag, value) = self;
        ([(header::ETAG, format!("\"{tag}\""))], Answer(value)).into_response()
    }
}

/// An answer in JSON.
pub struct Answer<T>(pub T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}
