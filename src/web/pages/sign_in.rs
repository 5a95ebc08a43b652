//! Signing in by a link or a typed code, and out. A known and an unknown address get the same answer.

use axum::{
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse as _, Redirect},
};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{email::Email, rejection::Rejection, user::User},
    service::{self, secrets::Secret, sign_in},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Shared, Token},
        visit::{FieldError, Visit, field_errors, forget_session, session_cookie, session_token},
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
pub async fn send_link(visit: Visit, Form(mut form): Form<SignInForm>) -> PageResult {
    let email = match Email::parse(&form.email) {
        Ok(email) => email,
        Err(rejection) => return again(&visit, "pages/sign_in/ask.html", form, rejection),
    };
    sign_in::request_link(&visit.app, &email, visit.language).await?;
    form.email = email.to_string();
    visit.page("pages/sign_in/sent.html", SignInPage { form, errors: Vec::new() })
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
pub async fn redeem_link(visit: Visit, Token(token): Token) -> PageResult {
    let session = sign_in::redeem(&visit.app, &token).await?;
    signed_in(&visit.app, &session).await
}

/// As [`redeem_link`], by the code in the mail.
pub async fn redeem_code(visit: Visit, Form(form): Form<SignInForm>) -> PageResult {
    let wrong = |form: SignInForm| {
        let rejection = Rejection::new("code", "rejected-code", "");
        again(&visit, "pages/sign_in/sent.html", form, rejection)
    };
    let Ok(email) = Email::parse(&form.email) else { return wrong(form) };
    let code: String = form.code.chars().filter(char::is_ascii_digit).collect();
    match sign_in::redeem_code(&visit.app, &email, &code).await {
        Ok(session) => signed_in(&visit.app, &session).await,
        Err(service::Error::NotFound) => wrong(form),
        Err(error) => Err(error.into()),
    }
}

async fn signed_in(app: &Shared, session: &Secret) -> PageResult {
    let user = sign_in::user_of_session(app, session.plain()).await?;
    let cookie = session_cookie(app, session.plain())?;
    let home = user.map_or_else(|| "/".to_owned(), |user| home(&user));
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(&home)).into_response())
}

/// The page that a user most likely came for.
fn home(user: &User) -> String {
    match user.asf_id {
        _ if user.role.is_staff() => "/oversikt".to_owned(),
        Some(asf) => format!("/asf/{}", asf.0),
        None => "/behov".to_owned(),
    }
}

/// Ends the session.
pub async fn sign_out(visit: Visit, headers: HeaderMap) -> PageResult {
    if let Some(token) = session_token(&visit.app, &headers) {
        sign_in::sign_out(&visit.app, &token).await?;
    }
    let cookie = forget_session(&visit.app)?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/")).into_response())
}
