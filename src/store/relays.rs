//! Threads between buyers and ASF, and what was written in them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};

use super::{
    Reader, StoreResult, Tx,
    entities::{asf, buyer, lot, need, pairing, relay, relay_line},
    rows,
};
use crate::domain::{
    asf::AsfId,
    buyer::BuyerId,
    follow_up::Side,
    pairing::PairingId,
    relay::{Line, Relay, RelayId, RelayState},
};

const TABLE: &str = "relay";

/// Begins a thread.
///
/// # Errors
/// `Conflict` when the pairing has one.
pub async fn insert(tx: &Tx, pairing: PairingId, now: DateTime<Utc>) -> StoreResult<RelayId> {
    let row = relay::ActiveModel {
        pairing_id: Set(pairing.0),
        state: Set(RelayState::Open.as_str().to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(RelayId(relay::Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// Adds a line; gives its key. The link of a buyer's line is kept as a hash.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_line(tx: &Tx, relay: RelayId, line: &Line, hash: Option<&str>) -> StoreResult<i64> {
    let row = relay_line::ActiveModel {
        relay_id: Set(relay.0),
        side: Set(line.side.as_str().to_owned()),
        text: Set(line.text.clone()),
        written_at: Set(line.written_at),
        token_hash: Set(hash.map(str::to_owned)),
        ..Default::default()
    };
    Ok(relay_line::Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Ends an open thread; `false` when it has ended before.
///
/// # Errors
/// When the database does not answer.
pub async fn set_state(tx: &Tx, id: RelayId, state: RelayState) -> StoreResult<bool> {
    let written = relay::Entity::update_many()
        .col_expr(relay::Column::State, Expr::value(state.as_str()))
        .filter(relay::Column::Id.eq(id.0))
        .filter(relay::Column::State.eq(RelayState::Open.as_str()))
        .exec(tx)
        .await?;
    Ok(written.rows_affected == 1)
}

/// One thread.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: RelayId) -> StoreResult<Option<Relay>> {
    Ok(read(relay::Entity::find_by_id(id.0), db).await?.pop())
}

/// The thread of a link that was mailed after `written_after`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_link(db: &impl Reader, hash: &str, written_after: DateTime<Utc>) -> StoreResult<Option<Relay>> {
    let line = relay_line::Entity::find()
        .filter(relay_line::Column::TokenHash.eq(hash))
        .filter(relay_line::Column::WrittenAt.gt(written_after))
        .one(db)
        .await?;
    match line {
        Some(line) => find(db, RelayId(line.relay_id)).await,
        None => Ok(None),
    }
}

/// The threads of some pairings, by pairing.
///
/// # Errors
/// When the database does not answer.
pub async fn map_for_pairings(db: &impl Reader, pairings: &[PairingId]) -> StoreResult<HashMap<PairingId, Relay>> {
    let mut found = HashMap::new();
    for chunk in pairings.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let relays = read(relay::Entity::find().filter(relay::Column::PairingId.is_in(keys)), db).await?;
        found.extend(relays.into_iter().map(|relay| (relay.pairing_id, relay)));
    }
    Ok(found)
}

/// The threads of an ASF, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_asf(db: &impl Reader, asf: AsfId, limit: u64) -> StoreResult<Vec<Relay>> {
    let own = pairing::Entity::find()
        .select_only()
        .column(pairing::Column::Id)
        .filter(pairing::Column::AsfId.eq(asf.0))
        .into_query();
    let of_asf = relay::Entity::find().filter(relay::Column::PairingId.in_subquery(own));
    read(of_asf.order_by_desc(relay::Column::Id).limit(limit), db).await
}

/// How many lines a buyer has written since an instant, in all threads.
///
/// # Errors
/// When the database does not answer.
pub async fn count_lines_of_buyer(db: &impl Reader, buyer: BuyerId, since: DateTime<Utc>) -> StoreResult<u64> {
    let own = need::Entity::find()
        .select_only()
        .column(need::Column::Id)
        .filter(need::Column::BuyerId.eq(buyer.0))
        .into_query();
    let threads = relay::Entity::find()
        .select_only()
        .column(relay::Column::Id)
        .filter(relay::Column::PairingId.in_subquery(pairings_of_needs(own)))
        .into_query();
    let lines = relay_line::Entity::find()
        .filter(relay_line::Column::Side.eq(Side::Buyer.as_str()))
        .filter(relay_line::Column::WrittenAt.gt(since))
        .filter(relay_line::Column::RelayId.in_subquery(threads));
    Ok(lines.count(db).await?)
}

/// The threads in which an address is that of the ASF or of the buyer, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_address(db: &impl Reader, address: &str) -> StoreResult<Vec<i64>> {
    let asfs = asf::Entity::find().select_only().column(asf::Column::Id).filter(asf::Column::Email.eq(address));
    let buyers = buyer::Entity::find().select_only().column(buyer::Column::Id).filter(buyer::Column::Email.eq(address));
    let needs = need::Entity::find()
        .select_only()
        .column(need::Column::Id)
        .filter(need::Column::BuyerId.in_subquery(buyers.into_query()))
        .into_query();
    let of_asf = pairing::Entity::find()
        .select_only()
        .column(pairing::Column::Id)
        .filter(pairing::Column::AsfId.in_subquery(asfs.into_query()))
        .into_query();
    let theirs = Condition::any()
        .add(relay::Column::PairingId.in_subquery(of_asf))
        .add(relay::Column::PairingId.in_subquery(pairings_of_needs(needs)));
    let ids = relay::Entity::find().select_only().column(relay::Column::Id).filter(theirs);
    Ok(ids.order_by_asc(relay::Column::Id).into_tuple().all(db).await?)
}

/// Lets threads go, with all that was written in them.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_many(tx: &Tx, ids: &[i64]) -> StoreResult<()> {
    for chunk in ids.chunks(500) {
        relay::Entity::delete_many().filter(relay::Column::Id.is_in(chunk.iter().copied())).exec(tx).await?;
    }
    Ok(())
}

