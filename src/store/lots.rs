//! Lots of needs: written with their need, and closed one by one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{lot, need},
    rows,
};
use crate::domain::{
    amendment,
    amendment::Amendment,
    cpv::Cpv,
    need::{Closed, ClosedBecause, Lot, LotId, NeedId, NeedStatus, NewLot},
    place::Place,
    reservation::Reservation,
};

const TABLE: &str = "lot";

/// Makes the lots of a need equal to these. They keep their keys; those that are gone are withdrawn;
/// what changed materially in one that was there before is noted with its time.
///
/// A lot that ran out opens again, since its deadline may have moved; one that ended stays closed.
///
/// # Errors
/// When the database does not answer.
pub async fn write(tx: &Tx, need: NeedId, lots: &[NewLot], now: DateTime<Utc>) -> StoreResult<()> {
    let stored = lot::Entity::find().filter(lot::Column::NeedId.eq(need.0)).all(tx).await?;
    let mut before: HashMap<String, lot::Model> = stored.into_iter().map(|row| (row.lot_no.clone(), row)).collect();
    let mut fresh = Vec::new();
    for work in lots {
        let Some(known) = before.remove(&work.lot_no) else {
            fresh.push(work);
            continue;
        };
        let mut row = columns(need.0, work);
        row.id = Unchanged(known.id);
        let ran_out = known.closed_because.as_deref() == Some(ClosedBecause::Deadline.as_str());
        if ran_out {
            (row.closed_at, row.closed_because) = (Set(None), Set(None));
        }
        let was_withdrawn = known.withdrawn_at.is_some();
        let known = to_lot(known)?;
        if known.work == *work && !ran_out && !was_withdrawn {
            continue;
        }
        let parts = amendment::amended_parts(&known.work, work);
        if !parts.is_empty() {
            row.amendments = Set(rows::json_text(&amendment::amended(&known.amendments, &parts, now)));
            row.materially_changed_at = Set(Some(now));
        }
        lot::Entity::update(row).exec(tx).await?;
    }
    insert(tx, need, fresh).await?;
    withdraw(tx, before.into_values().map(|row| row.id).collect(), now).await
}

/// Stores the lots of a need that has none of these numbers.
///
/// # Errors
/// `Conflict` when it has one of them.
pub async fn insert<'a>(tx: &Tx, need: NeedId, lots: impl IntoIterator<Item = &'a NewLot>) -> StoreResult<()> {
    let rows: Vec<lot::ActiveModel> = lots.into_iter().map(|work| columns(need.0, work)).collect();
    for chunk in rows.chunks(50) {
        lot::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Stores one more lot of a need; one that was withdrawn comes back as it was.
///
/// # Errors
/// `Conflict` when the need has a lot of this number.
pub async fn add(tx: &Tx, need: NeedId, work: &NewLot) -> StoreResult<LotId> {
    let withdrawn = lot::Entity::find()
        .filter(lot::Column::NeedId.eq(need.0))
        .filter(lot::Column::LotNo.eq(&work.lot_no))
        .filter(lot::Column::WithdrawnAt.is_not_null());
    if let Some(row) = withdrawn.one(tx).await? {
        let back = lot::ActiveModel { id: Unchanged(row.id), withdrawn_at: Set(None), ..Default::default() };
        lot::Entity::update(back).exec(tx).await?;
        return Ok(LotId(row.id));
    }
    Ok(LotId(lot::Entity::insert(columns(need.0, work)).exec(tx).await?.last_insert_id))
}

async fn withdraw(tx: &Tx, gone: Vec<i64>, now: DateTime<Utc>) -> StoreResult<()> {
    for chunk in gone.chunks(500) {
        lot::Entity::update_many()
            .col_expr(lot::Column::WithdrawnAt, Expr::value(now))
            .filter(lot::Column::Id.is_in(chunk.iter().copied()))
            .filter(lot::Column::WithdrawnAt.is_null())
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn columns(need_id: i64, work: &NewLot) -> lot::ActiveModel {
    lot::ActiveModel {
        need_id: Set(need_id),
        lot_no: Set(work.lot_no.clone()),
        title: Set(work.title.clone()),
        text: Set(work.text.clone()),
        cpv: Set(rows::cpv_text(&work.cpv)),
        places: Set(rows::place_text(&work.places)),
        value_sek: Set(work.value_sek),
        deadline_at: Set(work.deadline_at),
        deadline_doubtful: Set(work.deadline_doubtful),
        start_on: Set(work.start_on),
        end_on: Set(work.end_on),
        reservation: Set(work.reservation.as_str().to_owned()),
        social: Set(rows::json_text(&work.social)),
        contract: Set(rows::json_text(&work.contract)),
        withdrawn_at: Set(None),
        ..Default::default()
    }
}

/// Closes lots that are open; says how many were.
///
/// # Errors
/// When the database does not answer.
pub async fn close(tx: &Tx, lots: &[LotId], because: ClosedBecause, now: DateTime<Utc>) -> StoreResult<u64> {
    let mut closed = 0;
    for chunk in lots.chunks(500) {
        let mut closable = Condition::any().add(lot::Column::ClosedAt.is_null());
        if because != ClosedBecause::Deadline {
            // An outcome says more than that the time ran out.
            closable = closable.add(lot::Column::ClosedBecause.eq(ClosedBecause::Deadline.as_str()));
        }
        let done = lot::Entity::update_many()
            .col_expr(lot::Column::ClosedAt, Expr::value(now))
            .col_expr(lot::Column::ClosedBecause, Expr::value(because.as_str()))
            .filter(lot::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .filter(closable)
            .exec(tx)
            .await?;
        closed += done.rows_affected;
    }
    Ok(closed)
}

/// Keys of the lots of a need by number, withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn map_by_number(db: &impl Reader, need: NeedId) -> StoreResult<HashMap<String, LotId>> {
    let rows: Vec<(String, i64)> = lot::Entity::find()
        .select_only()
        .column(lot::Column::LotNo)
        .column(lot::Column::Id)
        .filter(lot::Column::NeedId.eq(need.0))
        .filter(lot::Column::WithdrawnAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(number, id)| (number, LotId(id))).collect())
}

/// How many lots of a need are open.
///
/// # Errors
/// When the database does not answer.
pub async fn count_open(db: &impl Reader, need: NeedId) -> StoreResult<u64> {
    let open = lot::Entity::find()
        .filter(lot::Column::NeedId.eq(need.0))
        .filter(lot::Column::WithdrawnAt.is_null())
        .filter(lot::Column::ClosedAt.is_null());
    Ok(open.count(db).await?)
}

/// Open lots whose deadline has passed, longest ago first, at most `limit`, with their needs.
///
/// Found by an index over open lots, so that the closed ones of many years cost nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn list_run_out(db: &impl Reader, now: DateTime<Utc>, limit: u64) -> StoreResult<Vec<(LotId, NeedId)>> {
    let rows: Vec<(i64, i64)> = lot::Entity::find()
        .select_only()
        .column(lot::Column::Id)
        .column(lot::Column::NeedId)
        .filter(lot::Column::ClosedAt.is_null())
        .filter(lot::Column::DeadlineAt.lte(now))
        .order_by_asc(lot::Column::DeadlineAt)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(lot, need)| (LotId(lot), NeedId(need))).collect())
}

