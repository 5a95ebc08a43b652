//! How far the programme's targets are reached. Everybody sees numbers; staff see what they rest on
//! and why the rest does not count.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    domain::{
        asf::{Asf, AsfId},
        ledger::Entry,
        target::{Item, Progress},
    },
    service::targets,
    store::{asf, ledger},
    web::{error::PageResult, visit::Visit},
};

#[derive(Serialize)]
struct TargetsPage {
    period_start: NaiveDate,
    period_end: NaiveDate,
    sees_items: bool,
    targets: Vec<TargetLine>,
}

#[derive(Serialize)]
struct TargetLine {
    id: &'static str,
    goal: u32,
    counted: u32,
    claimed: u32,
    confirmed: u32,
    pending: u32,
    /// Percent of the bar.
    counted_width: u32,
    /// Percent of the bar, what counts included.
    pending_width: u32,
    items: Vec<ItemLine>,
}

#[derive(Serialize)]
struct ItemLine {
    label: String,
    on: NaiveDate,
    counts: bool,
    failed: Option<String>,
    href: Option<String>,
}

/// Shows every target as it is now.
pub async fn list(visit: Visit) -> PageResult {
    let (db, now) = (&visit.app.db, visit.app.clock.now());
    let period = targets::settings(db, now).await?.period;
    let progress = targets::progress(db, now).await?;
    let sees_items = visit.is_staff();
    let ground = if sees_items { Ground::read(&visit, &progress).await? } else { Ground::default() };
    let page = TargetsPage {
        period_start: period.start,
        period_end: period.end,
        sees_items,
        targets: progress.iter().map(|target| line(target, sees_items, &ground)).collect(),
    };
    visit.page("pages/targets/list.html", page)
}

fn line(target: &Progress, sees_items: bool, ground: &Ground) -> TargetLine {
    let (counted_width, pending_width) = widths(target);
    let shown = if sees_items { target.items.as_slice() } else { &[] };
    TargetLine {
        id: target.id.as_str(),
        goal: target.goal,
        counted: target.counted,
        claimed: target.claimed,
        confirmed: target.confirmed,
        pending: target.pending,
        counted_width,
        pending_width,
        items: shown.iter().map(|item| ground.line(item)).collect(),
    }
}

/// The bar ends at the goal, or further on when more is reached.
fn widths(target: &Progress) -> (u32, u32) {
    let (counted, both) = (target.counted, target.counted.saturating_add(target.pending));
    let whole = target.goal.max(both).max(1);
    let percent = |part: u32| u32::try_from(u64::from(part) * 100 / u64::from(whole)).unwrap_or(100);
    (percent(counted), percent(both))
}

/// The names behind the items.
#[derive(Default)]
struct Ground {
    asfs: Vec<Asf>,
    entries: Vec<Entry>,
}

impl Ground {
    async fn read(visit: &Visit, progress: &[Progress]) -> PageResult<Self> {
        let ids: Vec<_> = progress.iter().flat_map(|target| &target.items).flat_map(|item| item.asf.clone()).collect();
        let (db, now) = (&visit.app.db, visit.app.clock.now());
        Ok(Self { asfs: asf::list_by_ids(db, &ids).await?, entries: ledger::list_until(db, now).await? })
    }

    fn line(&self, item: &Item) -> ItemLine {
        let named = |id: &AsfId| self.asfs.iter().find(|asf| asf.id == *id).map(|asf| asf.name.clone());
        let mut sides: Vec<String> = item.asf.iter().filter_map(named).collect();
        sides.extend(item.counterpart.iter().filter_map(|other| other.name.clone()));
        sides.extend(item.subject.clone().filter(|_| sides.len() < 2));
        let entry = self.entries.iter().find(|entry| item.entries.contains(&entry.id));
        let pairing = entry.and_then(|entry| entry.told.pairing_id);
        ItemLine {
            label: sides.join(" – "),
            on: item.day,
            counts: item.counted(),
            failed: item.failed().map(|clause| clause.code().to_lowercase()),
            href: pairing.map(|pairing| format!("/affar/{}", pairing.0)),
        }
    }
}
