//! Rows of `fetch_mark`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// How far each query to another server has been followed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fetch_mark")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `source`.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Column `query`.
    #[sea_orm(column_type = "Text")]
    pub query: String,
    /// Column `published_on`.
    pub published_on: Date,
    /// Column `updated_at`.
    pub updated_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
