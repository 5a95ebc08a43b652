//! Rows of `session`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Signed-in browsers; only the hash of the cookie is kept.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
    /// Column `verified_at`.
    pub verified_at: Option<DateTimeUtc>,
    /// Column `seen_at`.
    pub seen_at: Option<DateTimeUtc>,
    /// Column `device`.
    #[sea_orm(column_type = "Text")]
    pub device: String,
    /// Column `tries`.
    pub tries: i32,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
