//! Rows of `notice`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Notices that tell of needs.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `key`.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// Column `need_id`.
    pub need_id: i64,
    /// Column `form`.
    #[sea_orm(column_type = "Text")]
    pub form: String,
    /// Column `version`.
    pub version: i64,
    /// Column `issued_at`.
    pub issued_at: Option<DateTimeUtc>,
    /// Column `publication_no`.
    #[sea_orm(column_type = "Text", nullable)]
    pub publication_no: Option<String>,
    /// Column `content_hash`.
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    /// Column `stored_at`.
    pub stored_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
