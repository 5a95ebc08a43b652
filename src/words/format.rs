//! Dates, money and shares as people write them in each language, and text that must stay on one line.
//! Wall times are Swedish.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::{
    Words,
    fluent::{Catalogue, FluentArg},
};
use crate::domain::{language::Language, schedule::ZONE};

/// Holds a number and its unit together on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

impl Words {
    /// `fredag 27 november 2026`.
    pub fn date(&self, language: Language, date: NaiveDate) -> String {
        self.formats(language).date(date)
    }

    /// `fredag 27 november`: a day so near that the year is plain.
    pub fn day(&self, language: Language, date: NaiveDate) -> String {
        self.formats(language).day(date)
    }

    /// `fredag 27 november 2026 kl. 17.00`, Swedish wall time.
    pub fn datetime(&self, language: Language, at: DateTime<Utc>) -> String {
        self.formats(language).datetime(at)
    }

    /// `12 000 kr`.
    pub fn sek(&self, language: Language, kronor: i64) -> String {
        self.formats(language).sek(kronor)
    }

    /// `42 %` for 0.42.
    pub fn percent(&self, language: Language, share: f64) -> String {
        self.formats(language).percent(share)
    }

    pub(super) fn formats(&self, language: Language) -> Formats<'_> {
        Formats { catalogue: &self.catalogue, language }
    }
}

/// One line: control characters and line breaks become spaces, marks that turn the direction of text are
/// dropped, and what is longer than `longest` characters ends in `…`.
pub fn line(text: &str, longest: usize) -> String {
    let is_break = |c: char| c.is_control() || c.is_whitespace() && c != NO_BREAK_SPACE;
    let plain: String =
        text.chars().filter(|c| !turns_direction(*c)).map(|c| if is_break(c) { ' ' } else { c }).collect();
    let words = plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if words.chars().count() <= longest {
        return words;
    }
    let kept: String = words.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Marks, embeddings, overrides and isolates of text direction (Unicode TR 9), and the byte order mark.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Writes values in one language.
pub(super) struct Formats<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) language: Language,
}

impl Formats<'_> {
    pub(super) fn date(&self, date: NaiveDate) -> String {
        self.dated("date", date)
    }

    pub(super) fn day(&self, date: NaiveDate) -> String {
        self.dated("day", date)
    }

    pub(super) fn short_date(&self, date: NaiveDate) -> String {
        self.dated("short-date", date)
    }

    pub(super) fn datetime(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&ZONE);
        let date = self.date(local.date_naive());
        let (hour, minute) = (format!("{:02}", local.hour()), format!("{:02}", local.minute()));
        self.message("datetime", &[("date", date.into()), ("hour", hour.into()), ("minute", minute.into())])
    }

    pub(super) fn sek(&self, kronor: i64) -> String {
        let separator = match self.language {
            Language::Sv => NO_BREAK_SPACE,
            Language::En => ',',
        };
        self.message("amount-sek", &[("amount", grouped(kronor, separator).into())])
    }

    /// At most one decimal, and none when it is zero.
    pub(super) fn percent(&self, share: f64) -> String {
        let rounded = format!("{:.1}", share * 100.0);
        let short = rounded.strip_suffix(".0").unwrap_or(&rounded);
        let number = match self.language {
            Language::Sv => short.replace('.', ","),
            Language::En => short.to_owned(),
        };
        self.message("percentage", &[("number", number.into())])
    }

    pub(super) fn date_of(&self, text: &str) -> Option<String> {
        read_date(text).map(|date| self.date(date))
    }

    pub(super) fn day_of(&self, text: &str) -> Option<String> {
        read_date(text).map(|date| self.day(date))
    }

    pub(super) fn short_date_of(&self, text: &str) -> Option<String> {
        read_date(text).map(|date| self.short_date(date))
    }

    pub(super) fn datetime_of(&self, text: &str) -> Option<String> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| self.datetime(at.to_utc()))
    }

    fn dated(&self, id: &str, date: NaiveDate) -> String {
        let weekday = self.message(&format!("weekday-{}", date.weekday().number_from_monday()), &[]);
        let month = self.message(&format!("month-{}", date.month()), &[]);
        let short_month = self.message(&format!("short-month-{}", date.month()), &[]);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.message(
            id,
            &[
                ("weekday", weekday.into()),
                ("day", day.into()),
                ("month", month.into()),
                ("short_month", short_month.into()),
                ("year", year.into()),
            ],
        )
    }

    /// A message that the program itself brings, so that only a broken file of the operator can lack it.
    fn message(&self, id: &str, args: &[(&str, FluentArg)]) -> String {
        self.catalogue.text(self.language, id, args).unwrap_or_else(|problem| {
            tracing::error!(id, %problem, "message missing");
            id.to_owned()
        })
    }
}

/// An ISO date, or the Swedish date of an instant.
fn read_date(text: &str) -> Option<NaiveDate> {
    let of_instant = || DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&ZONE).date_naive());
    text.parse().ok().or_else(of_instant)
}

fn grouped(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(template: &str, language: Language) -> String {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("x.txt"), template).unwrap();
        Words::with_overrides(dir.path()).unwrap().render("x.txt", language, minijinja::context! {}).unwrap()
    }

    #[test]
    fn values_are_written_as_each_language_writes_them() {
        let check = |template: &str, swedish: &str, english: &str| {
            assert_eq!(rendered(template, Language::Sv), swedish, "{template}");
            assert_eq!(rendered(template, Language::En), english, "{template}");
        };
        check("{{ '2026-11-27' | date }}", "fredag 27 november 2026", "Friday 27 November 2026");
        check("{{ '2026-11-27' | day }}", "fredag 27 november", "Friday 27 November");
        check("{{ '2026-02-01' | short_date }}", "1 feb. 2026", "1 Feb 2026");
        check(
            "{{ '2026-11-27T16:00:00Z' | datetime }}",
            "fredag 27 november 2026 kl. 17.00",
            "Friday 27 November 2026 at 17:00",
        );
        check("{{ 12000 | sek }}", "12\u{a0}000\u{a0}kr", "SEK\u{a0}12,000");
        check("{{ -1234567 | sek }}", "−1\u{a0}234\u{a0}567\u{a0}kr", "SEK\u{a0}−1,234,567");
        check("{{ 999 | sek }}", "999\u{a0}kr", "SEK\u{a0}999");
        check("{{ 0.425 | percent }} {{ 1.0 | percent }}", "42,5\u{a0}% 100\u{a0}%", "42.5% 100%");
    }

    #[test]
    fn an_instant_late_in_the_evening_is_the_next_day_in_sweden() {
        assert_eq!(rendered("{{ '2026-06-30T22:30:00Z' | date }}", Language::Sv), "onsdag 1 juli 2026");
        assert_eq!(rendered("{{ '2026-06-30T21:30:00Z' | date }}", Language::Sv), "tisdag 30 juni 2026");
    }

    #[test]
    fn a_line_stays_one_line_of_the_length_asked_for() {
        assert_eq!(line("a\r\nBcc: x@y.z\0\tb\u{2028}c", 80), "a Bcc: x@y.z b c");
        assert_eq!(line("\u{202e}vänd\u{2069}", 80), "vänd");
        assert_eq!(line("åäö åäö", 5), "åäö…");
        assert_eq!(line("åäö", 3), "åäö");
    }
}
