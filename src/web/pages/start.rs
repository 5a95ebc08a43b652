//! The first page: what this is, a search, the latest needs, three numbers.

use serde::Serialize;

use super::parts::NeedLine;
use crate::{
    store::{asf, needs},
    web::{error::PageResult, visit::Visit},
};

/// Needs on the first page.
const LATEST: usize = 6;

/// Needs to choose them from: some of the latest may have closed.
const CANDIDATES: u64 = 40;

#[derive(Serialize)]
struct StartPage {
    asf: u64,
    needs: u64,
    sectors: u64,
    latest: Vec<NeedLine>,
}

/// Shows the first page.
pub async fn show(visit: Visit) -> PageResult {
    let (db, now) = (&visit.app.db, visit.app.clock.now());
    let latest = needs::list_latest(db, CANDIDATES).await?;
    let lines = latest.iter().map(|need| NeedLine::new(need, Vec::new(), now));
    let page = StartPage {
        asf: asf::count(db).await?,
        needs: needs::count_open(db, now).await?,
        sectors: asf::count_sectors(db).await?,
        latest: lines.filter(|line| !line.is_past).take(LATEST).collect(),
    };
    visit.page("pages/start/show.html", page)
}
