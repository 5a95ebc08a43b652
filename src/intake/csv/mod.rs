//! CSV files row by row: separator, columns, and rows that belong together. What the columns mean
//! is in the file of each kind.

pub(super) mod asf;
pub(super) mod codes;
pub mod header;
pub(super) mod history;
pub(super) mod needs;

#[cfg(test)]
mod tests;

use std::{collections::HashSet, io::BufRead};

use ::csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use super::{
    MAX_RAW_BYTES, Raw, Reading, Record, Refusal, Result,
    bytes::{Bounded, Located, limit_of, unreadable},
    text,
};
use crate::domain::rejection::Rejection;
use header::{Heading, Mappings};

/// Most rows of one need or one ASF.
const MAX_GROUP_ROWS: usize = 10_000;

/// Most columns of one file.
const MAX_COLUMNS: usize = 2_000;

/// A refusal and the row that caused it.
pub(super) type Fault = (u64, Refusal);

/// One row: its number in the file (the header is row 1, empty lines are not counted) and its
/// fields by column.
pub(super) struct Row {
    pub(super) number: u64,
    fields: Vec<(&'static str, String)>,
    fault: Option<Refusal>,
}

impl Row {
    /// The field as written, without surrounding white space; empty when the column is missing.
    pub(super) fn raw(&self, column: &str) -> &str {
        self.fields.iter().find(|(known, _)| *known == column).map_or("", |(_, field)| field.trim())
    }

    /// The field as a clean text.
    pub(super) fn text(&self, column: &str) -> String {
        text::clean(self.raw(column))
    }

    /// The field as a clean text that must not be empty.
    pub(super) fn required(&self, column: &str) -> std::result::Result<String, Fault> {
        let text = self.text(column);
        if text.is_empty() { Err(self.fault("rejected-required", column)) } else { Ok(text) }
    }

    /// The field read by `parse`, which says `None` when it cannot; an empty field is no value.
    pub(super) fn value<T>(
        &self,
        column: &str,
        rule: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> std::result::Result<Option<T>, Fault> {
        match self.raw(column) {
            "" => Ok(None),
            written => parse(written).map(Some).ok_or_else(|| self.fault(rule, column)),
        }
    }

    /// The field read by the domain; an empty field is read too.
    pub(super) fn domain<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> std::result::Result<T, Rejection>,
    ) -> std::result::Result<T, Fault> {
        parse(self.raw(column)).map_err(|refused| (self.number, Refusal::named(column, &refused)))
    }

    /// The field read by the domain; an empty field is no value.
    pub(super) fn optional<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> std::result::Result<T, Rejection>,
    ) -> std::result::Result<Option<T>, Fault> {
        if self.raw(column).is_empty() { Ok(None) } else { self.domain(column, parse).map(Some) }
    }

    /// A refusal of what stands in `column`.
    pub(super) fn fault(&self, rule: &'static str, column: &str) -> Fault {
        (self.number, Refusal::value(rule, column, self.raw(column)))
    }

    /// Refuses a row that says something else than the first row of its group in one of `columns`.
    pub(super) fn agrees_with(&self, first: &Self, columns: &[&str]) -> std::result::Result<(), Fault> {
        let differs = |column: &&&str| !self.raw(column).is_empty() && self.text(column) != first.text(column);
        match columns.iter().find(differs) {
            Some(column) => Err(self.fault("rejected-contradiction", column)),
            None => Ok(()),
        }
    }
}

/// Adjacent rows with the same key: one need, or one ASF.
pub(super) struct Group {
    key: String,
    rows: Vec<Row>,
    fault: Option<Fault>,
    last_row: u64,
}

impl Group {
    fn new(key: String, row: Row) -> Self {
        Self { key, last_row: row.number, rows: vec![row], fault: None }
    }

    /// A refusal of something that is no group of rows.
    fn broken(row: u64, refusal: Refusal) -> Self {
        Self { key: String::new(), rows: Vec::new(), fault: Some((row, refusal)), last_row: row }
    }

    fn push(&mut self, row: Row) {
        self.last_row = row.number;
        if self.rows.len() < MAX_GROUP_ROWS {
            self.rows.push(row);
        } else if self.fault.is_none() {
            let refusal = Refusal::new("rejected-too-large", format!("more than {MAX_GROUP_ROWS} rows for one record"));
            self.fault = Some((row.number, refusal));
        }
    }

