//! Rows of `need`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Requests, tenders and direct awards.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "need")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `source`.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Column `external_id`.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// Column `issued_at`.
    pub issued_at: Option<DateTimeUtc>,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `title`.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Column `text`.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Column `buyer_id`.
    pub buyer_id: i64,
    /// Column `language`.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// Column `published_on`.
    pub published_on: Option<Date>,
    /// Column `publication_no`.
    #[sea_orm(column_type = "Text", nullable)]
    pub publication_no: Option<String>,
    /// Column `url`.
    #[sea_orm(column_type = "Text", nullable)]
    pub url: Option<String>,
    /// Column `status`.
    #[sea_orm(column_type = "Text")]
    pub status: String,
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
