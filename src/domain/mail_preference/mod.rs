//! When and how much an ASF wants to be mailed.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, TimeZone as _, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::{
    holidays,
    pairing::Strength,
    rejection::Rejection,
    schedule::{CATCH_UP, IsoWeek, ZONE},
};

/// A reader's choice; the default is every Tuesday at eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MailPreference {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: u32,
    /// Hour on the wall, 6 to 18.
    pub hour: u32,
    /// Every, every other or every fourth week.
    pub every_weeks: u32,
    /// How sure a suggestion must be.
    pub breadth: Breadth,
    /// Nothing in July.
    pub summer_rest: bool,
}

/// How sure a suggestion must be to be mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breadth {
    /// Everything that can fit.
    All,
    /// Only what fits well.
    Strong,
}

impl Breadth {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Strong => "strong",
        }
    }

    /// Whether a suggestion is sure enough.
    pub fn takes(self, strength: Strength) -> bool {
        self == Self::All || strength == Strength::Strong
    }
}

impl Default for MailPreference {
    fn default() -> Self {
        Self { weekday: 2, hour: 8, every_weeks: 1, breadth: Breadth::All, summer_rest: false }
    }
}

impl MailPreference {
    /// Checks numbers from a form or a row.
    ///
    /// # Errors
    /// `rejected-mail-weekday`, `rejected-mail-hour`, `rejected-mail-weeks` or `rejected-mail-breadth`.
    pub fn parse(
        weekday: &str,
        hour: &str,
        every_weeks: &str,
        breadth: &str,
        summer_rest: bool,
    ) -> Result<Self, Rejection> {
        let number = |text: &str, field: &'static str, rule: &'static str, allowed: &dyn Fn(u32) -> bool| {
            let number = text.trim().parse().ok().filter(|number| allowed(*number));
            number.ok_or_else(|| Rejection::new(field, rule, text))
        };
        let breadth = match breadth {
            "all" => Breadth::All,
            "strong" => Breadth::Strong,
            other => return Err(Rejection::new("breadth", "rejected-mail-breadth", other)),
        };
        Ok(Self {
            weekday: number(weekday, "weekday", "rejected-mail-weekday", &|day| (1..=7).contains(&day))?,
            hour: number(hour, "hour", "rejected-mail-hour", &|hour| (6..=18).contains(&hour))?,
            every_weeks: number(every_weeks, "every_weeks", "rejected-mail-weeks", &|weeks| {
                [1, 2, 4].contains(&weeks)
            })?,
            breadth,
            summer_rest,
        })
    }

    /// When the mail of a week is due; none in a week that is left out.
    ///
    /// Counted from the wall of that week, never from the mail before: across daylight saving the hour stays.
    pub fn due_at(&self, week: IsoWeek) -> Option<DateTime<Utc>> {
        let monday = NaiveDate::from_isoywd_opt(week.year, week.week, Weekday::Mon)?;
        // Weeks are counted through New Year, so that every other week stays so after a week 53.
        let number = monday.signed_duration_since(FIRST_MONDAY).num_weeks();
        if number.rem_euclid(i64::from(self.every_weeks)) != 0 {
            return None;
        }
        let chosen = monday + Duration::days(i64::from(self.weekday) - 1);
        if self.summer_rest && chosen.month() == 7 {
            return None;
        }
        if cfg!(feature = "saboteur-week") {
            let first = ZONE.from_local_datetime(&FIRST_MONDAY.and_hms_opt(self.hour, 0, 0)?).earliest()?;
            let days = (chosen - FIRST_MONDAY).num_days();
            return Some(first.with_timezone(&Utc) + Duration::hours(24 * days));
        }
        let local = self.quiet(monday, chosen).and_hms_opt(self.hour, 0, 0)?;
        // From six to eighteen no hour is left out or comes twice.
        Some(ZONE.from_local_datetime(&local).earliest()?.with_timezone(&Utc))
    }

    /// The chosen day, or the nearest working day after it in the same week, or before it.
    fn quiet(&self, monday: NaiveDate, chosen: NaiveDate) -> NaiveDate {
        let is_free = |day: &NaiveDate| !holidays::is_holiday(*day);
        let sunday = monday + Duration::days(6);
        let after = chosen.iter_days().take_while(|day| *day <= sunday).find(is_free);
        let before = || monday.iter_days().take_while(|day| *day < chosen).filter(is_free).last();
        after.or_else(before).unwrap_or(chosen)
    }

    /// The mail that fell due after `from` and until `to`, if there was one; of two the later.
    pub fn due_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<IsoWeek> {
        let weeks = [to, to - Duration::days(7)].map(IsoWeek::at);
        weeks.into_iter().find(|week| self.due_at(*week).is_some_and(|due| from < due && due <= to))
    }

    /// When the next mail is due after an instant.
    pub fn next_due(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let weeks = (0..12).map(|weeks| IsoWeek::at(after + Duration::weeks(weeks)));
        weeks.filter_map(|week| self.due_at(week)).find(|due| *due > after)
    }
}

/// A Monday long before any mail.
const FIRST_MONDAY: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 5).expect("a day that exists");

/// From when on what fell due is made up for, when the last run was at `last` and now is `now`.
pub fn catch_up_from(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    let earliest = now - CATCH_UP;
    last.map_or(earliest, |last| last.clamp(earliest, now))
}

#[cfg(test)]
mod tests;
