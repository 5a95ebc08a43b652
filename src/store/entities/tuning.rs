//! Rows of `tuning`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What coordinators corrected in lots.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tuning")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `lot_id`.
    pub lot_id: i64,
    /// Column `words`.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// Column `cpv`.
    #[sea_orm(column_type = "Text")]
    pub cpv: String,
    /// Column `places`.
    #[sea_orm(column_type = "Text")]
    pub places: String,
    /// Column `added`.
    #[sea_orm(column_type = "Text")]
    pub added: String,
    /// Column `excluded`.
    #[sea_orm(column_type = "Text")]
    pub excluded: String,
    /// Column `reason`.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Column `decided_by`.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
    /// Column `taken_back_by`.
    #[sea_orm(column_type = "Text", nullable)]
    pub taken_back_by: Option<String>,
    /// Column `taken_back_at`.
    pub taken_back_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
