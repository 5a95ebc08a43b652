//! Pairings of lots and ASF.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationDef,
};

use super::{
    Reader, StoreResult, Tx,
    entities::{lot, pairing},
    rows,
};
use crate::domain::{
    asf::AsfId,
    need::LotId,
    pairing::{DeclineReason, Pairing, PairingId, PairingState, Strength},
    reason::Fit,
};

const TABLE: &str = "pairing";

/// How many pairings a write touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// New suggestions.
    pub inserted: u64,
    /// Suggestions whose score or reasons changed, or that came back.
    pub updated: u64,
    /// Suggestions that no longer fit.
    pub withdrawn: u64,
}

/// One side of a re-match: every pairing of a lot, or every pairing of an ASF.
#[derive(Debug, Clone, Copy)]
pub enum Side {
    /// All of a lot.
    Lot(LotId),
    /// All of an ASF.
    Asf(AsfId),
}

/// Makes the suggestions of one side equal to `fits`; answered pairings are left as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_suggestions(
    tx: &Tx,
    side: Side,
    fits: &[(LotId, AsfId, Fit)],
    now: DateTime<Utc>,
) -> StoreResult<Written> {
    let mut stored: HashMap<(i64, i64), pairing::Model> =
        of_side(side).all(tx).await?.into_iter().map(|row| ((row.lot_id, row.asf_id), row)).collect();
    let mut written = Written::default();
    let mut fresh = Vec::new();
    for (lot, asf, fit) in fits {
        let Some(strength) = fit.strength else { continue };
        match stored.remove(&(lot.0, asf.0)) {
            None => fresh.push(new_row(*lot, *asf, fit, strength, now)),
            Some(row) => written.updated += u64::from(refresh(tx, row, fit, strength, now).await?),
        }
    }
    written.inserted = fresh.len() as u64;
    for chunk in fresh.chunks(200) {
        pairing::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    for row in stored.into_values().filter(|row| row.state == PairingState::Suggested.as_str()) {
        let mut row = row.into_active_model();
        row.state = Set(PairingState::Withdrawn.as_str().to_owned());
        row.updated_at = Set(now);
        pairing::Entity::update(row).exec(tx).await?;
        written.withdrawn += 1;
    }
    Ok(written)
}

/// Which of these lots have pairings, whatever became of them.
///
/// # Errors
/// When the database does not answer.
pub async fn list_lots(db: &impl Reader, lots: &[LotId]) -> StoreResult<HashSet<LotId>> {
    let mut found = HashSet::new();
    for chunk in lots.chunks(500) {
        let rows: Vec<i64> = pairing::Entity::find()
            .select_only()
            .column(pairing::Column::LotId)
            .distinct()
            .filter(pairing::Column::LotId.is_in(chunk.iter().map(|id| id.0)))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(LotId));
    }
    Ok(found)
}

fn of_side(side: Side) -> sea_orm::Select<pairing::Entity> {
    match side {
        Side::Lot(lot) => pairing::Entity::find().filter(pairing::Column::LotId.eq(lot.0)),
        Side::Asf(asf) => pairing::Entity::find().filter(pairing::Column::AsfId.eq(asf.0)),
    }
}

fn new_row(lot: LotId, asf: AsfId, fit: &Fit, strength: Strength, now: DateTime<Utc>) -> pairing::ActiveModel {
    pairing::ActiveModel {
        lot_id: Set(lot.0),
        asf_id: Set(asf.0),
        score: Set(fit.score),
        strength: Set(strength.as_str().to_owned()),
        reasons: Set(rows::json_text(&fit.reasons)),
        objections: Set(rows::json_text(&fit.objections)),
        state: Set(PairingState::Suggested.as_str().to_owned()),
        decline_reason: Set(None),
        note: Set(String::new()),
        introduced_at: Set(None),
        answered_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    }
}

