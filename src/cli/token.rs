//! The operator's command for keys of the API: `token add`.

use serde::Serialize;

use super::{Ended, arguments::Format, output};
use crate::{
    app::App,
    domain::{api_token::NewApiToken, email::Email},
    service::api_tokens,
    store::users,
};

#[derive(Serialize)]
struct Added<'a> {
    email: &'a str,
    scopes: &'a [&'static str],
    expires_at: chrono::DateTime<chrono::Utc>,
    key: &'a str,
}

/// `token add`.
pub(super) async fn add(
    app: &App,
    email: &str,
    (name, scopes, days): (&str, &[String], i64),
    format: Format,
) -> anyhow::Result<Ended> {
    let email = Email::parse(email)?;
    let new = NewApiToken::parse(name, scopes.iter().map(String::as_str), Some(days));
    let new =
        new.map_err(|wrong| anyhow::anyhow!(wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
    let user = users::find_by_email(&app.db, &email).await?;
    let user = user.ok_or_else(|| anyhow::anyhow!("{email} is no user; add it with: samhandla user add"))?;
    let made = api_tokens::create(app, "operator", user.id, &new).await?;
    let added = Added {
        email: email.as_str(),
        scopes: made.token.scopes.words(),
        expires_at: made.token.expires_at,
        key: &made.plain,
    };
    output::print(format, &added, || made.plain.clone())?;
    Ok(Ended::Done)
}
