//! A code list in OASIS genericode, as the Publications Office gives it out: rows of values that
//! name their column.

use std::io::BufRead;

use super::{
    Reading, Record, Refusal, Result,
    bytes::Bounded,
    text, tree,
    tree::{Element, Vocabulary},
};
use crate::domain::{codes::CodeLabel, cpv::Cpv};

/// Columns of the Swedish label, in the order they are asked.
const SWEDISH: &[&str] = &["swe_label", "sweLabel", "label_sv"];

/// Columns of the English label; `Name` is English in the lists of the Publications Office.
const ENGLISH: &[&str] = &["eng_label", "engLabel", "Name"];

/// Elements of a list that are read.
const NAMES: &[&str] = &["SimpleCodeList", "Row", "Value", "SimpleValue"];

const LIST: Vocabulary =
    Vocabulary { known: |name| NAMES.iter().find(|known| **known == name).copied(), anywhere: &[], is_local: true };

/// Reads every row of a list.
///
/// # Errors
/// `rejected-not-genericode` when it is other XML, and as any XML is refused.
pub(super) fn read<R: BufRead>(source: &str, bytes: Bounded<R>) -> Result<Vec<Record<CodeLabel>>> {
    let root = tree::parse(bytes, |_| LIST)?;
    if root.name.rsplit(':').next() != Some("CodeList") {
        return Err(Refusal::new("rejected-not-genericode", format!("the root element is {}", root.name)));
    }
    let rows = root.all("SimpleCodeList/Row");
    let record = |(number, row): (usize, &&Element)| Record {
        source: source.to_owned(),
        record: format!("row {}", number + 1),
        reading: label(row).map_or_else(Reading::Rejected, Reading::Read),
    };
    Ok(rows.iter().enumerate().map(record).collect())
}

fn label(row: &Element) -> Result<CodeLabel> {
    let written = value(row, &["code"]);
    let code = Cpv::parse(&written).map_err(|refused| Refusal::named("code", &refused))?;
    let read = CodeLabel { code, label_sv: value(row, SWEDISH), label_en: value(row, ENGLISH) };
    if read.label_sv.is_empty() && read.label_en.is_empty() {
        return Err(Refusal::value("rejected-code-label", "code", &written));
    }
    Ok(read)
}

/// The value of the first of these columns that has one.
fn value(row: &Element, columns: &[&str]) -> String {
    let values = row.all("Value");
    let of = |column: &&str| {
        let named = values.iter().find(|value| value.attribute("ColumnRef") == Some(column))?;
        named.text_at("SimpleValue").map(text::clean)
    };
    columns.iter().find_map(of).unwrap_or_default()
}
