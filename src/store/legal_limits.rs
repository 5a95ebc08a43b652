//! Amounts of the law by the days they hold.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::{Reader, StoreResult, entities::legal_limit};
use crate::domain::legal_limit::{LimitKind, Limits};

/// The amounts in force on a day; a kind without a row for it is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn on(db: &impl Reader, day: NaiveDate) -> StoreResult<Limits> {
    let ends = legal_limit::Column::ValidTo;
    let rows = legal_limit::Entity::find()
        .filter(legal_limit::Column::ValidFrom.lte(day))
        .filter(legal_limit::Column::Currency.eq("SEK"))
        .filter(Condition::any().add(ends.is_null()).add(ends.gte(day)))
        .order_by_asc(legal_limit::Column::ValidFrom)
        .all(db)
        .await?;
    let known = rows.into_iter().filter_map(|row| Some((LimitKind::parse(&row.kind)?, row.amount)));
    Ok(Limits::new(known))
}
