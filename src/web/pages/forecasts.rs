//! The next weekly mail before it goes, for staff: what each ASF would get, and what differs from the last.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{asf::AsfId, digest::Mark},
    service::forecasts::{self, Forecast},
    web::{error::PageResult, extract::Query, visit::Visit},
};

/// ASF on a page.
const SHOWN: u64 = 50;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cursor {
    efter: i64,
}

#[derive(Serialize)]
struct ForecastsPage {
    forecasts: Vec<ForecastLine>,
    next: Option<i64>,
}

#[derive(Serialize)]
struct ForecastLine {
    asf: i64,
    name: String,
    due_at: Option<DateTime<Utc>>,
    skipped: Option<&'static str>,
    items: Vec<ItemLine>,
    gone: Vec<GoneLine>,
}

#[derive(Serialize)]
struct ItemLine {
    need: i64,
    title: String,
    is_new: bool,
}

#[derive(Serialize)]
struct GoneLine {
    need: i64,
    title: String,
    why: &'static str,
}

/// Lists the ASF by key, some at a time.
pub async fn list(visit: Visit, Query(cursor): Query<Cursor>) -> PageResult {
    visit.staff()?;
    let found = forecasts::list(&visit.app, AsfId(cursor.efter), SHOWN).await?;
    let next = found.last().filter(|_| found.len() as u64 == SHOWN).map(|last| last.asf.0);
    visit.page("pages/forecasts/list.html", ForecastsPage { forecasts: found.into_iter().map(line).collect(), next })
}

fn line(forecast: Forecast) -> ForecastLine {
    let item = |item: forecasts::ForecastItem| ItemLine {
        need: item.need.0,
        title: item.title,
        is_new: item.mark == Mark::New,
    };
    let gone = |item: forecasts::GoneItem| GoneLine { need: item.need.0, title: item.title, why: item.why.as_str() };
    ForecastLine {
        asf: forecast.asf.0,
        name: forecast.name,
        due_at: forecast.due_at,
        skipped: forecast.skipped,
        items: forecast.items.into_iter().map(item).collect(),
        gone: forecast.gone.into_iter().map(gone).collect(),
    }
}
