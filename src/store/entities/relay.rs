//! Rows of `relay`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// A thread between a buyer and an ASF.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relay")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `pairing_id`.
    pub pairing_id: i64,
    /// Column `state`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
