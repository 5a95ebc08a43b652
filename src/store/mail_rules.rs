//! The coordinator's rules for mails, the decisions about needs that wait, and what the rules look at.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{buyer, lot, mail_rule, need, need_approval, user},
    rows,
};
use crate::domain::{
    buyer::BuyerId,
    cpv::Cpv,
    mail_policy::{Decision, Facts},
    need::{NeedId, NeedStatus},
    place::Place,
    schedule::local_date,
};

/// A rule as it was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Value.
    pub value: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The latest row of every rule, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn map_latest(db: &impl Reader) -> StoreResult<BTreeMap<String, Decided>> {
    let rows = mail_rule::Entity::find().order_by_asc(mail_rule::Column::Id).all(db).await?;
    let decided = rows.into_iter().map(|row| {
        let decided = Decided { value: row.value, by: row.decided_by, at: row.recorded_at };
        (row.name, decided)
    });
    Ok(decided.collect())
}

/// The latest value of one rule.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn find_latest(db: &impl Reader, name: &str) -> StoreResult<Option<String>> {
    let rows = mail_rule::Entity::find().filter(mail_rule::Column::Name.eq(name));
    Ok(rows.order_by_desc(mail_rule::Column::Id).one(db).await?.map(|row| row.value))
}

/// Writes what was decided.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, name: &str, value: &str, by: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let row = mail_rule::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
        decided_by: Set(by.to_owned()),
        recorded_at: Set(now),
        ..Default::default()
    };
    mail_rule::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Writes a decision about a need.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_decision(
    tx: &Tx,
    need: NeedId,
    decision: Decision,
    by: &str,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let row = need_approval::ActiveModel {
        need_id: Set(need.0),
        decision: Set(decision.as_str().to_owned()),
        decided_by: Set(by.to_owned()),
        recorded_at: Set(now),
        ..Default::default()
    };
    need_approval::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The latest decision about each need that one was made of.
///
/// # Errors
/// When the database does not answer.
pub async fn map_decisions(db: &impl Reader) -> StoreResult<HashMap<NeedId, Decision>> {
    let rows = need_approval::Entity::find().order_by_asc(need_approval::Column::Id).all(db).await?;
    let known = |text: &str| rows::known("need_approval", Decision::parse(text));
    rows.into_iter().map(|row| Ok((NeedId(row.need_id), known(&row.decision)?))).collect()
}

/// Buyers that somebody can sign in for.
///
/// # Errors
/// When the database does not answer.
pub async fn list_buyers_with_account(db: &impl Reader) -> StoreResult<HashSet<BuyerId>> {
    let ids = user::Entity::find()
        .select_only()
        .column(user::Column::BuyerId)
        .filter(user::Column::BuyerId.is_not_null())
        .into_tuple::<Option<i64>>()
        .all(db)
        .await?;
    Ok(ids.into_iter().flatten().map(BuyerId).collect())
}

/// Where needs have come from so far.
///
/// # Errors
/// When the database does not answer.
pub async fn list_sources(db: &impl Reader) -> StoreResult<Vec<String>> {
    let query = need::Entity::find().select_only().column(need::Column::Source).distinct();
    Ok(query.order_by_asc(need::Column::Source).into_tuple().all(db).await?)
}

#[derive(FromQueryResult)]
struct Row {
    need_id: i64,
    source: String,
    buyer_id: i64,
    published_on: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    seat: Option<String>,
    buyer_name: String,
    lot_id: i64,
    cpv: String,
    places: String,
    value_sek: Option<i64>,
}

/// What the rules look at in the lots that can be answered now, by need, after a lot's key: only the
/// columns that they read. Also the key of the last lot.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open_facts(
    db: &impl Reader,
    after: i64,
    limit: u64,
    now: DateTime<Utc>,
) -> StoreResult<Vec<(i64, NeedId, BuyerId, Facts)>> {
    let in_time = Condition::any().add(lot::Column::DeadlineAt.is_null()).add(lot::Column::DeadlineAt.gt(now));
    let of_need: RelationDef =
        lot::Entity::belongs_to(need::Entity).from(lot::Column::NeedId).to(need::Column::Id).into();
    let of_buyer: RelationDef =
        need::Entity::belongs_to(buyer::Entity).from(need::Column::BuyerId).to(buyer::Column::Id).into();
    let rows = lot::Entity::find()
        .select_only()
        .column_as(need::Column::Id, "need_id")
        .column(need::Column::Source)
        .column(need::Column::BuyerId)
        .column(need::Column::PublishedOn)
        .column(need::Column::CreatedAt)
        .column_as(buyer::Column::Municipality, "seat")
        .column_as(buyer::Column::Name, "buyer_name")
        .column_as(lot::Column::Id, "lot_id")
        .column(lot::Column::Cpv)
        .column(lot::Column::Places)
        .column(lot::Column::ValueSek)
        .join(JoinType::InnerJoin, of_need)
        .join(JoinType::InnerJoin, of_buyer)
        .filter(need::Column::Status.is_in([NeedStatus::Open.as_str(), NeedStatus::Planned.as_str()]))
        .filter(lot::Column::WithdrawnAt.is_null())
        .filter(in_time)
        .filter(lot::Column::Id.gt(after))
        .order_by_asc(lot::Column::Id)
        .limit(limit)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.into_iter().map(to_facts).collect()
}

fn to_facts(row: Row) -> StoreResult<(i64, NeedId, BuyerId, Facts)> {
    let places = rows::known("lot", Place::parse_list(&row.places))?;
    let seat = rows::known_option("buyer", row.seat.as_deref().filter(|seat| !seat.is_empty()).map(Place::parse))?;
    let facts = Facts {
        source: row.source,
        places: Facts::places(&places, seat.as_ref(), &row.buyer_name),
        cpv: rows::known("lot", Cpv::parse_list(&row.cpv))?,
        value_sek: row.value_sek,
        published_on: row.published_on.unwrap_or_else(|| local_date(row.created_at)),
        has_account: false,
        decision: None,
    };
    Ok((row.lot_id, NeedId(row.need_id), BuyerId(row.buyer_id), facts))
}
