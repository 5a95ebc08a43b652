//! The files that pages link to: style sheet, pictures and a script, from `templates/static`.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};

use crate::web::{
    error::{PageError, PageResult},
    extract::{FilePath, Shared},
    visit::version,
};

/// Serves a file; one that is asked for by its version may be kept for ever.
pub async fn show(State(app): State<Shared>, FilePath(path): FilePath, uri: Uri, headers: HeaderMap) -> PageResult {
    let kind = kind(&path).ok_or(PageError::NotFound)?;
    let bytes = app.words.file(&format!("static/{path}")).ok_or(PageError::NotFound)?;
    let version = version(&app.words);
    let is_versioned = uri.query() == Some(&format!("v={version}"));
    let keep = if is_versioned { "public, max-age=31536000, immutable" } else { "no-cache" };
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).map_err(|error| PageError::Broken(error.into()))?;
    let is_same = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let mut response: Response =
        if is_same { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_owned().into_response() };
    let answered = response.headers_mut();
    answered.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answered.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    answered.insert(header::ETAG, tag);
    Ok(response)
}

/// The kinds of file we serve; others do not exist.
fn kind(path: &str) -> Option<&'static str> {
    let (_, end) = path.rsplit_once('.')?;
    match end {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
