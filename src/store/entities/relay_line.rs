//! Rows of `relay_line`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What one side wrote in a thread.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relay_line")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `relay_id`.
    pub relay_id: i64,
    /// Column `side`.
    #[sea_orm(column_type = "Text")]
    pub side: String,
    /// Column `text`.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Column `written_at`.
    pub written_at: DateTimeUtc,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text", nullable)]
    pub token_hash: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
