//! Which documents lie behind which entries; the bytes are no business of the database.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Reader, StoreResult, Tx, entities::evidence_file};
use crate::domain::ledger::EntryId;

/// A stored document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Identity.
    pub id: i64,
    /// The entry it proves.
    pub entry: EntryId,
    /// SHA-256 in hexadecimal, also the name on disk.
    pub sha256: String,
    /// Name that the uploader gave it.
    pub name: String,
    /// Media type, by its content.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: i64,
}

/// Notes a document.
///
/// # Errors
/// `Conflict` when the same document lies behind the entry already.
pub async fn insert(tx: &Tx, file: &EvidenceFile, actor: &str, now: DateTime<Utc>) -> StoreResult<i64> {
    let row = evidence_file::ActiveModel {
        entry_id: Set(file.entry.0),
        sha256: Set(file.sha256.clone()),
        name: Set(file.name.clone()),
        media_type: Set(file.media_type.clone()),
        bytes: Set(file.bytes),
        uploaded_at: Set(now),
        uploaded_by: Set(actor.to_owned()),
        ..Default::default()
    };
    Ok(evidence_file::Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// One document.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: i64) -> StoreResult<Option<EvidenceFile>> {
    Ok(evidence_file::Entity::find_by_id(id).one(db).await?.map(to_file))
}

/// The documents behind some entries.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for(db: &impl Reader, entries: &[EntryId]) -> StoreResult<Vec<EvidenceFile>> {
    let rows = evidence_file::Entity::find()
        .filter(evidence_file::Column::EntryId.is_in(entries.iter().map(|id| id.0)))
        .order_by_asc(evidence_file::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_file).collect())
}

fn to_file(row: evidence_file::Model) -> EvidenceFile {
    EvidenceFile {
        id: row.id,
        entry: EntryId(row.entry_id),
        sha256: row.sha256,
        name: row.name,
        media_type: row.media_type,
        bytes: row.bytes,
    }
}
