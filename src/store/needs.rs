//! Needs and their lots.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::Expr,
};

use super::{
    Reader, StoreResult, Tx, buyers, changes,
    entities::{lot, need},
    lots, need_keys, rows, tunings,
};
use crate::domain::{
    buyer::{Buyer, BuyerId},
    cpv::Cpv,
    need::{Lot, LotId, Need, NeedId, NeedKind, NeedStatus, NewNeed},
    notice::NeedKey,
};

const TABLE: &str = "need";

/// What decides whether a need that comes in again is newer, older or the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVersion {
    /// The need.
    pub id: NeedId,
    /// Where its words came from.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: NeedStatus,
    /// When the source issued the stored version.
    pub issued_at: Option<DateTime<Utc>>,
    /// Hash of its content.
    pub content_hash: String,
}

/// Stores a new need with its lots; the caller notes the change.
///
/// # Errors
/// `Conflict` when the source and external id are already stored.
pub async fn insert(
    tx: &Tx,
    new: &NewNeed,
    buyer: BuyerId,
    content_hash: &str,
    now: DateTime<Utc>,
) -> StoreResult<NeedId> {
    let mut row = columns(new, buyer, content_hash, now);
    row.created_at = Set(now);
    let id = need::Entity::insert(row).exec(tx).await?.last_insert_id;
    need_keys::add(tx, NeedId(id), &new.keys).await?;
    lots::insert(tx, NeedId(id), &new.lots).await?;
    Ok(NeedId(id))
}

/// Replaces a need by a newer version; lots keep their keys, and lots that are gone are withdrawn.
///
/// # Errors
/// When the database does not answer.
pub async fn update(
    tx: &Tx,
    id: NeedId,
    new: &NewNeed,
    buyer: BuyerId,
    content_hash: &str,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let mut row = columns(new, buyer, content_hash, now);
    row.id = Unchanged(id.0);
    need::Entity::update(row).exec(tx).await?;
    need_keys::add(tx, id, &new.keys).await?;
    lots::write(tx, id, &new.lots, now).await
}

fn columns(new: &NewNeed, buyer: BuyerId, content_hash: &str, now: DateTime<Utc>) -> need::ActiveModel {
    need::ActiveModel {
        source: Set(new.source.clone()),
        external_id: Set(new.external_id.clone()),
        issued_at: Set(new.issued_at),
        kind: Set(new.kind.as_str().to_owned()),
        title: Set(new.title.clone()),
        text: Set(new.text.clone()),
        buyer_id: Set(buyer.0),
        language: Set(new.language.code().to_owned()),
        published_on: Set(new.published_on),
        publication_no: Set(new.publication_no.clone()),
        url: Set(new.url.clone()),
        status: Set(new.status.as_str().to_owned()),
        content_hash: Set(content_hash.to_owned()),
        updated_at: Set(now),
        ..Default::default()
    }
}

/// Holds a need against a second change at the same time; SQLite's write lock does so already.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: NeedId) -> StoreResult<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        need::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?;
    }
    Ok(())
}

/// Moves a need to another status.
///
/// # Errors
/// When the database does not answer.
pub async fn set_status(tx: &Tx, id: NeedId, status: NeedStatus, now: DateTime<Utc>) -> StoreResult<()> {
    let row = need::ActiveModel {
        id: Unchanged(id.0),
        status: Set(status.as_str().to_owned()),
        updated_at: Set(now),
        ..Default::default()
    };
    need::Entity::update(row).exec(tx).await?;
    changes::record(tx, changes::Noun::Need, id.0).await
}

