//! Stopping the weekly mail: by the reader's button, or by the mail provider for the reader
//! (RFC 8058: no cookie, no redirect, any body, again and again the same).

use serde::Serialize;

use crate::{
    service::unsubscribe,
    web::{error::PageResult, extract::Token, visit::Visit},
};

#[derive(Serialize)]
struct UnsubscribePage {
    name: String,
    action: String,
}

/// Asks whether the mail should stop; changes nothing.
pub async fn ask(visit: Visit, Token(token): Token) -> PageResult {
    let asf = unsubscribe::find(&visit.app, &token).await?;
    let page = UnsubscribePage { name: asf.name, action: format!("/avanmalan/{token}") };
    visit.page("pages/unsubscribe/show.html", page)
}

/// Stops the mail. The body is not read: holding the link is enough.
pub async fn confirm(visit: Visit, Token(token): Token) -> PageResult {
    unsubscribe::confirm(&visit.app, &token).await?;
    visit.page("pages/unsubscribe/done.html", ())
}
