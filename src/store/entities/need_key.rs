//! Rows of `need_key`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Names that needs go by.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "need_key")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `key`.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// Column `need_id`.
    pub need_id: i64,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
