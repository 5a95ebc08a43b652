//! The notices that told of a need, each version once.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use super::{Reader, StoreResult, Tx, entities::notice, rows};
use crate::domain::{
    need::NeedId,
    notice::{NeedKey, NoticeForm},
};

/// A notice that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNotice {
    /// Its own identity.
    pub key: String,
    /// The need that it tells of.
    pub need_id: NeedId,
    /// What it is for.
    pub form: NoticeForm,
    /// Number of the version.
    pub version: u32,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// Publication number.
    pub publication_no: Option<String>,
    /// Hash of its content.
    pub content_hash: String,
}

/// Notes that a notice was read, or that it now says something else.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(tx: &Tx, new: &StoredNotice, now: DateTime<Utc>) -> StoreResult<()> {
    let row = notice::ActiveModel {
        key: Set(new.key.clone()),
        need_id: Set(new.need_id.0),
        form: Set(new.form.as_str().to_owned()),
        version: Set(i64::from(new.version)),
        issued_at: Set(new.issued_at),
        publication_no: Set(new.publication_no.clone()),
        content_hash: Set(new.content_hash.clone()),
        stored_at: Set(now),
        ..Default::default()
    };
    let known = OnConflict::column(notice::Column::Key)
        .update_columns([
            notice::Column::NeedId,
            notice::Column::Form,
            notice::Column::IssuedAt,
            notice::Column::PublicationNo,
            notice::Column::ContentHash,
            notice::Column::StoredAt,
        ])
        .to_owned();
    notice::Entity::insert(row).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}

/// The notice of this identity.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, key: &NeedKey) -> StoreResult<Option<StoredNotice>> {
    notice::Entity::find().filter(notice::Column::Key.eq(key.as_str())).one(db).await?.map(to_notice).transpose()
}

/// The notices of a need, first issued first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_need(db: &impl Reader, need: NeedId) -> StoreResult<Vec<StoredNotice>> {
    let rows = notice::Entity::find()
        .filter(notice::Column::NeedId.eq(need.0))
        .order_by_asc(notice::Column::IssuedAt)
        .order_by_asc(notice::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_notice).collect()
}

fn to_notice(row: notice::Model) -> StoreResult<StoredNotice> {
    Ok(StoredNotice {
        key: row.key,
        need_id: NeedId(row.need_id),
        form: rows::known("notice", NoticeForm::parse(&row.form))?,
        version: u32::try_from(row.version).unwrap_or_default(),
        issued_at: row.issued_at,
        publication_no: row.publication_no,
        content_hash: row.content_hash,
    })
}
