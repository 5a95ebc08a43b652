//! Rows of `audit`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Who did what; append-only.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `at`.
    pub at: DateTimeUtc,
    /// Column `actor`.
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    /// Column `action`.
    #[sea_orm(column_type = "Text")]
    pub action: String,
    /// Column `noun`.
    #[sea_orm(column_type = "Text")]
    pub noun: String,
    /// Column `noun_id`.
    pub noun_id: i64,
    /// Column `detail`.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
