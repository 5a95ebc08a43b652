//! Rows of `bounce`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What a mail system sent back.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bounce")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `message_id`.
    pub message_id: Option<i64>,
    /// Column `effect`.
    #[sea_orm(column_type = "Text")]
    pub effect: String,
    /// Column `status`.
    #[sea_orm(column_type = "Text")]
    pub status: String,
    /// Column `raw_hash`.
    #[sea_orm(column_type = "Text")]
    pub raw_hash: String,
    /// Column `raw`.
    #[sea_orm(column_type = "Text")]
    pub raw: String,
    /// Column `received_at`.
    pub received_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
