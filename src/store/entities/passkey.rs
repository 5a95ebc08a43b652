//! Rows of `passkey`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Public halves of keys to sign in with.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `credential_id`.
    #[sea_orm(column_type = "Text")]
    pub credential_id: String,
    /// Column `credential`.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `used_at`.
    pub used_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
