//! Flat JSON objects as the rows of a CSV file: the same keys, so the same reading. An ASF may hold
//! its capabilities in a list.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::{Element, Elements, place, refused};
use crate::intake::{Refusal, Result, bytes::Bounded};

/// Largest file of this kind, in bytes (16 MiB): it is turned into rows as a whole.
const MAX_BYTES: usize = 16 << 20;

/// The key of an object under which further rows stand.
const NESTED: &str = "capabilities";

/// Writes the elements as CSV with the columns in the order in which they occur first.
pub(in crate::intake) fn to_csv<R: BufRead>(first: Option<Element>, mut elements: Elements<R>) -> Result<Bounded<R>> {
    let (mut columns, mut rows): (Vec<String>, Vec<Vec<(usize, String)>>) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    let mut next = first.map(Ok).or_else(|| elements.next());
    while let Some(element) = next {
        let element = element?;
        bytes += element.text.len();
        if bytes > MAX_BYTES {
            return Err(Refusal::new("rejected-too-large", format!("more than {MAX_BYTES} bytes of JSON")));
        }
        let object: Map<String, Value> = serde_json::from_slice(&element.text).map_err(|error| {
            Refusal::new("rejected-json", format!("{}: {}", place(element.spot), refused(&error).detail))
        })?;
        add(object, &mut columns, &mut rows);
        next = elements.next();
    }
    Ok(Bounded::new(written(&columns, rows)?, elements.bytes.into_inner().into_rest()))
}

fn add(mut object: Map<String, Value>, columns: &mut Vec<String>, rows: &mut Vec<Vec<(usize, String)>>) {
    let nested = match object.remove(NESTED) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    let mut row = Vec::new();
    fields(object, columns, &mut row);
    if nested.is_empty() {
        rows.push(row);
        return;
    }
    for item in nested {
        let mut row = row.clone();
        if let Value::Object(item) = item {
            let named = |(key, value): (String, Value)| match key.as_str() {
                "title" | "text" => (format!("capability_{key}"), value),
                _ => (key, value),
            };
            fields(item.into_iter().map(named).collect(), columns, &mut row);
        }
        rows.push(row);
    }
}

fn fields(object: Map<String, Value>, columns: &mut Vec<String>, row: &mut Vec<(usize, String)>) {
    /// More columns than any file of ours: the rest is not read.
    const MAX_COLUMNS: usize = 200;
    for (key, value) in object {
        let at = columns.iter().position(|column| *column == key);
        let at = at.or_else(|| (columns.len() < MAX_COLUMNS).then_some(columns.len()));
        let Some(at) = at else { continue };
        if at == columns.len() {
            columns.push(key);
        }
        row.push((at, plain(value)));
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(plain).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

fn written(columns: &[String], rows: Vec<Vec<(usize, String)>>) -> Result<Vec<u8>> {
    let failed = |error: ::csv::Error| Refusal::new("rejected-json", error.to_string());
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).map_err(failed)?;
    for row in rows {
        let mut fields = vec![String::new(); columns.len()];
        for (at, field) in row {
            fields[at] = field;
        }
        writer.write_record(&fields).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Refusal::new("rejected-json", error.to_string()))
}
