//! Signing in by a link or a typed code in a mail; sessions of browsers.

use chrono::Duration;

use super::{Error, Result, outbox, secrets};
use crate::{
    app::App,
    domain::{
        asf::Asf,
        buyer::{Buyer, BuyerKind},
        email::Email,
        language::Language,
        user::{Role, User, UserId},
    },
    mail::{MessageKind, sign_in},
    store::{
        Tx, asf, buyers, connection, tokens,
        tokens::{NewToken, Purpose, Subject},
        users,
    },
};

/// A sign-in link works this long (OWASP ASVS 5.0, 6.5.5: at most ten minutes).
pub const LINK_LASTS: Duration = Duration::minutes(10);
/// A session lasts this long at most.
pub const SESSION_LASTS: Duration = Duration::days(30);

/// Mails a link to a user. An unknown address gets no mail, and the caller cannot tell.
///
/// # Errors
/// When the database does not answer.
pub async fn request_link(app: &App, email: &Email, language: Language) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    let Some(user) = user_for(app, &tx, email).await? else { return Ok(()) };
    let (secret, code) = issue(app, &tx, user.id).await?;
    let mail = sign_in::SignIn {
        url: format!("{}/logga-in/{}", app.config.base_url(), secret.plain()),
        code,
        minutes: LINK_LASTS.num_minutes(),
        sender: outbox::sender(&app.config),
    };
    let rendered = sign_in::render(&app.words, language, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("sign-in:{}", secrets::hash(secret.plain())),
        kind: MessageKind::SignIn,
        to: email.clone(),
        language,
        rendered,
        list: None,
        asf: None,
    };
    outbox::queue(app, &tx, letter, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// A user, or one made now for the address that an ASF or a buyer gave as its own.
async fn user_for(app: &App, tx: &Tx, email: &Email) -> Result<Option<User>> {
    if let Some(user) = users::find_by_email(tx, email).await? {
        return Ok(Some(user));
    }
    let now = app.clock.now();
    if let Some(Asf { id, .. }) = asf::find_by_email(tx, email).await? {
        users::insert(tx, email, Role::Asf, Some(id), None, now).await?;
    } else if let Some(Buyer { id, kind, .. }) = buyers::find_by_email(tx, email).await? {
        let role = if kind == BuyerKind::Public { Role::Procurer } else { Role::Buyer };
        users::insert(tx, email, role, None, Some(id), now).await?;
    }
    Ok(users::find_by_email(tx, email).await?)
}

async fn issue(app: &App, tx: &Tx, user: UserId) -> Result<(secrets::Secret, String)> {
    let now = app.clock.now();
    let (secret, code) = (secrets::Secret::random(), secrets::typed_code());
    let token = NewToken {
        hash: secrets::hash(secret.plain()),
        code_hash: Some(secrets::hash(&code)),
        purpose: Purpose::SignIn,
        subject: Subject { user_id: Some(user.0), ..Subject::default() },
        expires_at: now + LINK_LASTS,
    };
    tokens::insert(tx, &token, now).await?;
    Ok((secret, code))
}

/// A one-time link for a user, made now if new: what the command line prints.
///
/// # Errors
/// When the database does not answer.
pub async fn link_for(app: &App, email: &Email, role: Role) -> Result<String> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let id = match users::find_by_email(&tx, email).await? {
        Some(user) => user.id,
        None => {
            let asf = asf::find_by_email(&tx, email).await?.map(|asf| asf.id).filter(|_| role == Role::Asf);
            users::insert(&tx, email, role, asf, None, now).await?
        }
    };
    let (secret, _) = issue(app, &tx, id).await?;
    tx.commit().await?;
    Ok(format!("{}/logga-in/{}", app.config.base_url(), secret.plain()))
}

/// Whether a sign-in link still works. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn link_works(app: &App, token: &str) -> Result<bool> {
    let subject = tokens::find(&app.db, Purpose::SignIn, &secrets::hash(token), app.clock.now()).await?;
    Ok(subject.is_some())
}

/// Uses a link up and starts a session; answers the cookie's token.
///
/// # Errors
/// `NotFound` when the link is unknown, too old or used.
pub async fn redeem(app: &App, token: &str) -> Result<secrets::Secret> {
    redeem_hash(app, &secrets::hash(token)).await
}

/// As [`redeem`], by the address and the code that was typed.
///
/// # Errors
/// `NotFound` when they do not belong together, or the code is too old or used.
pub async fn redeem_code(app: &App, email: &Email, code: &str) -> Result<secrets::Secret> {
    let user = users::find_by_email(&app.db, email).await?.ok_or(Error::NotFound)?;
    let tx = connection::begin(&app.db).await?;
    let found = tokens::try_code(&tx, user.id.0, &secrets::hash(code.trim()), app.clock.now()).await?;
    // A wrong try is counted whatever follows.
    tx.commit().await?;
    redeem_hash(app, &found.ok_or(Error::NotFound)?).await
}

async fn redeem_hash(app: &App, hash: &str) -> Result<secrets::Secret> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let subject = tokens::consume(&tx, Purpose::SignIn, hash, now).await?.ok_or(Error::NotFound)?;
    let user = subject.user_id.ok_or(Error::NotFound)?;
    let session = secrets::Secret::random();
    tokens::insert_session(&tx, &secrets::hash(session.plain()), user, now, now + SESSION_LASTS).await?;
    tx.commit().await?;
    Ok(session)
}

/// Who a session belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn user_of_session(app: &App, token: &str) -> Result<Option<User>> {
    let id = tokens::find_session(&app.db, &secrets::hash(token), app.clock.now()).await?;
    match id {
        Some(id) => Ok(users::find(&app.db, UserId(id)).await?),
        None => Ok(None),
    }
}

/// Ends a session.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    tokens::delete_session(&tx, &secrets::hash(token)).await?;
    tx.commit().await?;
    Ok(())
}
