//! Rows of `digest_item`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What stood in a digest; each pairing once under each mark.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "digest_item")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `digest_id`.
    pub digest_id: i64,
    /// Column `pairing_id`.
    pub pairing_id: i64,
    /// Column `mark`.
    #[sea_orm(column_type = "Text")]
    pub mark: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
