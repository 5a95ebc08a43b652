//! Choosing the language of the pages, by a button on each of them.

use axum::{
    extract::State,
    http::header,
    response::{AppendHeaders, IntoResponse as _, Redirect},
};
use serde::Deserialize;

use crate::{
    domain::language::Language,
    web::{
        error::PageResult,
        extract::{Form, Shared},
        visit::language_cookie,
    },
};

/// The language, and the page to go back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LanguageForm {
    language: String,
    back: String,
}

/// Remembers the language and goes back.
pub async fn choose(State(app): State<Shared>, Form(form): Form<LanguageForm>) -> PageResult {
    let cookie = language_cookie(&app, Language::from_code(&form.language))?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(own_page(&form.back))).into_response())
}

/// Only paths of this site: `//other.example` and `/\other.example` lead elsewhere.
fn own_page(back: &str) -> &str {
    let is_own = back.starts_with('/') && !back.starts_with("//");
    let is_plain = back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own && is_plain { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for back in ["//x.example", "https://x.example", "/\\x.example", "", "/a\r\nX: y"] {
            assert_eq!(own_page(back), "/", "{back:?}");
        }
        assert_eq!(own_page("/asf?ord=st%C3%A4d"), "/asf?ord=st%C3%A4d");
    }
}
