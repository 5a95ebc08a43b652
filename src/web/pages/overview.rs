//! The first page of staff: what needs a human, each with the way to do it, and what was answered lately.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::{
    domain::{
        asf::Asf,
        board::{SILENT_AFTER_MAIL, SILENT_AFTER_YES},
        need::Need,
        pairing::{Pairing, PairingState},
        schedule::local_date,
    },
    service::overview::{self, PileKind},
    store::{asf, needs, overview::Pile, pairings},
    web::{error::PageResult, visit::Visit},
};

/// Answers on the page.
const LATEST: u64 = 20;

#[derive(Serialize)]
struct OverviewPage {
    piles: Vec<PileOnPage>,
    pairings: Vec<AnsweredLine>,
}

#[derive(Serialize)]
struct PileOnPage {
    kind: PileKind,
    count: u64,
    oldest: Option<NaiveDate>,
    days: i64,
    href: String,
}

#[derive(Serialize)]
struct AnsweredLine {
    id: i64,
    title: String,
    buyer: String,
    asf: String,
    state: PairingState,
    answered_at: Option<DateTime<Utc>>,
}

/// Shows what waits, and the latest answers.
pub async fn show(visit: Visit) -> PageResult {
    visit.staff()?;
    let (db, today) = (&visit.app.db, local_date(visit.app.clock.now()));
    let piles = overview::piles(&visit.app).await?;
    let pairings = pairings::list_latest_promising(db, LATEST).await?;
    let lots: Vec<_> = pairings.iter().map(|pairing| pairing.lot_id).collect();
    let asf_ids: Vec<_> = pairings.iter().map(|pairing| pairing.asf_id).collect();
    let (needs, asfs) = (needs::list_by_lots(db, &lots).await?, asf::list_by_ids(db, &asf_ids).await?);
    let page = OverviewPage {
        piles: piles.into_iter().map(|(kind, pile)| on_page(kind, pile, today)).collect(),
        pairings: pairings.iter().filter_map(|pairing| line(pairing, &needs, &asfs)).collect(),
    };
    visit.page("pages/overview/show.html", page)
}

fn on_page(kind: PileKind, pile: Pile, today: NaiveDate) -> PileOnPage {
    let oldest = pile.oldest.map(local_date);
    PileOnPage {
        kind,
        count: pile.count,
        oldest,
        days: oldest.map_or(0, |day| (today - day).num_days().max(0)),
        href: way(kind),
    }
}

/// Where one does something about it.
fn way(kind: PileKind) -> String {
    match kind {
        PileKind::Needs => "/granska".to_owned(),
        PileKind::Profiles => "/granska#profiler".to_owned(),
        PileKind::Unanswered => format!("/matchningar?lage=mailed&dagar={SILENT_AFTER_MAIL}&tyst=1"),
        PileKind::WithoutDeal => format!("/matchningar?lage=introduced&dagar={SILENT_AFTER_YES}&tyst=1"),
        PileKind::Proposals => "/forslag".to_owned(),
        PileKind::Claims | PileKind::Bounced | PileKind::Tasks => "/uppgifter".to_owned(),
        PileKind::Unmet => "/luckor".to_owned(),
        PileKind::Quiet => "/luckor#asf".to_owned(),
        PileKind::Quarantine => "/karantan".to_owned(),
    }
}

fn line(pairing: &Pairing, needs: &[Need], asfs: &[Asf]) -> Option<AnsweredLine> {
    let need = needs.iter().find(|need| need.lots.iter().any(|lot| lot.id == pairing.lot_id))?;
    let asf = asfs.iter().find(|asf| asf.id == pairing.asf_id)?;
    Some(AnsweredLine {
        id: pairing.id.0,
        title: need.title.clone(),
        buyer: need.buyer.name.clone(),
        asf: asf.name.clone(),
        state: pairing.state,
        answered_at: pairing.answered_at,
    })
}
