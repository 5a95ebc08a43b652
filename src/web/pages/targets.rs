//! How far the programme's targets are reached. Everybody sees numbers; staff see what they rest on
//! and why the rest does not count, an ASF its own part of it.

use std::sync::Arc;

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        asf::{Asf, AsfId},
        rejection::Rejection,
        schedule::local_date,
        target::{self, Item, Progress, settings::Period},
    },
    service::{
        reports::{self, Row},
        targets,
    },
    store::asf,
    web::{
        error::PageResult,
        extract::Query,
        visit::{FieldError, Visit, field_errors},
    },
};

/// Items of a target on the page; the report has them all.
const SHOWN: usize = 100;

/// Which items are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `counted`, `pending`, `review`, `claimed` or `no`.
    lage: String,
    /// As it was known on this day; for those who see items.
    per: String,
}

#[derive(Serialize)]
struct TargetsPage {
    as_of: String,
    errors: Vec<FieldError>,
    period_start: NaiveDate,
    period_end: NaiveDate,
    sees_items: bool,
    is_staff: bool,
    standing: &'static str,
    standings: [&'static str; 5],
    targets: Vec<TargetLine>,
    examples: Vec<String>,
}

#[derive(Serialize)]
struct TargetLine {
    id: &'static str,
    goal: u32,
    counted: u32,
    claimed: u32,
    evidenced: u32,
    confirmed: u32,
    pending: u32,
    review: u32,
    /// Percent of the bar.
    counted_width: u32,
    /// Percent of the bar, what counts included.
    pending_width: u32,
    months: Vec<Month>,
    items: Vec<ItemLine>,
    /// Items that fit, shown or not.
    number: usize,
}

/// What counted at the end of a month of the period, for the timeline.
#[derive(Serialize)]
struct Month {
    month: String,
    number: u32,
    x: f64,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
struct ItemLine {
    label: String,
    on: NaiveDate,
    standing: &'static str,
    clause: Option<String>,
    evidence: String,
    entries: Vec<i64>,
}

const STANDINGS: [&str; 5] = ["counted", "pending", "review", "claimed", "no"];

/// Shows every target as it is now.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let part = if visit.is_staff() { None } else { visit.own_asf() };
    let sees_items = visit.is_staff() || part.is_some();
    let now = visit.app.clock.now();
    let (as_of, errors) = match asked.per.trim() {
        text if !text.is_empty() && sees_items => match target::parse_as_of(text) {
            Ok(as_of) => (Some(as_of.min(now)), Vec::new()),
            Err(rejection) => (None, field_errors(&visit, &[Rejection { field: "per", ..rejection }])),
        },
        _ => (None, Vec::new()),
    };
    let known = match as_of {
        Some(as_of) => Arc::new(targets::at(&visit.app, as_of).await?),
        None => targets::current(&visit.app).await?,
    };
    let today = local_date(as_of.unwrap_or(now));
    let standing = STANDINGS.into_iter().find(|known| *known == asked.lage).unwrap_or_default();
    let wanted = Wanted { part, sees_items, standing };
    let shown: Vec<Progress> = known.progress.iter().map(|target| wanted.of(target)).collect();
    let all = shown.iter().flat_map(|target| &target.items).chain(&known.nameable);
    let ids: Vec<AsfId> = all.flat_map(|item| item.asf.clone()).collect();
    let asfs = asf::list_by_ids(&visit.app.db, &ids).await?;
    let report = reports::of(&shown, &known.entries, &asfs, (as_of.unwrap_or(now), &known.settings.period));
    let lines = known.progress.iter().zip(report.targets).map(|(target, part)| {
        let number = if sees_items { target.items.iter().filter(|item| wanted.fits(item)).count() } else { 0 };
        TargetLine { months: months(target, &known.settings.period, today), ..line(target, part.items, number) }
    });
    let page = TargetsPage {
        as_of: if as_of.is_some() { asked.per.trim().to_owned() } else { String::new() },
        errors,
        period_start: known.settings.period.start,
        period_end: known.settings.period.end,
        sees_items,
        is_staff: visit.is_staff(),
        standing,
        standings: STANDINGS,
        targets: lines.collect(),
        examples: known.nameable.iter().filter_map(|item| example(item, &asfs)).collect(),
    };
    visit.page("pages/targets/list.html", page)
}

/// Which items the visitor sees.
struct Wanted {
    part: Option<AsfId>,
    sees_items: bool,
    standing: &'static str,
}

impl Wanted {
    fn fits(&self, item: &Item) -> bool {
        let is_theirs = self.part.is_none_or(|asf| item.asf.contains(&asf));
        is_theirs && (self.standing.is_empty() || reports::standing(item) == self.standing)
    }

