//! Tables as files: the same rows as CSV or as a spreadsheet.

/// A heading and rows of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet.
    pub name: String,
    /// Heading of each column.
    pub columns: Vec<String>,
    /// Rows, as wide as the heading.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// As CSV. A cell that a spreadsheet would take for a formula begins with `'`.
    ///
    /// # Errors
    /// When a row is not as wide as the heading.
    pub fn csv(&self) -> anyhow::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| harmless(cell)))?;
        }
        Ok(writer.into_inner()?)
    }

    /// As XLSX; every cell is text, so that none is a formula.
    ///
    /// # Errors
    /// When there are more rows than a sheet holds.
    pub fn xlsx(&self) -> anyhow::Result<Vec<u8>> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let bold = rust_xlsxwriter::Format::new().set_bold();
        let sheet = workbook.add_worksheet().set_name(&self.name)?;
        for (column, name) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, name, &bold)?;
        }
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                sheet.write_string(line, column, cell)?;
            }
        }
        sheet.autofit();
        Ok(workbook.save_to_buffer()?)
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn harmless(cell: &str) -> String {
    let is_number = cell.parse::<i64>().is_ok();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let row = |cell: &str| vec![cell.to_owned()];
        let rows = vec![row("=1+1"), row("@SUM(A1)"), row("-5"), row("Städ, \"bäst\"")];
        let table = Table { name: "ASF".to_owned(), columns: row("namn"), rows };
        let text = String::from_utf8(table.csv().unwrap()).unwrap();
        assert_eq!(text, "namn\n'=1+1\n'@SUM(A1)\n-5\n\"Städ, \"\"bäst\"\"\"\n");
        assert!(table.xlsx().unwrap().starts_with(b"PK"));
    }
}
