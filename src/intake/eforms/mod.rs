//! eForms notices in UBL: one file is one notice, and a notice is a need with its lots.
//! Field names (BT-…, OPP-…, OPT-…) are those of the eForms SDK.

mod deadline;
mod lot;
mod notice;
mod organisation;
pub(super) mod tree;

#[cfg(test)]
mod tests;

use std::io::BufRead;

use super::{Reading, Record, Result, bytes::Bounded};
use crate::domain::need::NewNeed;

/// Reads the notice of one file.
pub(super) fn read<R: BufRead>(source: &str, bytes: Bounded<R>) -> Record<NewNeed> {
    let mut record = "notice".to_owned();
    let reading = match read_tree(bytes, &mut record) {
        Ok(reading) => reading,
        Err(refusal) => Reading::Rejected(refusal),
    };
    Record { source: source.to_owned(), record, reading }
}

fn read_tree<R: BufRead>(bytes: Bounded<R>, record: &mut String) -> Result<Reading<NewNeed>> {
    let root = tree::parse(bytes)?;
    if let Some(id) = notice::id(&root) {
        *record = id;
    }
    notice::read(&root)
}