    /// The rows as a file of their own: the columns that are read, and their header.
    fn raw(&self, is_whole: bool) -> Option<Raw> {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        let header = &self.rows.first()?.fields;
        writer.write_record(header.iter().map(|(column, _)| column)).ok()?;
        for row in &self.rows {
            let cell =
                |column: &str| row.fields.iter().find(|(known, _)| *known == column).map_or("", |(_, field)| field);
            writer.write_record(header.iter().map(|(column, _)| cell(column))).ok()?;
            if writer.get_ref().len() > MAX_RAW_BYTES {
                break;
            }
        }
        String::from_utf8(writer.into_inner().ok()?).ok().map(|text| Raw::new(&text, is_whole))
    }

    /// Reads the rows with `read`. One bad row refuses all of them: nothing half is ever taken in.
    pub(super) fn into_record<T>(
        mut self,
        source: &str,
        read: impl FnOnce(&[Row]) -> std::result::Result<T, Fault>,
    ) -> Record<T> {
        let is_whole = self.fault.is_none() && self.rows.iter().all(|row| row.fault.is_none());
        let bad_row = self.rows.iter_mut().find_map(|row| row.fault.take().map(|refusal| (row.number, refusal)));
        let read = match self.fault.take().or(bad_row) {
            Some(fault) => Err(fault),
            None => read(&self.rows),
        };
        let first = self.rows.first().map_or(self.last_row, |row| row.number);
        let (record, reading) = match read {
            Ok(value) if first == self.last_row => (format!("row {first}"), Reading::Read(value)),
            Ok(value) => (format!("rows {first}-{}", self.last_row), Reading::Read(value)),
            Err((row, refusal)) => {
                let refusal = self.raw(is_whole).into_iter().fold(refusal, Refusal::with_raw);
                (format!("row {row}"), Reading::Rejected(refusal))
            }
        };
        Record { source: source.to_owned(), record, reading }
    }
}

/// How a row finds its group: its own key, or `None` when it continues the row before.
pub(super) type KeyOf = fn(&Row) -> Option<String>;

/// The rows of a file in groups, read as they are asked for.
pub(super) struct Groups<R> {
    reader: Reader<Located<Bounded<R>>>,
    columns: Vec<Option<&'static str>>,
    names: Vec<String>,
    next_row: u64,
    next_group: Option<Group>,
    finished: HashSet<String>,
    is_done: bool,
}

impl<R: BufRead> Groups<R> {
    /// Reads the header and checks it against the columns that are known and required.
    ///
    /// # Errors
    /// `rejected-columns`, `rejected-format`, `rejected-encoding` or `rejected-too-large`.
    pub(super) fn open(bytes: Bounded<R>, known: &'static [&'static str], required: &[&'static str]) -> Result<Self> {
        Self::open_mapped(bytes, known, required, &Mappings::default())
    }

    /// As [`Groups::open`], with what people have decided about headings.
    pub(super) fn open_mapped(
        bytes: Bounded<R>,
        known: &'static [&'static str],
        required: &[&'static str],
        mappings: &Mappings,
    ) -> Result<Self> {
        let rows = Self::open_any(bytes, known, mappings)?;
        check_header(&rows.columns, required)?;
        Ok(rows)
    }

