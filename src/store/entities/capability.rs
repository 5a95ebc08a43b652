//! Rows of `capability`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What an ASF can do.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "capability")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `position`.
    pub position: i32,
    /// Column `title`.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Column `text`.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Column `cpv`.
    #[sea_orm(column_type = "Text")]
    pub cpv: String,
    /// Column `people`.
    pub people: Option<i32>,
    /// Column `hours_per_week`.
    pub hours_per_week: Option<i32>,
    /// Column `max_value_sek`.
    pub max_value_sek: Option<i64>,
    /// Column `earliest_start`.
    pub earliest_start: Option<Date>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