/// Writes a stored suggestion anew when something changed; says whether it did.
async fn refresh(tx: &Tx, row: pairing::Model, fit: &Fit, strength: Strength, now: DateTime<Utc>) -> StoreResult<bool> {
    let (reasons, objections) = (rows::json_text(&fit.reasons), rows::json_text(&fit.objections));
    let is_suggested = row.state == PairingState::Suggested.as_str();
    let is_withdrawn = row.state == PairingState::Withdrawn.as_str();
    let same = (row.score - fit.score).abs() < 1e-9
        && row.strength == strength.as_str()
        && row.reasons == reasons
        && row.objections == objections;
    if !(is_suggested && !same || is_withdrawn) {
        return Ok(false);
    }
    let mut row = row.into_active_model();
    row.score = Set(fit.score);
    row.strength = Set(strength.as_str().to_owned());
    row.reasons = Set(reasons);
    row.objections = Set(objections);
    row.state = Set(PairingState::Suggested.as_str().to_owned());
    row.updated_at = Set(now);
    pairing::Entity::update(row).exec(tx).await?;
    Ok(true)
}

/// One pairing.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: PairingId) -> StoreResult<Option<Pairing>> {
    pairing::Entity::find_by_id(id.0).one(db).await?.map(to_pairing).transpose()
}

/// Some pairings, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_ids(db: &impl Reader, ids: &[PairingId]) -> StoreResult<Vec<Pairing>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let of_keys = pairing::Entity::find().filter(pairing::Column::Id.is_in(keys));
        let rows = of_keys.order_by_asc(pairing::Column::Id).all(db).await?;
        found.extend(rows.into_iter().map(to_pairing).collect::<StoreResult<Vec<_>>>()?);
    }
    Ok(found)
}

/// When a pairing was first suggested.
///
/// # Errors
/// When the database does not answer.
pub async fn suggested_at(db: &impl Reader, id: PairingId) -> StoreResult<Option<DateTime<Utc>>> {
    Ok(pairing::Entity::find_by_id(id.0).one(db).await?.map(|row| row.created_at))
}

/// Holds a pairing against a second answer at the same time; SQLite's write lock does so already.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: PairingId) -> StoreResult<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        pairing::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?;
    }
    Ok(())
}

/// Stores what an answer changed; the caller holds the pairing.
///
/// # Errors
/// When the database does not answer.
pub async fn update_answer(tx: &Tx, pairing: &Pairing, now: DateTime<Utc>) -> StoreResult<()> {
    let row = pairing::ActiveModel {
        id: Unchanged(pairing.id.0),
        state: Set(pairing.state.as_str().to_owned()),
        decline_reason: Set(pairing.decline_reason.map(|reason| reason.as_str().to_owned())),
        note: Set(pairing.note.clone()),
        introduced_at: Set(pairing.introduced_at),
        answered_at: Set(pairing.answered_at),
        updated_at: Set(now),
        ..Default::default()
    };
    pairing::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Pairings of some lots, best first; withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_lots(db: &impl Reader, lots: &[LotId]) -> StoreResult<Vec<Pairing>> {
    shown(pairing::Entity::find().filter(pairing::Column::LotId.is_in(lots.iter().map(|id| id.0))), db).await
}

/// Pairings of an ASF, best first; withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_asf(db: &impl Reader, asf: AsfId) -> StoreResult<Vec<Pairing>> {
    shown(pairing::Entity::find().filter(pairing::Column::AsfId.eq(asf.0)), db).await
}

/// What some ASF could be mailed: not declined, and the lots are not closed and have no deadline before `now`, best
/// first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_mailable(db: &impl Reader, asfs: &[AsfId], now: DateTime<Utc>) -> StoreResult<Vec<Pairing>> {
    let of_lot: RelationDef =
        pairing::Entity::belongs_to(lot::Entity).from(pairing::Column::LotId).to(lot::Column::Id).into();
    let in_time = Condition::any().add(lot::Column::DeadlineAt.is_null()).add(lot::Column::DeadlineAt.gt(now));
    let rows = pairing::Entity::find()
        .join(JoinType::InnerJoin, of_lot)
        .filter(pairing::Column::AsfId.is_in(asfs.iter().map(|id| id.0)))
        .filter(pairing::Column::State.is_not_in([PairingState::No.as_str(), PairingState::Withdrawn.as_str()]))
        .filter(lot::Column::WithdrawnAt.is_null())
        .filter(lot::Column::ClosedAt.is_null())
        .filter(in_time)
        .order_by_desc(pairing::Column::Score)
        .order_by_asc(pairing::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_pairing).collect()
}

