//! Rows of `second_factor`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// The secret that a user's app makes codes from.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `secret`.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `confirmed_at`.
    pub confirmed_at: Option<DateTimeUtc>,
    /// Column `last_step`.
    pub last_step: i64,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
