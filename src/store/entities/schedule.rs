//! Rows of `schedule`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// When each job is due next.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `job`.
    #[sea_orm(column_type = "Text")]
    pub job: String,
    /// Column `pattern`.
    #[sea_orm(column_type = "Text")]
    pub pattern: String,
    /// Column `next_due_at`.
    pub next_due_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
