//! Every choice over eleven years: one mail a due week, at the chosen hour on the wall, however the clock and
//! the process behave. `SAMHANDLA_ALL_HOURS=1` walks every choice hour by hour, not only every fourth of the hours.

use chrono::Timelike as _;

use super::*;

fn every_choice() -> impl Iterator<Item = MailPreference> {
    (1..=7).flat_map(|weekday| {
        (6..=18).flat_map(move |hour| {
            [1, 2, 4].into_iter().map(move |every_weeks| MailPreference {
                weekday,
                hour,
                every_weeks,
                ..MailPreference::default()
            })
        })
    })
}

fn at(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    ZONE.from_local_datetime(&day.and_hms_opt(hour, 0, 0).unwrap()).earliest().unwrap().with_timezone(&Utc)
}

/// Mondays of the weeks with a clock change, and those around New Year, with a week on both sides.
fn edges() -> Vec<NaiveDate> {
    let mut edges = Vec::new();
    for year in 2025..=2035 {
        for (month, day) in [(1, 1), (3, 31), (10, 31)] {
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            let sunday = date - Duration::days(i64::from(date.weekday().num_days_from_sunday()));
            edges.push(sunday - Duration::days(6));
        }
    }
    edges
}

/// The mails of a process that looks each hour of these weeks.
fn mails(choice: &MailPreference, monday: NaiveDate, weeks: i64) -> Vec<IsoWeek> {
    let begin = at(monday - Duration::days(1), 23);
    let hours = weeks * 7 * 24 + 1;
    let looks = (0..=hours).map(|hour| begin + Duration::hours(hour));
    looks.filter_map(|now| choice.due_between(now - Duration::hours(1), now)).collect()
}

#[test]
fn each_due_week_has_one_mail_at_its_hour_on_the_wall_at_every_edge() {
    #[expect(clippy::disallowed_methods, reason = "the size of a campaign is no setting of the product")]
    let every_hour = std::env::var("SAMHANDLA_ALL_HOURS").is_ok();
    let mut walked = 0;
    for monday in edges() {
        let weeks: Vec<IsoWeek> = (0..2).map(|n| IsoWeek::at(at(monday + Duration::weeks(n), 12))).collect();
        for choice in every_choice() {
            let due: Vec<IsoWeek> = weeks.iter().copied().filter(|week| choice.due_at(*week).is_some()).collect();
            for week in &due {
                let local = choice.due_at(*week).unwrap().with_timezone(&ZONE);
                assert_eq!((local.hour(), local.minute()), (choice.hour, 0), "{choice:?} {week}");
                assert_eq!(IsoWeek::at(choice.due_at(*week).unwrap()), *week, "{choice:?}");
                let is_chosen = local.weekday().number_from_monday() == choice.weekday;
                assert!(is_chosen || holidays::is_holiday(day_of(*week, choice.weekday)), "{choice:?} {week}");
            }
            // Looking every hour is slow: three of the thirteen stand for the others.
            if every_hour || choice.hour % 4 == 0 {
                assert_eq!(mails(&choice, monday, 2), due, "{choice:?} from {monday}");
                walked += 1;
            }
        }
    }
    println!("{walked} walks of two weeks, hour by hour");
}

fn day_of(week: IsoWeek, weekday: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(week.year, week.week, Weekday::Mon).unwrap() + Duration::days(i64::from(weekday) - 1)
}

#[test]
fn every_other_week_stays_so_through_a_week_53() {
    for every_weeks in [2, 4] {
        let choice = MailPreference { every_weeks, ..MailPreference::default() };
        let begin: DateTime<Utc> = "2026-11-02T12:00:00Z".parse().unwrap();
        let due: Vec<i64> =
            (0..20).filter(|n| choice.due_at(IsoWeek::at(begin + Duration::weeks(*n))).is_some()).collect();
        let gap = i64::from(every_weeks);
        assert!(due.len() >= 4 && due.windows(2).all(|pair| pair[1] - pair[0] == gap), "{due:?}");
    }
}

