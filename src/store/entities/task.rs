//! Rows of `task`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What a human must do.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `about`.
    #[sea_orm(column_type = "Text")]
    pub about: String,
    /// Column `subject`.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Column `opened_at`.
    pub opened_at: DateTimeUtc,
    /// Column `done_at`.
    pub done_at: Option<DateTimeUtc>,
    /// Column `done_by`.
    #[sea_orm(column_type = "Text", nullable)]
    pub done_by: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
