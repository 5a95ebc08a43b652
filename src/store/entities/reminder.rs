//! Rows of `reminder`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// That an ASF was reminded of a need.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `pairing_id`.
    pub pairing_id: i64,
    /// Column `reminded_at`.
    pub reminded_at: DateTimeUtc,
    /// Column `reminded_by`.
    #[sea_orm(column_type = "Text")]
    pub reminded_by: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
