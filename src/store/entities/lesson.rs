//! Rows of `lesson`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What an answer of an ASF taught.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lesson")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `asf_id`.
    pub asf_id: i64,
    /// Column `pairing_id`.
    pub pairing_id: i64,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `what`.
    #[sea_orm(column_type = "Text")]
    pub what: String,
    /// Column `word`.
    #[sea_orm(column_type = "Text")]
    pub word: String,
    /// Column `at`.
    pub at: DateTimeUtc,
    /// Column `undone_at`.
    pub undone_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
