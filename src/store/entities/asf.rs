//! Rows of `asf`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Work-integration social enterprises; identity is organisation number and unit.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "asf")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `org_no`.
    #[sea_orm(column_type = "Text")]
    pub org_no: String,
    /// Column `unit`.
    #[sea_orm(column_type = "Text")]
    pub unit: String,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `legal_form`.
    #[sea_orm(column_type = "Text")]
    pub legal_form: String,
    /// Column `municipality`.
    #[sea_orm(column_type = "Text")]
    pub municipality: String,
    /// Column `postal_code`.
    #[sea_orm(column_type = "Text")]
    pub postal_code: String,
    /// Column `website`.
    #[sea_orm(column_type = "Text")]
    pub website: String,
    /// Column `email`.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// Column `area`.
    #[sea_orm(column_type = "Text")]
    pub area: String,
    /// Column `language`.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// Column `paused_until`.
    pub paused_until: Option<Date>,
    /// Column `unsubscribed_at`.
    pub unsubscribed_at: Option<DateTimeUtc>,
    /// Column `approval`.
    #[sea_orm(column_type = "Text")]
    pub approval: String,
    /// Column `content_hash`.
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `updated_at`.
    pub updated_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
