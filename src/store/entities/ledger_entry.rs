//! Rows of `ledger_entry`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What happened between ASF and others, with evidence; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `key`.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `occurred_on`.
    pub occurred_on: Date,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
    /// Column `recorded_by`.
    #[sea_orm(column_type = "Text")]
    pub recorded_by: String,
    /// Column `asf_id`.
    pub asf_id: Option<i64>,
    /// Column `asf_places`.
    #[sea_orm(column_type = "Text")]
    pub asf_places: String,
    /// Column `counterpart_class`.
    #[sea_orm(column_type = "Text", nullable)]
    pub counterpart_class: Option<String>,
    /// Column `counterpart_org_no`.
    #[sea_orm(column_type = "Text", nullable)]
    pub counterpart_org_no: Option<String>,
    /// Column `counterpart_name`.
    #[sea_orm(column_type = "Text", nullable)]
    pub counterpart_name: Option<String>,
    /// Column `counterpart_group`.
    #[sea_orm(column_type = "Text", nullable)]
    pub counterpart_group: Option<String>,
    /// Column `pairing_id`.
    pub pairing_id: Option<i64>,
    /// Column `agreement_key`.
    #[sea_orm(column_type = "Text", nullable)]
    pub agreement_key: Option<String>,
    /// Column `income_kind`.
    #[sea_orm(column_type = "Text", nullable)]
    pub income_kind: Option<String>,
    /// Column `amount_ore`.
    pub amount_ore: Option<i64>,
    /// Column `evidence_level`.
    pub evidence_level: i32,
    /// Column `evidence_ref`.
    #[sea_orm(column_type = "Text")]
    pub evidence_ref: String,
    /// Column `reverses_id`.
    pub reverses_id: Option<i64>,
    /// Column `evidences_id`.
    pub evidences_id: Option<i64>,
    /// Column `detail`.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
