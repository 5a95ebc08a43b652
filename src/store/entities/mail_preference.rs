//! Rows of `mail_preference`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// When and how much an ASF wants to be mailed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_preference")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `weekday`.
    pub weekday: i32,
    /// Column `hour`.
    pub hour: i32,
    /// Column `every_weeks`.
    pub every_weeks: i32,
    /// Column `breadth`.
    #[sea_orm(column_type = "Text")]
    pub breadth: String,
    /// Column `summer_rest`.
    pub summer_rest: bool,
    /// Column `updated_at`.
    pub updated_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
