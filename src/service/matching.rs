//! Finds pairings: a lot against all ASF, an ASF against all open lots, and whatever changed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, PoisonError},
    time::Instant,
};

use chrono::{DateTime, Utc};

use super::{Result, profiles, search};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        matcher::{self, AsfProfile, LotProfile},
        need::{Lot, LotId, Need, NeedId},
        pairing::Strength,
        reason::Fit,
        schedule::local_date,
    },
    store::{asf, changes, changes::Noun, connection, needs, pairings, pairings::Side, tunings},
};
use anyhow::Context as _;

/// Name of the matcher's mark in the sequence of changes.
pub(super) const FOLLOWER: &str = "matcher";
/// Changes matched between two marks.
const BATCH: u64 = 200;
/// Needs whose suggestions are stored in one transaction; others can write between two of them.
const TOGETHER: usize = 25;
/// Most candidates that are scored for one lot or one ASF, best first.
const CANDIDATES: usize = 20_000;
/// Most analysed ASF that are kept in memory.
const CACHED_PROFILES: usize = 20_000;

/// What a run found.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Report {
    /// Lots that were matched against all ASF.
    pub lots: u64,
    /// ASF that were matched against all lots.
    pub asf: u64,
    /// Pairs that were scored.
    pub candidates: u64,
    /// Strong suggestions.
    pub strong: u64,
    /// Possible suggestions.
    pub possible: u64,
    /// Wall time, seconds.
    pub seconds: f64,
}

