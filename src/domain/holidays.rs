//! Days on which nobody in Sweden expects mail from work (lag 1989:253, and the eves that are kept as such).

use chrono::{Datelike as _, Duration, NaiveDate, Weekday};

/// Whether a day is a public holiday or a kept eve.
pub fn is_holiday(day: NaiveDate) -> bool {
    let fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)];
    if fixed.contains(&(day.month(), day.day())) {
        return true;
    }
    let from_easter = (day - easter(day.year())).num_days();
    // Good Friday, Easter, Easter Monday, Ascension, Whit Sunday.
    [-2, 0, 1, 39, 49].contains(&from_easter) || is_midsummer(day) || is_all_saints(day)
}

/// The eve and the day: Friday and Saturday from 19 to 26 June.
fn is_midsummer(day: NaiveDate) -> bool {
    let eve = if day.weekday() == Weekday::Sat { day - Duration::days(1) } else { day };
    eve.weekday() == Weekday::Fri && eve.month() == 6 && (19..=25).contains(&eve.day())
}

/// The Saturday from 31 October to 6 November.
fn is_all_saints(day: NaiveDate) -> bool {
    let in_days = (day.month() == 10 && day.day() == 31) || (day.month() == 11 && day.day() <= 6);
    in_days && day.weekday() == Weekday::Sat
}

/// Easter Sunday of a Gregorian year (the anonymous algorithm, Meeus 1991).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let (month, day) = (n / 31, n % 31 + 1);
    NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holidays_of_two_years_are_known() {
        let holidays = |year: i32| -> Vec<String> {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let days = first.iter_days().take_while(|day| day.year() == year);
            days.filter(|day| is_holiday(*day)).map(|day| day.format("%m-%d").to_string()).collect()
        };
        let of_2026 = "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-19 06-20 10-31 12-24 12-25 12-26 12-31";
        assert_eq!(holidays(2026).join(" "), of_2026);
        let of_2025 = "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-20 06-21 11-01 12-24 12-25 12-26 12-31";
        assert_eq!(holidays(2025).join(" "), of_2025);
    }
}
