//! The second step of signing in: a code from an app, and connecting the app the first time. Works without
//! JavaScript: the picture is drawn here, and the secret stands beside it to be typed.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    Extension,
    response::{IntoResponse as _, Redirect},
};
use serde::{Deserialize, Serialize};

use super::passkeys::onward;
use crate::{
    domain::rejection::Rejection,
    service::{self, passkeys, second_factor, sessions::Open},
    web::{
        error::{PageError, PageResult},
        extract::Form,
        limits::Limits,
        visit::{FieldError, Visit, field_errors},
    },
};

/// The code as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
}

#[derive(Serialize)]
struct VerifyPage {
    has_app: bool,
    has_passkey: bool,
    form: CodeForm,
    errors: Vec<FieldError>,
}

#[derive(Serialize)]
struct ConnectPage {
    picture: Picture,
    secret: String,
    account: String,
    is_ruled: bool,
    offers_passkeys: bool,
    form: CodeForm,
    errors: Vec<FieldError>,
}

/// A square picture as the path of an SVG.
#[derive(Serialize)]
struct Picture {
    size: usize,
    path: String,
}

#[derive(Serialize)]
pub(super) struct RecoveryPage {
    pub(super) codes: Vec<String>,
    pub(super) onward: String,
}

/// Asks for a code.
pub async fn ask(visit: Visit) -> PageResult {
    let Some(open) = lacking(&visit) else { return to_first_step() };
    let held = second_factor::held(&visit.app, &open.user).await?;
    if !held.has_any() {
        return Ok(Redirect::to("/logga-in/koppla").into_response());
    }
    visit.page("pages/second_factor/verify.html", verify_page(&visit, &held, Vec::new()))
}

/// The form without what was typed: a wrong code is of no use to anybody.
fn verify_page(visit: &Visit, held: &second_factor::Held, errors: Vec<FieldError>) -> VerifyPage {
    let has_passkey = held.passkeys > 0 && passkeys::are_offered(&visit.app);
    VerifyPage { has_app: held.has_app(), has_passkey, form: CodeForm::default(), errors }
}

/// Takes the code of the app or one kept on paper.
pub async fn verify(visit: Visit, Extension(limits): Extension<Arc<Limits>>, Form(form): Form<CodeForm>) -> PageResult {
    let Some(open) = lacking(&visit).cloned() else { return to_first_step() };
    limits.take(&format!("factor:{}", open.user.id.0))?;
    match second_factor::verify(&visit.app, &open, &form.code).await {
        Ok(verified) => onward(&visit, &open, verified),
        Err(service::Error::NotFound) => to_first_step(),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let held = second_factor::held(&visit.app, &open.user).await?;
            visit.rejected("pages/second_factor/verify.html", verify_page(&visit, &held, errors))
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows the secret that the app is to have. It was made when somebody signed in or asked for it.
pub async fn show_secret(visit: Visit) -> PageResult {
    let Some(open) = visit.open.clone() else { return to_first_step() };
    match connect_page(&visit, &open, Vec::new()).await? {
        Some(page) => visit.page("pages/second_factor/connect.html", page),
        None => Ok(Redirect::to("/logga-in/steg-2").into_response()),
    }
}

/// Takes the first code of the app, and shows the codes to keep on paper.
pub async fn connect(
    visit: Visit,
    Extension(limits): Extension<Arc<Limits>>,
    Form(form): Form<CodeForm>,
) -> PageResult {
    let Some(open) = visit.open.clone() else { return to_first_step() };
    if connect_page(&visit, &open, Vec::new()).await?.is_none() {
        return Ok(Redirect::to("/logga-in/steg-2").into_response());
    }
    limits.take(&format!("factor:{}", open.user.id.0))?;
    match second_factor::verify(&visit.app, &open, &form.code).await {
        Ok(verified) => onward(&visit, &open, verified),
        Err(service::Error::NotFound) => to_first_step(),
        Err(service::Error::Rejected(_)) => {
            let errors = field_errors(&visit, &[Rejection::new("code", "rejected-factor-code", "")]);
            let page = connect_page(&visit, &open, errors).await?.ok_or(PageError::NotFound)?;
            visit.rejected("pages/second_factor/connect.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The session that still lacks a factor.
fn lacking(visit: &Visit) -> Option<&Open> {
    visit.open.as_ref().filter(|open| !open.is_verified())
}

fn to_first_step() -> PageResult {
    Ok(Redirect::to("/logga-in").into_response())
}

/// The page while the app is not known to have the secret.
async fn connect_page(visit: &Visit, open: &Open, errors: Vec<FieldError>) -> PageResult<Option<ConnectPage>> {
    let held = second_factor::held(&visit.app, &open.user).await?;
    // Who has a key shows it first; otherwise whoever reads their mail could connect an app.
    if held.passkeys > 0 && !open.is_verified() {
        return Ok(None);
    }
    let Some(factor) = held.factor.filter(|factor| !factor.is_confirmed) else { return Ok(None) };
    let account = open.user.email.to_string();
    Ok(Some(ConnectPage {
        picture: picture(&factor.uri(&visit.app.config.service_name, &account)).map_err(PageError::Broken)?,
        secret: factor.grouped(),
        account,
        is_ruled: held.is_ruled,
        offers_passkeys: passkeys::are_offered(&visit.app),
        form: CodeForm::default(),
        errors,
    }))
}

/// Draws a QR code: one square of the path for each dark module, with the quiet zone that readers need
/// (ISO/IEC 18004: four modules).
fn picture(text: &str) -> anyhow::Result<Picture> {
    const QUIET: usize = 4;
    let code = qrcode::QrCode::new(text.as_bytes())?;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == qrcode::Color::Dark {
            write!(path, "M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET)?;
        }
    }
    Ok(Picture { size: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_three_corners_that_readers_look_for() {
        let drawn = picture("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ").unwrap();
        let far = drawn.size - 4 - 7;
        for (x, y) in [(4, 4), (far, 4), (4, far)] {
            for step in 0..7 {
                assert!(drawn.path.contains(&format!("M{} {y}h1", x + step)), "{x} {y} {step}");
                assert!(drawn.path.contains(&format!("M{x} {}h1", y + step)), "{x} {y} {step}");
            }
            assert!(!drawn.path.contains(&format!("M{} {}h1", x + 1, y + 1)));
        }
    }
}
