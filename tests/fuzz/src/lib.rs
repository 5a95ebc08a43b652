//! What every target does with its bytes: read them as the product does, and look at what comes out.
//!
//! The two rooms are compiled from their place in the product, so that a build takes a minute and not ten.

#[allow(dead_code, clippy::all)]
#[path = "../../../src/domain/mod.rs"]
pub mod domain;
#[allow(dead_code, clippy::all)]
#[path = "../../../src/intake/mod.rs"]
pub mod intake;

use std::{
    io::{Cursor, Write as _},
    ops::ControlFlow,
};

use intake::{Reading, Record, Refusal, archive::Document};

/// Reads a document as needs, as a file of ASF, and as each list that an installation may import.
pub fn document(bytes: &[u8]) {
    for record in intake::read_needs("fuzz", bytes) {
        if let Reading::Read(need) = look(record) {
            assert!(!need.lots.is_empty() && !need.title.is_empty() && !need.external_id.is_empty());
        }
    }
    intake::read_asf("fuzz", bytes).for_each(|record| drop(look(record)));
    intake::read_codes("fuzz", bytes).for_each(|record| drop(look(record)));
    intake::read_history("fuzz", bytes).for_each(|record| drop(look(record)));
    if let Err(refusal) = intake::dump_notice("fuzz", bytes) {
        is_told(&refusal);
    }
}

/// Reads a file as the command does: itself, or what it packs.
pub fn file(bytes: &[u8]) {
    intake::visit_documents("fuzz", Cursor::new(bytes), &mut |name, document| {
        match document {
            Document::Content(bytes) => intake::read_needs(name, bytes).for_each(|record| drop(look(record))),
            Document::Refused(refusal) => is_told(&refusal),
            Document::Skipped(reason) => assert!(!reason.is_empty()),
        }
        ControlFlow::Continue(())
    });
}

/// A workbook whose first sheet is these bytes: no mutation of packed bytes gets as far.
pub fn workbook(sheet: &[u8]) -> Vec<u8> {
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    zip(parts.into_iter())
}

/// An archive of these members, which are stored as they are.
pub fn zip<'a>(members: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in members {
        if zip.start_file(name, stored).is_err() || zip.write_all(bytes).is_err() {
            break;
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A record has a place, and a refusal a reason.
fn look<T>(record: Record<T>) -> Reading<T> {
    assert!(!record.record.is_empty());
    if let Reading::Rejected(refusal) = &record.reading {
        is_told(refusal);
    }
    record.reading
}

fn is_told(refusal: &Refusal) {
    assert!(refusal.rule.starts_with("rejected-") && !refusal.detail.is_empty(), "{refusal:?}");
    assert!(!refusal.detail.contains(char::is_control), "{refusal:?}");
    assert!(refusal.raw.as_ref().is_none_or(|raw| raw.text.len() <= intake::MAX_RAW_BYTES), "{refusal:?}");
}
