//! The columns of a file of ASF: one row a capability, the rows of one ASF next to each other.

use super::{Fault, Row};
use crate::{
    domain::{
        asf::{NewAsf, NewCapability},
        cpv::Cpv,
        email::Email,
        org_no::OrgNo,
        place::Place,
    },
    intake::{Refusal, moment, text, value},
};

/// Every column that is read.
pub(in crate::intake) const COLUMNS: &[&str] = &[
    "org_no",
    "unit",
    "name",
    "legal_form",
    "municipality",
    "postal_code",
    "website",
    "email",
    "area",
    "capability_title",
    "capability_text",
    "cpv",
    "people",
    "hours_per_week",
    "max_value_sek",
    "earliest_start",
];

/// Columns that must be there.
pub(in crate::intake) const REQUIRED: &[&str] = &["org_no", "name", "municipality", "capability_title"];

/// What every row of an ASF must agree on; later rows may leave it empty.
const SHARED: &[&str] = &["name", "legal_form", "municipality", "postal_code", "website", "email", "area"];

/// Rows with the same organisation number and unit are one ASF. A row that leaves both empty
/// continues the row before.
pub(in crate::intake) fn key(row: &Row) -> Option<String> {
    let (written, unit) = (row.raw("org_no"), row.text("unit"));
    let org_no = OrgNo::parse(written).map_or_else(|_| written.to_owned(), |number| number.to_string());
    (!org_no.is_empty() || !unit.is_empty()).then(|| format!("{org_no} {unit}").trim_end().to_owned())
}

/// Reads the rows of one ASF.
pub(in crate::intake) fn read(rows: &[Row]) -> Result<NewAsf, Fault> {
    let Some(first) = rows.first() else {
        return Err((0, Refusal::new("rejected-required", "no rows")));
    };
    let municipality = first.domain("municipality", Place::parse)?;
    if !matches!(municipality, Place::Municipality(_)) {
        return Err(first.fault("rejected-place", "municipality"));
    }
    let area = first.domain("area", Place::parse_list)?;
    let mut capabilities = Vec::with_capacity(rows.len());
    for row in rows {
        row.agrees_with(first, SHARED)?;
        capabilities.push(capability(row)?);
    }
    Ok(NewAsf {
        org_no: first.domain("org_no", OrgNo::parse)?,
        unit: first.text("unit"),
        name: first.required("name")?,
        legal_form: first.text("legal_form"),
        postal_code: first.value("postal_code", "rejected-postal-code", postal_code)?.unwrap_or_default(),
        website: first.value("website", "rejected-url", website)?.unwrap_or_default(),
        email: first.optional("email", Email::parse)?,
        area: if area.is_empty() { vec![municipality.clone()] } else { area },
        municipality,
        capabilities,
    })
}

fn capability(row: &Row) -> Result<NewCapability, Fault> {
    Ok(NewCapability {
        title: row.required("capability_title")?,
        text: row.text("capability_text"),
        cpv: row.domain("cpv", Cpv::parse_list)?,
        people: row.value("people", "rejected-number", value::whole_number)?,
        hours_per_week: row.value("hours_per_week", "rejected-number", value::whole_number)?,
        max_value_sek: row.value("max_value_sek", "rejected-number", value::whole_number)?,
        earliest_start: row.value("earliest_start", "rejected-date", moment::day)?,
    })
}

/// Five digits, written `553 20` or `55320`.
fn postal_code(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A link, also when only the host is written.
fn website(text: &str) -> Option<String> {
    if text.contains("://") {
        return text::web_link(text);
    }
    text::web_link(&format!("https://{text}")).filter(|_| text.contains('.') && !text.contains(':'))
}
