//! Everything that is kept about a person: taken out as it stands, and taken away. A person is an address,
//! and the user that signs in with it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use serde_json::Value;

use super::{
    Reader, StoreResult, Tx,
    entities::{
        asf, audit, buyer, confirmation, forgotten, join_request, lot, message, need, passkey, relay_line,
        second_factor, session, suppression, user,
    },
    relays,
};
use crate::domain::{email::Email, user::UserId};

/// Columns where an address can stand among other words: what people typed, mailed or decided. Tables that
/// only grow are not here: they never hold one.
pub const WORDS: &[(&str, &str)] = &[
    ("audit", "actor"),
    ("audit", "detail"),
    ("bounce", "raw"),
    ("buyer", "identity"),
    ("buyer", "name"),
    ("confirmation", "recipient"),
    ("join_request", "email"),
    ("join_request", "note"),
    ("lot", "text"),
    ("lot", "title"),
    ("message", "dedupe_key"),
    ("message", "html"),
    ("message", "last_error"),
    ("message", "raw"),
    ("message", "recipient"),
    ("message", "subject"),
    ("message", "text"),
    ("need", "text"),
    ("need", "title"),
    ("need_approval", "decided_by"),
    ("pairing", "note"),
    ("quarantine", "detail"),
    ("quarantine", "raw"),
    ("relay_line", "text"),
    ("task", "done_by"),
    ("task", "subject"),
    ("tuning", "decided_by"),
    ("tuning", "reason"),
    ("tuning", "taken_back_by"),
    ("tuning", "words"),
];

/// The rows about a person, by table.
///
/// # Errors
/// When the database does not answer.
pub async fn extract(db: &impl Reader, email: &Email, id: UserId) -> StoreResult<Vec<(&'static str, Vec<Value>)>> {
    let address = email.as_str();
    let acted = format!("user:{}", id.0);
    let buyers = buyer::Entity::find().filter(buyer::Column::Email.eq(address));
    let buyer_ids = buyers.clone().select_only().column(buyer::Column::Id).into_tuple::<i64>().all(db).await?;
    let mut all = vec![
        ("user", user::Entity::find_by_id(id.0).into_json().all(db).await?),
        ("session", session::Entity::find().filter(session::Column::UserId.eq(id.0)).into_json().all(db).await?),
        (
            "second_factor",
            second_factor::Entity::find().filter(second_factor::Column::UserId.eq(id.0)).into_json().all(db).await?,
        ),
        ("passkey", passkey::Entity::find().filter(passkey::Column::UserId.eq(id.0)).into_json().all(db).await?),
        ("asf", asf::Entity::find().filter(asf::Column::Email.eq(address)).into_json().all(db).await?),
        ("buyer", buyers.into_json().all(db).await?),
        ("need", need::Entity::find().filter(need::Column::BuyerId.is_in(buyer_ids)).into_json().all(db).await?),
        ("message", message::Entity::find().filter(message::Column::Recipient.eq(address)).into_json().all(db).await?),
        (
            "confirmation",
            confirmation::Entity::find()
                .filter(confirmation::Column::Recipient.eq(address))
                .into_json()
                .all(db)
                .await?,
        ),
        (
            "join_request",
            join_request::Entity::find().filter(join_request::Column::Email.eq(address)).into_json().all(db).await?,
        ),
        (
            "relay_line",
            relay_line::Entity::find()
                .filter(relay_line::Column::RelayId.is_in(relays::list_of_address(db, address).await?))
                .order_by_asc(relay_line::Column::Id)
                .into_json()
                .all(db)
                .await?,
        ),
        (
            "suppression",
            suppression::Entity::find().filter(suppression::Column::Address.eq(address)).into_json().all(db).await?,
        ),
        (
            "audit",
            audit::Entity::find()
                .filter(audit::Column::Actor.is_in([acted.as_str(), address]))
                .order_by_asc(audit::Column::Id)
                .into_json()
                .all(db)
                .await?,
        ),
    ];
    // What opens doors is nobody's to read, and the same mail need not be told three times.
    for (_, rows) in &mut all {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            for secret in ["token_hash", "secret", "credential", "raw", "html", "return_path", "fence", "lease_until"] {
                row.remove(secret);
            }
        }
    }
    Ok(all)
}

/// Takes a person away everywhere; what counts stays, with `mark` where the address stood. Answers the
/// needs whose words changed.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(tx: &Tx, email: &Email, mark: &str) -> StoreResult<Vec<i64>> {
    let address = email.as_str();
    // First, while the address still says whose they are.
    erase_relays(tx, address, mark).await?;
    user::Entity::delete_many().filter(user::Column::Email.eq(address)).exec(tx).await?;
    suppression::Entity::delete_many().filter(suppression::Column::Address.eq(address)).exec(tx).await?;
    asf::Entity::update_many()
        .col_expr(asf::Column::Email, Expr::value(None::<String>))
        .filter(asf::Column::Email.eq(address))
        .exec(tx)
        .await?;
    buyer::Entity::update_many()
        .col_expr(buyer::Column::Email, Expr::value(None::<String>))
        .filter(buyer::Column::Email.eq(address))
        .exec(tx)
        .await?;
    erase_messages(tx, address, mark).await?;
    let needs = needs_that_name(tx, address).await?;
    for (table, column) in WORDS {
        replace(tx, table, column, address, mark).await?;
    }
    Ok(needs)
}

