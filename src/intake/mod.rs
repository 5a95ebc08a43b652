//! Files to parsed input: eForms notices, OCDS, feeds, CSV, workbooks, code lists and archives of them. Reads bytes, answers domain values; knows no
//! database, stores nothing and asks no clock.
//!
//! A bad record is refused with its place and reason and never stops the good ones around it.

pub mod input;
pub mod keeping;
pub mod proposal;
pub mod reference;
pub mod relative_dates;

pub use eforms::FieldValue;

pub mod archive;
mod bytes;
pub mod csv;
mod eforms;
mod feed;
mod genericode;
mod json;
mod language;
mod moment;
mod notices;
mod sheet;
mod ted_export;
pub mod template;
mod text;
mod tree;
mod value;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod mutation;
#[cfg(test)]
mod tables_tests;

use std::{collections::VecDeque, io::BufRead, path::PathBuf};

use crate::domain::{asf::NewAsf, codes::CodeLabel, history::PastProcurement, need::NewNeed, rejection::Rejection};
use bytes::{Format, Sniffed};
use csv::header::{Heading, Mappings};

/// Largest file that is read, in bytes (100 MiB). A larger one is refused, not cut.
pub const MAX_FILE_BYTES: u64 = 104_857_600;

/// Largest single piece of a file, in bytes (10 MiB): a text, a tag with its attributes, a CSV row.
pub const MAX_PIECE_BYTES: u64 = 10_485_760;

/// Largest part of a refused record that is kept, in bytes (256 KiB).
pub const MAX_RAW_BYTES: usize = 262_144;

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading<T> {
    /// Read in full.
    Read(T),
    /// Well formed, but not something we take in.
    Skipped {
        /// Why, as a word that can be counted: `result-notice`.
        reason: &'static str,
    },
    /// Not usable.
    Rejected(Refusal),
}

/// One record of a file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<T> {
    /// File, and the member when the file holds several.
    pub source: String,
    /// Place in the file: `row 7`, `rows 7-9`, the id of a notice, `notice`, or `file`.
    pub record: String,
    /// What became of it.
    pub reading: Reading<T>,
}

/// Why a record was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {detail}")]
pub struct Refusal {
    /// Message id in the locales, for example `rejected-xml`.
    pub rule: &'static str,
    /// Technical detail in English: line and column, or field and value. One line, safe to print.
    pub detail: String,
    /// The record itself, where the reader of the format has it at hand.
    pub raw: Option<Raw>,
}

/// A record as it was written, to be shown and read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// Its text; at most [`MAX_RAW_BYTES`].
    pub text: String,
    /// It is the whole record and nothing in it was replaced, so that reading it again makes sense.
    pub is_whole: bool,
}

impl Raw {
    /// Keeps a text up to the limit.
    pub fn new(text: &str, is_whole: bool) -> Self {
        let kept = text.floor_char_boundary(MAX_RAW_BYTES);
        // PostgreSQL stores no NUL.
        Self { text: text[..kept].replace('\0', ""), is_whole: is_whole && kept == text.len() && !text.contains('\0') }
    }
}

impl Refusal {
    /// Longest detail, in characters; quoted input is cut rather than printed in full.
    const DETAIL_CHARS: usize = 300;

    /// A refusal by `rule`; `detail` is made one printable line.
    pub fn new(rule: &'static str, detail: impl AsRef<str>) -> Self {
        Self { rule, detail: text::printable(detail.as_ref(), Self::DETAIL_CHARS), raw: None }
    }

    /// The same refusal with the record it is about.
    pub fn with_raw(self, raw: Raw) -> Self {
        Self { raw: Some(raw), ..self }
    }

    /// A refused value of a field: `BT-262 (LOT-0001): "9091"`.
    fn value(rule: &'static str, field: &str, value: &str) -> Self {
        Self::new(rule, format!("{field}: \"{}\"", text::printable(value, 80)))
    }

    /// A value that the domain refused, under the name that the file gives the field.
    fn named(field: &str, rejection: &Rejection) -> Self {
        Self::value(rejection.rule, field, &rejection.value)
    }
}

/// A value or why there is none.
type Result<T> = std::result::Result<T, Refusal>;

/// What to read for these paths: folders and the folders in them in sorted order, from which only
/// files with known endings are taken; files that are named themselves whatever their ending; `-`
/// for standard input.
///
/// Links to folders inside a folder are not followed, so no walk is endless.
pub fn files(paths: &[PathBuf]) -> Vec<input::Input> {
    input::expand(paths)
}

