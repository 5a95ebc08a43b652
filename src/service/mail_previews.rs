//! Every kind of mail with sample data, for staff to look at and for an operator to send to oneself.

use anyhow::Context as _;

use super::{
    Result, outbox,
    secrets::{self, Secret},
};
use crate::{
    app::App,
    domain::{email::Email, language::Language},
    mail::{
        ListHeaders, MessageKind, Rendered,
        mailer::{Phase, PhaseRefused, Progress},
        samples,
    },
};

/// A kind of mail as it would look, with the templates that are in use.
///
/// # Errors
/// When a template is wrong.
pub fn preview(app: &App, kind: MessageKind, language: Language) -> Result<Rendered> {
    let sender = outbox::sender(&app.config);
    Ok(samples::render(&app.words, language, kind, &sender, app.clock.now()).map_err(anyhow::Error::new)?)
}

/// Sends a kind of mail with sample data at once, signed and with all its headers. It is not kept.
///
/// # Errors
/// What the mail server said, when it does not take the mail.
pub async fn send_test(app: &App, to: &Email, kind: MessageKind, language: Language) -> Result<String> {
    let mut rendered = preview(app, kind, language)?;
    let subject = ("subject", crate::words::fluent::FluentArg::Text(rendered.subject));
    rendered.subject = app.words.text(language, "mail-test-subject", &[subject]);
    let stop = Secret::random();
    let list = (kind == MessageKind::WeeklyDigest).then(|| ListHeaders {
        list_id: outbox::list_id(&app.config),
        unsubscribe_url: format!("{}/avanmalan/{}", app.config.base_url(), stop.plain()),
        unsubscribe_mailto: outbox::unsubscribe_mailto(&app.config, stop.plain()),
    });
    let letter = outbox::Letter {
        dedupe_key: format!("test:{}", secrets::short()),
        kind,
        to: to.clone(),
        language,
        rendered,
        list,
        asf: None,
    };
    let message = outbox::write(app, letter, app.clock.now())?;
    let sent = app.mailer.send(to, &message.return_path, &message.raw, &mut Unkept).await;
    app.mailer.hang_up().await;
    sent.map_err(|failure| anyhow::anyhow!("{failure}")).context("the mail was not taken")?;
    Ok(message.message_id)
}

/// Nothing is kept of a mail that its sender waits for: whoever sees it fail sends it again.
struct Unkept;

impl Progress for Unkept {
    async fn reached(&mut self, _phase: Phase) -> std::result::Result<(), PhaseRefused> {
        Ok(())
    }
}

/// Every kind of mail, as it is written.
pub fn kinds() -> Vec<&'static str> {
    MessageKind::ALL.iter().map(|kind| kind.as_str()).collect()
}

/// A kind of mail by its written name.
///
/// # Errors
/// `Rejected` when there is no such kind; otherwise when a template is wrong.
pub fn preview_named(app: &App, kind: &str, language: Language) -> Result<Rendered> {
    preview(app, MessageKind::parse(kind)?, language)
}

/// Sends a kind of mail by its written name; see [`send_test`].
///
/// # Errors
/// `Rejected` when there is no such kind or the address is none; otherwise as [`send_test`].
pub async fn send_test_named(app: &App, to: &str, kind: &str, language: Language) -> Result<String> {
    send_test(app, &Email::parse(to)?, MessageKind::parse(kind)?, language).await
}
