//! Everything about me in one file, and being forgotten: one action each.

use axum::{
    http::{HeaderValue, header},
    response::{AppendHeaders, IntoResponse as _},
};
use serde::{Deserialize, Serialize};

use crate::{
    service::privacy,
    web::{
        error::{PageError, PageResult},
        extract::Form,
        visit::{FieldError, Visit, field_errors, forget_session},
    },
};

/// What one types to be sure.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ForgetForm {
    sure: String,
}

#[derive(Serialize)]
struct ForgetPage {
    email: String,
    errors: Vec<FieldError>,
}

#[derive(Serialize)]
struct ForgottenPage {}

/// Everything about the one who asks, as a file.
pub async fn extract(visit: Visit) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let all = privacy::extract(&visit.app, user).await?;
    let text = serde_json::to_string_pretty(&all).map_err(|error| PageError::Broken(error.into()))?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"mina-uppgifter.json\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Asks whether one is sure.
pub async fn ask(visit: Visit) -> PageResult {
    let page = forget_page(&visit, Vec::new())?;
    visit.page("pages/privacy/forget.html", page)
}

fn forget_page(visit: &Visit, errors: Vec<FieldError>) -> PageResult<ForgetPage> {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    Ok(ForgetPage { email: user.email.to_string(), errors })
}

/// Forgets the one who asks.
pub async fn forget(mut visit: Visit, Form(form): Form<ForgetForm>) -> PageResult {
    let user = visit.user.clone().ok_or(PageError::SignInFirst)?;
    if form.sure != "ja" {
        let rejection = crate::domain::rejection::Rejection::new("sure", "rejected-forget-sure", "");
        let page = forget_page(&visit, field_errors(&visit, &[rejection]))?;
        return visit.rejected("pages/privacy/forget.html", page);
    }
    privacy::forget(&visit.app, &user).await?;
    // The page that says so is already a stranger's.
    visit.user = None;
    let cookie = forget_session(&visit.app)?;
    let page = visit.page("pages/privacy/forgotten.html", ForgottenPage {})?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), page).into_response())
}
