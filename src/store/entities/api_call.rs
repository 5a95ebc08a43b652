//! Rows of `api_call`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// A call with an idempotency key.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_call")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `api_token_id`.
    pub api_token_id: i64,
    /// Column `call_key`.
    #[sea_orm(column_type = "Text")]
    pub call_key: String,
    /// Column `request_hash`.
    #[sea_orm(column_type = "Text")]
    pub request_hash: String,
    /// Column `status`.
    pub status: Option<i32>,
    /// Column `body`.
    #[sea_orm(column_type = "Text", nullable)]
    pub body: Option<String>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