/// Of these needs those that are matched and shown though none of their lots is open.
///
/// # Errors
/// When the database does not answer.
pub async fn list_needs_without_open(db: &impl Reader, needs: &[NeedId]) -> StoreResult<Vec<NeedId>> {
    let mut found = Vec::new();
    for chunk in needs.chunks(500) {
        let keys = || chunk.iter().map(|id| id.0);
        let open: Vec<i64> = lot::Entity::find()
            .select_only()
            .column(lot::Column::NeedId)
            .distinct()
            .filter(lot::Column::NeedId.is_in(keys()))
            .filter(lot::Column::WithdrawnAt.is_null())
            .filter(lot::Column::ClosedAt.is_null())
            .into_tuple()
            .all(db)
            .await?;
        let shown: Vec<i64> = need::Entity::find()
            .select_only()
            .column(need::Column::Id)
            .filter(need::Column::Id.is_in(keys().filter(|id| !open.contains(id))))
            .filter(need::Column::Status.is_in([NeedStatus::Open.as_str(), NeedStatus::Planned.as_str()]))
            .order_by_asc(need::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(shown.into_iter().map(NeedId));
    }
    Ok(found)
}

/// A row as a lot.
///
/// # Errors
/// When the row holds a word that the domain does not know.
pub(super) fn to_lot(row: lot::Model) -> StoreResult<Lot> {
    let because = rows::known_option(TABLE, row.closed_because.as_deref().map(ClosedBecause::parse))?;
    Ok(Lot {
        id: LotId(row.id),
        need_id: NeedId(row.need_id),
        tuning: None,
        amendments: rows::from_json::<Vec<Amendment>>(TABLE, &row.amendments)?,
        closed: row.closed_at.zip(because).map(|(at, because)| Closed { at, because }),
        work: NewLot {
            lot_no: row.lot_no,
            title: row.title,
            text: row.text,
            cpv: rows::known(TABLE, Cpv::parse_list(&row.cpv))?,
            places: rows::known(TABLE, Place::parse_list(&row.places))?,
            value_sek: row.value_sek,
            deadline_at: row.deadline_at,
            deadline_doubtful: row.deadline_doubtful,
            start_on: row.start_on,
            end_on: row.end_on,
            reservation: rows::known(TABLE, Reservation::parse(&row.reservation))?,
            social: rows::from_json(TABLE, &row.social)?,
            contract: rows::from_json(TABLE, &row.contract)?,
        },
    })
}
