//! Official notices in XML, of either format: the root element decides which.

use std::io::BufRead;

use super::{
    Reading, Record, Refusal, Result,
    bytes::Bounded,
    eforms,
    eforms::FieldValue,
    ted_export, tree,
    tree::{Element, Vocabulary},
};
use crate::domain::need::NewNeed;

const ROOTS: &[&str] = &["cn:ContractNotice", "pin:PriorInformationNotice", "can:ContractAwardNotice"];

/// Reads the notice of one file.
pub(super) fn read<R: BufRead>(source: &str, bytes: Bounded<R>) -> Record<NewNeed> {
    let mut record = "notice".to_owned();
    let reading = match read_root(bytes, &mut record) {
        Ok(reading) => reading,
        Err(refusal) => Reading::Rejected(refusal),
    };
    Record { source: source.to_owned(), record, reading }
}

fn read_root<R: BufRead>(bytes: Bounded<R>, record: &mut String) -> Result<Reading<NewNeed>> {
    let root = tree::parse(bytes, vocabulary)?;
    let id = if is_ted_export(&root.name) { ted_export::id(&root) } else { eforms::id(&root) };
    if let Some(id) = id {
        *record = id;
    }
    if is_ted_export(&root.name) { ted_export::read(&root) } else { eforms::read(&root) }
}

/// What stands in one eForms notice, field by field.
pub(super) fn dump<R: BufRead>(source: &str, bytes: Bounded<R>) -> Result<Vec<FieldValue>> {
    let root: Element = tree::parse(bytes, vocabulary)?;
    if !ROOTS.contains(&root.name.as_ref()) {
        return Err(Refusal::new("rejected-not-eforms", format!("the root element is {}", root.name)));
    }
    Ok(eforms::dump(source, &root))
}

fn vocabulary(root: &str) -> Vocabulary {
    if ROOTS.contains(&root) {
        eforms::fields::VOCABULARY
    } else if is_ted_export(root) {
        ted_export::VOCABULARY
    } else {
        tree::NOTHING
    }
}

/// The older format changed its name space with every edition, so only the local name tells.
fn is_ted_export(root: &str) -> bool {
    root.rsplit(':').next() == Some("TED_EXPORT")
}