/// Lots about which somebody said maybe or no in this time.
///
/// # Errors
/// When the database does not answer.
pub async fn list_answered_lots(
    db: &impl Reader,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> StoreResult<Vec<LotId>> {
    let ids: Vec<i64> = pairing::Entity::find()
        .select_only()
        .column(pairing::Column::LotId)
        .distinct()
        .filter(pairing::Column::AnsweredAt.gt(from))
        .filter(pairing::Column::AnsweredAt.lte(to))
        .filter(pairing::Column::State.is_in([PairingState::Maybe.as_str(), PairingState::No.as_str()]))
        .order_by_asc(pairing::Column::LotId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(LotId).collect())
}

/// How many pairings of an ASF stand in each state; withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn count_by_state(db: &impl Reader, asf: AsfId) -> StoreResult<HashMap<PairingState, u64>> {
    let rows: Vec<(String, i64)> = pairing::Entity::find()
        .select_only()
        .column(pairing::Column::State)
        .column_as(pairing::Column::Id.count(), "many")
        .filter(pairing::Column::AsfId.eq(asf.0))
        .filter(pairing::Column::State.ne(PairingState::Withdrawn.as_str()))
        .group_by(pairing::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(state, many)| Ok((rows::known(TABLE, PairingState::parse(&state))?, many.unsigned_abs())))
        .collect()
}

/// Pairings of an ASF before a key, newest first; withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list_before(db: &impl Reader, asf: AsfId, before: i64, limit: u64) -> StoreResult<Vec<Pairing>> {
    let rows = pairing::Entity::find()
        .filter(pairing::Column::AsfId.eq(asf.0))
        .filter(pairing::Column::Id.lt(before))
        .filter(pairing::Column::State.ne(PairingState::Withdrawn.as_str()))
        .order_by_desc(pairing::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(to_pairing).collect()
}

/// The pairings that were last answered with yes or maybe, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_latest_promising(db: &impl Reader, limit: u64) -> StoreResult<Vec<Pairing>> {
    let rows = pairing::Entity::find()
        .filter(pairing::Column::State.is_in([PairingState::Yes.as_str(), PairingState::Maybe.as_str()]))
        .order_by_desc(pairing::Column::AnsweredAt)
        .order_by_desc(pairing::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(to_pairing).collect()
}

async fn shown(query: sea_orm::Select<pairing::Entity>, db: &impl Reader) -> StoreResult<Vec<Pairing>> {
    let rows = query
        .filter(pairing::Column::State.ne(PairingState::Withdrawn.as_str()))
        .order_by_desc(pairing::Column::Score)
        .order_by_asc(pairing::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_pairing).collect()
}

/// How many suggestions and answers there are, withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Reader) -> StoreResult<u64> {
    let shown = pairing::Column::State.ne(PairingState::Withdrawn.as_str());
    Ok(pairing::Entity::find().filter(shown).count(db).await?)
}

/// A row as a pairing.
///
/// # Errors
/// When the row holds a word that the domain does not know.
pub(super) fn to_pairing(row: pairing::Model) -> StoreResult<Pairing> {
    Ok(Pairing {
        id: PairingId(row.id),
        lot_id: LotId(row.lot_id),
        asf_id: AsfId(row.asf_id),
        score: row.score,
        strength: rows::known(TABLE, Strength::parse(&row.strength))?,
        reasons: rows::from_json(TABLE, &row.reasons)?,
        objections: rows::from_json(TABLE, &row.objections)?,
        state: rows::known(TABLE, PairingState::parse(&row.state))?,
        decline_reason: rows::known_option(TABLE, row.decline_reason.as_deref().map(DeclineReason::parse))?,
        note: row.note,
        introduced_at: row.introduced_at,
        answered_at: row.answered_at,
    })
}
