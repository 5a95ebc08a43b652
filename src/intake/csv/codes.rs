//! The columns of a code list: one row a code.

use super::{Fault, Row};
use crate::{
    domain::{codes::CodeLabel, cpv::Cpv},
    intake::Refusal,
};

/// Every column that is read, or known to say nothing that the code does not say.
pub(in crate::intake) const COLUMNS: &[&str] =
    &["code", "label_sv", "label", "name", "label_en", "sv", "en", "check_digit", "parent"];

/// Columns that must be there; a label in some language must stand in every row.
pub(in crate::intake) const REQUIRED: &[&str] = &["code"];

/// Headings that mean the Swedish label, in the order they are asked.
const SWEDISH: &[&str] = &["label_sv", "sv", "label", "name"];

/// Headings that mean the English label.
const ENGLISH: &[&str] = &["label_en", "en"];

/// A code is one record; the same code again is refused unless its rows are adjacent and agree.
pub(in crate::intake) fn key(row: &Row) -> Option<String> {
    let written = row.raw("code");
    Some(Cpv::parse(written).map_or_else(|_| format!("row {}", row.number), |code| code.to_string()))
}

/// Reads the rows of one code.
pub(in crate::intake) fn read(rows: &[Row]) -> Result<CodeLabel, Fault> {
    let Some(first) = rows.first() else {
        return Err((0, Refusal::new("rejected-required", "no rows")));
    };
    for row in rows {
        row.agrees_with(first, SWEDISH)?;
        row.agrees_with(first, ENGLISH)?;
    }
    let label = |headings: &[&str]| {
        headings.iter().map(|heading| first.text(heading)).find(|label| !label.is_empty()).unwrap_or_default()
    };
    let read =
        CodeLabel { code: first.domain("code", Cpv::parse)?, label_sv: label(SWEDISH), label_en: label(ENGLISH) };
    if read.label_sv.is_empty() && read.label_en.is_empty() {
        return Err(first.fault("rejected-code-label", "label_sv"));
    }
    Ok(read)
}
