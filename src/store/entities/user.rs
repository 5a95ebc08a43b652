//! Rows of `user`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Who signs in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `email`.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Column `role`.
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// Column `language`.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// Column `asf_id`.
    pub asf_id: Option<i64>,
    /// Column `buyer_id`.
    pub buyer_id: Option<i64>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `suspended_at`.
    pub suspended_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
