//! Rows of `change`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What the index and the matcher must look at again, in order.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `noun`.
    #[sea_orm(column_type = "Text")]
    pub noun: String,
    /// Column `noun_id`.
    pub noun_id: i64,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
