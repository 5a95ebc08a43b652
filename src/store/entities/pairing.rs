//! Rows of `pairing`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// One lot and one ASF that may suit each other.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pairing")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `lot_id`.
    pub lot_id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `score`.
    pub score: f64,
    /// Column `strength`.
    #[sea_orm(column_type = "Text")]
    pub strength: String,
    /// Column `reasons`.
    #[sea_orm(column_type = "Text")]
    pub reasons: String,
    /// Column `objections`.
    #[sea_orm(column_type = "Text")]
    pub objections: String,
    /// Column `state`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Column `decline_reason`.
    #[sea_orm(column_type = "Text", nullable)]
    pub decline_reason: Option<String>,
    /// Column `note`.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Column `introduced_at`.
    pub introduced_at: Option<DateTimeUtc>,
    /// Column `answered_at`.
    pub answered_at: Option<DateTimeUtc>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `updated_at`.
    pub updated_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
