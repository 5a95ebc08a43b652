//! What both sides were asked about an introduction, and said.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{follow_up, pairing},
    rows,
};
use crate::domain::{
    follow_up::{Led, Side, Told},
    pairing::{PairingId, PairingState},
};

const TABLE: &str = "follow_up";

/// A question as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// Key.
    pub id: i64,
    /// What it is about.
    pub pairing_id: PairingId,
    /// Who is asked.
    pub side: Side,
    /// How often it has been asked.
    pub times: i32,
    /// The last answer.
    pub led: Option<Led>,
}

/// Introduced pairings of this time that nobody has been asked about, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_unasked(
    db: &impl Reader,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    after: PairingId,
    limit: u64,
) -> StoreResult<Vec<PairingId>> {
    let unasked = Expr::cust("NOT EXISTS (SELECT 1 FROM follow_up WHERE follow_up.pairing_id = pairing.id)");
    let ids: Vec<i64> = pairing::Entity::find()
        .select_only()
        .column(pairing::Column::Id)
        .filter(pairing::Column::IntroducedAt.between(from, to))
        .filter(pairing::Column::State.eq(PairingState::Yes.as_str()))
        .filter(pairing::Column::Id.gt(after.0))
        .filter(unasked)
        .order_by_asc(pairing::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(PairingId).collect())
}

/// Questions to ask once more, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_again(db: &impl Reader, now: DateTime<Utc>, limit: u64) -> StoreResult<Vec<FollowUp>> {
    let rows = follow_up::Entity::find()
        .filter(follow_up::Column::AskAgainAt.lte(now))
        .order_by_asc(follow_up::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.iter().map(to_follow_up).collect()
}

/// Notes that a side is asked.
///
/// # Errors
/// `Conflict` when it has been asked about this pairing before.
pub async fn insert(tx: &Tx, pairing: PairingId, side: Side, hash: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let row = follow_up::ActiveModel {
        pairing_id: Set(pairing.0),
        side: Set(side.as_str().to_owned()),
        asked_at: Set(now),
        token_hash: Set(Some(hash.to_owned())),
        times: Set(1),
        ..Default::default()
    };
    follow_up::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Notes that a side is asked once more, by a new link; `false` when somebody else has done so.
///
/// # Errors
/// When the database does not answer.
pub async fn set_asked_again(tx: &Tx, asked: &FollowUp, hash: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let written = follow_up::Entity::update_many()
        .col_expr(follow_up::Column::TokenHash, Expr::value(hash))
        .col_expr(follow_up::Column::AskedAt, Expr::value(now))
        .col_expr(follow_up::Column::Times, Expr::value(asked.times + 1))
        .col_expr(follow_up::Column::AskAgainAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(follow_up::Column::Id.eq(asked.id))
        .filter(follow_up::Column::Times.eq(asked.times))
        .exec(tx)
        .await?;
    Ok(written.rows_affected == 1)
}

/// The question of a link that was mailed after `asked_after`.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, hash: &str, asked_after: DateTime<Utc>) -> StoreResult<Option<FollowUp>> {
    let row = follow_up::Entity::find()
        .filter(follow_up::Column::TokenHash.eq(hash))
        .filter(follow_up::Column::AskedAt.gt(asked_after))
        .one(db)
        .await?;
    row.as_ref().map(to_follow_up).transpose()
}

/// Keeps what a side told; the last word stands.
///
/// # Errors
/// When the database does not answer.
pub async fn update(
    tx: &Tx,
    id: i64,
    told: &Told,
    ask_again_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let row = follow_up::ActiveModel {
        id: Unchanged(id),
        answer: Set(Some(told.led.as_str().to_owned())),
        amount_ore: Set(told.value_ore),
        invoiced_ore: Set(told.invoiced_ore),
        without: Set(told.without.map(|without| without.as_str().to_owned())),
        answered_at: Set(Some(now)),
        ask_again_at: Set(ask_again_at),
        ..Default::default()
    };
    follow_up::Entity::update(row).exec(tx).await?;
    Ok(())
}

fn to_follow_up(row: &follow_up::Model) -> StoreResult<FollowUp> {
    Ok(FollowUp {
        id: row.id,
        pairing_id: PairingId(row.pairing_id),
        side: rows::known(TABLE, Side::parse(&row.side))?,
        times: row.times,
        led: rows::known_option(TABLE, row.answer.as_deref().map(Led::parse))?,
    })
}
