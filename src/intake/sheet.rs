//! Workbooks of spreadsheet programs as CSV: the first sheet that has anything on it, cell by cell.

use std::io::{BufRead, Cursor, Read};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::{
    MAX_PIECE_BYTES, Refusal, Result,
    archive::{FREE_BYTES, MAX_RATIO},
    bytes,
};

/// Largest workbook, in bytes (16 MiB).
const MAX_BYTES: u64 = 16 << 20;

/// Largest workbook unpacked, in bytes (48 MiB).
const MAX_UNPACKED: u64 = 48 << 20;

/// Most different texts; a program keeps each in memory.
const MAX_TEXTS: usize = 400_000;

/// Most columns that are read.
const MAX_COLUMNS: u32 = 500;

/// Largest sheet as CSV, in bytes (32 MiB).
const MAX_CSV: usize = 32 << 20;

/// Reads the workbook and writes its first filled sheet as CSV; row numbers stay the same.
pub(super) fn to_csv<R: BufRead>(bytes: &mut R) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    bytes.take(MAX_BYTES + 1).read_to_end(&mut file).map_err(|error| bytes::unreadable(&error))?;
    if file.len() as u64 > MAX_BYTES {
        return Err(Refusal::new("rejected-too-large", format!("the workbook is larger than {MAX_BYTES} bytes")));
    }
    measure(&file)?;
    let mut book = Xlsx::new(Cursor::new(file)).map_err(|error| broken(&error))?;
    for name in book.sheet_names() {
        let csv = sheet(&mut book, &name)?;
        if csv.iter().any(|byte| !matches!(byte, b'\n' | b'"' | b',')) {
            return Ok(csv);
        }
    }
    Err(Refusal::new("rejected-format", "no sheet of the workbook has anything on it"))
}

/// Unpacks every member once to nowhere: what the list of members says may be a lie.
fn measure(file: &[u8]) -> Result<()> {
    let broken = |error: zip::result::ZipError| Refusal::new("rejected-sheet", error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(broken)?;
    let allowed = MAX_UNPACKED.min((file.len() as u64 * MAX_RATIO).max(FREE_BYTES));
    let (mut unpacked, mut texts) = (0_u64, 0_usize);
    let mut chunk = vec![0; 65_536];
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(broken)?;
        loop {
            let read = member.read(&mut chunk).map_err(|error| Refusal::new("rejected-sheet", error.to_string()))?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            texts += chunk[..read].windows(3).filter(|three| *three == b"<si" || *three == b":si").count();
            if unpacked > allowed || texts > MAX_TEXTS {
                return Err(bytes::Limit::Archive.into());
            }
        }
    }
    Ok(())
}

fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<u8>> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(error) => return Err(broken(&error)),
    };
    let (mut csv, mut at, mut row) = (Vec::new(), 0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
        let (line, column) = cell.get_position();
        if line < at || csv.len() > MAX_CSV {
            return Err(Refusal::new(
                "rejected-sheet",
                format!("row {}: out of order, or too much before it", line + 1),
            ));
        }
        while at < line {
            write(&mut csv, &mut row)?;
            at += 1;
            if csv.len() > MAX_CSV {
                return Err(Refusal::new(
                    "rejected-too-large",
                    format!("row {at}: more than {MAX_CSV} bytes before it"),
                ));
            }
        }
        if column >= MAX_COLUMNS {
            continue;
        }
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = written(cell.get_value());
        if row[column].len() as u64 > MAX_PIECE_BYTES {
            return Err(Refusal::new("rejected-too-large", format!("row {}: {}", at + 1, bytes::Limit::Piece)));
        }
    }
    write(&mut csv, &mut row)?;
    Ok(level(&csv))
}

/// One row, quoted whole; empties the row.
fn write(csv: &mut Vec<u8>, row: &mut Vec<String>) -> Result<()> {
    let mut writer = ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(csv);
    let fields: &[String] = if row.is_empty() { &[String::new()] } else { row };
    writer.write_record(fields).map_err(|error| Refusal::new("rejected-sheet", error.to_string()))?;
    drop(writer);
    row.clear();
    Ok(())
}

/// Rows end where their last cell is: fills them up to the width of the first, and cuts empty ends.
fn level(csv: &[u8]) -> Vec<u8> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv);
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::with_capacity(csv.len()));
    let mut width = 0;
    for record in reader.byte_records().flatten() {
        let filled = record.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
        width = if width == 0 { filled } else { width };
        let count = width.max(filled).max(1);
        let fields = (0..count).map(|at| record.get(at).unwrap_or_default());
        if writer.write_record(fields).is_err() {
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(at) => match at.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, _) => format!("{year:04}-{month:02}-{day:02}"),
            (year, month, day, hour, minute, second, _) => {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        },
    }
}

fn broken(error: &XlsxError) -> Refusal {
    Refusal::new("rejected-sheet", error.to_string())
}
