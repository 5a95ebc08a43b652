//! When things are due: cron patterns in local wall time, ISO weeks, and how late is too late.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use chrono_tz::{Europe::Stockholm, Tz};
use serde::{Deserialize, Serialize};

use super::rejection::Rejection;

/// The zone that all wall times are in.
pub const ZONE: Tz = Stockholm;

/// A missed run is caught up when it is at most this late; later it is folded into the next.
pub const CATCH_UP: Duration = Duration::hours(48);

/// The local date at an instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// The instant at which a local day begins.
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let local = midnight.and_local_timezone(ZONE).earliest();
    // No clock here has ever been changed at midnight; UTC is an hour or two off.
    local.map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
}

/// An ISO 8601 week, for example `2026-W48`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IsoWeek {
    /// ISO year, which differs from the calendar year around New Year.
    pub year: i32,
    /// 1 to 53.
    pub week: u32,
}

impl IsoWeek {
    /// The local week at an instant.
    pub fn at(now: DateTime<Utc>) -> Self {
        let week = local_date(now).iso_week();
        Self { year: week.year(), week: week.week() }
    }

    /// Reads `YYYY-Www`.
    ///
    /// # Errors
    /// `rejected-week` when it is not a week that exists.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let refused = || Rejection::new("week", "rejected-week", text);
        let (year, week) = text.trim().split_once("-W").ok_or_else(refused)?;
        let year: i32 = year.parse().map_err(|_| refused())?;
        let week: u32 = week.parse().map_err(|_| refused())?;
        let exists =
            (1970..=9999).contains(&year) && NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).is_some();
        if exists { Ok(Self { year, week }) } else { Err(refused()) }
    }
}

impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-W{:02}", self.year, self.week)
    }
}

/// The first instant strictly after `after` at which `pattern` (five cron fields, local wall time)
/// is due. `None` when the pattern is wrong or never due.
///
/// Across daylight saving a job is due once in the gap and once in the fold.
pub fn next_due(pattern: &str, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let cron = croner::Cron::from_str(pattern).ok()?;
    let local = cron.find_next_occurrence(&after.with_timezone(&ZONE), false).ok()?;
    Some(local.with_timezone(&Utc))
}

/// Whether a run that was due at `due_at` still happens at `now`.
pub fn is_caught_up(due_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    due_at <= now && now - due_at <= CATCH_UP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_weekly_hour_stays_the_same_on_the_wall_across_daylight_saving() {
        let check = |after: &str, expected: &str| {
            assert_eq!(next_due("0 8 * * TUE", utc(after)), Some(utc(expected)), "{after}");
        };
        check("2026-10-20T12:00:00Z", "2026-10-27T07:00:00Z");
        check("2026-10-13T12:00:00Z", "2026-10-20T06:00:00Z");
        check("2027-03-24T12:00:00Z", "2027-03-30T06:00:00Z");
        check("2026-11-24T07:00:00Z", "2026-12-01T07:00:00Z");
    }

    #[test]
    fn weeks_around_new_year_belong_to_their_iso_year() {
        assert_eq!(IsoWeek::at(utc("2026-12-31T12:00:00Z")).to_string(), "2026-W53");
        assert_eq!(IsoWeek::at(utc("2027-01-03T23:30:00Z")).to_string(), "2027-W01");
        assert!(IsoWeek::parse("2026-W53").is_ok());
        for text in ["2025-W53", "2026-W00", "2026-48", "x", "2026-W"] {
            assert!(IsoWeek::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_run_missed_by_two_days_is_caught_up_and_by_more_is_not() {
        let due = utc("2026-11-24T07:00:00Z");
        assert!(is_caught_up(due, due + Duration::hours(48)));
        assert!(!is_caught_up(due, due + Duration::hours(49)));
        assert!(!is_caught_up(due, due - Duration::seconds(1)));
    }
}