/// Threads of the person go, and what was mailed of them to the other side is emptied.
async fn erase_relays(tx: &Tx, address: &str, mark: &str) -> StoreResult<()> {
    let ids = relays::list_of_address(tx, address).await?;
    for id in &ids {
        let of_thread = || message::Column::DedupeKey.starts_with(relays::key_prefix(*id));
        message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value("cancelled"))
            .filter(of_thread())
            .filter(message::Column::State.is_in(["ready", "sending", "uncertain"]))
            .exec(tx)
            .await?;
        empty_messages(tx, of_thread(), mark).await?;
    }
    relays::delete_many(tx, &ids).await
}

async fn empty_messages(tx: &Tx, which: SimpleExpr, mark: &str) -> StoreResult<()> {
    message::Entity::update_many()
        .col_expr(message::Column::Subject, Expr::value(mark))
        .col_expr(message::Column::Text, Expr::value(""))
        .col_expr(message::Column::Html, Expr::value(""))
        .col_expr(message::Column::Raw, Expr::value(""))
        .filter(which)
        .exec(tx)
        .await?;
    Ok(())
}

/// Mails to the person are emptied, mails that name them cut short; what waits is not sent.
async fn erase_messages(tx: &Tx, address: &str, mark: &str) -> StoreResult<()> {
    let to = message::Column::Recipient.eq(address);
    let names = to.clone().or(message::Column::Text.contains(address)).or(message::Column::Raw.contains(address));
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value("cancelled"))
        .filter(names.clone())
        .filter(message::Column::State.is_in(["ready", "sending", "uncertain"]))
        .exec(tx)
        .await?;
    message::Entity::update_many().col_expr(message::Column::Raw, Expr::value("")).filter(names).exec(tx).await?;
    empty_messages(tx, to, mark).await
}

async fn needs_that_name(tx: &Tx, address: &str) -> StoreResult<Vec<i64>> {
    let words = need::Column::Text.contains(address).or(need::Column::Title.contains(address));
    let mut ids: Vec<i64> =
        need::Entity::find().filter(words).select_only().column(need::Column::Id).into_tuple().all(tx).await?;
    let words = lot::Column::Text.contains(address).or(lot::Column::Title.contains(address));
    let of_lots: Vec<i64> =
        lot::Entity::find().filter(words).select_only().column(lot::Column::NeedId).into_tuple().all(tx).await?;
    ids.extend(of_lots);
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Replaces the address in one column, however it was capitalised; both databases know these functions.
async fn replace(tx: &Tx, table: &str, column: &str, address: &str, mark: &str) -> StoreResult<()> {
    let backend = tx.get_database_backend();
    let sql = format!(
        "UPDATE \"{table}\" SET \"{column}\" = replace(\"{column}\", $1, $2) WHERE \"{column}\" LIKE $3 ESCAPE '\\'"
    );
    let like = format!("%{}%", address.replace('_', "\\_").replace('%', "\\%"));
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, [address.into(), mark.into(), like.into()])).await?;
    Ok(())
}

/// Notes that an address is forgotten.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_forgotten(tx: &Tx, hash: &str, at: DateTime<Utc>) -> StoreResult<()> {
    let row =
        forgotten::ActiveModel { address_hash: Set(hash.to_owned()), forgotten_at: Set(at), ..Default::default() };
    forgotten::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The forgotten, as hashes.
///
/// # Errors
/// When the database does not answer.
pub async fn list_forgotten(db: &impl Reader) -> StoreResult<Vec<(String, DateTime<Utc>)>> {
    let rows = forgotten::Entity::find().order_by_asc(forgotten::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.address_hash, row.forgotten_at)).collect())
}

/// Every address that stands as one, with the instant since when.
///
/// # Errors
/// When the database does not answer.
pub async fn list_addresses(db: &impl Reader) -> StoreResult<Vec<(String, DateTime<Utc>)>> {
    let users = user::Entity::find().select_only().column(user::Column::Email).column(user::Column::CreatedAt);
    let asfs = asf::Entity::find().select_only().column(asf::Column::Email).column(asf::Column::CreatedAt);
    let buyers = buyer::Entity::find().select_only().column(buyer::Column::Email).column(buyer::Column::CreatedAt);
    let mails =
        message::Entity::find().select_only().column(message::Column::Recipient).column(message::Column::CreatedAt);
    let mut all: Vec<(Option<String>, DateTime<Utc>)> = users.into_tuple().all(db).await?;
    all.extend(asfs.into_tuple::<(Option<String>, DateTime<Utc>)>().all(db).await?);
    all.extend(buyers.into_tuple::<(Option<String>, DateTime<Utc>)>().all(db).await?);
    all.extend(mails.into_tuple::<(Option<String>, DateTime<Utc>)>().all(db).await?);
    Ok(all.into_iter().filter_map(|(address, since)| Some((address?, since))).collect())
}
