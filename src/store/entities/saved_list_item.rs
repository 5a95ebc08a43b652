//! Rows of `saved_list_item`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// An ASF on a list.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_list_item")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `list_id`.
    pub list_id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `note`.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Column `added_at`.
    pub added_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
