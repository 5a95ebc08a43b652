//! Who did what; append-only.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{StoreResult, Tx, entities::audit};

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
