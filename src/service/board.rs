//! The board of pairings as a file for a spreadsheet.

use super::Result;
use crate::{
    app::App,
    domain::{board::BoardFilter, language::Language, schedule::local_date},
    store::board::{self, BoardRow},
};

/// Most rows of a file.
const MOST: u64 = 20_000;

/// The columns of the file; each has a heading `board-column-…`.
const COLUMNS: [&str; 11] =
    ["stage", "asf", "need", "lot", "buyer", "place", "strength", "since", "deadline", "reason", "note"];

/// The rows that a filter leaves, as text in the reader's language, headings first.
///
/// # Errors
/// When the database does not answer.
pub async fn table(app: &App, filter: &BoardFilter, language: Language) -> Result<Vec<Vec<String>>> {
    let text = |id: &str| app.words.text(language, id, &[]);
    let rows = board::list(&app.db, filter, app.clock.now(), 0, MOST).await?;
    let mut table = vec![COLUMNS.iter().map(|column| text(&format!("board-column-{column}"))).collect()];
    table.extend(rows.iter().map(|row| cells(row, text)));
    Ok(table)
}

fn cells(row: &BoardRow, text: impl Fn(&str) -> String) -> Vec<String> {
    let word = |group: &str, word: &str| text(&format!("{group}-{}", word.replace('_', "-")));
    let places: Vec<String> = row.places.iter().map(crate::domain::place::Place::name).collect();
    vec![
        word("board-stage", row.stage.as_str()),
        row.asf.clone(),
        row.title.clone(),
        if row.lot_title == row.title { String::new() } else { row.lot_title.clone() },
        row.buyer.clone(),
        places.join(", "),
        word("board-strength", row.strength.as_str()),
        local_date(row.since).to_string(),
        row.deadline_at.map(|at| local_date(at).to_string()).unwrap_or_default(),
        row.decline_reason.map(|reason| word("decline", reason.as_str())).unwrap_or_default(),
        row.note.clone(),
    ]
}

/// A table as CSV. A cell that a spreadsheet would take for a formula begins with `'`.
///
/// # Errors
/// When a row cannot be written, which does not happen in memory.
pub fn csv(table: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    // Excel reads UTF-8 only after a byte order mark.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for row in table {
        writer.write_record(row.iter().map(|cell| super::tables::harmless(cell)))?;
    }
    Ok(writer.into_inner()?)
}

/// A table as an XLSX file; every cell is text, so that none is a formula.
///
/// # Errors
/// When the file cannot be made.
pub fn xlsx(table: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let bold = rust_xlsxwriter::Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    for (line, row) in (0..).zip(table) {
        for (column, cell) in (0..).zip(row) {
            if line == 0 {
                sheet.write_string_with_format(line, column, cell, &bold)?;
            } else {
                sheet.write_string(line, column, cell)?;
            }
        }
    }
    sheet.autofit();
    Ok(workbook.save_to_buffer()?)
}
