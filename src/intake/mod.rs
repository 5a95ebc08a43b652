//! Files to parsed input: eForms notices, CSV and code lists. Reads bytes, answers domain values; knows no
//! database, stores nothing and asks no clock.
//!
//! A bad record is refused with its place and reason and never stops the good ones around it.

pub mod input;
pub mod keeping;
pub mod proposal;
pub mod reference;
pub mod relative_dates;

mod bytes;
mod csv;
mod eforms;
mod genericode;
mod moment;
mod text;
mod value;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod mutation;

use std::{collections::VecDeque, io::BufRead, path::PathBuf};

use crate::domain::{asf::NewAsf, codes::CodeLabel, history::PastProcurement, need::NewNeed, rejection::Rejection};
use bytes::{Format, Sniffed};

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
/// `.xml` and `.csv` files are taken; files that are named themselves whatever their ending; `-`
/// for standard input.
///
/// Links to folders inside a folder are not followed, so no walk is endless.
pub fn files(paths: &[PathBuf]) -> Vec<input::Input> {
    input::expand(paths)
}

/// Reads the needs of one file, notice or CSV; the content decides which.
///
/// `source` names the file in every record. Memory does not grow with the number of CSV rows.
pub fn read_needs<R: BufRead>(source: &str, bytes: R) -> NeedRecords<R> {
    let mut records =
        NeedRecords { source: source.to_owned(), ready: VecDeque::new(), rows: None, unknown: Vec::new() };
    let opened = bytes::sniff(bytes).and_then(|Sniffed { format, bytes }| match format {
        Format::Xml => {
            records.ready.push_back(eforms::read(source, bytes));
            Ok(None)
        }
        Format::Csv => csv::Groups::open(bytes, csv::needs::COLUMNS, csv::needs::REQUIRED).map(Some),
    });
    match opened {
        Ok(rows) => {
            records.unknown = rows.as_ref().map(csv::Groups::unknown_columns).unwrap_or_default();
            records.rows = rows;
        }
        Err(refusal) => records.ready.push_back(refused_file(source, refusal)),
    }
    records
}

/// Reads the ASF of one CSV file.
///
/// `source` names the file in every record. Memory does not grow with the number of rows.
pub fn read_asf<R: BufRead>(source: &str, bytes: R) -> AsfRecords<R> {
    let opened = bytes::sniff(bytes).and_then(|Sniffed { format, bytes }| match format {
        Format::Csv => csv::Groups::open(bytes, csv::asf::COLUMNS, csv::asf::REQUIRED),
        Format::Xml => Err(Refusal::new("rejected-format", "XML where a CSV file of ASF was expected")),
    });
    let mut records = AsfRecords { source: source.to_owned(), ready: VecDeque::new(), rows: None, unknown: Vec::new() };
    match opened {
        Ok(rows) => {
            records.unknown = rows.unknown_columns();
            records.rows = Some(rows);
        }
        Err(refusal) => records.ready.push_back(refused_file(source, refusal)),
    }
    records
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

/// The needs of one file, in its order.
pub struct NeedRecords<R: BufRead> {
    source: String,
    ready: VecDeque<Record<NewNeed>>,
    rows: Option<csv::Groups<R>>,
    unknown: Vec<String>,
}

impl<R: BufRead> NeedRecords<R> {
    /// Columns of a CSV file that nothing is read from, in the file's order.
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown
    }
}

impl<R: BufRead> Iterator for NeedRecords<R> {
    type Item = Record<NewNeed>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(record) = self.ready.pop_front() {
            return Some(record);
        }
        let group = self.rows.as_mut()?.next_group(csv::needs::key)?;
        Some(group.into_record(&self.source, csv::needs::read))
    }
}

/// The ASF of one file, in its order.
pub struct AsfRecords<R: BufRead> {
    source: String,
    ready: VecDeque<Record<NewAsf>>,
    rows: Option<csv::Groups<R>>,
    unknown: Vec<String>,
}

impl<R: BufRead> AsfRecords<R> {
    /// Columns that nothing is read from, in the file's order.
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown
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
