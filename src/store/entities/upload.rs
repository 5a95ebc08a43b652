//! Rows of `upload`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Files that staff have uploaded and not taken in yet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `content`.
    #[sea_orm(column_type = "Blob")]
    pub content: Vec<u8>,
    /// Column `preview`.
    #[sea_orm(column_type = "Text")]
    pub preview: String,
    /// Column `uploaded_by`.
    #[sea_orm(column_type = "Text")]
    pub uploaded_by: String,
    /// Column `uploaded_at`.
    pub uploaded_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
