//! What a link in a mail asks the other party: is this entry right? Looking changes nothing.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    service::ledger,
    web::{error::PageResult, extract::Token, visit::Visit},
};

#[derive(Serialize)]
struct ConfirmPage {
    action: String,
    asf: String,
    kind: String,
    on: NaiveDate,
    amount_sek: Option<i64>,
    is_done: bool,
}

/// Shows the entry and the button.
pub async fn ask(visit: Visit, Token(token): Token) -> PageResult {
    let page = confirm_page(&visit, &token).await?;
    visit.page("pages/ledger/confirm.html", page)
}

/// The other party says that it is right.
pub async fn confirm(visit: Visit, Token(token): Token) -> PageResult {
    ledger::confirm(&visit.app, &token).await?;
    let page = ConfirmPage { is_done: true, ..confirm_page(&visit, &token).await? };
    visit.page("pages/ledger/confirm.html", page)
}

async fn confirm_page(visit: &Visit, token: &str) -> PageResult<ConfirmPage> {
    let (entry, asf) = ledger::find_by_token(&visit.app, token).await?;
    Ok(ConfirmPage {
        action: format!("/bekrafta-handelse/{token}"),
        asf: asf.name,
        kind: entry.told.fact.kind().replace('_', "-"),
        on: entry.told.occurred_on,
        amount_sek: ledger::amount_ore(&entry.told.fact).map(|ore| ore / 100),
        is_done: false,
    })
}
