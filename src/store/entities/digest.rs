//! Rows of `digest`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// One weekly mail: an ASF and an ISO week, once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "digest")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `iso_year`.
    pub iso_year: i32,
    /// Column `iso_week`.
    pub iso_week: i32,
    /// Column `composed_at`.
    pub composed_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
