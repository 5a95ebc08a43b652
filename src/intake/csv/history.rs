//! The columns of a file of past procurements: one row each.

use super::{Fault, Row};
use crate::{
    domain::{cpv::Cpv, history::PastProcurement},
    intake::{Refusal, moment},
};

/// Every column that is read.
pub(in crate::intake) const COLUMNS: &[&str] = &["id", "published", "title", "main_cpv", "buyer"];

/// Columns that must be there.
pub(in crate::intake) const REQUIRED: &[&str] = &["title", "main_cpv"];

/// Every row stands for itself, also when an id comes back: the later publication then counts.
pub(in crate::intake) fn key(row: &Row) -> Option<String> {
    Some(row.number.to_string())
}

/// Reads one procurement.
pub(in crate::intake) fn read(rows: &[Row]) -> Result<PastProcurement, Fault> {
    let Some(row) = rows.first() else {
        return Err((0, Refusal::new("rejected-required", "no rows")));
    };
    row.required("main_cpv")?;
    Ok(PastProcurement {
        source_id: Some(row.text("id")).filter(|id| !id.is_empty()),
        title: row.required("title")?,
        main_cpv: row.domain("main_cpv", Cpv::parse)?,
        buyer: row.text("buyer"),
        published: row.value("published", "rejected-date", moment::day)?,
    })
}
