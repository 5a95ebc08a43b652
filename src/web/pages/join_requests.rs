//! Acting for an ASF: asking for it, and deciding who may.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{asf::AsfId, email::Email},
    service::{self, join_requests},
    store::{asf, join_requests::Verdict, users},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Who asks, as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AskForm {
    email: String,
    note: String,
}

/// What was decided.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    svar: String,
}

#[derive(Serialize)]
struct AskPage {
    asf_id: i64,
    asf: String,
    is_claim: bool,
    form: AskForm,
    errors: Vec<FieldError>,
    is_done: bool,
}

#[derive(Serialize)]
struct RequestsPage {
    requests: Vec<RequestLine>,
}

#[derive(Serialize)]
struct RequestLine {
    id: i64,
    asf_id: i64,
    asf: String,
    email: String,
    note: String,
    at: DateTime<Utc>,
}

/// Asks who one is.
pub async fn ask(visit: Visit, Id(id): Id) -> PageResult {
    let email = visit.user.as_ref().map(|user| user.email.to_string()).unwrap_or_default();
    let form = AskForm { email, ..AskForm::default() };
    let page = ask_page(&visit, id, form, Vec::new()).await?;
    visit.page("pages/join_requests/ask.html", page)
}

async fn ask_page(visit: &Visit, id: i64, form: AskForm, errors: Vec<FieldError>) -> PageResult<AskPage> {
    let found = asf::find(&visit.app.db, AsfId(id)).await?.ok_or(PageError::NotFound)?;
    let is_claim = users::list_colleagues(&visit.app.db, Some(found.id), None).await?.is_empty();
    Ok(AskPage { asf_id: id, asf: found.name, is_claim, form, errors, is_done: false })
}

/// Takes the request.
pub async fn take(visit: Visit, Id(id): Id, Form(form): Form<AskForm>) -> PageResult {
    let page = ask_page(&visit, id, form, Vec::new()).await?;
    let taken = match Email::parse(&page.form.email) {
        Ok(email) => join_requests::ask(&visit.app, AsfId(id), &email, &page.form.note, visit.language).await,
        Err(rejection) => Err(rejection.into()),
    };
    match taken {
        Ok(()) => visit.page("pages/join_requests/ask.html", AskPage { is_done: true, ..page }),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected("pages/join_requests/ask.html", AskPage { errors, ..page })
        }
        Err(error) => Err(error.into()),
    }
}

/// Lists what waits: for staff all, for an ASF its own.
pub async fn list(visit: Visit) -> PageResult {
    let part = visit.ledger_part()?;
    let waiting = join_requests::list(&visit.app, part).await?;
    let ids: Vec<AsfId> = waiting.iter().map(|request| AsfId(request.asf_id)).collect();
    let asfs = asf::list_by_ids(&visit.app.db, &ids).await?;
    let name = |id: i64| asfs.iter().find(|asf| asf.id.0 == id).map(|asf| asf.name.clone()).unwrap_or_default();
    let lines = waiting.into_iter().map(|request| RequestLine {
        id: request.id,
        asf_id: request.asf_id,
        asf: name(request.asf_id),
        email: request.email,
        note: request.note,
        at: request.created_at,
    });
    visit.page("pages/join_requests/list.html", RequestsPage { requests: lines.collect() })
}

/// The page that a decision is made on.
pub async fn back(visit: Visit) -> PageResult {
    visit.ledger_part()?;
    Ok(Redirect::to("/anslutningar").into_response())
}

/// Lets in or keeps out.
pub async fn decide(visit: Visit, Id(id): Id, Form(form): Form<DecideForm>) -> PageResult {
    let part = visit.ledger_part()?;
    let by = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let verdict = if form.svar == "ja" { Verdict::LetIn } else { Verdict::KeepOut };
    match join_requests::decide(&visit.app, by, id, verdict).await {
        Ok(()) | Err(service::Error::Conflict) => Ok(Redirect::to("/anslutningar").into_response()),
        // Whether others wait is no business of an ASF.
        Err(service::Error::NotFound) if part.is_some() => Err(PageError::Forbidden),
        Err(error) => Err(error.into()),
    }
}