    /// As [`Groups::open_mapped`], whatever the header lacks.
    pub(super) fn open_any(bytes: Bounded<R>, known: &'static [&'static str], mappings: &Mappings) -> Result<Self> {
        let delimiter = delimiter(bytes.head());
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Located::new(bytes));
        let mut header = ByteRecord::new();
        reader.read_byte_record(&mut header).map_err(refused)?;
        if header.len() > MAX_COLUMNS {
            return Err(Refusal::new("rejected-too-large", format!("more than {MAX_COLUMNS} columns")));
        }
        let names = header_names(&header)?;
        let columns = header::resolve(&names, known, mappings);
        let (next_group, finished) = (None, HashSet::new());
        Ok(Self { reader, columns, names, next_row: 2, next_group, finished, is_done: false })
    }

    /// Columns that nothing is read from.
    pub(super) fn unknown_columns(&self) -> Vec<String> {
        let unread = self.names.iter().zip(&self.columns).filter(|(_, column)| column.is_none());
        unread.map(|(name, _)| text::printable(name, 60)).collect()
    }

    /// Every heading with its column, and what the header is recognised by.
    pub(super) fn header(&self) -> (String, Vec<Heading>) {
        let heading = |(name, column): (&String, &Option<&'static str>)| Heading {
            written: text::printable(name, 200),
            column: *column,
        };
        (header::signature(&self.names), self.names.iter().zip(&self.columns).map(heading).collect())
    }

    /// The next rows that belong together.
    ///
    /// A key that comes back after other rows is refused: what was read before would be overwritten.
    pub(super) fn next_group(&mut self, key_of: KeyOf) -> Option<Group> {
        let mut group = self.next_group.take();
        while !self.is_done {
            let row = match self.next_row() {
                None => break,
                Some(Ok(row)) => row,
                Some(Err((number, refusal))) => {
                    self.is_done = true;
                    self.next_group = Some(Group::broken(number, refusal));
                    break;
                }
            };
            let key = key_of(&row);
            match &mut group {
                Some(open) if key.as_ref().is_none_or(|key| *key == open.key) => open.push(row),
                Some(_) => {
                    self.next_group = Some(Group::new(key.unwrap_or_default(), row));
                    break;
                }
                None => group = Some(Group::new(key.unwrap_or_default(), row)),
            }
        }
        let mut group = group.or_else(|| self.next_group.take())?;
        if let Some(first) = group.rows.first().filter(|_| !self.finished.insert(group.key.clone())) {
            let detail = format!("{}: came before, and other rows stand between", text::printable(&group.key, 80));
            group.fault = Some((first.number, Refusal::new("rejected-repeated-key", detail)));
        }
        Some(group)
    }

    fn next_row(&mut self) -> Option<std::result::Result<Row, Fault>> {
        let mut record = ByteRecord::new();
        loop {
            self.reader.get_mut().begin_piece();
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err((self.next_row, refused(error)))),
            }
            let number = self.next_row;
            self.next_row += 1;
            // Spreadsheets write rows of nothing but separators after the last one.
            if !record.iter().all(|field| field.trim_ascii().is_empty()) {
                return Some(Ok(self.row(number, &record)));
            }
        }
    }

    fn row(&self, number: u64, record: &ByteRecord) -> Row {
        let mut fault = None;
        let mut fields = Vec::with_capacity(self.columns.len());
        for (column, field) in self.columns.iter().zip(record) {
            let Some(column) = *column else { continue };
            if let Err(error) = std::str::from_utf8(field) {
                let detail = format!("{column}: not UTF-8 at byte {} of the field", error.valid_up_to());
                fault.get_or_insert_with(|| Refusal::new("rejected-encoding", detail));
            }
            fields.push((column, String::from_utf8_lossy(field).into_owned()));
        }
        if record.len() != self.columns.len() {
            let detail = format!("{} fields where the header has {}", record.len(), self.columns.len());
            fault = Some(Refusal::new("rejected-fields", detail));
        }
        Row { number, fields, fault }
    }
}

/// The separator that the header uses more often; a comma when it uses neither.
fn delimiter(head: &[u8]) -> u8 {
    let mut is_quoted = false;
    let (mut commas, mut semicolons) = (0, 0);
    for byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted && commas + semicolons > 0 => break,
            b',' if !is_quoted => commas += 1,
            b';' if !is_quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

fn header_names(header: &ByteRecord) -> Result<Vec<String>> {
    let name = |field: &[u8]| match std::str::from_utf8(field) {
        Ok(name) => Ok(name.trim_start_matches('\u{FEFF}').trim().to_lowercase()),
        Err(error) => {
            let detail = format!("header: not UTF-8 at byte {} of a column name", error.valid_up_to());
            Err(Refusal::new("rejected-encoding", detail))
        }
    };
    header.iter().map(name).collect()
}

fn check_header(columns: &[Option<&'static str>], required: &[&'static str]) -> Result<()> {
    if columns.len() < 2 && columns.iter().all(Option::is_none) {
        return Err(Refusal::new("rejected-format", "neither XML, JSON nor CSV: the first line names no known column"));
    }
    let missing: Vec<&str> = required.iter().filter(|name| !columns.contains(&Some(name))).copied().collect();
    if !missing.is_empty() {
        return Err(Refusal::new("rejected-columns", format!("missing columns: {}", missing.join(", "))));
    }
    let mut seen = HashSet::new();
    match columns.iter().flatten().find(|name| !seen.insert(**name)) {
        Some(twice) => Err(Refusal::new("rejected-columns", format!("column {twice} occurs twice"))),
        None => Ok(()),
    }
}

fn refused(error: ::csv::Error) -> Refusal {
    match error.kind() {
        ErrorKind::Io(io) => limit_of(io).map_or_else(|| unreadable(io), Refusal::from),
        _ => Refusal::new("rejected-format", error.to_string()),
    }
}
