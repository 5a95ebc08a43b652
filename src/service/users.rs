//! Users as staff and colleagues see them: invited, given another role, shut out and let in again.

use chrono::{DateTime, Utc};

use super::{Error, Result, outbox};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        buyer::BuyerId,
        email::Email,
        language::Language,
        rejection::Rejection,
        user::{Role, User, UserId},
    },
    mail::{MessageKind, invitation},
    store::{Tx, asf, audit, buyers, connection, passkeys, second_factors, sessions, users},
};

/// Who acts from the command line, as the audit names it.
pub const COMMAND_LINE: &str = "command";

/// Somebody about to be invited.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Where the mail goes.
    pub email: Email,
    /// What they may see and do.
    pub role: Role,
    /// The ASF they work at.
    pub asf: Option<AsfId>,
    /// The buyer they buy for.
    pub buyer: Option<BuyerId>,
    /// Language of the mail.
    pub language: Language,
}

/// Makes a user and mails the way in. The link leads to the sign-in page, so that nothing in the mail is
/// a key.
///
/// # Errors
/// `rejected-user-known` when the address is a user already; `rejected-user-operator` when somebody else
/// than an operator makes one.
pub async fn invite(app: &App, by: &User, new: &Invitation) -> Result<UserId> {
    may_give(by, new.role)?;
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    if users::find_by_email(&tx, &new.email).await?.is_some() {
        return Err(Rejection::new("email", "rejected-user-known", new.email.as_str()).into());
    }
    let id = users::insert(&tx, &new.email, new.role, new.asf, new.buyer, now).await?;
    queue_invitation(app, &tx, &format!("invitation:{}", id.0), by, new, now).await?;
    audit::insert(&tx, now, &actor(by), "invite", "user", id.0, new.role.as_str()).await?;
    tx.commit().await?;
    Ok(id)
}

/// The organisation's name, as the mail says it.
async fn organisation(tx: &Tx, new: &Invitation) -> Result<String> {
    if let Some(id) = new.asf {
        return Ok(asf::find(tx, id).await?.map(|asf| asf.name).unwrap_or_default());
    }
    if let Some(id) = new.buyer {
        return Ok(buyers::find(tx, id).await?.map(|buyer| buyer.name).unwrap_or_default());
    }
    Ok(String::new())
}

/// Queues the mail under a key that says the cause.
pub(super) async fn queue_invitation(
    app: &App,
    tx: &Tx,
    cause: &str,
    by: &User,
    new: &Invitation,
    now: DateTime<Utc>,
) -> Result<()> {
    let mail = invitation::Invitation {
        invited_by: by.email.to_string(),
        organisation: organisation(tx, new).await?,
        address: new.email.to_string(),
        needs_app: new.role.needs_second_factor(),
        url: format!("{}/logga-in", app.config.base_url()),
        sender: outbox::sender(&app.config),
    };
    let rendered = invitation::render(&app.words, new.language, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: cause.to_owned(),
        kind: MessageKind::Invitation,
        to: new.email.clone(),
        language: new.language,
        rendered,
        list: None,
        asf: None,
    };
    outbox::queue(app, tx, letter, now).await
}

/// Invites somebody to the organisation that one belongs to oneself, with one's own role.
///
/// # Errors
/// `NotFound` for whom belongs to none; otherwise as [`invite`].
pub async fn invite_colleague(app: &App, by: &User, email: Email, language: Language) -> Result<UserId> {
    if by.asf_id.is_none() && by.buyer_id.is_none() {
        return Err(Error::NotFound);
    }
    invite(app, by, &Invitation { email, role: by.role, asf: by.asf_id, buyer: by.buyer_id, language }).await
}

/// Gives a user another role.
///
/// # Errors
/// `rejected-user-self` for oneself, `rejected-user-operator` where only an operator may, `NotFound` for
/// nobody.
pub async fn change_role(app: &App, by: &User, id: UserId, role: Role) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let user = other(&tx, by, id).await?;
    may_give(by, role)?;
    let own = |wanted: Role| role == wanted;
    let asf = user.asf_id.filter(|_| own(Role::Asf));
    let buyer = user.buyer_id.filter(|_| own(Role::Buyer) || own(Role::Procurer));
    give_role(&tx, &actor(by), &user, role, asf, buyer, now).await?;
    tx.commit().await.map_err(Error::from)
}

/// Gives the role and ends the sessions that had another.
pub(super) async fn give_role(
    tx: &Tx,
    actor: &str,
    user: &User,
    role: Role,
    asf: Option<AsfId>,
    buyer: Option<BuyerId>,
    now: DateTime<Utc>,
) -> Result<()> {
    users::update_role(tx, user.id, role, asf, buyer).await?;
    sessions::delete_all(tx, user.id).await?;
    let change = format!("{} → {}", user.role.as_str(), role.as_str());
    Ok(audit::insert(tx, now, actor, "role", "user", user.id.0, &change).await?)
}

/// Shuts a user out at once.
///
/// # Errors
/// As [`change_role`].
pub async fn suspend(app: &App, by: &User, id: UserId) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let user = other(&tx, by, id).await?;
    users::update_suspended(&tx, user.id, Some(now)).await?;
    sessions::delete_all(&tx, user.id).await?;
    audit::insert(&tx, now, &actor(by), "suspend", "user", user.id.0, "").await?;
    tx.commit().await.map_err(Error::from)
}

/// Lets a user in again.
///
/// # Errors
/// As [`change_role`].
pub async fn reinstate(app: &App, by: &User, id: UserId) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let user = other(&tx, by, id).await?;
    let_in(&tx, &actor(by), user.id, now).await?;
    tx.commit().await.map_err(Error::from)
}

pub(super) async fn let_in(tx: &Tx, actor: &str, id: UserId, now: DateTime<Utc>) -> Result<()> {
    users::update_suspended(tx, id, None).await?;
    Ok(audit::insert(tx, now, actor, "reinstate", "user", id.0, "").await?)
}

/// Takes away app, keys and codes of somebody who has lost them; new ones are chosen at the next sign-in.
///
/// # Errors
/// As [`change_role`].
pub async fn reset_second_factor(app: &App, by: &User, id: UserId) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let user = other(&tx, by, id).await?;
    second_factors::delete(&tx, user.id).await?;
    second_factors::delete_codes(&tx, user.id).await?;
    passkeys::delete_all(&tx, user.id).await?;
    sessions::delete_all(&tx, user.id).await?;
    audit::insert(&tx, now, &actor(by), "second_factor_off", "user", user.id.0, "").await?;
    tx.commit().await.map_err(Error::from)
}

/// The user that is to be changed: never oneself, and an operator only by one.
async fn other(tx: &Tx, by: &User, id: UserId) -> Result<User> {
    let user = users::find(tx, id).await?.ok_or(Error::NotFound)?;
    if user.id == by.id {
        return Err(Rejection::new("role", "rejected-user-self", "").into());
    }
    may_give(by, user.role)?;
    Ok(user)
}

/// Staff make anybody but operators, operators anybody, others their own kind.
fn may_give(by: &User, role: Role) -> Result<()> {
    let may = match by.role {
        Role::Operator => true,
        Role::Coordinator => role != Role::Operator,
        own => role == own,
    };
    if may { Ok(()) } else { Err(Rejection::new("role", "rejected-user-operator", role.as_str()).into()) }
}

fn actor(by: &User) -> String {
    format!("user:{}", by.id.0)
}
