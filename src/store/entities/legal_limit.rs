//! Rows of `legal_limit`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// An amount of the law.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "legal_limit")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `amount`.
    pub amount: i64,
    /// Column `currency`.
    #[sea_orm(column_type = "Text")]
    pub currency: String,
    /// Column `valid_from`.
    pub valid_from: Date,
    /// Column `valid_to`.
    pub valid_to: Option<Date>,
    /// Column `source`.
    #[sea_orm(column_type = "Text")]
    pub source: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
