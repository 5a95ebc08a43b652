//! Keys of telephones and computers: adding one, signing in with one, taking one away. These pages have the only
//! script of the site, since no browser gives out a key without one; the codes of an app need none.

use std::sync::Arc;

use axum::{
    Extension,
    http::{HeaderValue, header},
    response::{AppendHeaders, IntoResponse as _, Redirect, Response},
};
use serde::{Deserialize, Serialize};

use super::{second_factor::RecoveryPage, sign_in::home};
use crate::{
    domain::passkey::PasskeyId,
    service::{self, passkeys, second_factor::Verified, sessions::Open},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        limits::Limits,
        visit::{FieldError, Visit, field_errors, forget_session, session_cookie},
    },
};

/// The site's policy, and a script of its own.
const POLICY_WITH_SCRIPT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the key is to be called.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

/// What the browser answered, as its interface writes it (JSON).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    answer: String,
}

#[derive(Serialize)]
struct NamePage {
    form: NameForm,
    errors: Vec<FieldError>,
}

/// What the script asks the browser.
#[derive(Serialize)]
struct AskPage {
    kind: &'static str,
    asked: String,
    action: &'static str,
    errors: Vec<FieldError>,
}

/// Asks what the new key is to be called.
pub async fn ask_name(visit: Visit) -> PageResult {
    match adder(&visit).await? {
        Some(_) => visit.page("pages/passkeys/new.html", NamePage { form: NameForm::default(), errors: Vec::new() }),
        None => elsewhere(&visit),
    }
}

/// Asks the browser for a new key.
pub async fn begin_adding(visit: Visit, Form(form): Form<NameForm>) -> PageResult {
    let Some(open) = adder(&visit).await? else { return elsewhere(&visit) };
    match passkeys::begin_adding(&visit.app, &open, &form.name).await {
        Ok(asked) => ask_browser(&visit, "create", asked),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected("pages/passkeys/new.html", NamePage { form, errors })
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the new key.
pub async fn finish_adding(visit: Visit, Form(form): Form<AnswerForm>) -> PageResult {
    let Some(open) = adder(&visit).await? else { return elsewhere(&visit) };
    match passkeys::finish_adding(&visit.app, &open, &form.answer).await {
        Ok(Some(verified)) => onward(&visit, &open, verified),
        Ok(None) => Ok(Redirect::to("/konto?klart=passkey").into_response()),
        Err(error) => again(&visit, "create", error),
    }
}

/// Asks the browser for one of the visitor's keys.
pub async fn begin_showing(visit: Visit) -> PageResult {
    let Some(open) = visit.open.clone().filter(|open| !open.is_verified()) else { return elsewhere(&visit) };
    match passkeys::begin_showing(&visit.app, &open).await {
        Ok(asked) => ask_browser(&visit, "get", asked),
        Err(service::Error::NotFound) => elsewhere(&visit),
        Err(error) => Err(error.into()),
    }
}

/// Takes what the key signed.
pub async fn finish_showing(
    visit: Visit,
    Extension(limits): Extension<Arc<Limits>>,
    Form(form): Form<AnswerForm>,
) -> PageResult {
    let Some(open) = visit.open.clone().filter(|open| !open.is_verified()) else { return elsewhere(&visit) };
    limits.take(&format!("passkey:{}", open.user.id.0))?;
    match passkeys::finish_showing(&visit.app, &open, &form.answer).await {
        Ok(verified) => onward(&visit, &open, verified),
        Err(error) => again(&visit, "get", error),
    }
}

/// Where addresses lead that only take forms.
pub async fn back(visit: Visit) -> PageResult {
    elsewhere(&visit)
}

/// Takes a key away, and signs out everywhere.
pub async fn remove(visit: Visit, Id(id): Id) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    passkeys::remove(&visit.app, user, PasskeyId(id)).await?;
    let cookie = forget_session(&visit.app)?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/")).into_response())
}

/// The session, if its owner may add a key now.
async fn adder(visit: &Visit) -> PageResult<Option<Open>> {
    let Some(open) = visit.open.clone() else { return Ok(None) };
    let may = passkeys::are_offered(&visit.app) && passkeys::may_add(&visit.app, &open).await?;
    Ok(may.then_some(open))
}

/// To the step of signing in that comes next, or to the account of who is signed in.
fn elsewhere(visit: &Visit) -> PageResult {
    let to = match &visit.open {
        None => "/logga-in",
        Some(open) if open.is_verified() => "/konto",
        Some(_) => "/logga-in/steg-2",
    };
    Ok(Redirect::to(to).into_response())
}

fn ask_browser(visit: &Visit, kind: &'static str, asked: String) -> PageResult {
    with_script(visit.page("pages/passkeys/ask.html", ask_page(kind, asked, Vec::new()))?)
}

fn ask_page(kind: &'static str, asked: String, errors: Vec<FieldError>) -> AskPage {
    let action = if kind == "create" { "/logga-in/passkey/ny/klar" } else { "/logga-in/passkey/klar" };
    AskPage { kind, asked, action, errors }
}

/// The page without a question, saying what was wrong and where to begin again.
fn again(visit: &Visit, kind: &'static str, error: service::Error) -> PageResult {
    match error {
        service::Error::Rejected(rejections) => {
            let errors = field_errors(visit, &rejections);
            visit.rejected("pages/passkeys/ask.html", ask_page(kind, String::new(), errors))
        }
        other => Err(other.into()),
    }
}

fn with_script(mut response: Response) -> PageResult {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY_WITH_SCRIPT));
    Ok(response)
}

/// On to the page that one came for, or first to the codes on paper.
pub(super) fn onward(visit: &Visit, open: &Open, verified: Verified) -> PageResult {
    let cookie = verified.token.as_ref().map(|token| session_cookie(&visit.app, token.plain(), open.user.role));
    let set = AppendHeaders(cookie.transpose()?.map(|cookie| (header::SET_COOKIE, cookie)));
    let home = if open.is_verified() { "/konto".to_owned() } else { home(&open.user) };
    if verified.recovery_codes.is_empty() {
        return Ok((set, Redirect::to(&home)).into_response());
    }
    let page = RecoveryPage { codes: verified.recovery_codes, onward: home };
    Ok((set, visit.page("pages/second_factor/recovery.html", page)?).into_response())
}
