//! Rows of `recovery_code`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Codes for when the app is lost, as hashes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `code_hash`.
    #[sea_orm(column_type = "Text")]
    pub code_hash: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `used_at`.
    pub used_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
