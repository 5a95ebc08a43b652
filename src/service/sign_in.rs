//! Signing in by a link or a typed code in a mail.

use chrono::Duration;

use super::{Error, Result, outbox, second_factor, secrets, sessions};
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
        Tx, asf, audit, buyers, connection, tokens,
        tokens::{NewToken, Purpose, Subject, TypedCode},
        users,
    },
};

/// A sign-in link works this long (OWASP ASVS 5.0, 6.5.5: at most ten minutes).
pub const LINK_LASTS: Duration = Duration::minutes(10);

/// Mails a link to a user. An unknown address gets no mail, and the caller cannot tell: the answer is the
/// same, and so is the work, but for the row of the outbox. Answers the secret that the browser keeps; the
/// code in the mail can be typed nowhere else.
///
/// # Errors
/// When the database does not answer.
pub async fn request_link(app: &App, email: &Email, language: Language) -> Result<secrets::Secret> {
    let now = app.clock.now();
    let browser = secrets::Secret::random();
    let tx = connection::begin(&app.db).await?;
    tokens::delete_old_sign_ins(&tx, now - Duration::days(1)).await?;
    let user = user_for(app, &tx, email).await?.filter(|user| user.suspended_at.is_none());
    let (secret, code) = issue(app, &tx, user.as_ref().map(|user| user.id), &browser).await?;
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
    if user.is_some() {
        outbox::queue(app, &tx, letter, now).await?;
    }
    tx.commit().await?;
    Ok(browser)
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

/// Stores a link; one without a user opens nothing.
async fn issue(
    app: &App,
    tx: &Tx,
    user: Option<UserId>,
    browser: &secrets::Secret,
) -> Result<(secrets::Secret, String)> {
    let now = app.clock.now();
    let (secret, code) = (secrets::Secret::random(), secrets::typed_code());
    let token = NewToken {
        hash: secrets::hash(secret.plain()),
        code: Some(TypedCode { hash: secrets::hash(&code), browser_hash: secrets::hash(browser.plain()) }),
        purpose: Purpose::SignIn,
        subject: Subject { user_id: user.map(|id| id.0), ..Subject::default() },
        expires_at: now + LINK_LASTS,
    };
    tokens::insert(tx, &token, now).await?;
    Ok((secret, code))
}

/// A one-time link for a user, made now if new and given the role if it had another: what the command
/// line prints.
///
/// # Errors
/// When the database does not answer.
pub async fn link_for(app: &App, email: &Email, role: Role) -> Result<String> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let buys = matches!(role, Role::Buyer | Role::Procurer);
    let own_asf = asf::find_by_email(&tx, email).await?.map(|asf| asf.id).filter(|_| role == Role::Asf);
    let own_buyer = buyers::find_by_email(&tx, email).await?.map(|buyer| buyer.id).filter(|_| buys);
    let id = match users::find_by_email(&tx, email).await? {
        Some(user) => {
            if user.role != role {
                let buyer = own_buyer.or(user.buyer_id.filter(|_| buys));
                super::users::give_role(&tx, super::users::COMMAND_LINE, &user, role, own_asf, buyer, now).await?;
            }
            if user.suspended_at.is_some() {
                super::users::let_in(&tx, super::users::COMMAND_LINE, user.id, now).await?;
            }
            user.id
        }
        None => {
            let id = users::insert(&tx, email, role, own_asf, own_buyer, now).await?;
            audit::insert(&tx, now, super::users::COMMAND_LINE, "add", "user", id.0, role.as_str()).await?;
            id
        }
    };
    let (secret, _) = issue(app, &tx, Some(id), &secrets::Secret::random()).await?;
    tx.commit().await?;
    Ok(format!("{}/logga-in/{}", app.config.base_url(), secret.plain()))
}

/// Whether a sign-in link still works. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn link_works(app: &App, token: &str) -> Result<bool> {
    let subject = tokens::find(&app.db, Purpose::SignIn, &secrets::hash(token), app.clock.now()).await?;
    Ok(subject.is_some_and(|subject| subject.user_id.is_some()))
}

/// A session that has just begun.
pub struct SignedIn {
    /// The cookie's token.
    pub token: secrets::Secret,
    /// Whose it is.
    pub user: User,
    /// Whether a second factor is still missing.
    pub is_verified: bool,
}

/// Uses a link up and starts a session on a device.
///
/// # Errors
/// `NotFound` when the link is unknown, too old or used, or its user is shut out.
pub async fn redeem(app: &App, token: &str, device: &str) -> Result<SignedIn> {
    redeem_hash(app, &secrets::hash(token), device).await
}

/// As [`redeem`], by the code that was typed in the browser that asked for the mail.
///
/// # Errors
/// `NotFound` when they do not belong together, or the code is too old or used.
pub async fn redeem_code(app: &App, browser: &str, code: &str, device: &str) -> Result<SignedIn> {
    let tx = connection::begin(&app.db).await?;
    let hashes = (secrets::hash(browser), secrets::hash(code.trim()));
    let found = tokens::try_code(&tx, &hashes.0, &hashes.1, app.clock.now()).await?;
    // A wrong try is counted whatever follows.
    tx.commit().await?;
    redeem_hash(app, &found.ok_or(Error::NotFound)?, device).await
}

async fn redeem_hash(app: &App, hash: &str, device: &str) -> Result<SignedIn> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let subject = tokens::consume(&tx, Purpose::SignIn, hash, now).await?.ok_or(Error::NotFound)?;
    let user = users::find(&tx, UserId(subject.user_id.ok_or(Error::NotFound)?)).await?;
    let user = user.filter(|user| user.suspended_at.is_none()).ok_or(Error::NotFound)?;
    let is_verified = !sessions::must_verify(app, &tx, &user).await?;
    if !is_verified {
        second_factor::prepare(app, &tx, user.id).await?;
    }
    let token = sessions::begin(app, &tx, &user, device, is_verified.then_some(now)).await?;
    audit::insert(&tx, now, &format!("user:{}", user.id.0), "sign_in", "user", user.id.0, "").await?;
    tx.commit().await?;
    Ok(SignedIn { token, user, is_verified })
}

/// Who a session belongs to, when all factors were given.
///
/// # Errors
/// When the database does not answer.
pub async fn user_of_session(app: &App, token: &str) -> Result<Option<User>> {
    let open = sessions::find(app, token).await?;
    Ok(open.filter(sessions::Open::is_verified).map(|open| open.user))
}
