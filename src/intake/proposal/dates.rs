//! Days as letters write them: `2026-12-15`, `den 15:e december`, `15/12`, `fredag vecka 50`, `inom två veckor`,
//! `by Friday`; and whether a day is the last to answer, or the first or last of the work.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::Word;

const MONTHS: &[(&str, &str)] = &[
    ("januari", "january"),
    ("februari", "february"),
    ("mars", "march"),
    ("april", "april"),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augusti", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
];

const WEEKDAYS: &[(&str, &str)] = &[
    ("måndag", "monday"),
    ("tisdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lördag", "saturday"),
    ("söndag", "sunday"),
];

const NUMBERS: &[(&str, &str)] = &[
    ("en", "one"),
    ("två", "two"),
    ("tre", "three"),
    ("fyra", "four"),
    ("fem", "five"),
    ("sex", "six"),
    ("sju", "seven"),
    ("åtta", "eight"),
    ("nio", "nine"),
    ("tio", "ten"),
];

/// Words before a day that make it the last to answer.
const ANSWER_BY: &[&str] = &[
    "senast", "deadline", "svar", "svara", "svaret", "offert", "offerter", "offerten", "anbud", "anbudet", "sista",
    "innan", "före", "återkom", "by", "before", "latest", "later", "reply", "answer", "due", "until", "quote",
    "quotes", "bids",
];

/// Words that make it the first of the work.
const STARTS: &[&str] = &[
    "start",
    "startar",
    "starta",
    "startdatum",
    "börja",
    "börjar",
    "början",
    "fr.o.m",
    "från",
    "from",
    "starting",
    "starts",
    "begin",
    "beginning",
    "begins",
];

/// Words that make a day after the first one the last of the work.
const ENDS: &[&str] = &["t.o.m", "till", "to", "slut", "slutar", "through", "–", "-", "ends"];

/// How many words before a day say what it is.
const LOOK_BACK: usize = 7;

/// The days that a text names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct NamedDays {
    pub(super) deadline: Option<NaiveDate>,
    pub(super) start: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
}

/// Reads the days of a text that came on `today`.
pub(super) fn read(words: &[Word<'_>], today: NaiveDate) -> NamedDays {
    let mut days = NamedDays::default();
    let (mut at, mut last_start) = (0, None);
    while at < words.len() {
        let Some((day, used)) = day(words, at, today) else {
            at += 1;
            continue;
        };
        match meaning(words, at, last_start) {
            Some(Meaning::Deadline) if day >= today && days.deadline.is_none_or(|known| day < known) => {
                days.deadline = Some(day);
            }
            Some(Meaning::Start) if days.start.is_none() => {
                days.start = Some(day);
                last_start = Some(at + used);
            }
            Some(Meaning::End) if days.start.is_none_or(|start| day >= start) => days.end = days.end.or(Some(day)),
            _ => {}
        }
        at += used;
    }
    days
}

enum Meaning {
    Deadline,
    Start,
    End,
}

/// What the nearest telling word before a day, in the same sentence, makes of it.
fn meaning(words: &[Word<'_>], at: usize, last_start: Option<usize>) -> Option<Meaning> {
    let before = words[..at].iter().rev().take_while(|word| !word.ends).take(LOOK_BACK);
    if let (Some(first), Some(word)) = (last_start, at.checked_sub(1).and_then(|before| words.get(before)))
        && first + 3 > at
        && word.is(ENDS)
    {
        return Some(Meaning::End);
    }
    for word in before {
        if word.is(ANSWER_BY) {
            return Some(Meaning::Deadline);
        }
        if word.is(STARTS) {
            return Some(Meaning::Start);
        }
        if word.is(&["t.o.m", "slutar", "slutdatum", "ends"]) {
            return Some(Meaning::End);
        }
    }
    None
}

/// A day that begins at a word, and how many words it is.
fn day(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    written(words[at].raw, today)
        .map(|day| (day, 1))
        .or_else(|| day_of_month(words, at, today))
        .or_else(|| end_of_month(words, at, today))
        .or_else(|| week(words, at, today))
        .or_else(|| weekday(words, at, today))
        .or_else(|| from_now(words, at, today))
}

/// `2026-12-15`, `15/12`, `15/12-2026`, `15.12.2026`.
fn written(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let word = word.trim_end_matches('.');
    if word.len() == 10 && word.as_bytes()[4] == b'-' {
        return super::super::moment::day(word);
    }
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| (1..=4).contains(&text.len()));
    match parts.as_slice() {
        [day, month] if word.contains('/') => coming(number(month)?, number(day)?, today),
        [day, month, year] if word.contains(['/', '.']) && year.len() == 4 => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, number(day)?)
        }
        _ => None,
    }
}

/// `15 december`, `15:e dec 2026`, `December 15th, 2026`, `the 15th of December`; a weekday before it is only said.
fn day_of_month(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let next = |step: usize| words.get(at + step).copied();
    let skipped = usize::from(named(words[at].raw, WEEKDAYS).is_some());
    let skipped = skipped + usize::from(next(skipped).is_some_and(|word| word.is(&["den", "the"])));
    if skipped > 0 && next(skipped).is_some() {
        let (day, used) = plain_day_of_month(words, at + skipped, today)?;
        return Some((day, used + skipped));
    }
    plain_day_of_month(words, at, today)
}

fn plain_day_of_month(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let next = |step: usize| words.get(at + step).map(|word| word.raw);
    let first = words.get(at)?.raw;
    let (month, day, mut used) = if let Some(day) = ordinal(first) {
        let of = usize::from(next(1) == Some("of"));
        (month(next(1 + of)?)?, day, 2 + of)
    } else {
        (month(first)?, ordinal(next(1)?)?, 2)
    };
    let year = next(used).and_then(|year| year.trim_end_matches('.').parse::<i32>().ok().filter(|_| year.len() <= 5));
    let read = match year.filter(|year| (2000..2100).contains(year)) {
        Some(year) => {
            used += 1;
            NaiveDate::from_ymd_opt(year, month, day)?
        }
        None => coming(month, day, today)?,
    };
    Some((read, used))
}