/// Matches what changed since the last run.
///
/// # Errors
/// When the database does not answer or an index cannot be used.
pub async fn run_changed(app: &App) -> Result<Report> {
    let started = Instant::now();
    search::follow(app).await?;
    let mut report = Report::default();
    let mut mark = changes::watermark(&app.db, FOLLOWER).await?;
    loop {
        let batch = changes::list_after(&app.db, mark, BATCH).await?;
        let Some(newest) = batch.last() else { break };
        mark = newest.id;
        let ids = |noun| batch.iter().filter(|c| c.noun == noun).map(|c| c.noun_id).collect::<BTreeSet<i64>>();
        let need_ids: Vec<NeedId> = ids(Noun::Need).into_iter().map(NeedId).collect();
        if !need_ids.is_empty() {
            keep_profiles(app).await?;
        }
        for needs in needs::list_by_ids(&app.db, &need_ids).await?.chunks(TOGETHER) {
            match_needs(app, needs, &mut report).await?;
        }
        let asf_ids: Vec<AsfId> = ids(Noun::Asf).into_iter().map(AsfId).collect();
        for asf in asf::list_by_ids(&app.db, &asf_ids).await? {
            match_asf(app, &asf, &mut report).await?;
        }
        let tx = connection::begin(&app.db).await?;
        changes::set_watermark(&tx, FOLLOWER, mark).await?;
        tx.commit().await?;
    }
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Matches every lot anew.
///
/// # Errors
/// As [`run_changed`].
pub async fn run_all(app: &App) -> Result<Report> {
    let started = Instant::now();
    search::follow(app).await?;
    let last = changes::last(&app.db).await?;
    let mut report = Report::default();
    let mut after = NeedId(0);
    loop {
        let page = needs::list_after(&app.db, after, BATCH).await?;
        let Some(newest) = page.last() else { break };
        after = newest.id;
        for needs in page.chunks(TOGETHER) {
            match_needs(app, needs, &mut report).await?;
        }
    }
    report.asf = asf::count(&app.db).await?;
    let tx = connection::begin(&app.db).await?;
    changes::set_watermark(&tx, FOLLOWER, last).await?;
    tx.commit().await?;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Matches the ASF whose pause ended today: nothing else changed, so nothing else brings them back.
///
/// # Errors
/// As [`run_changed`].
pub async fn match_resumed(app: &App) -> Result<()> {
    let today = local_date(app.clock.now());
    for asf in asf::list_paused_until(&app.db, today).await? {
        match_asf(app, &asf, &mut Report::default()).await?;
    }
    Ok(())
}

/// Makes the suggestions of a need's lots equal to what fits now.
///
/// # Errors
/// As [`run_changed`].
pub async fn match_need(app: &App, need: &Need, report: &mut Report) -> Result<()> {
    match_needs(app, std::slice::from_ref(need), report).await
}

/// As [`match_need`], for some needs in one transaction: what they suggest is found before it begins.
async fn match_needs(app: &App, needs: &[Need], report: &mut Report) -> Result<()> {
    let now = app.clock.now();
    let mut found = Vec::new();
    for need in needs {
        for lot in &need.lots {
            let is_matched = need.status.is_matched() && lot.closed.is_none();
            if is_matched && !lot.is_open(now) {
                continue;
            }
            let fits = if is_matched { lot_fits(app, need, lot, report).await? } else { Vec::new() };
            report.lots += 1;
            found.push((lot.id, fits));
        }
    }
    let tx = connection::begin(&app.db).await?;
    // Most lots concern nobody, and never did.
    let paired = pairings::list_lots(&tx, &found.iter().map(|(lot, _)| *lot).collect::<Vec<_>>()).await?;
    for (lot, fits) in found.iter().filter(|(lot, fits)| !fits.is_empty() || paired.contains(lot)) {
        pairings::replace_suggestions(&tx, Side::Lot(*lot), fits, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Makes the suggestions of an ASF equal to what fits now, the day it joins as well.
///
/// # Errors
/// As [`run_changed`].
pub async fn match_asf(app: &App, asf: &Asf, report: &mut Report) -> Result<()> {
    let now = app.clock.now();
    let fits =
        if asf.is_paused(local_date(now)) || !asf.is_shown() { Vec::new() } else { asf_fits(app, asf, report).await? };
    report.asf += 1;
    let tx = connection::begin(&app.db).await?;
    pairings::replace_suggestions(&tx, Side::Asf(asf.id), &fits, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The ASF that fit a lot.
async fn lot_fits(app: &App, need: &Need, lot: &Lot, report: &mut Report) -> Result<Vec<(LotId, AsfId, Fit)>> {
    let (profile, now) = (profiles::lot_profile(need, lot), app.clock.now());
    let candidates = lot_candidates(app, need, lot).await?;
    report.candidates += candidates.len() as u64;
    let fits = candidates.iter().filter_map(|(asf, ours)| Some((*asf, fit_of(lot, &profile, *asf, ours, now)?)));
    Ok(fits.filter(|(_, fit)| count(fit, report)).map(|(asf, fit)| (lot.id, asf, fit)).collect())
}

/// The ASF that would be suggested for a lot as it is given, best first; nothing is stored.
///
/// # Errors
/// As [`run_changed`].
pub async fn fits(app: &App, need: &Need, lot: &Lot) -> Result<Vec<(AsfId, Fit)>> {
    let found = lot_fits(app, need, lot, &mut Report::default()).await?;
    let mut fits: Vec<(AsfId, Fit)> = found.into_iter().map(|(_, asf, fit)| (asf, fit)).collect();
    fits.sort_by(|(one, better), (other, worse)| worse.score.total_cmp(&better.score).then(one.cmp(other)));
    Ok(fits)
}

/// The fit of one ASF and one lot that is worth a suggestion: by the matcher, then by what a coordinator
/// has added or excluded. Both directions ask here.
fn fit_of(lot: &Lot, profile: &LotProfile, asf: AsfId, ours: &AsfProfile, now: DateTime<Utc>) -> Option<Fit> {
    let Some(tuning) = &lot.tuning else { return matcher::suggest(profile, ours, now) };
    let fit = if tuning.added.contains(&asf) {
        Some(matcher::fit(profile, ours, now))
    } else {
        matcher::suggest(profile, ours, now)
    };
    fit.map(|fit| tuning.apply(asf, fit)).filter(|fit| fit.strength.is_some())
}

/// Every candidate for a lot with its fit, suggested or not; nothing is stored.
///
/// # Errors
/// As [`run_changed`].
pub async fn weigh_lot(app: &App, need: &Need, lot: &Lot) -> Result<Vec<(AsfId, Fit)>> {
    let (profile, now) = (profiles::lot_profile(need, lot), app.clock.now());
    let candidates = lot_candidates(app, need, lot).await?;
    Ok(candidates.into_iter().map(|(id, asf)| (id, matcher::fit(&profile, &asf, now))).collect())
}

/// The ASF that share a solid sign with a lot.
async fn lot_candidates(app: &App, need: &Need, lot: &Lot) -> Result<Vec<(AsfId, Arc<AsfProfile>)>> {
    let index = app.asf_index.current().context("open the index of ASF")?;
    let found = index.candidates(&profiles::lot_evidence(need, lot), CANDIDATES).context("find candidates")?;
    let mut ids: Vec<AsfId> = found.into_iter().map(|id| AsfId(id.cast_signed())).collect();
    let by_hand = lot.tuning.iter().flat_map(|tuning| &tuning.added);
    ids.extend(by_hand.copied().filter(|asf| !ids.contains(asf)).collect::<Vec<_>>());
    asf_profiles(app, &ids).await
}

/// How many open lots an ASF would be suggested for if it were as given; nothing is stored.
///
/// # Errors
/// As [`run_changed`].
pub async fn count_fits(app: &App, asf: &Asf) -> Result<usize> {
    Ok(asf_fits(app, asf, &mut Report::default()).await?.len())
}

async fn asf_fits(app: &App, asf: &Asf, report: &mut Report) -> Result<Vec<(LotId, AsfId, Fit)>> {
    let now = app.clock.now();
    let index = app.lot_index.current().context("open the index of lots")?;
    let mut candidates = index.candidates(&profiles::asf_evidence(asf, now), CANDIDATES).context("find candidates")?;
    let by_hand = tunings::list_lots_naming(&app.db, asf.id).await?.into_iter().map(|lot| lot.0.unsigned_abs());
    candidates.extend(by_hand.filter(|lot| !candidates.contains(lot)).collect::<Vec<_>>());
    let profile = profiles::asf_profile(asf);
    let mut fits = Vec::new();
    for chunk in candidates.chunks(500) {
        let ids: Vec<LotId> = chunk.iter().map(|id| LotId(id.cast_signed())).collect();
        let wanted: BTreeSet<LotId> = ids.iter().copied().collect();
        for need in needs::list_by_lots(&app.db, &ids).await? {
            let lots = need.lots.iter().filter(|lot| wanted.contains(&lot.id) && lot.is_open(now));
            for lot in lots.filter(|_| need.status.is_matched()) {
                report.candidates += 1;
                // Places first: they cost nothing, the words of a lot do.
                let is_added = lot.tuning.as_ref().is_some_and(|tuning| tuning.added.contains(&asf.id));
                if !is_added && !matcher::is_in_reach(lot.places(), &profile) {
                    continue;
                }
                let fit = fit_of(lot, &profiles::lot_profile(&need, lot), asf.id, &profile, now);
                fits.extend(fit.filter(|fit| count(fit, report)).map(|fit| (lot.id, asf.id, fit)));
            }
        }
    }
    Ok(fits)
}

fn count(fit: &Fit, report: &mut Report) -> bool {
    match fit.strength {
        Some(Strength::Strong) => report.strong += 1,
        Some(Strength::Possible) => report.possible += 1,
        None => return false,
    }
    true
}

/// Analysed ASF, from memory or from the database; paused ones left out.
async fn asf_profiles(app: &App, ids: &[AsfId]) -> Result<Vec<(AsfId, Arc<AsfProfile>)>> {
    let today = local_date(app.clock.now());
    let (mut known, unknown) = cached(app, ids);
    let stored = asf::list_by_ids(&app.db, &unknown).await?;
    let mut fresh: HashMap<AsfId, Arc<AsfProfile>> = HashMap::new();
    for asf in stored.iter().filter(|asf| !asf.is_paused(today) && asf.is_shown()) {
        fresh.insert(asf.id, Arc::new(profiles::asf_profile(asf)));
    }
    known.extend(fresh.iter().map(|(id, profile)| (*id, Arc::clone(profile))));
    let mut cache = app.profiles.write().unwrap_or_else(PoisonError::into_inner);
    if cache.len() + fresh.len() > CACHED_PROFILES {
        cache.clear();
    }
    cache.extend(fresh);
    known.sort_by_key(|(id, _)| *id);
    Ok(known)
}

/// Analyses all ASF when none is in memory, so that the first needs after a start wait for them once and
/// not each for its own.
async fn keep_profiles(app: &App) -> Result<()> {
    if !app.profiles.read().unwrap_or_else(PoisonError::into_inner).is_empty() {
        return Ok(());
    }
    let today = local_date(app.clock.now());
    let mut after = AsfId(0);
    let mut kept = 0;
    while kept < CACHED_PROFILES {
        let page = asf::list_after(&app.db, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        kept += page.len();
        let working = page.iter().filter(|asf| !asf.is_paused(today) && asf.is_shown());
        let analysed = working.map(|asf| (asf.id, Arc::new(profiles::asf_profile(asf))));
        let analysed: Vec<_> = analysed.collect();
        app.profiles.write().unwrap_or_else(PoisonError::into_inner).extend(analysed);
    }
    Ok(())
}

fn cached(app: &App, ids: &[AsfId]) -> (Vec<(AsfId, Arc<AsfProfile>)>, Vec<AsfId>) {
    let cache = app.profiles.read().unwrap_or_else(PoisonError::into_inner);
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for id in ids {
        match cache.get(id) {
            Some(profile) => known.push((*id, Arc::clone(profile))),
            None => unknown.push(*id),
        }
    }
    (known, unknown)
}
