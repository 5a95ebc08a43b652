//! Rows of `job_run`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Runs of jobs; a due time is run once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_run")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `job`.
    #[sea_orm(column_type = "Text")]
    pub job: String,
    /// Column `due_at`.
    pub due_at: DateTimeUtc,
    /// Column `outcome`.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    /// Column `started_at`.
    pub started_at: DateTimeUtc,
    /// Column `finished_at`.
    pub finished_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
