//! Rows of `webhook_delivery`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// One thing to be told to a webhook.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `webhook_id`.
    pub webhook_id: i64,
    /// Column `message_id`.
    #[sea_orm(column_type = "Text")]
    pub message_id: String,
    /// Column `event`.
    #[sea_orm(column_type = "Text")]
    pub event: String,
    /// Column `payload`.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Column `state`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Column `attempts`.
    pub attempts: i32,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `next_attempt_at`.
    pub next_attempt_at: DateTimeUtc,
    /// Column `delivered_at`.
    pub delivered_at: Option<DateTimeUtc>,
    /// Column `last_status`.
    pub last_status: Option<i32>,
    /// Column `last_error`.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
