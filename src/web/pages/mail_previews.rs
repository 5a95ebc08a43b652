//! What each kind of mail looks like, for staff, with sample data and the templates in use.

use axum::http::{HeaderValue, header};
use serde::{Deserialize, Serialize};

use super::outbox::{POLICY_WITH_MAIL, leading_out};
use crate::{
    domain::language::Language,
    service::{self, mail_previews},
    web::{
        error::{PageError, PageResult},
        extract::{Query, Token},
        visit::Visit,
    },
};

#[derive(Serialize)]
struct PreviewsPage {
    kinds: Vec<&'static str>,
}

/// Lists the kinds.
pub async fn list(visit: Visit) -> PageResult {
    visit.staff()?;
    visit.page("pages/mail_previews/list.html", PreviewsPage { kinds: mail_previews::kinds() })
}

/// In which language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    sprak: String,
}

#[derive(Serialize)]
struct PreviewPage {
    kind: String,
    language: &'static str,
    subject: String,
    html: String,
    text: String,
}

/// Shows one kind.
pub async fn show(visit: Visit, Token(kind): Token, Query(chosen): Query<Chosen>) -> PageResult {
    visit.staff()?;
    let language = Language::from_code(&chosen.sprak);
    let mail = match mail_previews::preview_named(&visit.app, &kind, language) {
        Err(service::Error::Rejected(_)) => return Err(PageError::NotFound),
        mail => mail?,
    };
    let page = PreviewPage {
        kind,
        language: language.code(),
        subject: mail.subject,
        html: leading_out(&mail.html),
        text: mail.text,
    };
    let mut response = visit.page("pages/mail_previews/show.html", page)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY_WITH_MAIL));
    Ok(response)
}
