//! Rows of `evidence_file`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Documents behind ledger entries.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_file")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `entry_id`.
    pub entry_id: i64,
    /// Column `sha256`.
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `media_type`.
    #[sea_orm(column_type = "Text")]
    pub media_type: String,
    /// Column `bytes`.
    pub bytes: i64,
    /// Column `uploaded_at`.
    pub uploaded_at: DateTimeUtc,
    /// Column `uploaded_by`.
    #[sea_orm(column_type = "Text")]
    pub uploaded_by: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
