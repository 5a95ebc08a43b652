//! Who signs in.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{Reader, StoreResult, Tx, entities::user, rows};
use crate::domain::{
    asf::AsfId,
    buyer::BuyerId,
    email::Email,
    language::Language,
    user::{Role, User, UserId},
};

const TABLE: &str = "user";

/// Stores a user.
///
/// # Errors
/// `Conflict` when the address is already a user.
pub async fn insert(
    tx: &Tx,
    email: &Email,
    role: Role,
    asf: Option<AsfId>,
    buyer: Option<BuyerId>,
    now: DateTime<Utc>,
) -> StoreResult<UserId> {
    let row = user::ActiveModel {
        email: Set(email.as_str().to_owned()),
        role: Set(role.as_str().to_owned()),
        language: Set(Language::Sv.code().to_owned()),
        asf_id: Set(asf.map(|id| id.0)),
        buyer_id: Set(buyer.map(|id| id.0)),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(UserId(user::Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// The user with an address.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_email(db: &impl Reader, email: &Email) -> StoreResult<Option<User>> {
    user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(db).await?.map(to_user).transpose()
}

/// One user.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: UserId) -> StoreResult<Option<User>> {
    user::Entity::find_by_id(id.0).one(db).await?.map(to_user).transpose()
}

/// The users of a role who may sign in, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_role(db: &impl Reader, role: Role) -> StoreResult<Vec<User>> {
    let of_role =
        user::Entity::find().filter(user::Column::Role.eq(role.as_str())).filter(user::Column::SuspendedAt.is_null());
    of_role.order_by_asc(user::Column::Id).all(db).await?.into_iter().map(to_user).collect()
}

/// Users with any of these ids.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_ids(db: &impl Reader, ids: &[UserId]) -> StoreResult<Vec<User>> {
    let rows = user::Entity::find().filter(user::Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(to_user).collect()
}

/// How many coordinators and operators there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count_staff(db: &impl Reader) -> StoreResult<u64> {
    let staff = Role::ALL.into_iter().filter(|role| role.is_staff()).map(Role::as_str);
    Ok(user::Entity::find().filter(user::Column::Role.is_in(staff)).count(db).await?)
}

/// Changes what a user may see and do, and where it belongs.
///
/// # Errors
/// When the database does not answer.
pub async fn update_role(
    tx: &Tx,
    id: UserId,
    role: Role,
    asf: Option<AsfId>,
    buyer: Option<BuyerId>,
) -> StoreResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::Role, Expr::value(role.as_str()))
        .col_expr(user::Column::AsfId, Expr::value(asf.map(|id| id.0)))
        .col_expr(user::Column::BuyerId, Expr::value(buyer.map(|id| id.0)))
        .filter(user::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Shuts a user out, or lets it in again.
///
/// # Errors
/// When the database does not answer.
pub async fn update_suspended(tx: &Tx, id: UserId, since: Option<DateTime<Utc>>) -> StoreResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::SuspendedAt, Expr::value(since))
        .filter(user::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Users by address, a page of them.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader, offset: u64, limit: u64) -> StoreResult<Vec<User>> {
    let rows = user::Entity::find().order_by_asc(user::Column::Email).offset(offset).limit(limit).all(db).await?;
    rows.into_iter().map(to_user).collect()
}

/// The users of one organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn list_colleagues(db: &impl Reader, asf: Option<AsfId>, buyer: Option<BuyerId>) -> StoreResult<Vec<User>> {
    let of = match (asf, buyer) {
        (Some(asf), _) => user::Column::AsfId.eq(asf.0),
        (None, Some(buyer)) => user::Column::BuyerId.eq(buyer.0),
        (None, None) => return Ok(Vec::new()),
    };
    let rows = user::Entity::find().filter(of).order_by_asc(user::Column::Email).all(db).await?;
    rows.into_iter().map(to_user).collect()
}

fn to_user(row: user::Model) -> StoreResult<User> {
    Ok(User {
        id: UserId(row.id),
        email: rows::known(TABLE, Email::parse(&row.email))?,
        role: rows::known(TABLE, Role::parse(&row.role))?,
        language: Language::from_code(&row.language),
        asf_id: row.asf_id.map(AsfId),
        buyer_id: row.buyer_id.map(BuyerId),
        suspended_at: row.suspended_at,
    })
}
