//! Files that teach rather than ask: the code list and past procurements, record by record.

use std::{collections::VecDeque, io::BufRead};

use super::{
    Record, Refusal, Result,
    bytes::{self, Format, Sniffed},
    csv::{self, Fault, Groups, KeyOf, Row},
    genericode, refused_file,
};
use crate::domain::{codes::CodeLabel, history::PastProcurement};

/// The records of one file, in its order.
pub struct Records<R: BufRead, T> {
    source: String,
    ready: VecDeque<Record<T>>,
    rows: Option<Groups<R>>,
    key: KeyOf,
    read: fn(&[Row]) -> std::result::Result<T, Fault>,
    unknown: Vec<String>,
}

impl<R: BufRead, T> Records<R, T> {
    /// Columns of a CSV file that nothing is read from, in the file's order.
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown
    }

    fn found(mut self, found: Result<Found<R, T>>) -> Self {
        match found {
            Ok(Found::Rows(rows)) => {
                self.unknown = rows.unknown_columns();
                self.rows = Some(rows);
            }
            Ok(Found::Records(records)) => self.ready.extend(records),
            Err(refusal) => self.ready.push_back(refused_file(&self.source, refusal)),
        }
        self
    }
}

impl<R: BufRead, T> Iterator for Records<R, T> {
    type Item = Record<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(record) = self.ready.pop_front() {
            return Some(record);
        }
        let group = self.rows.as_mut()?.next_group(self.key)?;
        Some(group.into_record(&self.source, self.read))
    }
}

enum Found<R, T> {
    Rows(Groups<R>),
    Records(Vec<Record<T>>),
}

/// Reads a code list, CSV or genericode; the content decides which.
pub(super) fn codes<R: BufRead>(source: &str, bytes: R) -> Records<R, CodeLabel> {
    let opened = bytes::sniff(bytes).and_then(|Sniffed { format, bytes }| match format {
        Format::Csv => Groups::open(bytes, csv::codes::COLUMNS, csv::codes::REQUIRED).map(Found::Rows),
        Format::Xml => genericode::read(source, bytes).map(Found::Records),
    });
    empty(source, csv::codes::key, csv::codes::read).found(opened)
}

/// Reads past procurements from CSV.
pub(super) fn history<R: BufRead>(source: &str, bytes: R) -> Records<R, PastProcurement> {
    let opened = bytes::sniff(bytes).and_then(|Sniffed { format, bytes }| match format {
        Format::Csv => Groups::open(bytes, csv::history::COLUMNS, csv::history::REQUIRED).map(Found::Rows),
        Format::Xml => Err(Refusal::new("rejected-format", "XML where a CSV file of past procurements was expected")),
    });
    empty(source, csv::history::key, csv::history::read).found(opened)
}

fn empty<R: BufRead, T>(source: &str, key: KeyOf, read: fn(&[Row]) -> std::result::Result<T, Fault>) -> Records<R, T> {
    Records { source: source.to_owned(), ready: VecDeque::new(), rows: None, key, read, unknown: Vec::new() }
}
