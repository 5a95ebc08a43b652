//! Rows of `proposal`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Facts that are suggested and wait for a human.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `key`.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// Column `entry`.
    #[sea_orm(column_type = "Text")]
    pub entry: String,
    /// Column `asf_id`.
    pub asf_id: Option<i64>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `state`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Column `decided_at`.
    pub decided_at: Option<DateTimeUtc>,
    /// Column `decided_by`.
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_by: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
