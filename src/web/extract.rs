//! What a request brings: a form, a query, an id, a token. What cannot be read is answered with a
//! page in the reader's language, never with the framework's own words.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::error::PageError;
use crate::app::App;

/// What everything in the web room shares.
pub type Shared = Arc<App>;

/// The fields of a form. Missing fields are the business of the struct's defaults.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Shared> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, PageError> {
        let request = without_nul(request, shared).await?;
        match axum_extra::extract::Form::<T>::from_request(request, shared).await {
            Ok(form) => Ok(Self(form.0)),
            Err(problem) if problem.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Err(PageError::TooLarge),
            Err(_) => Err(PageError::Rejected(Vec::new())),
        }
    }
}

/// The same form without encoded NUL: nobody types one, and PostgreSQL stores none.
async fn without_nul(request: Request, shared: &Shared) -> Result<Request, PageError> {
    let (parts, body) = request.into_parts();
    let whole = Request::from_parts(parts.clone(), body);
    let bytes = Bytes::from_request(whole, shared).await.map_err(|_| PageError::TooLarge)?;
    let text = String::from_utf8_lossy(&bytes);
    let body = if text.contains("%00") { Bytes::from(text.replace("%00", "")) } else { bytes };
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// The document of a form: its name and bytes. An empty one is a document without bytes.
pub struct Document {
    /// Name that the browser tells.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

impl FromRequest<Shared> for Document {
    type Rejection = PageError;

    async fn from_request(mut request: Request, shared: &Shared) -> Result<Self, PageError> {
        DefaultBodyLimit::max(super::layers::UPLOAD_LIMIT).apply(&mut request);
        let wrong = |_| PageError::Rejected(Vec::new());
        let mut form = Multipart::from_request(request, shared).await.map_err(wrong)?;
        while let Some(field) = form.next_field().await.map_err(|_| PageError::TooLarge)? {
            if field.name() == Some("file") {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|_| PageError::TooLarge)?;
                return Ok(Self { name, bytes });
            }
        }
        Err(PageError::Rejected(Vec::new()))
    }
}

/// The query of an address; one that cannot be read asks for nothing.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequestParts<Shared> for Query<T> {
    type Rejection = PageError;

    #[expect(clippy::disallowed_types, reason = "the one place that reads queries")]
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, PageError> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, shared).await;
        Ok(Self(query.map(|query| query.0).unwrap_or_default()))
    }
}

/// The number that ends an address; anything else is a page that does not exist.
pub struct Id(pub i64);

impl FromRequestParts<Shared> for Id {
    type Rejection = PageError;

    #[expect(clippy::disallowed_types, reason = "the one place that reads ids")]
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, PageError> {
        let path = axum::extract::Path::<i64>::from_request_parts(parts, shared).await;
        path.map(|id| Self(id.0)).map_err(|_| PageError::NotFound)
    }
}

/// The token that ends a link in a mail. Not `Debug`, so that it cannot be logged.
pub struct Token(pub String);

impl FromRequestParts<Shared> for Token {
    type Rejection = PageError;

    #[expect(clippy::disallowed_types, reason = "the one place that reads tokens")]
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, PageError> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, shared).await;
        path.map(|token| Self(token.0)).map_err(|_| PageError::NotFound)
    }
}

/// The file that a path below `/static` names.
pub struct FilePath(pub String);

impl FromRequestParts<Shared> for FilePath {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, PageError> {
        Token::from_request_parts(parts, shared).await.map(|path| Self(path.0))
    }
}
