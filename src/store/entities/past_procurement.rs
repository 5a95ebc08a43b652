//! Rows of `past_procurement`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// A procurement of the past with the code it was given.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "past_procurement")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `source_id`.
    #[sea_orm(column_type = "Text")]
    pub source_id: String,
    /// Column `title`.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Column `main_cpv`.
    #[sea_orm(column_type = "Text")]
    pub main_cpv: String,
    /// Column `buyer`.
    #[sea_orm(column_type = "Text")]
    pub buyer: String,
    /// Column `published`.
    pub published: Option<Date>,
    /// Column `imported_at`.
    pub imported_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