/// `sista november`, `slutet av november`, `the end of November`.
fn end_of_month(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    if !words[at].is(&["sista", "slutet", "utgången", "end", "last"]) {
        return None;
    }
    let skipped = words[at + 1..].iter().take(3).take_while(|word| word.is(&["av", "i", "of", "day", "dagen"])).count();
    let month = month(words.get(at + 1 + skipped)?.raw)?;
    let of_year = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        first.checked_add_months(Months::new(1))?.pred_opt()
    };
    let day = of_year(today.year()).filter(|day| *day >= today).or_else(|| of_year(today.year() + 1))?;
    Some((day, 2 + skipped))
}

/// `fredag vecka 50`, `v. 50`, `v50`, `Friday of week 50`; a week alone means its Friday.
fn week(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let weekday = named(words[at].raw, WEEKDAYS);
    let mut used = usize::from(weekday.is_some());
    while used > 0 && words.get(at + used).is_some_and(|word| word.is(&["i", "in", "of"])) {
        used += 1;
    }
    let word = words.get(at + used)?;
    used += 1;
    let number = if word.is(&["vecka", "v", "week", "wk", "veckan"]) {
        let number = words.get(at + used)?.raw;
        used += 1;
        number
    } else {
        let lower = word.raw.trim_start_matches(['v', 'V']);
        if lower.len() == word.raw.len() {
            return None;
        }
        lower.trim_start_matches('.')
    };
    let number: u32 = number.trim_end_matches('.').parse().ok().filter(|week| (1..=53).contains(week))?;
    let weekday = weekday.map_or(Some(Weekday::Fri), weekday_of)?;
    let of_year = |year| NaiveDate::from_isoywd_opt(year, number, weekday);
    let year = today.iso_week().year();
    let day = of_year(year).filter(|day| *day >= today).or_else(|| of_year(year + 1))?;
    Some((day, used))
}

/// `på fredag`, `nästa fredag`, `by Friday`, `i morgon`.
fn weekday(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let word = words[at];
    if word.is(&["imorgon", "tomorrow"]) {
        return Some((today.succ_opt()?, 1));
    }
    if word.is(&["i"]) && words.get(at + 1).is_some_and(|next| next.is(&["morgon"])) {
        return Some((today.succ_opt()?, 2));
    }
    if word.is(&["nästa", "next"]) {
        let weekday = weekday_of(named(words.get(at + 1)?.raw, WEEKDAYS)?)?;
        let in_next_week = today.checked_add_days(Days::new(7))?.iso_week();
        let day = NaiveDate::from_isoywd_opt(in_next_week.year(), in_next_week.week(), weekday)?;
        return Some((day, 2));
    }
    let weekday = weekday_of(named(word.raw, WEEKDAYS)?)?;
    let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday() - 1) % 7 + 1;
    Some((today.checked_add_days(Days::new(u64::from(ahead)))?, 1))
}

/// `inom två veckor`, `om 10 dagar`, `within 3 weeks`, `in a month`.
fn from_now(words: &[Word<'_>], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    if !words[at].is(&["inom", "om", "in", "within"]) {
        return None;
    }
    let number = words.get(at + 1)?;
    let number = if number.is(&["a", "an", "ett"]) {
        1
    } else {
        let named = named(number.raw, NUMBERS).and_then(|at| u32::try_from(at + 1).ok());
        named.or_else(|| number.raw.parse().ok()).filter(|number| (1..=365).contains(number))?
    };
    let unit = words.get(at + 2)?;
    let day = if unit.is(&["dag", "dagar", "day", "days"]) {
        today.checked_add_days(Days::new(number.into()))?
    } else if unit.is(&["vecka", "veckor", "week", "weeks"]) {
        today.checked_add_days(Days::new(u64::from(number) * 7))?
    } else if unit.is(&["månad", "månader", "month", "months"]) {
        today.checked_add_months(Months::new(number))?
    } else {
        return None;
    };
    Some((day, 3))
}

/// A day of the month that has no year: this year's, or next year's when it has passed.
fn coming(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let of_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    of_year(today.year()).filter(|day| *day >= today).or_else(|| of_year(today.year() + 1))
}

/// `15`, `15:e`, `1:a`, `15e`, `15th`, `1st`.
fn ordinal(word: &str) -> Option<u32> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, ending) = word.split_at(end);
    let is_ordinal = matches!(ending, "" | ":e" | ":a" | "e" | "a" | "th" | "st" | "nd" | "rd" | ".");
    digits.parse().ok().filter(|day| is_ordinal && (1..=31).contains(day))
}

/// The month from 1; its name may be cut to three letters or more.
fn month(word: &str) -> Option<u32> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let is_cut_of = |name: &str| lower.chars().count() >= 3 && name.starts_with(lower.as_str());
    let at = MONTHS.iter().position(|(sv, en)| is_cut_of(sv) || is_cut_of(en))?;
    u32::try_from(at + 1).ok()
}

/// Which of the names a word is, in Swedish (also in the definite form) or English.
fn named(word: &str, names: &[(&str, &str)]) -> Option<usize> {
    let lower = word.trim_end_matches('.').to_lowercase();
    names.iter().position(|(sv, en)| lower == *sv || lower == *en || lower.strip_suffix("en") == Some(*sv))
}

fn weekday_of(at: usize) -> Option<Weekday> {
    u8::try_from(at).ok().and_then(|at| Weekday::try_from(at).ok())
}
