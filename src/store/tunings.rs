//! What coordinators have corrected in lots: rows with who and when. The latest row of a lot holds.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{Reader, StoreResult, Tx, entities::tuning, rows};
use crate::domain::{asf::AsfId, cpv::Cpv, need::LotId, place::Place, tuning::Tuning};

/// A correction as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What it says.
    pub tuning: Tuning,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was taken back, and by whom.
    pub taken_back: Option<(DateTime<Utc>, String)>,
}

/// Writes a correction; from now on it holds for the lot.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, lot: LotId, new: &Tuning, by: &str, now: DateTime<Utc>) -> StoreResult<i64> {
    let row = tuning::ActiveModel {
        lot_id: Set(lot.0),
        words: Set(new.words.clone()),
        cpv: Set(rows::cpv_text(&new.cpv)),
        places: Set(rows::place_text(&new.places)),
        added: Set(id_text(&new.added)),
        excluded: Set(id_text(&new.excluded)),
        reason: Set(new.reason.clone()),
        decided_by: Set(by.to_owned()),
        recorded_at: Set(now),
        ..Default::default()
    };
    Ok(tuning::Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Takes back what was corrected in a lot; `false` when nothing holds.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(tx: &Tx, lot: LotId, by: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let taken = tuning::Entity::update_many()
        .col_expr(tuning::Column::TakenBackAt, Expr::value(now))
        .col_expr(tuning::Column::TakenBackBy, Expr::value(by))
        .filter(tuning::Column::LotId.eq(lot.0))
        .filter(tuning::Column::TakenBackAt.is_null())
        .exec(tx)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// What holds for each of these lots that something was corrected in.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn map_for_lots(db: &impl Reader, lots: &[i64]) -> StoreResult<HashMap<i64, Tuning>> {
    let mut latest = HashMap::new();
    for chunk in lots.chunks(500) {
        let of_lots = tuning::Entity::find().filter(tuning::Column::LotId.is_in(chunk.iter().copied()));
        for row in of_lots.order_by_asc(tuning::Column::Id).all(db).await? {
            latest.insert(row.lot_id, row);
        }
    }
    latest.retain(|_, row| row.taken_back_at.is_none());
    latest.into_iter().map(|(lot, row)| Ok((lot, to_tuning(&row)?))).collect()
}

/// Lots that an ASF was added to by hand at some time; whether it holds stands with the lot.
///
/// # Errors
/// When the database does not answer.
pub async fn list_lots_naming(db: &impl Reader, asf: AsfId) -> StoreResult<Vec<LotId>> {
    let ids: Vec<i64> = tuning::Entity::find()
        .select_only()
        .column(tuning::Column::LotId)
        .distinct()
        .filter(tuning::Column::TakenBackAt.is_null())
        .filter(tuning::Column::Added.like(format!("%|{}|%", asf.0)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(LotId).collect())
}

/// What was corrected in a lot, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn history(db: &impl Reader, lot: LotId) -> StoreResult<Vec<Recorded>> {
    let rows = tuning::Entity::find()
        .filter(tuning::Column::LotId.eq(lot.0))
        .order_by_desc(tuning::Column::Id)
        .all(db)
        .await?;
    let recorded = rows.into_iter().map(|row| {
        let tuning = to_tuning(&row)?;
        let taken_back = row.taken_back_at.zip(row.taken_back_by);
        Ok(Recorded { tuning, by: row.decided_by, at: row.recorded_at, taken_back })
    });
    recorded.collect()
}

fn to_tuning(row: &tuning::Model) -> StoreResult<Tuning> {
    Ok(Tuning {
        words: row.words.clone(),
        cpv: rows::known("tuning", Cpv::parse_list(&row.cpv))?,
        places: rows::known("tuning", Place::parse_list(&row.places))?,
        added: ids(&row.added),
        excluded: ids(&row.excluded),
        reason: row.reason.clone(),
    })
}

/// `|3|14|`, so that one key can be looked for.
fn id_text(ids: &[AsfId]) -> String {
    ids.iter().fold(String::from("|"), |text, id| format!("{text}{}|", id.0))
}

fn ids(text: &str) -> Vec<AsfId> {
    text.split('|').filter_map(|id| id.parse().ok()).map(AsfId).collect()
}
