//! Rows of `lot`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Parts of a need; matching is per lot.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lot")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `need_id`.
    pub need_id: i64,
    /// Column `lot_no`.
    #[sea_orm(column_type = "Text")]
    pub lot_no: String,
    /// Column `title`.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Column `text`.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Column `cpv`.
    #[sea_orm(column_type = "Text")]
    pub cpv: String,
    /// Column `places`.
    #[sea_orm(column_type = "Text")]
    pub places: String,
    /// Column `value_sek`.
    pub value_sek: Option<i64>,
    /// Column `deadline_at`.
    pub deadline_at: Option<DateTimeUtc>,
    /// Column `deadline_doubtful`.
    pub deadline_doubtful: bool,
    /// Column `start_on`.
    pub start_on: Option<Date>,
    /// Column `end_on`.
    pub end_on: Option<Date>,
    /// Column `reservation`.
    #[sea_orm(column_type = "Text")]
    pub reservation: String,
    /// Column `social`.
    #[sea_orm(column_type = "Text")]
    pub social: String,
    /// Column `withdrawn_at`.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Column `contract`.
    #[sea_orm(column_type = "Text")]
    pub contract: String,
    /// Column `amendments`.
    #[sea_orm(column_type = "Text")]
    pub amendments: String,
    /// Column `materially_changed_at`.
    pub materially_changed_at: Option<DateTimeUtc>,
    /// Column `closed_at`.
    pub closed_at: Option<DateTimeUtc>,
    /// Column `closed_because`.
    #[sea_orm(column_type = "Text", nullable)]
    pub closed_because: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
