//! Rows of `message`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// The outbox: written with its cause, delivered by a worker.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `dedupe_key`.
    #[sea_orm(column_type = "Text")]
    pub dedupe_key: String,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `recipient`.
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    /// Column `subject`.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Column `text`.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Column `html`.
    #[sea_orm(column_type = "Text")]
    pub html: String,
    /// Column `message_id`.
    #[sea_orm(column_type = "Text")]
    pub message_id: String,
    /// Column `raw`.
    #[sea_orm(column_type = "Text")]
    pub raw: String,
    /// Column `state`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Column `phase`.
    #[sea_orm(column_type = "Text", nullable)]
    pub phase: Option<String>,
    /// Column `attempts`.
    pub attempts: i32,
    /// Column `fence`.
    pub fence: i64,
    /// Column `next_attempt_at`.
    pub next_attempt_at: DateTimeUtc,
    /// Column `lease_until`.
    pub lease_until: Option<DateTimeUtc>,
    /// Column `last_error`.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
    /// Column `sent_at`.
    pub sent_at: Option<DateTimeUtc>,
    /// Column `return_path`.
    #[sea_orm(column_type = "Text")]
    pub return_path: String,
    /// Column `asf_id`.
    pub asf_id: Option<i64>,
    /// Column `uncertain_times`.
    pub uncertain_times: i32,
    /// Column `repeats_left`.
    pub repeats_left: i32,
    /// Column `bounced_at`.
    pub bounced_at: Option<DateTimeUtc>,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
