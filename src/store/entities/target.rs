//! Rows of `target`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// How many of a target shall be reached; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `target`.
    #[sea_orm(column_type = "Text")]
    pub target: String,
    /// Column `goal`.
    pub goal: i32,
    /// Column `valid_from`.
    pub valid_from: Date,
    /// Column `decided_by`.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
