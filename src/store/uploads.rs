//! Files that wait for somebody to take them in.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter,
};

use super::{Reader, StoreResult, Tx, entities::upload, rows};
use crate::domain::upload::{NewUpload, Preview, Upload, UploadKind};

const TABLE: &str = "upload";

/// Stores a file with what it would do.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, new: &NewUpload, preview: &Preview, actor: &str, now: DateTime<Utc>) -> StoreResult<i64> {
    let row = upload::ActiveModel {
        kind: Set(new.kind.as_str().to_owned()),
        name: Set(new.name.clone()),
        content: Set(new.bytes.clone()),
        preview: Set(rows::json_text(preview)),
        uploaded_by: Set(actor.to_owned()),
        uploaded_at: Set(now),
        ..Default::default()
    };
    Ok(upload::Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// One file.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: i64) -> StoreResult<Option<Upload>> {
    upload::Entity::find_by_id(id).one(db).await?.map(to_upload).transpose()
}

/// Writes what a file would do now.
///
/// # Errors
/// When the database does not answer.
pub async fn set_preview(tx: &Tx, id: i64, preview: &Preview) -> StoreResult<()> {
    let row = upload::ActiveModel { id: Unchanged(id), preview: Set(rows::json_text(preview)), ..Default::default() };
    upload::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Lets a file go; false when it was gone.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, id: i64) -> StoreResult<bool> {
    Ok(upload::Entity::delete_by_id(id).exec(tx).await?.rows_affected == 1)
}

/// Lets go of what was uploaded before an instant; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_before(tx: &Tx, before: DateTime<Utc>) -> StoreResult<u64> {
    let old = upload::Entity::delete_many().filter(upload::Column::UploadedAt.lt(before));
    Ok(old.exec(tx).await?.rows_affected)
}

fn to_upload(row: upload::Model) -> StoreResult<Upload> {
    let kind = rows::known(TABLE, UploadKind::parse(&row.kind))?;
    let preview = rows::from_json(TABLE, &row.preview)?;
    Ok(Upload { id: row.id, told: NewUpload { kind, name: row.name, bytes: row.content }, preview })
}
