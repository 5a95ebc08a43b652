//! Rows of `need_approval`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What was decided about needs that wait.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "need_approval")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `need_id`.
    pub need_id: i64,
    /// Column `decision`.
    #[sea_orm(column_type = "Text")]
    pub decision: String,
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
