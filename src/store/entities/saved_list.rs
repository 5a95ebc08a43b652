//! Rows of `saved_list`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// A list that somebody keeps.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_list")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `share_hash`.
    #[sea_orm(column_type = "Text", nullable)]
    pub share_hash: Option<String>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
