//! Rows of `profile_check`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// When an ASF was asked whether its profile is still right, and when it said so.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile_check")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// Column `asked_at`.
    pub asked_at: DateTimeUtc,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
    /// Column `confirmed_at`.
    pub confirmed_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
