//! Keys of the API: made, shown once, taken back. For everybody who is signed in.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        api_token::{ApiToken, ApiTokenId, NewApiToken, SCOPES},
        user::User,
    },
    service::{self, api_tokens},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::{FieldError, Visit, field_errors},
    },
};

/// How long a key can live, in days, as the form offers it.
const DAYS: [i64; 4] = [7, 30, 90, 365];

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TokenForm {
    name: String,
    scopes: Vec<String>,
    days: String,
}

#[derive(Serialize)]
struct TokensPage {
    tokens: Vec<TokenLine>,
    scopes: [&'static str; SCOPES.len()],
    days: [i64; 4],
    form: TokenForm,
    errors: Vec<FieldError>,
    /// The key, just made; shown this once.
    made: Option<String>,
}

#[derive(Serialize)]
struct TokenLine {
    id: i64,
    name: String,
    scopes: String,
    expires_at: DateTime<Utc>,
    last_used_on: Option<NaiveDate>,
    is_live: bool,
}

/// Lists the user's keys, with a form for a new one.
pub async fn list(visit: Visit) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let form = TokenForm { days: "90".to_owned(), ..TokenForm::default() };
    let page = page(&visit, user, form, Vec::new(), None).await?;
    visit.page("pages/api_tokens/list.html", page)
}

async fn page(
    visit: &Visit,
    user: &User,
    form: TokenForm,
    errors: Vec<FieldError>,
    made: Option<String>,
) -> PageResult<TokensPage> {
    let now = visit.app.clock.now();
    let tokens = api_tokens::list(&visit.app, user.id).await?;
    let line = |token: ApiToken| TokenLine {
        id: token.id.0,
        scopes: token.scopes.words().join(", "),
        is_live: token.is_live(now),
        name: token.name,
        expires_at: token.expires_at,
        last_used_on: token.last_used_on,
    };
    Ok(TokensPage { tokens: tokens.into_iter().map(line).collect(), scopes: SCOPES, days: DAYS, form, errors, made })
}

/// Makes a key and shows it, or shows the form again with what is wrong.
pub async fn create(visit: Visit, Form(form): Form<TokenForm>) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let scopes = form.scopes.iter().map(String::as_str);
    let made = match NewApiToken::parse(&form.name, scopes, form.days.trim().parse().ok()) {
        Ok(new) => api_tokens::create(&visit.app, &visit.actor(), user.id, &new).await,
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match made {
        Ok(made) => {
            let form = TokenForm { days: "90".to_owned(), ..TokenForm::default() };
            let page = page(&visit, user, form, Vec::new(), Some(made.plain)).await?;
            visit.page("pages/api_tokens/list.html", page)
        }
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let page = page(&visit, user, form, errors, None).await?;
            visit.rejected("pages/api_tokens/list.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The page that a key is taken back on.
pub async fn back(visit: Visit) -> PageResult {
    visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    Ok(Redirect::to("/api/nycklar").into_response())
}

/// Takes a key back; again is the same.
pub async fn revoke(visit: Visit, Id(id): Id) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    match api_tokens::revoke(&visit.app, &visit.actor(), user.id, ApiTokenId(id)).await {
        Ok(()) | Err(service::Error::NotFound) => Ok(Redirect::to("/api/nycklar").into_response()),
        Err(error) => Err(error.into()),
    }
}
