//! Rows of `mail_rule`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Which needs may be mailed; append-only.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_rule")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `value`.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// Column `decided_by`.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
