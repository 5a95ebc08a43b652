//! Rows of `follow_up`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// What one side was asked about an introduction, and said.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_up")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `pairing_id`.
    pub pairing_id: i64,
    /// Column `side`.
    #[sea_orm(column_type = "Text")]
    pub side: String,
    /// Column `asked_at`.
    pub asked_at: DateTimeUtc,
    /// Column `answer`.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// Column `amount_ore`.
    pub amount_ore: Option<i64>,
    /// Column `answered_at`.
    pub answered_at: Option<DateTimeUtc>,
    /// Column `token_hash`.
    #[sea_orm(column_type = "Text", nullable)]
    pub token_hash: Option<String>,
    /// Column `times`.
    pub times: i32,
    /// Column `ask_again_at`.
    pub ask_again_at: Option<DateTimeUtc>,
    /// Column `invoiced_ore`.
    pub invoiced_ore: Option<i64>,
    /// Column `without`.
    #[sea_orm(column_type = "Text", nullable)]
    pub without: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
