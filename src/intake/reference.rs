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
                self.rows = Some(*rows);
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
    Rows(Box<Groups<R>>),
    Records(Vec<Record<T>>),
}

/// Reads a code list, CSV or genericode; the content decides which.
pub(super) fn codes<R: BufRead>(source: &str, bytes: R) -> Records<R, CodeLabel> {
    let opened = bytes::sniff(bytes).and_then(|Sniffed { format, bytes }| match format {
        Format::Csv => {
            Groups::open(bytes, csv::codes::COLUMNS, csv::codes::REQUIRED).map(|rows| Found::Rows(Box::new(rows)))
        }
        Format::Json | Format::Sheet | Format::Feed => {
            Err(Refusal::new("rejected-format", "neither CSV nor genericode where a code list was expected"))
        }
        Format::Xml => genericode::read(source, bytes).map(Found::Records),
    });
    empty(source, csv::codes::key, csv::codes::read).found(opened)
}

/// Reads past procurements from CSV.
pub(super) fn history<R: BufRead>(source: &str, bytes: R) -> Records<R, PastProcurement> {
    let opened = bytes::sniff(bytes).and_then(|Sniffed { format, bytes }| match format {
        Format::Csv => {
            Groups::open(bytes, csv::history::COLUMNS, csv::history::REQUIRED).map(|rows| Found::Rows(Box::new(rows)))
        }
        _ => Err(Refusal::new("rejected-format", "no CSV where a CSV file of past procurements was expected")),
    });
    empty(source, csv::history::key, csv::history::read).found(opened)
}

fn empty<R: BufRead, T>(source: &str, key: KeyOf, read: fn(&[Row]) -> std::result::Result<T, Fault>) -> Records<R, T> {
    Records { source: source.to_owned(), ready: VecDeque::new(), rows: None, key, read, unknown: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Reading;

    /// Each record as its value's short form or `row 2 rejected-cpv`.
    fn outcomes<T>(records: impl Iterator<Item = Record<T>>, told: fn(T) -> String) -> Vec<String> {
        let outcome = |record: Record<T>| match record.reading {
            Reading::Read(value) => told(value),
            Reading::Rejected(refusal) => format!("{} {}", record.record, refusal.rule),
            Reading::Skipped { reason } => reason.to_owned(),
        };
        records.map(outcome).collect()
    }

    #[track_caller]
    fn check_codes(file: &str, expected: &[&str]) {
        let told = |label: CodeLabel| format!("{} {}/{}", label.code, label.label_sv, label.label_en);
        assert_eq!(outcomes(codes("c", file.as_bytes()), told), expected, "{file}");
    }

    #[test]
    fn a_code_list_may_name_its_columns_in_several_ways() {
        check_codes("code,label_sv,label_en\n77310000,Gräs,Grass\n", &["77310000 Gräs/Grass"]);
        check_codes("Code;Label\n77310000-6;Gräs\n", &["77310000 Gräs/"]);
        check_codes("code,check_digit,label_en\n77310000,6,Grass\n", &["77310000 /Grass"]);
    }

    #[test]
    fn a_bad_code_is_refused_with_its_row_and_the_others_are_read() {
        let rows = "code,label\n7731,Gräs\n77340000,\n90910000,Städning\n77310000,Gräs\n90910000,Annat\n";
        let expected = [
            "row 2 rejected-cpv",
            "row 3 rejected-code-label",
            "90910000 Städning/",
            "77310000 Gräs/",
            "row 6 rejected-repeated-key",
        ];
        check_codes(rows, &expected);
        check_codes("label,title\nGräs,x\n", &["file rejected-columns"]);
        check_codes("<html/>", &["file rejected-not-genericode"]);
    }

    #[test]
    fn genericode_rows_name_their_columns() {
        let value = |column: &str, text: &str| {
            format!("<Value ColumnRef=\"{column}\"><SimpleValue>{text}</SimpleValue></Value>")
        };
        let good = [value("code", "77310000"), value("Name", "Grass"), value("swe_label", "Gräs")].concat();
        let bad = [value("code", "grass"), value("Name", "Grass")].concat();
        let list = format!(
            "<g:CodeList xmlns:g=\"urn:x\"><SimpleCodeList><Row>{good}</Row><Row>{bad}</Row></SimpleCodeList></g:CodeList>"
        );
        check_codes(&list, &["77310000 Gräs/Grass", "row 2 rejected-cpv"]);
    }

    #[test]
    fn past_procurements_need_a_title_and_a_code() {
        let rows = "id,published,title,main_cpv,buyer\nA,2021-02-03,Gräs,77310000,Kommunen\nA,,Gräs,,\nB,,,77310000,\n\
                    C,2021-02-30,Gräs,77310000,\n,,Gräs,77310000,\n";
        let told = |past: PastProcurement| {
            format!("{:?} {} {} {} {:?}", past.source_id, past.title, past.main_cpv, past.buyer, past.published)
        };
        let expected = [
            "Some(\"A\") Gräs 77310000 Kommunen Some(2021-02-03)",
            "row 3 rejected-required",
            "row 4 rejected-required",
            "row 5 rejected-date",
            "None Gräs 77310000  None",
        ];
        assert_eq!(outcomes(history("h", rows.as_bytes()), told), expected);
    }
}
