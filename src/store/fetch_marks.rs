//! How far each query to another server has been followed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{Reader, StoreResult, Tx, entities::fetch_mark};

/// The last publication date up to which everything of a query is stored.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, source: &str, query: &str) -> StoreResult<Option<NaiveDate>> {
    let row = fetch_mark::Entity::find()
        .filter(fetch_mark::Column::Source.eq(source))
        .filter(fetch_mark::Column::Query.eq(query))
        .one(db)
        .await?;
    Ok(row.map(|row| row.published_on))
}

/// Moves the mark of a query on.
///
/// # Errors
/// When the database does not answer.
pub async fn set(tx: &Tx, source: &str, query: &str, day: NaiveDate, now: DateTime<Utc>) -> StoreResult<()> {
    let row = fetch_mark::ActiveModel {
        source: Set(source.to_owned()),
        query: Set(query.to_owned()),
        published_on: Set(day),
        updated_at: Set(now),
        ..Default::default()
    };
    let again = OnConflict::columns([fetch_mark::Column::Source, fetch_mark::Column::Query])
        .update_columns([fetch_mark::Column::PublishedOn, fetch_mark::Column::UpdatedAt])
        .to_owned();
    fetch_mark::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}