#[test]
fn a_holiday_is_left_in_peace_and_july_when_asked() {
    let due = |choice: &MailPreference, week: &str| {
        let due = choice.due_at(IsoWeek::parse(week).unwrap())?;
        Some(due.with_timezone(&ZONE).format("%a %d %b %H").to_string())
    };
    let tuesday = MailPreference::default();
    // 6 January 2026 is a Tuesday.
    assert_eq!(due(&tuesday, "2026-W02").unwrap(), "Wed 07 Jan 08");
    // Christmas Eve to Boxing Day 2026: Thursday to Saturday.
    let saturday = MailPreference { weekday: 6, ..tuesday };
    assert_eq!(due(&saturday, "2026-W52").unwrap(), "Sun 27 Dec 08");
    // Easter Sunday 2026 has no day after it in its week.
    let sunday = MailPreference { weekday: 7, ..tuesday };
    assert_eq!(due(&sunday, "2026-W14").unwrap(), "Sat 04 Apr 08");
    let resting = MailPreference { summer_rest: true, ..tuesday };
    assert_eq!(due(&resting, "2026-W28"), None);
    assert_eq!(due(&resting, "2026-W26").unwrap(), "Tue 23 Jun 08");
}

/// What a process sends that is down from `from` for `hours`, looking each hour otherwise.
fn with_downtime(
    choice: &MailPreference,
    begin: DateTime<Utc>,
    down: i64,
    hours: i64,
) -> Vec<(IsoWeek, DateTime<Utc>)> {
    let mut last: Option<DateTime<Utc>> = None;
    let mut sent: Vec<(IsoWeek, DateTime<Utc>)> = Vec::new();
    for hour in 0..24 * 35 {
        if (down..down + hours).contains(&hour) {
            continue;
        }
        let now = begin + Duration::hours(hour);
        if let Some(week) = choice.due_between(catch_up_from(last, now), now) {
            let is_apart = sent.last().is_none_or(|(_, at)| now - *at >= crate::domain::digest::LEAST_GAP);
            if is_apart && !sent.iter().any(|(mailed, _)| *mailed == week) {
                sent.push((week, now));
            }
        }
        last = Some(now);
    }
    sent
}

#[test]
fn a_downtime_of_any_length_is_caught_up_within_two_days_and_never_doubled() {
    let begin: DateTime<Utc> = "2026-10-12T00:00:00Z".parse().unwrap();
    for choice in every_choice().filter(|choice| choice.hour % 6 == 0) {
        for hours in [1, 2, 12, 24, 47, 48, 49, 72, 7 * 24, 10 * 24, 20 * 24] {
            for down in [3 * 24, 8 * 24 + 6, 13 * 24 + 23] {
                let sent = with_downtime(&choice, begin, down, hours);
                let back = begin + Duration::hours(down + hours);
                let weeks = (0..5).map(|n| IsoWeek::at(begin + Duration::weeks(n)));
                for week in weeks {
                    let Some(due) = choice.due_at(week).filter(|due| *due < begin + Duration::hours(24 * 35)) else {
                        continue;
                    };
                    let was_down = due >= begin + Duration::hours(down) && due < back;
                    let mail = sent.iter().find(|(mailed, _)| *mailed == week);
                    let is_owed = !was_down || back - due <= CATCH_UP;
                    let is_late = mail.is_some_and(|(_, at)| *at - due > CATCH_UP);
                    // The mail of one week may fold into the next when both fall due within a day of the return.
                    let folded = sent.iter().any(|(_, at)| *at >= due && *at - due <= CATCH_UP);
                    assert!(
                        !is_late && (mail.is_some() || folded || !is_owed),
                        "{choice:?} down {down}+{hours}: {week}"
                    );
                }
                assert!(sent.windows(2).all(|pair| pair[1].1 - pair[0].1 >= Duration::hours(24)), "{choice:?}");
            }
        }
    }
}

#[test]
fn a_clock_that_jumps_gives_no_week_twice() {
    let begin: DateTime<Utc> = "2026-11-23T00:00:00Z".parse().unwrap();
    for jump in [-24 * 60, -60, -5, 5, 60, 8 * 24 * 60] {
        for choice in every_choice().filter(|choice| choice.every_weeks == 1) {
            let (mut last, mut weeks) = (None, Vec::new());
            for hour in 0..24 * 14 {
                let now = begin + Duration::hours(hour) + Duration::minutes(if hour > 40 { jump } else { 0 });
                weeks.extend(choice.due_between(catch_up_from(last, now), now));
                last = Some(now);
            }
            // The unique key of the database holds what a clock that goes back asks for again.
            let mut once = weeks.clone();
            once.dedup();
            let mut sorted = once.clone();
            sorted.sort();
            assert_eq!(once, sorted, "{choice:?} jump {jump}");
        }
    }
}
