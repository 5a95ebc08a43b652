//! Signing in by a link or a typed code, and out. A known and an unknown address get the same answer.

use std::sync::Arc;

use axum::{
    Extension,
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse as _, Redirect},
};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{email::Email, rejection::Rejection, session, user::User},
    service::{self, sessions, sign_in},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Shared, Token},
        limits::Limits,
        visit::{FieldError, Visit, browser_cookie, browser_secret, field_errors, forget_session, session_cookie},
    },
};

/// What the two forms hold.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SignInForm {
    email: String,
    code: String,
}

#[derive(Serialize)]
struct SignInPage {
    form: SignInForm,
    errors: Vec<FieldError>,
}

/// Asks for the address.
pub async fn ask(visit: Visit) -> PageResult {
    visit.page("pages/sign_in/ask.html", SignInPage { form: SignInForm::default(), errors: Vec::new() })
}

/// Where addresses lead that only take forms.
pub async fn back_to_start() -> Redirect {
    Redirect::to("/logga-in")
}

/// Sends the link, if the address is known; the page does not say.
pub async fn send_link(
    visit: Visit,
    Extension(limits): Extension<Arc<Limits>>,
    Form(mut form): Form<SignInForm>,
) -> PageResult {
    let email = match Email::parse(&form.email) {
        Ok(email) => email,
        Err(rejection) => return again(&visit, "pages/sign_in/ask.html", form, rejection),
    };
    limits.take(email.as_str())?;
    let browser = sign_in::request_link(&visit.app, &email, visit.language).await?;
    form.email = email.to_string();
    let cookie = browser_cookie(&visit.app, browser.plain())?;
    let page = visit.page("pages/sign_in/sent.html", SignInPage { form, errors: Vec::new() })?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), page).into_response())
}

fn again(visit: &Visit, template: &str, form: SignInForm, rejection: Rejection) -> PageResult {
    let errors = field_errors(visit, &[rejection]);
    visit.rejected(template, SignInPage { form, errors })
}

#[derive(Serialize)]
struct LinkPage {
    action: String,
}

/// Shows the button that uses the link; changes nothing.
pub async fn show_link(visit: Visit, Token(token): Token) -> PageResult {
    if !sign_in::link_works(&visit.app, &token).await? {
        return Err(PageError::NotFound);
    }
    visit.page("pages/sign_in/confirm.html", LinkPage { action: format!("/logga-in/{token}") })
}

/// Uses the link and starts a session.
pub async fn redeem_link(visit: Visit, headers: HeaderMap, Token(token): Token) -> PageResult {
    let started = sign_in::redeem(&visit.app, &token, &device(&headers)).await?;
    signed_in(&visit.app, &started)
}

/// As [`redeem_link`], by the code in the mail; only in the browser that asked for it.
pub async fn redeem_code(visit: Visit, headers: HeaderMap, Form(form): Form<SignInForm>) -> PageResult {
    let wrong = |form: SignInForm| {
        let rejection = Rejection::new("code", "rejected-code", "");
        again(&visit, "pages/sign_in/sent.html", form, rejection)
    };
    let Some(browser) = browser_secret(&visit.app, &headers) else { return wrong(form) };
    let code: String = form.code.chars().filter(char::is_ascii_digit).collect();
    match sign_in::redeem_code(&visit.app, &browser, &code, &device(&headers)).await {
        Ok(started) => signed_in(&visit.app, &started),
        Err(service::Error::NotFound) => wrong(form),
        Err(error) => Err(error.into()),
    }
}

fn device(headers: &HeaderMap) -> String {
    session::device(headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default())
}

fn signed_in(app: &Shared, started: &sign_in::SignedIn) -> PageResult {
    let cookie = session_cookie(app, started.token.plain(), started.user.role)?;
    let to = if started.is_verified { home(&started.user) } else { "/logga-in/steg-2".to_owned() };
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(&to)).into_response())
}

/// The page that a user most likely came for.
pub(super) fn home(user: &User) -> String {
    match user.asf_id {
        _ if user.role.is_staff() => "/oversikt".to_owned(),
        Some(asf) => format!("/asf/{}", asf.0),
        None => "/behov".to_owned(),
    }
}

/// Ends the session.
pub async fn sign_out(visit: Visit) -> PageResult {
    if let Some(open) = &visit.open {
        sessions::end(&visit.app, open.user.id, open.session.id).await?;
    }
    let cookie = forget_session(&visit.app)?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/")).into_response())
}
