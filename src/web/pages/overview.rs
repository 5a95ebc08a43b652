//! The first page of staff: what was answered lately, and the way to write down what it led to.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    domain::{
        asf::Asf,
        need::Need,
        pairing::{Pairing, PairingState},
    },
    store::{asf, needs, pairings},
    web::{error::PageResult, visit::Visit},
};

/// Answers on the page.
const LATEST: u64 = 50;

#[derive(Serialize)]
struct OverviewPage {
    pairings: Vec<AnsweredLine>,
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

/// Lists the latest answers.
pub async fn show(visit: Visit) -> PageResult {
    visit.staff()?;
    let db = &visit.app.db;
    let pairings = pairings::list_latest_promising(db, LATEST).await?;
    let lots: Vec<_> = pairings.iter().map(|pairing| pairing.lot_id).collect();
    let asf_ids: Vec<_> = pairings.iter().map(|pairing| pairing.asf_id).collect();
    let (needs, asfs) = (needs::list_by_lots(db, &lots).await?, asf::list_by_ids(db, &asf_ids).await?);
    let lines = pairings.iter().filter_map(|pairing| line(pairing, &needs, &asfs)).collect();
    visit.page("pages/overview/show.html", OverviewPage { pairings: lines })
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
