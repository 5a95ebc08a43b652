//! How domain values stand in columns: lists joined by `|`, enums as words, reasons as JSON.

use serde::{Serialize, de::DeserializeOwned};

use super::{StoreError, StoreResult};
use crate::domain::{cpv::Cpv, place::Place, rejection::Rejection};

/// Codes as one text.
pub(super) fn cpv_text(codes: &[Cpv]) -> String {
    codes.iter().map(Cpv::as_str).collect::<Vec<_>>().join("|")
}

/// Places as one text.
pub(super) fn place_text(places: &[Place]) -> String {
    places.iter().map(Place::code).collect::<Vec<_>>().join("|")
}

/// A value as JSON text.
pub(super) fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("domain values have string keys and finite numbers")
}

/// JSON text as a value.
pub(super) fn from_json<T: DeserializeOwned>(table: &'static str, text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Unreadable { table, detail: error.to_string() })
}

/// A stored word that the domain must know.
pub(super) fn known<T>(table: &'static str, parsed: Result<T, Rejection>) -> StoreResult<T> {
    parsed.map_err(|rejection| StoreError::Unreadable { table, detail: rejection.to_string() })
}

/// As [`known`], for a column that may be empty.
pub(super) fn known_option<T>(table: &'static str, parsed: Option<Result<T, Rejection>>) -> StoreResult<Option<T>> {
    parsed.map(|value| known(table, value)).transpose()
}
