//! Links in mails and sessions of browsers. A token is plain once, in the mail; here it is a hash.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use super::{Reader, StoreResult, Tx, entities::token};

/// What a link may do; one purpose each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sign in, once, within minutes.
    SignIn,
    /// Answer one pairing.
    Answer,
    /// End the weekly mail.
    Unsubscribe,
    /// Confirm a need that was posted without an account.
    ConfirmNeed,
    /// Say what an introduction led to.
    Deal,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Answer => "answer",
            Self::Unsubscribe => "unsubscribe",
            Self::ConfirmNeed => "confirm_need",
            Self::Deal => "deal",
        }
    }
}

/// What a link is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subject {
    /// Who signs in.
    pub user_id: Option<i64>,
    /// What is answered.
    pub pairing_id: Option<i64>,
    /// Whose mail or answer it is.
    pub asf_id: Option<i64>,
    /// What is confirmed.
    pub need_id: Option<i64>,
}

/// What can be typed instead of following a link, and where.
#[derive(Debug, Clone)]
pub struct TypedCode {
    /// Hash of the code.
    pub hash: String,
    /// Hash of what only the browser that asked knows.
    pub browser_hash: String,
}

/// A link about to be stored.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Hash of the token.
    pub hash: String,
    /// Hash of the code that can be typed instead, and of the secret of the browser that may.
    pub code: Option<TypedCode>,
    /// What it may do.
    pub purpose: Purpose,
    /// What it is about.
    pub subject: Subject,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
}

/// Stores a link.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, new: &NewToken, now: DateTime<Utc>) -> StoreResult<()> {
    insert_many(tx, std::slice::from_ref(new), now).await
}

/// Stores links, some hundred to a statement.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_many(tx: &Tx, new: &[NewToken], now: DateTime<Utc>) -> StoreResult<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|new| row(new, now));
        token::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn row(new: &NewToken, now: DateTime<Utc>) -> token::ActiveModel {
    token::ActiveModel {
        token_hash: Set(new.hash.clone()),
        purpose: Set(new.purpose.as_str().to_owned()),
        code_hash: Set(new.code.as_ref().map(|code| code.hash.clone())),
        browser_hash: Set(new.code.as_ref().map(|code| code.browser_hash.clone())),
        user_id: Set(new.subject.user_id),
        pairing_id: Set(new.subject.pairing_id),
        asf_id: Set(new.subject.asf_id),
        need_id: Set(new.subject.need_id),
        created_at: Set(now),
        expires_at: Set(new.expires_at),
        used_at: Set(None),
        tries: Set(0),
        ..Default::default()
    }
}

/// What a link is about, while it works. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, purpose: Purpose, hash: &str, now: DateTime<Utc>) -> StoreResult<Option<Subject>> {
    let row = token::Entity::find()
        .filter(token::Column::TokenHash.eq(hash))
        .filter(token::Column::Purpose.eq(purpose.as_str()))
        .filter(token::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.filter(|row| purpose != Purpose::SignIn || row.used_at.is_none()).map(|row| subject(&row)))
}

/// Uses a link up; `None` when it is unknown, too old or used before.
///
/// # Errors
/// When the database does not answer.
pub async fn consume(tx: &Tx, purpose: Purpose, hash: &str, now: DateTime<Utc>) -> StoreResult<Option<Subject>> {
    let used = token::Entity::update_many()
        .col_expr(token::Column::UsedAt, Expr::value(now))
        .filter(token::Column::TokenHash.eq(hash))
        .filter(token::Column::Purpose.eq(purpose.as_str()))
        .filter(token::Column::ExpiresAt.gt(now))
        .filter(token::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    if used.rows_affected != 1 {
        return Ok(None);
    }
    let row = token::Entity::find().filter(token::Column::TokenHash.eq(hash)).one(tx).await?;
    Ok(row.map(|row| subject(&row)))
}

/// Wrong codes that may be typed before a link's code stops working.
pub const MOST_TRIES: i32 = 5;

/// Hash of the newest link that a browser asked for, when this is its typed code. A wrong code is
/// counted, and after [`MOST_TRIES`] none is right.
///
/// # Errors
/// When the database does not answer.
pub async fn try_code(tx: &Tx, browser_hash: &str, code_hash: &str, now: DateTime<Utc>) -> StoreResult<Option<String>> {
    let row = token::Entity::find()
        .filter(token::Column::BrowserHash.eq(browser_hash))
        .filter(token::Column::Purpose.eq(Purpose::SignIn.as_str()))
        .filter(token::Column::ExpiresAt.gt(now))
        .filter(token::Column::UsedAt.is_null())
        .order_by_desc(token::Column::Id)
        .one(tx)
        .await?;
    let Some(row) = row.filter(|row| row.tries < MOST_TRIES) else { return Ok(None) };
    if row.code_hash.as_deref() == Some(code_hash) {
        return Ok(Some(row.token_hash));
    }
    token::Entity::update_many()
        .col_expr(token::Column::Tries, Expr::col(token::Column::Tries).add(1))
        .filter(token::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(None)
}

/// Forgets sign-in links that stopped working before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_old_sign_ins(tx: &Tx, before: DateTime<Utc>) -> StoreResult<()> {
    token::Entity::delete_many()
        .filter(token::Column::Purpose.eq(Purpose::SignIn.as_str()))
        .filter(token::Column::ExpiresAt.lt(before))
        .exec(tx)
        .await?;
    Ok(())
}

fn subject(row: &token::Model) -> Subject {
    Subject { user_id: row.user_id, pairing_id: row.pairing_id, asf_id: row.asf_id, need_id: row.need_id }
}
