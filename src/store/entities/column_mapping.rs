//! Rows of `column_mapping`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// A heading of a file and the column of ours that it is; an empty column is none.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "column_mapping")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `signature`.
    #[sea_orm(column_type = "Text")]
    pub signature: String,
    /// Column `heading`.
    #[sea_orm(column_type = "Text")]
    pub heading: String,
    /// Column `target`.
    #[sea_orm(column_type = "Text")]
    pub target: String,
    /// Column `decided_at`.
    pub decided_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
