//! Files to fill in: our headings and one example row, as CSV or as a workbook.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::csv::{asf, needs};

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// Work-integration social enterprises.
    Asf,
    /// What buyers need.
    Needs,
}

impl Noun {
    /// Every column, in our order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Asf => asf::COLUMNS,
            Self::Needs => needs::COLUMNS,
        }
    }

    /// One row, fictional; the organisation numbers belong to nobody.
    fn example(self) -> &'static [&'static str] {
        match self {
            Self::Asf => &[
                "556000-0167",
                "",
                "Exempelverkstan",
                "ekonomisk förening",
                "0680",
                "553 20",
                "https://verkstan.example",
                "info@verkstan.example",
                "0680|0643",
                "Snickeri",
                "Vi bygger möbler och reparerar fönster",
                "44112100",
                "8",
                "210",
                "400000",
                "2026-05-01",
            ],
            Self::Needs => &[
                "B-1",
                "request",
                "Trappstädning",
                "Tre trapphus varje vecka",
                "Brf Exemplet",
                "556000-0167",
                "nonprofit",
                "0680",
                "SE211",
                "90911000",
                "95000",
                "2026-12-01",
                "2027-01-01",
                "2027-12-31",
                "none",
                "https://exemplet.example/behov",
                "1",
                "2026-11-01",
            ],
        }
    }
}

/// The template as CSV, with a byte order mark so that spreadsheet programs read å, ä and ö.
pub fn csv(noun: Noun) -> String {
    let quoted = |fields: &[&str]| {
        let field =
            |field: &&str| if field.contains([',', ';', '"']) { format!("\"{field}\"") } else { (*field).to_owned() };
        fields.iter().map(field).collect::<Vec<_>>().join(";")
    };
    format!("\u{FEFF}{}\r\n{}\r\n", quoted(noun.columns()), quoted(noun.example()))
}

/// The template as a workbook.
///
/// # Errors
/// When the library cannot write it.
pub fn workbook(noun: Noun) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heading = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(noun.columns()) {
        sheet.write_string_with_format(0, column, *name, &heading)?;
        sheet.set_column_width(column, 18)?;
    }
    for (column, value) in (0_u16..).zip(noun.example()) {
        // Texts, so that no program takes the zero from a code or the dash from a number.
        sheet.write_string(1, column, *value)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
