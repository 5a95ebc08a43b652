//! Rows of `join_request`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Who asks to act for an ASF.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "join_request")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `email`.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Column `note`.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Column `language`.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// Column `state`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `decided_at`.
    pub decided_at: Option<DateTimeUtc>,
    /// Column `decided_by`.
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_by: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