/// Visits the documents of a file: the file itself, or the members of the archive that it is, one by
/// one and without writing anything to disk. `Break` ends the walk.
pub fn visit_documents<'a>(source: &str, file: impl archive::ReadSeek + 'a, visit: archive::Visit<'_>) {
    // Whoever breaks the walk knows that.
    let _ = archive::visit(source, Box::new(file), visit);
}

/// Whether a file that begins with `head` is an archive of documents.
pub fn is_archive(head: &[u8]) -> bool {
    bytes::kind_of(head).is_some() && !bytes::is_sheet(head)
}

/// Reads the needs of one document: notice, OCDS, feed, CSV or workbook; the content decides which.
///
/// `source` names the file in every record. Memory does not grow with the number of rows or releases.
pub fn read_needs<R: BufRead>(source: &str, bytes: R) -> NeedRecords<R> {
    read_needs_mapped(source, bytes, &Mappings::default())
}

/// As [`read_needs`], with what people have decided about the headings of files.
pub fn read_needs_mapped<R: BufRead>(source: &str, bytes: R, mappings: &Mappings) -> NeedRecords<R> {
    let mut records = NeedRecords { source: source.to_owned(), ready: VecDeque::new(), from: NeedsFrom::Ready };
    if let Err(refusal) = open_needs(&mut records, bytes, mappings) {
        records.ready.push_back(refused_file(source, refusal));
    }
    records
}

fn open_needs<R: BufRead>(records: &mut NeedRecords<R>, bytes: R, mappings: &Mappings) -> Result<()> {
    let Sniffed { format, mut bytes } = bytes::sniff(bytes)?;
    let rows = match format {
        Format::Xml => {
            records.ready.push_back(notices::read(&records.source, bytes));
            return Ok(());
        }
        Format::Feed => {
            records.ready = feed::read(&records.source, bytes)?;
            return Ok(());
        }
        Format::Json => {
            let mut elements = json::Elements::new(bytes);
            match elements.next().transpose()? {
                Some(first) if json::ocds::is_release(&first) => {
                    records.ready.push_back(json::ocds::read(&records.source, &first));
                    records.from = NeedsFrom::Releases(elements);
                    return Ok(());
                }
                None => return Err(Refusal::new("rejected-format", "the file holds no objects")),
                first => json::rows::to_csv(first, elements)?,
            }
        }
        Format::Sheet => bytes::Bounded::new(sheet::to_csv(&mut bytes)?, bytes.into_rest()),
        Format::Csv => bytes,
    };
    let rows = csv::Groups::open_mapped(rows, csv::needs::COLUMNS, csv::needs::REQUIRED, mappings)?;
    records.from = NeedsFrom::Rows(Box::new(rows));
    Ok(())
}

/// Reads the ASF of one CSV file, workbook or JSON file.
///
/// `source` names the file in every record. Memory does not grow with the number of rows of a CSV file.
pub fn read_asf<R: BufRead>(source: &str, bytes: R) -> AsfRecords<R> {
    read_asf_mapped(source, bytes, &Mappings::default())
}

/// As [`read_asf`], with what people have decided about the headings of files.
pub fn read_asf_mapped<R: BufRead>(source: &str, bytes: R, mappings: &Mappings) -> AsfRecords<R> {
    let mut records = AsfRecords { source: source.to_owned(), ready: VecDeque::new(), rows: None };
    match rows_of_asf(bytes, mappings) {
        Ok(rows) => records.rows = Some(rows),
        Err(refusal) => records.ready.push_back(refused_file(source, refusal)),
    }
    records
}

/// What stands in one eForms notice, every value by its field and lot, as it is written there.
///
/// # Errors
/// As the notice itself is refused; `rejected-not-eforms` for everything that is none.
pub fn dump_notice<R: BufRead>(source: &str, bytes: R) -> std::result::Result<Vec<FieldValue>, Refusal> {
    let Sniffed { format, bytes } = bytes::sniff(bytes)?;
    match format {
        Format::Xml => notices::dump(source, bytes),
        _ => Err(Refusal::new("rejected-not-eforms", "the file is no XML notice")),
    }
}

fn rows_of_asf<R: BufRead>(bytes: R, mappings: &Mappings) -> Result<csv::Groups<R>> {
    let Sniffed { format, mut bytes } = bytes::sniff(bytes)?;
    let rows = match format {
        Format::Csv => bytes,
        Format::Sheet => bytes::Bounded::new(sheet::to_csv(&mut bytes)?, bytes.into_rest()),
        Format::Json => json::rows::to_csv(None, json::Elements::new(bytes))?,
        Format::Xml | Format::Feed => {
            return Err(Refusal::new("rejected-format", "XML where a CSV file of ASF was expected"));
        }
    };
    csv::Groups::open_mapped(rows, csv::asf::COLUMNS, csv::asf::REQUIRED, mappings)
}

