//! The kinds of column that every table is made of.

use sea_orm_migration::prelude::*;

/// The 64-bit key that the database counts up.
pub(crate) fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().auto_increment().primary_key().take()
}

/// A column that always has a value.
pub(crate) fn column(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).not_null().take()
}

/// A column that may be empty.
pub(crate) fn optional(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).null().take()
}
