//! `mail test`: one mail of a kind with sample data, sent now, to see what arrives.

use serde::Serialize;

use super::{Ended, arguments::Format, output};
use crate::{app::App, domain::language::Language, service::mail_previews};

#[derive(Serialize)]
struct Sent {
    sent: bool,
    message_id: String,
}

/// Sends it; what the mail server said is the error.
pub(super) async fn test(
    app: &App,
    address: &str,
    kind: &str,
    language: &str,
    format: Format,
) -> anyhow::Result<Ended> {
    let message_id = mail_previews::send_test_named(app, address, kind, Language::from_code(language)).await?;
    let place = if app.config.smtp_url.is_some() {
        "the mail server took it: look for it in the mailbox, also among the unwanted, and at what its headers \
         say of SPF, DKIM and DMARC"
            .to_owned()
    } else {
        format!("no mail server is set: it lies in {}", app.config.mailbox().display())
    };
    output::print(format, &Sent { sent: true, message_id }, || place)?;
    Ok(Ended::Done)
}