    /// The target with the first of the items that fit.
    fn of(&self, progress: &Progress) -> Progress {
        let fitting = progress.items.iter().filter(|item| self.sees_items && self.fits(item));
        let items = fitting.take(SHOWN).cloned().collect();
        Progress {
            id: progress.id,
            goal: progress.goal,
            counted: progress.counted,
            claimed: progress.claimed,
            evidenced: progress.evidenced,
            confirmed: progress.confirmed,
            pending: progress.pending,
            review: progress.review,
            beside: progress.beside.clone(),
            items,
        }
    }
}

/// Both parties of an item that both let their names be shown.
fn example(item: &Item, asfs: &[Asf]) -> Option<String> {
    let asf = asfs.iter().find(|asf| item.asf.contains(&asf.id))?;
    let other = item.counterpart.as_ref()?.name.as_ref()?;
    Some(format!("{} – {other}", asf.name))
}

fn line(target: &Progress, items: Vec<Row>, number: usize) -> TargetLine {
    let (counted_width, pending_width) = widths(target);
    TargetLine {
        id: target.id.as_str(),
        goal: target.goal,
        counted: target.counted,
        claimed: target.claimed,
        evidenced: target.evidenced,
        confirmed: target.confirmed,
        pending: target.pending,
        review: target.review,
        counted_width,
        pending_width,
        months: Vec::new(),
        items: items.into_iter().map(item_line).collect(),
        number,
    }
}

fn item_line(row: Row) -> ItemLine {
    let sides = [row.asf, row.other];
    let label = sides.iter().filter(|side| !side.is_empty()).cloned().collect::<Vec<_>>().join(" – ");
    ItemLine {
        label,
        on: row.day,
        standing: row.standing,
        clause: row.clause.map(str::to_lowercase),
        evidence: row.evidence,
        entries: row.entries.into_iter().take(5).collect(),
    }
}

/// What counts, by the months of the period until today; as high as the goal, or as what is reached.
fn months(target: &Progress, period: &Period, today: NaiveDate) -> Vec<Month> {
    let last = period.end.min(today);
    let first = period.start.with_day(1).unwrap_or(period.start);
    let starts: Vec<NaiveDate> = (0..MONTHS_MAX)
        .map_while(|n| first.checked_add_months(Months::new(n)))
        .take_while(|day| *day <= last)
        .collect();
    if target.counted == 0 || starts.is_empty() {
        return Vec::new();
    }
    let whole = f64::from(target.goal.max(target.counted));
    let width = TIMELINE_WIDTH / starts.len() as f64;
    let month = |(place, start): (usize, &NaiveDate)| {
        let next = start.checked_add_months(Months::new(1)).unwrap_or(*start);
        let before = |item: &&Item| item.counted() && item.day < next;
        let number = u32::try_from(target.items.iter().filter(before).count()).unwrap_or(u32::MAX);
        let height = f64::from(number) / whole * TIMELINE_HEIGHT;
        let (x, width) = (place as f64 * width, width * 0.8);
        Month { month: start.format("%Y-%m").to_string(), number, x, width, height }
    };
    starts.iter().enumerate().map(month).collect()
}

/// Longest period of the timeline, in months.
const MONTHS_MAX: u32 = 120;

/// Size of the drawing, in units of its own.
const TIMELINE_WIDTH: f64 = 240.0;
const TIMELINE_HEIGHT: f64 = 40.0;

/// The bar ends at the goal, or further on when more is reached.
fn widths(target: &Progress) -> (u32, u32) {
    let (counted, both) = (target.counted, target.counted.saturating_add(target.pending));
    let whole = target.goal.max(both).max(1);
    let percent = |part: u32| u32::try_from(u64::from(part) * 100 / u64::from(whole)).unwrap_or(100);
    (percent(counted), percent(both))
}
