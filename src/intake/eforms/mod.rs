//! eForms notices in UBL: one file is one notice, and a notice is a need with its lots.
//! Field names (BT-…, OPP-…, OPT-…) are those of the eForms SDK.

mod deadline;
mod dump;
pub(super) mod fields;
mod lot;
mod notice;
mod organisation;
mod results;

#[cfg(test)]
mod tests;

pub use dump::FieldValue;

use super::{Reading, Result, tree::Element};
use crate::domain::need::NewNeed;

/// Reads a notice, or says why it is none of ours.
pub(super) fn read(root: &Element) -> Result<Reading<NewNeed>> {
    notice::read(root)
}

/// The notice id (BT-701).
pub(super) fn id(root: &Element) -> Option<String> {
    notice::id(root)
}

/// Every value of the notice, field by field.
pub(super) fn dump(file: &str, root: &Element) -> Vec<FieldValue> {
    dump::values(file, root)
}
