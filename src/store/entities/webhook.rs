//! Rows of `webhook`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// An address that is told what happens.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `user_id`.
    pub user_id: i64,
    /// Column `url`.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// Column `secret`.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// Column `events`.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `disabled_at`.
    pub disabled_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
