//! Rows of `asf_fact`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What is recorded about an ASF.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "asf_fact")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `value`.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// Column `how`.
    #[sea_orm(column_type = "Text")]
    pub how: String,
    /// Column `as_of`.
    pub as_of: Date,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
    /// Column `recorded_by`.
    #[sea_orm(column_type = "Text")]
    pub recorded_by: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
