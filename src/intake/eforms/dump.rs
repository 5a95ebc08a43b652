//! What was read from a notice, field by field: for comparing with other readers.

use serde::Serialize;

use super::fields::{self, FIELDS, Level};
use crate::intake::tree::Element;

/// One value, as it stands in the notice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FieldValue {
    /// The file.
    pub file: String,
    /// Identity of the field in the eForms SDK; `BT-71-any` and `BT-736-any` are the loose readings.
    pub field: String,
    /// The lot, part or group; empty for the notice as a whole.
    pub lot: String,
    /// Language, currency or unit; empty when the field has none.
    pub qualifier: String,
    /// The value, without surrounding white space.
    pub value: String,
}

/// Every value of a notice, in the order of the table.
pub(super) fn values(file: &str, root: &Element) -> Vec<FieldValue> {
    let mut dump = Dump { file, rows: Vec::new() };
    for field in FIELDS.iter().filter(|field| field.level != Level::Lot) {
        let suffix = if field.level == Level::Any { "-Procedure" } else { "" };
        dump.add(&format!("{}{suffix}", field.id), "", &field.elements(root));
    }
    let form = root.first("cbc:NoticeTypeCode").and_then(|code| code.attribute("listName"));
    dump.rows.extend(form.map(|form| dump.row("BT-03-notice", "", "", form)));
    for lot in root.all("cac:ProcurementProjectLot") {
        dump.lot(lot);
    }
    dump.rows
}

struct Dump<'a> {
    file: &'a str,
    rows: Vec<FieldValue>,
}

impl Dump<'_> {
    fn lot(&mut self, lot: &Element) {
        let (scheme, id) = (fields::scheme(lot), lot.text_at("cbc:ID").unwrap_or_default());
        for field in FIELDS.iter().filter(|field| field.level != Level::Notice) {
            let mut found = field.elements(lot);
            if field.id == "BT-23" {
                found.retain(|code| code.attribute("listName").is_none_or(|list| list == "contract-nature"));
            }
            self.add(&format!("{}-{scheme}", field.id), id, &found);
        }
        self.add(&format!("BT-71-{scheme}"), id, &fields::strict_participation(lot));
        if scheme != "LotsGroup" {
            self.add("BT-71-any", id, &fields::any_participation(lot));
            self.add("BT-736-any", id, &fields::any_execution(lot));
        }
    }

    fn add(&mut self, field: &str, lot: &str, elements: &[&Element]) {
        for element in elements {
            let Some(value) = element.text() else { continue };
            let qualifier = ["languageID", "currencyID", "unitCode"].iter().find_map(|name| element.attribute(name));
            self.rows.push(self.row(field, lot, qualifier.unwrap_or_default(), value));
        }
    }

    fn row(&self, field: &str, lot: &str, qualifier: &str, value: &str) -> FieldValue {
        FieldValue {
            file: self.file.to_owned(),
            field: field.to_owned(),
            lot: lot.to_owned(),
            qualifier: qualifier.to_owned(),
            value: value.to_owned(),
        }
    }
}
