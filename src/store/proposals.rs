//! Facts that are suggested and wait for a human.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{Reader, StoreResult, Tx, entities::proposal, rows};
use crate::domain::{
    asf::AsfId,
    ledger::NewEntry,
    proposal::{Proposal, ProposalId, asf_of},
};

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// The ledger was told.
    Accepted,
    /// It was no fact, or is told already.
    Dismissed,
}

impl Decided {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Dismissed => "dismissed",
        }
    }
}

/// Suggests facts; what was suggested before, decided or not, is left as it is.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_new(tx: &Tx, entries: &[NewEntry], now: DateTime<Utc>) -> StoreResult<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows = entries.iter().map(|entry| proposal::ActiveModel {
        key: Set(entry.key.clone()),
        entry: Set(rows::json_text(entry)),
        asf_id: Set(asf_of(entry).map(|asf| asf.0)),
        created_at: Set(now),
        state: Set("open".to_owned()),
        ..Default::default()
    });
    let same = OnConflict::column(proposal::Column::Key).do_nothing().to_owned();
    proposal::Entity::insert_many(rows).on_conflict(same).exec_without_returning(tx).await?;
    Ok(())
}

/// What waits, oldest first; of one ASF, or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open(db: &impl Reader, asf: Option<AsfId>, limit: u64) -> StoreResult<Vec<Proposal>> {
    list_open_after(db, asf, ProposalId(0), limit).await
}

/// As [`list_open`], after a key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open_after(
    db: &impl Reader,
    asf: Option<AsfId>,
    after: ProposalId,
    limit: u64,
) -> StoreResult<Vec<Proposal>> {
    let open = proposal::Entity::find().filter(proposal::Column::State.eq("open"));
    let mut query = open.filter(proposal::Column::Id.gt(after.0));
    if let Some(asf) = asf {
        query = query.filter(proposal::Column::AsfId.eq(asf.0));
    }
    let rows = query.order_by_asc(proposal::Column::Id).limit(limit).all(db).await?;
    rows.into_iter().map(to_proposal).collect()
}

/// One that waits.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(db: &impl Reader, id: ProposalId) -> StoreResult<Option<Proposal>> {
    let row = proposal::Entity::find_by_id(id.0).filter(proposal::Column::State.eq("open")).one(db).await?;
    row.map(to_proposal).transpose()
}

/// Writes what became of a proposal; false when somebody else was first.
///
/// # Errors
/// When the database does not answer.
pub async fn decide(tx: &Tx, id: ProposalId, decided: Decided, actor: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let written = proposal::Entity::update_many()
        .col_expr(proposal::Column::State, Expr::value(decided.as_str()))
        .col_expr(proposal::Column::DecidedAt, Expr::value(now))
        .col_expr(proposal::Column::DecidedBy, Expr::value(actor))
        .filter(proposal::Column::Id.eq(id.0))
        .filter(proposal::Column::State.eq("open"))
        .exec(tx)
        .await?;
    Ok(written.rows_affected == 1)
}

fn to_proposal(row: proposal::Model) -> StoreResult<Proposal> {
    Ok(Proposal { id: ProposalId(row.id), created_at: row.created_at, entry: rows::from_json("proposal", &row.entry)? })
}
