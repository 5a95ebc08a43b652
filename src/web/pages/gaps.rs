//! Gaps, for staff: buyers who wait for an ASF that nobody has found, and ASF that wait for a need.

use serde::{Deserialize, Serialize};

use super::parts::{NeedLine, PAGE_SIZE, Pages, PlaceName};
use crate::{
    domain::asf::Asf,
    store::{asf, needs, overview},
    web::{error::PageResult, extract::Query, visit::Visit},
};

/// ASF on the page.
const MOST_ASF: u64 = 200;

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sida: String,
}

#[derive(Serialize)]
struct GapsPage {
    needs: Vec<NeedLine>,
    pages: Pages,
    asf: Vec<QuietAsf>,
}

#[derive(Serialize)]
struct QuietAsf {
    id: i64,
    name: String,
    seat: PlaceName,
    has_email: bool,
    capabilities: Vec<String>,
}

/// Lists both.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    visit.staff()?;
    let (db, now) = (&visit.app.db, visit.app.clock.now());
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 1000);
    let offset = ((number - 1) * PAGE_SIZE) as u64;
    let mut unmet = overview::list_unmet(db, now, offset, PAGE_SIZE as u64 + 1).await?;
    let has_next = unmet.len() > PAGE_SIZE;
    unmet.truncate(PAGE_SIZE);
    let needs = needs::list_by_ids(db, &unmet).await?;
    let quiet = overview::list_quiet(db, now, MOST_ASF).await?;
    let page = GapsPage {
        needs: needs.iter().map(|need| NeedLine::new(need, Vec::new(), now)).collect(),
        pages: Pages::new("/luckor", &[], number, has_next),
        asf: asf::list_by_ids(db, &quiet).await?.into_iter().map(quiet_asf).collect(),
    };
    visit.page("pages/gaps/list.html", page)
}

fn quiet_asf(asf: Asf) -> QuietAsf {
    QuietAsf {
        id: asf.id.0,
        seat: PlaceName::from(&asf.municipality),
        has_email: asf.email.is_some(),
        capabilities: asf.capabilities.into_iter().map(|capability| capability.work.title).collect(),
        name: asf.name,
    }
}
