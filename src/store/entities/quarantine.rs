//! Rows of `quarantine`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What came in and could not be taken in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "quarantine")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `source`.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Column `record`.
    #[sea_orm(column_type = "Text")]
    pub record: String,
    /// Column `rule`.
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    /// Column `detail`.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    /// Column `raw`.
    #[sea_orm(column_type = "Text")]
    pub raw: String,
    /// Column `is_whole`.
    pub is_whole: bool,
    /// Column `need_id`.
    pub need_id: Option<i64>,
    /// Column `first_seen_at`.
    pub first_seen_at: DateTimeUtc,
    /// Column `last_tried_at`.
    pub last_tried_at: DateTimeUtc,
    /// Column `tries`.
    pub tries: i32,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