/// Gives all lots of a need these codes; the caller notes the change with the status.
///
/// # Errors
/// When the database does not answer.
pub async fn set_codes(tx: &Tx, id: NeedId, codes: &[Cpv]) -> StoreResult<()> {
    lot::Entity::update_many()
        .col_expr(lot::Column::Cpv, Expr::value(rows::cpv_text(codes)))
        .filter(lot::Column::NeedId.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The stored need that goes by any of these names, else the one of this source and external id.
///
/// Should the names tell of several needs, the first name decides.
///
/// # Errors
/// When the database does not answer.
pub async fn find_version(db: &impl Reader, new: &NewNeed) -> StoreResult<Option<StoredVersion>> {
    let known = need_keys::find_need(db, &new.keys).await?;
    let query = match known {
        Some(id) => need::Entity::find().filter(need::Column::Id.eq(id.0)),
        None => need::Entity::find()
            .filter(need::Column::Source.eq(&new.source))
            .filter(need::Column::ExternalId.eq(&new.external_id)),
    };
    query.one(db).await?.map(to_version).transpose()
}

/// The early signal that goes by one of these names, while it is only that and has a single lot.
///
/// One with several parts may become several procedures, so it stays what it is.
///
/// # Errors
/// When the database does not answer.
pub async fn find_signal(db: &impl Reader, names: &[NeedKey]) -> StoreResult<Option<StoredVersion>> {
    let Some(id) = need_keys::find_need(db, names).await? else { return Ok(None) };
    let planned = need::Column::Status.eq(NeedStatus::Planned.as_str());
    let Some(row) = need::Entity::find_by_id(id.0).filter(planned).one(db).await? else { return Ok(None) };
    let lots = lot::Entity::find().filter(lot::Column::NeedId.eq(id.0)).filter(lot::Column::WithdrawnAt.is_null());
    if lots.count(db).await? == 1 { Ok(Some(to_version(row)?)) } else { Ok(None) }
}

fn to_version(row: need::Model) -> StoreResult<StoredVersion> {
    Ok(StoredVersion {
        id: NeedId(row.id),
        source: row.source,
        title: row.title,
        status: rows::known(TABLE, NeedStatus::parse(&row.status))?,
        issued_at: row.issued_at,
        content_hash: row.content_hash,
    })
}

/// A need of another source that has one of these official keys as its id or publication number.
///
/// # Errors
/// When the database does not answer.
pub async fn find_twin(db: &impl Reader, source: &str, keys: &[String]) -> StoreResult<Option<Need>> {
    let named = Condition::any()
        .add(need::Column::ExternalId.is_in(keys.iter().cloned()))
        .add(need::Column::PublicationNo.is_in(keys.iter().cloned()));
    let row = need::Entity::find()
        .filter(named)
        .filter(need::Column::Source.ne(source))
        .order_by_asc(need::Column::Id)
        .one(db)
        .await?;
    Ok(with_lots(db, row.into_iter().collect()).await?.pop())
}

/// Which of these publication numbers are stored.
///
/// # Errors
/// When the database does not answer.
pub async fn list_publication_nos(db: &impl Reader, numbers: &[String]) -> StoreResult<Vec<String>> {
    let rows = need::Entity::find()
        .select_only()
        .column(need::Column::PublicationNo)
        .filter(need::Column::PublicationNo.is_in(numbers.iter().cloned()))
        .into_tuple::<Option<String>>()
        .all(db)
        .await?;
    Ok(rows.into_iter().flatten().collect())
}

/// One need.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: NeedId) -> StoreResult<Option<Need>> {
    Ok(list_by_ids(db, &[id]).await?.pop())
}

/// The needs with these keys, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_ids(db: &impl Reader, ids: &[NeedId]) -> StoreResult<Vec<Need>> {
    let mut needs = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let rows =
            need::Entity::find().filter(need::Column::Id.is_in(keys)).order_by_asc(need::Column::Id).all(db).await?;
        needs.extend(with_lots(db, rows).await?);
    }
    Ok(needs)
}

/// The needs that hold these lots.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_lots(db: &impl Reader, ids: &[LotId]) -> StoreResult<Vec<Need>> {
    let mut keys = Vec::new();
    for chunk in ids.chunks(500) {
        let chunk = chunk.iter().map(|id| id.0);
        let rows = lot::Entity::find().filter(lot::Column::Id.is_in(chunk)).all(db).await?;
        keys.extend(rows.into_iter().map(|row| NeedId(row.need_id)));
    }
    keys.sort_unstable();
    keys.dedup();
    list_by_ids(db, &keys).await
}

/// Keys of all lots of some needs, withdrawn ones too.
///
/// # Errors
/// When the database does not answer.
pub async fn list_lot_ids(db: &impl Reader, needs: &[NeedId]) -> StoreResult<Vec<LotId>> {
    let mut ids = Vec::new();
    for chunk in needs.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let rows = lot::Entity::find()
            .select_only()
            .column(lot::Column::Id)
            .filter(lot::Column::NeedId.is_in(keys))
            .into_tuple::<i64>()
            .all(db)
            .await?;
        ids.extend(rows.into_iter().map(LotId));
    }
    Ok(ids)
}

