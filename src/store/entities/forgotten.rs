//! Rows of `forgotten`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Who has asked to be forgotten, as hashes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "forgotten")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `address_hash`.
    #[sea_orm(column_type = "Text")]
    pub address_hash: String,
    /// Column `forgotten_at`.
    pub forgotten_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
