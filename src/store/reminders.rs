//! Who has been reminded of what.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{Reader, StoreResult, Tx, entities::reminder};
use crate::domain::pairing::PairingId;

/// Notes a reminder.
///
/// # Errors
/// `Conflict` when there has been one about this pairing.
pub async fn insert(tx: &Tx, pairing: PairingId, actor: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let row = reminder::ActiveModel {
        pairing_id: Set(pairing.0),
        reminded_at: Set(now),
        reminded_by: Set(actor.to_owned()),
        ..Default::default()
    };
    reminder::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// When an ASF was reminded of a pairing.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, pairing: PairingId) -> StoreResult<Option<DateTime<Utc>>> {
    let row = reminder::Entity::find().filter(reminder::Column::PairingId.eq(pairing.0)).one(db).await?;
    Ok(row.map(|row| row.reminded_at))
}
