//! Rows of `cpv_code`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// A code of the official list with its labels.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cpv_code")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `code`.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Column `label_sv`.
    #[sea_orm(column_type = "Text")]
    pub label_sv: String,
    /// Column `label_en`.
    #[sea_orm(column_type = "Text")]
    pub label_en: String,
    /// Column `imported_at`.
    pub imported_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
