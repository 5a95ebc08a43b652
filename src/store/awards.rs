//! What results say: who won which lot.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use super::{Reader, StoreResult, Tx, entities::award, rows};
use crate::domain::{
    award::{Award, AwardId, AwardKind, NewAward},
    need::{LotId, NeedId},
    notice::NeedKey,
    org_no::OrgNo,
};

const TABLE: &str = "award";

/// Stores what a notice says of the winners of a lot; one that is known keeps its key and is told anew.
///
/// Answers the keys of the awards that are new or say something else than before.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(
    tx: &Tx,
    need: NeedId,
    lot: LotId,
    told: &[NewAward],
    notice: &NeedKey,
    now: DateTime<Utc>,
) -> StoreResult<Vec<AwardId>> {
    let stored = award::Entity::find().filter(award::Column::LotId.eq(lot.0)).all(tx).await?;
    let identity = |row: &award::Model| (row.kind.clone(), row.winner_identity.clone(), row.tender_no.clone());
    let mut known: HashMap<(String, String, String), award::Model> =
        stored.into_iter().map(|row| (identity(&row), row)).collect();
    let mut changed = Vec::new();
    for new in told {
        let mut row = columns(need, lot, new, notice);
        let key = (new.kind.as_str().to_owned(), new.winner_identity(), new.tender_no.clone());
        match known.remove(&key) {
            None => {
                row.recorded_at = Set(now);
                changed.push(AwardId(award::Entity::insert(row).exec(tx).await?.last_insert_id));
            }
            Some(old) if says_the_same(&old, new) => {}
            Some(old) => {
                row.id = Unchanged(old.id);
                award::Entity::update(row).exec(tx).await?;
                changed.push(AwardId(old.id));
            }
        }
    }
    Ok(changed)
}

fn says_the_same(old: &award::Model, new: &NewAward) -> bool {
    old.withdrawn_at.is_none()
        && old.winner_name == new.winner_name
        && old.shared == new.shared
        && old.value_sek == new.value_sek
        && old.decided_on == new.decided_on
}

fn columns(need: NeedId, lot: LotId, new: &NewAward, notice: &NeedKey) -> award::ActiveModel {
    award::ActiveModel {
        need_id: Set(need.0),
        lot_id: Set(lot.0),
        kind: Set(new.kind.as_str().to_owned()),
        winner_name: Set(new.winner_name.clone()),
        winner_org_no: Set(new.winner_org_no.as_ref().map(|org_no| org_no.as_str().to_owned())),
        winner_identity: Set(new.winner_identity()),
        tender_no: Set(new.tender_no.clone()),
        shared: Set(new.shared),
        value_sek: Set(new.value_sek),
        decided_on: Set(new.decided_on),
        notice_key: Set(notice.as_str().to_owned()),
        withdrawn_at: Set(None),
        ..Default::default()
    }
}

/// Withdraws what earlier notices said of a lot and the notice that corrects them does not repeat.
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw_others(
    tx: &Tx,
    lot: LotId,
    kind: AwardKind,
    notice: &NeedKey,
    now: DateTime<Utc>,
) -> StoreResult<u64> {
    let done = award::Entity::update_many()
        .col_expr(award::Column::WithdrawnAt, Expr::value(now))
        .filter(award::Column::LotId.eq(lot.0))
        .filter(award::Column::Kind.eq(kind.as_str()))
        .filter(award::Column::NoticeKey.ne(notice.as_str()))
        .filter(award::Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// One award.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: AwardId) -> StoreResult<Option<Award>> {
    award::Entity::find_by_id(id.0).one(db).await?.map(to_award).transpose()
}

/// The awards of some needs, withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_needs(db: &impl Reader, needs: &[NeedId]) -> StoreResult<Vec<Award>> {
    let mut found = Vec::new();
    for chunk in needs.chunks(500) {
        let rows = award::Entity::find()
            .filter(award::Column::NeedId.is_in(chunk.iter().map(|id| id.0)))
            .filter(award::Column::WithdrawnAt.is_null())
            .order_by_asc(award::Column::Id)
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(to_award).collect::<StoreResult<Vec<_>>>()?);
    }
    Ok(found)
}

/// What an organisation has won, oldest first; withdrawn ones left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_winner(db: &impl Reader, winner: &OrgNo) -> StoreResult<Vec<Award>> {
    let rows = award::Entity::find()
        .filter(award::Column::WinnerOrgNo.eq(winner.as_str()))
        .filter(award::Column::WithdrawnAt.is_null())
        .order_by_asc(award::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_award).collect()
}

fn to_award(row: award::Model) -> StoreResult<Award> {
    Ok(Award {
        id: AwardId(row.id),
        need_id: NeedId(row.need_id),
        lot_id: LotId(row.lot_id),
        told: NewAward {
            kind: rows::known(TABLE, AwardKind::parse(&row.kind))?,
            winner_name: row.winner_name,
            winner_org_no: rows::known_option(TABLE, row.winner_org_no.as_deref().map(OrgNo::parse))?,
            tender_no: row.tender_no,
            shared: row.shared,
            value_sek: row.value_sek,
            decided_on: row.decided_on,
        },
        notice_key: row.notice_key,
        recorded_at: row.recorded_at,
    })
}
