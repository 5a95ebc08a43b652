//! Dates and times as notices and files write them, into instants.
//! What has no offset is local time in the service's zone; the domain knows which.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::domain::schedule::ZONE;

/// A calendar day `YYYY-MM-DD` of our time; `None` for anything else, also for days that do not exist.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| shape)?;
    // A year outside this is a slip of the finger, and would never close.
    (("1900".."2200").contains(&&text[..4])).then_some(day)
}

/// A day as XML writes it, with an offset or without: `2024-04-19+02:00`.
pub(super) fn day_with_offset(text: &str) -> Option<(NaiveDate, Option<FixedOffset>)> {
    let (head, offset) = (text.get(..10)?, text.get(10..)?);
    Some((day(head)?, if offset.is_empty() { None } else { Some(self::offset(offset)?) }))
}

/// A time of day as XML writes it: `23:59:00.5+01:00`; seconds may be left out, 24:00 is the last second.
pub(super) fn time_with_offset(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let split = text.find(['+', '-', 'Z', 'z']).unwrap_or(text.len());
    let (clock, offset) = text.split_at(split);
    let offset = if offset.is_empty() { None } else { Some(self::offset(offset)?) };
    if matches!(clock, "24:00" | "24:00:00") {
        return Some((NaiveTime::from_hms_opt(23, 59, 59)?, offset));
    }
    let digits = clock.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
    let parsed = NaiveTime::parse_from_str(clock, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(clock, "%H:%M"));
    parsed.ok().filter(|_| digits && clock.len() >= 5).map(|time| (time, offset))
}

fn offset(text: &str) -> Option<FixedOffset> {
    if matches!(text, "Z" | "z") {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':')?;
    let number = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten().map(i32::from);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    // XML Schema allows offsets up to 14 hours.
    if hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60;
    match sign {
        "+" => FixedOffset::east_opt(seconds),
        "-" => FixedOffset::west_opt(seconds),
        _ => None,
    }
}

/// The instant of a local date and time; with no offset in the service's zone.
pub(super) fn instant(day: NaiveDate, time: NaiveTime, offset: Option<FixedOffset>) -> DateTime<Utc> {
    let local = day.and_time(time);
    match offset {
        Some(offset) => DateTime::from_naive_utc_and_offset(local - offset, Utc),
        None => local_instant(local),
    }
}

/// Twice in autumn an hour comes again: the first is meant, so that nobody is late. In spring an
/// hour is missing: its times are read as the hour after.
fn local_instant(local: NaiveDateTime) -> DateTime<Utc> {
    let shifted = || ZONE.from_local_datetime(&(local + TimeDelta::hours(1))).earliest();
    ZONE.from_local_datetime(&local)
        .earliest()
        .or_else(shifted)
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// The end of a local day, 23:59: what a deadline without a time means.
pub(super) fn end_of(day: NaiveDate) -> DateTime<Utc> {
    instant(day, NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default(), None)
}

/// A deadline in a file: `YYYY-MM-DD` (the end of that day), or with `T` or a space and a time,
/// with an offset or in local time.
pub(super) fn deadline(text: &str) -> Option<DateTime<Utc>> {
    if text.len() == 10 {
        return day(text).map(end_of);
    }
    let (head, clock) = (day(text.get(..10)?)?, text.get(10..)?);
    let clock = clock.strip_prefix(['T', 't', ' '])?;
    let (time, offset) = time_with_offset(clock)?;
    Some(instant(head, time, offset))
}

/// A day `days` from `today`; stays put at the ends of the calendar.
pub(super) fn days_from(today: NaiveDate, days: i64) -> NaiveDate {
    let step = Days::new(days.unsigned_abs());
    let moved = if days < 0 { today.checked_sub_days(step) } else { today.checked_add_days(step) };
    moved.unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let at = deadline(text).map(|at| at.format("%Y-%m-%dT%H:%MZ").to_string());
        assert_eq!(at.as_deref(), expected, "{text}");
    }

    #[test]
    fn deadlines_without_offset_are_local_and_without_time_last_the_day() {
        check("2026-07-01", Some("2026-07-01T21:59Z"));
        check("2026-01-01", Some("2026-01-01T22:59Z"));
        check("2026-07-01T17:00", Some("2026-07-01T15:00Z"));
        check("2026-07-01 17:00:30", Some("2026-07-01T15:00Z"));
        check("2026-07-01T17:00+00:00", Some("2026-07-01T17:00Z"));
        check("2026-07-01T17:00:00Z", Some("2026-07-01T17:00Z"));
        check("2026-07-01T24:00", Some("2026-07-01T21:59Z"));
    }

    #[test]
    fn the_hour_that_comes_twice_is_the_first_and_the_missing_hour_is_the_next() {
        check("2026-10-25T02:30", Some("2026-10-25T00:30Z"));
        check("2026-03-29T02:30", Some("2026-03-29T01:30Z"));
    }

    #[test]
    fn impossible_dates_and_times_are_refused() {
        for text in [
            "2026-02-30",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "0026-01-01",
            "2026-07-01T25:00",
            "2026-07-01T",
            "2026-07-01T17:00+2",
            "2026-07-01T17:00+99:00",
            "2026-07-01X17:00",
            "i morgon",
            "",
            "2026-07-01T1:00",
            "åååååååååå",
        ] {
            check(text, None);
        }
    }
}
