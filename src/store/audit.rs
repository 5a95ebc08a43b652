//! Who did what; append-only.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Reader, StoreResult, Tx, entities::audit};

/// A line as stored.
pub type Line = audit::Model;

/// Which lines are asked for; what is empty asks for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Who acted: `user:12`, `command`.
    pub actor: String,
    /// What it was done to: `user`, `need`.
    pub noun: String,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub until: Option<DateTime<Utc>>,
}

/// Lines, the latest first, a page of them.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl Reader, filter: &Filter, offset: u64, limit: u64) -> StoreResult<Vec<Line>> {
    let mut lines = audit::Entity::find();
    if !filter.actor.is_empty() {
        lines = lines.filter(audit::Column::Actor.eq(&filter.actor));
    }
    if !filter.noun.is_empty() {
        lines = lines.filter(audit::Column::Noun.eq(&filter.noun));
    }
    if let Some(from) = filter.from {
        lines = lines.filter(audit::Column::At.gte(from));
    }
    if let Some(until) = filter.until {
        lines = lines.filter(audit::Column::At.lt(until));
    }
    Ok(lines.order_by_desc(audit::Column::Id).offset(offset).limit(limit).all(db).await?)
}

/// What anything was done to, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn list_nouns(db: &impl Reader) -> StoreResult<Vec<String>> {
    Ok(audit::Entity::find()
        .select_only()
        .column(audit::Column::Noun)
        .distinct()
        .order_by_asc(audit::Column::Noun)
        .into_tuple()
        .all(db)
        .await?)
}

/// Writes one line.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    at: DateTime<Utc>,
    actor: &str,
    action: &str,
    noun: &str,
    noun_id: i64,
    detail: &str,
) -> StoreResult<()> {
    let row = audit::ActiveModel {
        at: Set(at),
        actor: Set(actor.to_owned()),
        action: Set(action.to_owned()),
        noun: Set(noun.to_owned()),
        noun_id: Set(noun_id),
        detail: Set(detail.to_owned()),
        ..Default::default()
    };
    audit::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Most lines about one thing.
const MOST: u64 = 1_000;

/// When each of these actions was done to one thing, newest first, with its detail.
///
/// # Errors
/// When the database does not answer.
pub async fn list_actions(
    db: &impl Reader,
    noun: &str,
    noun_id: i64,
    actions: &[&str],
) -> StoreResult<Vec<(DateTime<Utc>, String, String)>> {
    let lines = audit::Entity::find()
        .filter(audit::Column::Noun.eq(noun))
        .filter(audit::Column::NounId.eq(noun_id))
        .filter(audit::Column::Action.is_in(actions.iter().copied()))
        .order_by_desc(audit::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    Ok(lines.into_iter().map(|line| (line.at, line.action, line.detail)).collect())
}