fn pairings_of_needs(needs: SelectStatement) -> SelectStatement {
    let lots = lot::Entity::find()
        .select_only()
        .column(lot::Column::Id)
        .filter(lot::Column::NeedId.in_subquery(needs))
        .into_query();
    pairing::Entity::find()
        .select_only()
        .column(pairing::Column::Id)
        .filter(pairing::Column::LotId.in_subquery(lots))
        .into_query()
}

/// What the keys of a thread's mails begin with.
pub fn key_prefix(thread: i64) -> String {
    format!("relay:{thread}:")
}

/// Threads with their lines.
async fn read(query: sea_orm::Select<relay::Entity>, db: &impl Reader) -> StoreResult<Vec<Relay>> {
    let found = query.all(db).await?;
    let lines = relay_line::Entity::find()
        .filter(relay_line::Column::RelayId.is_in(found.iter().map(|row| row.id)))
        .order_by_asc(relay_line::Column::Id)
        .all(db)
        .await?;
    let mut of_relay: HashMap<i64, Vec<Line>> = HashMap::new();
    for row in lines {
        of_relay.entry(row.relay_id).or_default().push(to_line(row)?);
    }
    let relays = found.into_iter().map(|row| {
        Ok(Relay {
            id: RelayId(row.id),
            pairing_id: PairingId(row.pairing_id),
            state: rows::known(TABLE, RelayState::parse(&row.state))?,
            lines: of_relay.remove(&row.id).unwrap_or_default(),
        })
    });
    relays.collect()
}

fn to_line(row: relay_line::Model) -> StoreResult<Line> {
    let side = rows::known("relay_line", Side::parse(&row.side))?;
    Ok(Line { side, text: row.text, written_at: row.written_at })
}
