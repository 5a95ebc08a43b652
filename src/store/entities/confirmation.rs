//! Rows of `confirmation`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Links by which the other party confirms a ledger entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "confirmation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// Column `entry_id`.
    pub entry_id: i64,
    /// Column `recipient`.
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
    /// Column `used_at`.
    pub used_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
