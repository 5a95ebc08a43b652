//! Rows of `buyer`, as the migrations made them. No logic.

use sea_orm::entity::prelude::*;

/// Those who need something done; identity is organisation number, else mail, else name.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "buyer")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Column `identity`.
    #[sea_orm(column_type = "Text")]
    pub identity: String,
    /// Column `kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Column `name`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Column `org_no`.
    #[sea_orm(column_type = "Text", nullable)]
    pub org_no: Option<String>,
    /// Column `municipality`.
    #[sea_orm(column_type = "Text", nullable)]
    pub municipality: Option<String>,
    /// Column `email`.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
}

/// Relations are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
