//! The mailbox of staff: what was mailed to whom, and what it looks like.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect},
};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    service,
    store::outbox::{self, StoredMessage},
    web::{
        error::{PageError, PageResult},
        extract::Id,
        visit::Visit,
    },
};

/// Mails on the list.
const LATEST: u64 = 100;

/// Mails bring their styles along; their frame inherits the policy of the page around it.
pub(super) const POLICY_WITH_MAIL: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'";

#[derive(Serialize)]
struct MailboxPage {
    is_local: bool,
    messages: Vec<MessageLine>,
}

#[derive(Serialize)]
struct MessageLine {
    id: i64,
    subject: String,
    recipient: String,
    state: String,
    at: DateTime<Utc>,
}

/// Stops the weekly mail until the task about it is done.
pub async fn stop(visit: Visit) -> PageResult {
    let user = visit.staff()?;
    service::outbox::stop_weekly(&visit.app, &format!("user:{}", user.id.0), &visit.text("task-mail-stopped")).await?;
    Ok(Redirect::to("/uppgifter").into_response())
}

/// Lists the latest mails.
pub async fn list(visit: Visit) -> PageResult {
    visit.staff()?;
    let messages = outbox::list_latest(&visit.app.db, LATEST).await?;
    let page = MailboxPage {
        is_local: visit.app.config.smtp_url.is_none(),
        messages: messages.into_iter().map(line).collect(),
    };
    visit.page("pages/outbox/list.html", page)
}

fn line(message: StoredMessage) -> MessageLine {
    MessageLine {
        id: message.id,
        at: message.sent_at.unwrap_or(message.created_at),
        subject: message.subject,
        recipient: message.recipient,
        state: message.state,
    }
}

#[derive(Serialize)]
struct MessagePage {
    subject: String,
    recipient: String,
    state: String,
    at: DateTime<Utc>,
    last_error: Option<String>,
    html: String,
    text: String,
    links: Vec<String>,
}

/// Shows one mail as it was written.
pub async fn show(visit: Visit, Id(id): Id) -> PageResult {
    visit.staff()?;
    let message = outbox::find(&visit.app.db, id).await?.ok_or(PageError::NotFound)?;
    let page = MessagePage {
        at: message.sent_at.unwrap_or(message.created_at),
        links: links(&message.text),
        html: leading_out(&message.html),
        text: message.text,
        subject: message.subject,
        recipient: message.recipient,
        state: message.state,
        last_error: message.last_error,
    };
    let mut response = visit.page("pages/outbox/show.html", page)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY_WITH_MAIL));
    Ok(response)
}

/// Lets the links of a mail leave its frame.
pub(super) fn leading_out(html: &str) -> String {
    const TARGET: &str = "<base target=\"_top\">";
    match html.find("<head>") {
        Some(head) => {
            let (before, after) = html.split_at(head + "<head>".len());
            format!("{before}{TARGET}{after}")
        }
        None if html.is_empty() => String::new(),
        None => format!("{TARGET}{html}"),
    }
}

/// The addresses in a text, each once.
fn links(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "<>()\"".contains(c)) {
        let link = word.trim_end_matches(['.', ',']);
        if (link.starts_with("https://") || link.starts_with("http://")) && !links.iter().any(|known| known == link) {
            links.push(link.to_owned());
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_once_and_without_the_full_stop() {
        let text = "Svara: http://x.example/svar/1?svar=ja.\n<http://x.example/svar/1?svar=ja> och javascript:1";
        assert_eq!(links(text), ["http://x.example/svar/1?svar=ja"]);
    }

    #[test]
    fn links_of_a_mail_open_outside_its_frame() {
        assert_eq!(leading_out("<html><head></head>"), "<html><head><base target=\"_top\"></head>");
        assert_eq!(leading_out(""), "");
    }
}
