//! Rows of `suppression`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// An address that gets no more mail.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "suppression")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `address`.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// Column `reason`.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Column `suppressed_at`.
    pub suppressed_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
