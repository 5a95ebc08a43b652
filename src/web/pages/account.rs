//! One's own account: where one is signed in, the second step, and colleagues.

use axum::{
    http::header,
    response::{AppendHeaders, IntoResponse as _, Redirect},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::second_factor::RecoveryPage;
use crate::{
    domain::{email::Email, session::SessionId, user::User},
    service::{self, passkeys, second_factor, sessions, users as service_users},
    store::users,
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query},
        visit::{FieldError, Visit, field_errors, forget_session},
    },
};

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    klart: String,
}

/// Whom to invite.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ColleagueForm {
    email: String,
}

#[derive(Serialize)]
struct AccountPage {
    email: String,
    role: &'static str,
    sessions: Vec<SessionLine>,
    has_app: bool,
    offers_passkeys: bool,
    passkeys: Vec<PasskeyLine>,
    is_ruled: bool,
    codes_left: u64,
    may_invite: bool,
    colleagues: Vec<String>,
    form: ColleagueForm,
    errors: Vec<FieldError>,
    done: String,
}

#[derive(Serialize)]
struct PasskeyLine {
    id: i64,
    name: String,
    created_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct SessionLine {
    id: i64,
    device: String,
    since: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    is_this: bool,
}

/// Shows the account.
pub async fn show(visit: Visit, Query(done): Query<Done>) -> PageResult {
    let done =
        if matches!(done.klart.as_str(), "inbjuden" | "avslutad" | "passkey") { done.klart } else { String::new() };
    let page = account_page(&visit, ColleagueForm::default(), Vec::new(), done).await?;
    visit.page("pages/account/show.html", page)
}

/// Where addresses lead that only take forms.
pub async fn back() -> Redirect {
    Redirect::to("/konto")
}

fn user(visit: &Visit) -> PageResult<&User> {
    visit.user.as_ref().ok_or(PageError::SignInFirst)
}

async fn account_page(
    visit: &Visit,
    form: ColleagueForm,
    errors: Vec<FieldError>,
    done: String,
) -> PageResult<AccountPage> {
    let user = user(visit)?;
    let here = visit.open.as_ref().map(|open| open.session.id);
    let held = second_factor::held(&visit.app, user).await?;
    let sessions = sessions::list(&visit.app, user).await?;
    let colleagues = users::list_colleagues(&visit.app.db, user.asf_id, user.buyer_id).await?;
    Ok(AccountPage {
        email: user.email.to_string(),
        role: user.role.as_str(),
        sessions: sessions
            .into_iter()
            .map(|session| SessionLine {
                id: session.id.0,
                is_this: Some(session.id) == here,
                device: session.device,
                since: session.created_at,
                seen_at: session.seen_at,
            })
            .collect(),
        has_app: held.has_app(),
        offers_passkeys: passkeys::are_offered(&visit.app),
        passkeys: passkeys::list(&visit.app, user.id)
            .await?
            .into_iter()
            .map(|key| PasskeyLine { id: key.id.0, name: key.name, created_at: key.created_at, used_at: key.used_at })
            .collect(),
        is_ruled: held.is_ruled,
        codes_left: held.codes_left,
        may_invite: user.asf_id.is_some() || user.buyer_id.is_some(),
        colleagues: colleagues
            .iter()
            .filter(|other| other.id != user.id)
            .map(|other| other.email.to_string())
            .collect(),
        form,
        errors,
        done,
    })
}

/// Ends one session.
pub async fn end_session(visit: Visit, Id(id): Id) -> PageResult {
    sessions::end(&visit.app, user(&visit)?.id, SessionId(id)).await?;
    Ok(Redirect::to("/konto?klart=avslutad").into_response())
}

/// Ends every session, this one too.
pub async fn end_all(visit: Visit) -> PageResult {
    sessions::end_all(&visit.app, user(&visit)?.id).await?;
    signed_out(&visit)
}

/// Takes the way to connecting an app.
pub async fn choose_app(visit: Visit) -> PageResult {
    second_factor::choose(&visit.app, user(&visit)?.id).await?;
    Ok(Redirect::to("/logga-in/koppla").into_response())
}

/// Takes the app away; one that the role asks for is connected anew at the next sign-in.
pub async fn remove_app(visit: Visit) -> PageResult {
    second_factor::remove(&visit.app, &visit.actor(), user(&visit)?.id).await?;
    signed_out(&visit)
}

fn signed_out(visit: &Visit) -> PageResult {
    let cookie = forget_session(&visit.app)?;
    let set = AppendHeaders([(header::SET_COOKIE, cookie)]);
    Ok((set, Redirect::to("/")).into_response())
}

/// Shows new codes to keep on paper.
pub async fn renew_codes(visit: Visit) -> PageResult {
    match second_factor::renew_codes(&visit.app, user(&visit)?.id).await {
        Ok(codes) => {
            let page = RecoveryPage { codes, onward: "/konto".to_owned() };
            visit.page("pages/second_factor/recovery.html", page)
        }
        Err(service::Error::NotFound) => Ok(Redirect::to("/konto").into_response()),
        Err(error) => Err(error.into()),
    }
}

/// Invites somebody to the same organisation.
pub async fn invite_colleague(visit: Visit, Form(form): Form<ColleagueForm>) -> PageResult {
    let by = user(&visit)?;
    let invited = match Email::parse(&form.email) {
        Ok(email) => service_users::invite_colleague(&visit.app, by, email, visit.language).await.map(|_| ()),
        Err(rejection) => Err(rejection.into()),
    };
    match invited {
        Ok(()) => Ok(Redirect::to("/konto?klart=inbjuden").into_response()),
        Err(service::Error::NotFound) => Ok(Redirect::to("/konto").into_response()),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let page = account_page(&visit, form, errors, String::new()).await?;
            visit.rejected("pages/account/show.html", page)
        }
        Err(error) => Err(error.into()),
    }
}
