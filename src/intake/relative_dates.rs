//! Dates that follow the day of use, for sample data that must never be out of date.

use chrono::NaiveDate;

use super::moment::days_from;

/// CSV columns in which a bare `+21d` is a day.
const DAY_COLUMNS: &[&str] = &["start", "end", "earliest_start"];

/// CSV column in which a bare `+21d` is that day at 17:00 local time.
const DEADLINE_COLUMN: &str = "deadline";

/// Replaces `{{+21d}}` and `{{-21d}}` by the day so many days from `today`. In a CSV file also the
/// bare cells `+21d` of the columns `deadline`, `start`, `end` and `earliest_start`.
///
/// What is no such token stays as it is.
pub fn fill_relative_dates(text: &str, today: NaiveDate) -> String {
    let filled = fill_tokens(text, today);
    let is_xml = filled.trim_start_matches('\u{FEFF}').trim_start().starts_with('<');
    if is_xml { filled } else { fill_cells(&filled, today).unwrap_or(filled) }
}

fn fill_tokens(text: &str, today: NaiveDate) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        match after.split_once("}}").and_then(|(token, tail)| Some((relative(token, today)?, tail))) {
            Some((day, tail)) => {
                filled.push_str(&day.to_string());
                rest = tail;
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The day of `+21d` or `-21d`.
fn relative(token: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = token.strip_suffix('d')?;
    let digits = days.strip_prefix(['+', '-'])?;
    let plain = (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| days.parse().ok()).flatten().map(|days| days_from(today, days))
}

/// The whole file written anew; `None` when it has none of the columns or is no CSV.
fn fill_cells(text: &str, today: NaiveDate) -> Option<String> {
    let first_line = text.lines().next()?;
    let delimiter = if first_line.matches(';').count() > first_line.matches(',').count() { b';' } else { b',' };
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().ok()?.clone();
    let name = |at: usize| header.get(at).map(|name| name.trim_start_matches('\u{FEFF}').trim()).unwrap_or_default();
    if !header.iter().enumerate().any(|(at, _)| name(at) == DEADLINE_COLUMN || DAY_COLUMNS.contains(&name(at))) {
        return None;
    }
    let mut writer = ::csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    writer.write_record(&header).ok()?;
    for row in reader.records() {
        let row = row.ok()?;
        let cells = row.iter().enumerate().map(|(at, cell)| match relative(cell.trim(), today) {
            Some(day) if name(at) == DEADLINE_COLUMN => format!("{day}T17:00"),
            Some(day) if DAY_COLUMNS.contains(&name(at)) => day.to_string(),
            _ => cell.to_owned(),
        });
        writer.write_record(cells).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let today = NaiveDate::from_ymd_opt(2026, 2, 20).unwrap();
        assert_eq!(fill_relative_dates(text, today), expected, "{text}");
    }

    #[test]
    fn tokens_in_a_notice_become_days() {
        check("<a>{{+21d}}+01:00 {{-1d}}</a>", "<a>2026-03-13+01:00 2026-02-19</a>");
        check("<a>{{x}} {{+d}} {{+999999d}} {{", "<a>{{x}} {{+d}} {{+999999d}} {{");
    }

    #[test]
    fn bare_cells_become_days_only_in_their_columns() {
        check(
            "title,deadline,start,end\n+1d,+1d,+2d,-3d\n\"a,b\",2026-01-01,,x\n",
            "title,deadline,start,end\n+1d,2026-02-21T17:00,2026-02-22,2026-02-17\n\"a,b\",2026-01-01,,x\n",
        );
        check("a;deadline\n+1d;+1d\n", "a;deadline\n+1d;2026-02-21T17:00\n");
        check("a,b\n+1d,\n", "a,b\n+1d,\n");
    }
}
