//! Rows of `api_token`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What a program may ask, in whose name.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// Column `scopes`.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
    /// Column `last_used_on`.
    pub last_used_on: Option<Date>,
    /// Column `revoked_at`.
    pub revoked_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
