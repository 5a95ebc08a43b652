//! Rows of `token`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Links in mails: one purpose each, kept as a hash.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "token")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// Column `purpose`.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// Column `code_hash`.
    #[sea_orm(column_type = "Text", nullable)]
    pub code_hash: Option<String>,
    /// Column `user_id`.
    pub user_id: Option<i64>,
    /// Column `pairing_id`.
    pub pairing_id: Option<i64>,
    /// Column `asf_id`.
    pub asf_id: Option<i64>,
    /// Column `need_id`.
    pub need_id: Option<i64>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
    /// Column `used_at`.
    pub used_at: Option<DateTimeUtc>,
    /// Column `tries`.
    pub tries: i32,
    /// Column `browser_hash`.
    #[sea_orm(column_type = "Text", nullable)]
    pub browser_hash: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
