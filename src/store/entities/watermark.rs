//! Rows of `watermark`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// How far each follower of the changes has come.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "watermark")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `follower`.
    #[sea_orm(column_type = "Text")]
    pub follower: String,
    /// Column `change_id`.
    pub change_id: i64,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