/// The next needs after a key, by key: for walking through all of them.
///
/// # Errors
/// When the database does not answer.
pub async fn list_after(db: &impl Reader, after: NeedId, limit: u64) -> StoreResult<Vec<Need>> {
    let rows = need::Entity::find()
        .filter(need::Column::Id.gt(after.0))
        .order_by_asc(need::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    with_lots(db, rows).await
}

/// The latest needs that are matched and shown.
///
/// # Errors
/// When the database does not answer.
pub async fn list_latest(db: &impl Reader, limit: u64) -> StoreResult<Vec<Need>> {
    let shown = [NeedStatus::Open.as_str(), NeedStatus::Planned.as_str()];
    let rows = need::Entity::find()
        .filter(need::Column::Status.is_in(shown))
        .order_by_desc(need::Column::CreatedAt)
        .order_by_desc(need::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    with_lots(db, rows).await
}

/// How many needs and lots there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Reader) -> StoreResult<(u64, u64)> {
    Ok((need::Entity::find().count(db).await?, lot::Entity::find().count(db).await?))
}

/// How many needs are open, with a lot that can still be answered.
///
/// # Errors
/// When the database does not answer.
pub async fn count_open(db: &impl Reader, now: DateTime<Utc>) -> StoreResult<u64> {
    let in_time = Condition::any().add(lot::Column::DeadlineAt.is_null()).add(lot::Column::DeadlineAt.gt(now));
    let open = lot::Entity::find()
        .select_only()
        .column(lot::Column::NeedId)
        .filter(lot::Column::WithdrawnAt.is_null())
        .filter(lot::Column::ClosedAt.is_null())
        .filter(in_time)
        .into_query();
    let query = need::Entity::find()
        .filter(need::Column::Status.eq(NeedStatus::Open.as_str()))
        .filter(need::Column::Id.in_subquery(open));
    Ok(query.count(db).await?)
}

/// Key of the newest lot; zero without any.
///
/// # Errors
/// When the database does not answer.
pub async fn last_lot(db: &impl Reader) -> StoreResult<LotId> {
    let newest = lot::Entity::find().select_only().column(lot::Column::Id).order_by_desc(lot::Column::Id);
    Ok(LotId(newest.into_tuple::<i64>().one(db).await?.unwrap_or_default()))
}

/// Titles and main codes of the newest lots that have both, up to a key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_coded_titles(db: &impl Reader, last: LotId, limit: u64) -> StoreResult<Vec<(String, Cpv)>> {
    let rows: Vec<(String, String)> = lot::Entity::find()
        .select_only()
        .columns([lot::Column::Title, lot::Column::Cpv])
        .filter(lot::Column::Id.lte(last.0))
        .filter(lot::Column::Cpv.ne(""))
        .filter(lot::Column::Title.ne(""))
        .order_by_desc(lot::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let main = |codes: &str| rows::known("lot", Cpv::parse_list(codes)).map(|codes| codes.into_iter().next());
    let coded = rows.into_iter().map(|(title, codes)| Ok(main(&codes)?.map(|code| (title, code))));
    coded.filter_map(Result::transpose).collect()
}

async fn with_lots(db: &impl Reader, needs: Vec<need::Model>) -> StoreResult<Vec<Need>> {
    let keys = needs.iter().map(|row| row.id);
    let found = lot::Entity::find()
        .filter(lot::Column::NeedId.is_in(keys))
        .filter(lot::Column::WithdrawnAt.is_null())
        .order_by_asc(lot::Column::LotNo)
        .all(db)
        .await?;
    let mut tuned = tunings::map_for_lots(db, &found.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let mut by_need: HashMap<i64, Vec<Lot>> = HashMap::new();
    for row in found {
        let tuning = tuned.remove(&row.id);
        by_need.entry(row.need_id).or_default().push(Lot { tuning, ..lots::to_lot(row)? });
    }
    let buyers = buyers::map_by_ids(db, needs.iter().map(|row| row.buyer_id).collect()).await?;
    needs
        .into_iter()
        .filter_map(|row| {
            let lots = by_need.remove(&row.id).unwrap_or_default();
            let buyer = buyers.get(&row.buyer_id)?.clone();
            Some(to_need(row, buyer, lots))
        })
        .collect()
}

fn to_need(row: need::Model, buyer: Buyer, lots: Vec<Lot>) -> StoreResult<Need> {
    Ok(Need {
        id: NeedId(row.id),
        source: row.source,
        external_id: row.external_id,
        kind: rows::known(TABLE, NeedKind::parse(&row.kind))?,
        title: row.title,
        text: row.text,
        buyer,
        published_on: row.published_on,
        publication_no: row.publication_no,
        url: row.url,
        status: rows::known(TABLE, NeedStatus::parse(&row.status))?,
        created_at: row.created_at,
        updated_at: row.updated_at,
        lots,
    })
}
