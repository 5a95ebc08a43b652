//! Rows of `award`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What results say of who won.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "award")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `need_id`.
    pub need_id: i64,
    /// Column `lot_id`.
    pub lot_id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `winner_name`.
    #[sea_orm(column_type = "Text")]
    pub winner_name: String,
    /// Column `winner_org_no`.
    #[sea_orm(column_type = "Text", nullable)]
    pub winner_org_no: Option<String>,
    /// Column `winner_identity`.
    #[sea_orm(column_type = "Text")]
    pub winner_identity: String,
    /// Column `tender_no`.
    #[sea_orm(column_type = "Text")]
    pub tender_no: String,
    /// Column `shared`.
    pub shared: bool,
    /// Column `value_sek`.
    pub value_sek: Option<i64>,
    /// Column `decided_on`.
    pub decided_on: Option<Date>,
    /// Column `notice_key`.
    #[sea_orm(column_type = "Text")]
    pub notice_key: String,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
    /// Column `withdrawn_at`.
    pub withdrawn_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
