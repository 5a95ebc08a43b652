//! Rows of `calendar_link`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// The secret address of a personal calendar.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_link")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `link_hash`.
    #[sea_orm(column_type = "Text")]
    pub link_hash: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