/// The headings of a table, also of one that lacks a column; `None` for what is no table of several columns.
pub fn table_header(noun: template::Noun, bytes: &[u8], mappings: &Mappings) -> Option<Header> {
    let Sniffed { format, mut bytes } = bytes::sniff(bytes).ok()?;
    let rows = match format {
        Format::Csv => bytes,
        Format::Sheet => bytes::Bounded::new(sheet::to_csv(&mut bytes).ok()?, bytes.into_rest()),
        Format::Json | Format::Xml | Format::Feed => return None,
    };
    let rows = csv::Groups::open_any(rows, noun.columns(), mappings).ok()?;
    header(Some(&rows)).filter(|header| header.headings.len() > 1)
}

/// Reads a code list, CSV or genericode; the content decides which.
///
/// `source` names the file in every record.
pub fn read_codes<R: BufRead>(source: &str, bytes: R) -> reference::Records<R, CodeLabel> {
    reference::codes(source, bytes)
}

/// Reads past procurements from one CSV file.
///
/// `source` names the file in every record. Memory does not grow with the size of the file, but for
/// the numbers of its rows.
pub fn read_history<R: BufRead>(source: &str, bytes: R) -> reference::Records<R, PastProcurement> {
    reference::history(source, bytes)
}

fn refused_file<T>(source: &str, refusal: Refusal) -> Record<T> {
    Record { source: source.to_owned(), record: "file".to_owned(), reading: Reading::Rejected(refusal) }
}

/// What a file calls its columns, and what is read from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// What a header of these headings is recognised by.
    pub signature: String,
    /// Its columns, in the file's order.
    pub headings: Vec<Heading>,
}

fn header<R: BufRead>(rows: Option<&csv::Groups<R>>) -> Option<Header> {
    let (signature, headings) = rows?.header();
    Some(Header { signature, headings })
}

/// The needs of one file, in its order.
pub struct NeedRecords<R: BufRead> {
    source: String,
    ready: VecDeque<Record<NewNeed>>,
    from: NeedsFrom<R>,
}

/// Where the records come from once the ready ones are taken.
enum NeedsFrom<R: BufRead> {
    Ready,
    Rows(Box<csv::Groups<R>>),
    Releases(json::Elements<R>),
}

impl<R: BufRead> NeedRecords<R> {
    /// Columns of a table that nothing is read from, in the file's order.
    pub fn unknown_columns(&self) -> Vec<String> {
        self.rows().map(csv::Groups::unknown_columns).unwrap_or_default()
    }

    /// The header of a table; other files have none.
    pub fn header(&self) -> Option<Header> {
        header(self.rows())
    }

    fn rows(&self) -> Option<&csv::Groups<R>> {
        if let NeedsFrom::Rows(rows) = &self.from { Some(rows) } else { None }
    }
}

impl<R: BufRead> Iterator for NeedRecords<R> {
    type Item = Record<NewNeed>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(record) = self.ready.pop_front() {
            return Some(record);
        }
        match &mut self.from {
            NeedsFrom::Ready => None,
            NeedsFrom::Rows(rows) => {
                let group = rows.next_group(csv::needs::key)?;
                Some(group.into_record(&self.source, csv::needs::read))
            }
            NeedsFrom::Releases(elements) => match elements.next()? {
                Ok(element) => Some(json::ocds::read(&self.source, &element)),
                Err(refusal) => Some(refused_file(&self.source, refusal)),
            },
        }
    }
}

/// The ASF of one file, in its order.
pub struct AsfRecords<R: BufRead> {
    source: String,
    ready: VecDeque<Record<NewAsf>>,
    rows: Option<csv::Groups<R>>,
}

impl<R: BufRead> AsfRecords<R> {
    /// Columns that nothing is read from, in the file's order.
    pub fn unknown_columns(&self) -> Vec<String> {
        self.rows.as_ref().map(csv::Groups::unknown_columns).unwrap_or_default()
    }

    /// The header; a file that is refused has none.
    pub fn header(&self) -> Option<Header> {
        header(self.rows.as_ref())
    }
}

impl<R: BufRead> Iterator for AsfRecords<R> {
    type Item = Record<NewAsf>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(record) = self.ready.pop_front() {
            return Some(record);
        }
        let group = self.rows.as_mut()?.next_group(csv::asf::key)?;
        Some(group.into_record(&self.source, csv::asf::read))
    }
}
