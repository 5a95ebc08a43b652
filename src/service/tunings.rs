//! Correcting a lot for the matcher: what it would change, saving it, and taking it back.

use std::collections::BTreeMap;

use samhandla_index::analyzer::thesaurus;

use super::{Error, Result, matching, search};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        language::Language,
        need::{Lot, LotId, Need},
        pairing::PairingState,
        reason::Fit,
        rejection::Rejection,
        tuning::Tuning,
    },
    store::{asf, audit, changes, connection, needs, pairings, tunings},
};

/// One ASF before and after a correction.
#[derive(Debug, Clone)]
pub struct Change {
    /// The ASF.
    pub asf: Asf,
    /// Its fit now; none when it is not suggested.
    pub before: Option<Fit>,
    /// Its fit with the correction.
    pub after: Option<Fit>,
    /// It has answered, and its answer stays whatever is corrected.
    pub is_answered: bool,
}

/// The need that holds a lot, and the lot.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn find(app: &App, id: LotId) -> Result<(Need, Lot)> {
    let need = needs::list_by_lots(&app.db, &[id]).await?.pop().ok_or(Error::NotFound)?;
    let lot = need.lots.iter().find(|lot| lot.id == id).cloned().ok_or(Error::NotFound)?;
    Ok((need, lot))
}

/// Who would be suggested with a correction, beside who is now; best first. Nothing is stored.
///
/// # Errors
/// When the database does not answer or the index cannot be used.
pub async fn preview(app: &App, need: &Need, lot: &Lot, tuning: Option<&Tuning>) -> Result<Vec<Change>> {
    search::follow(app).await?;
    let tuned = Lot { tuning: tuning.cloned(), ..lot.clone() };
    let before = matching::fits(app, need, lot).await?;
    let after = matching::fits(app, need, &tuned).await?;
    let mut both: BTreeMap<AsfId, (Option<Fit>, Option<Fit>)> = BTreeMap::new();
    for (asf, fit) in before {
        both.entry(asf).or_default().0 = Some(fit);
    }
    for (asf, fit) in after {
        both.entry(asf).or_default().1 = Some(fit);
    }
    // What was excluded or added is shown even where it changes nothing, so that it can be undone.
    let named = lot.tuning.iter().chain(tuning).flat_map(|tuning| tuning.excluded.iter().chain(&tuning.added));
    for asf in named {
        both.entry(*asf).or_default();
    }
    let ids: Vec<AsfId> = both.keys().copied().collect();
    let answered = pairings::list_for_lots(&app.db, &[lot.id]).await?;
    let is_answered = |asf: AsfId| {
        let mut states = answered.iter().filter(|pairing| pairing.asf_id == asf).map(|pairing| pairing.state);
        states.any(PairingState::is_answered)
    };
    let mut changes: Vec<Change> = Vec::new();
    for asf in asf::list_by_ids(&app.db, &ids).await? {
        let (before, after) = both.remove(&asf.id).unwrap_or_default();
        changes.push(Change { is_answered: is_answered(asf.id), asf, before, after });
    }
    let rank = |change: &Change| change.after.as_ref().or(change.before.as_ref()).map_or(0.0, |fit| fit.score);
    changes.sort_by(|a, b| b.after.is_some().cmp(&a.after.is_some()).then(rank(b).total_cmp(&rank(a))));
    Ok(changes)
}

/// The ASF that somebody means by a name or an organisation number.
///
/// # Errors
/// `Rejected` in the field `ny_asf` when there is none, or more than one.
pub async fn named(app: &App, text: &str) -> Result<AsfId> {
    let found = asf::list_named(&app.db, text, 2).await?;
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Rejection::new("ny_asf", "rejected-tuning-asf-unknown", text).into()),
        _ => Err(Rejection::new("ny_asf", "rejected-tuning-asf-several", text).into()),
    }
}

/// Saves a correction, and matches the need anew at once.
///
/// # Errors
/// `NotFound` when there is no such lot.
pub async fn save(app: &App, id: LotId, tuning: &Tuning, actor: &str) -> Result<Need> {
    let (need, _) = find(app, id).await?;
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let row = tunings::insert(&tx, id, tuning, actor, now).await?;
    audit::insert(&tx, now, actor, "tune", "lot", id.0, &format!("tuning {row}")).await?;
    changes::record(&tx, changes::Noun::Need, need.id.0).await?;
    tx.commit().await?;
    match_anew(app, &need).await
}

/// Takes a correction back: the notice holds again. Once more changes nothing.
///
/// # Errors
/// `NotFound` when there is no such lot.
pub async fn take_back(app: &App, id: LotId, actor: &str) -> Result<Need> {
    let (need, _) = find(app, id).await?;
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    if tunings::take_back(&tx, id, actor, now).await? {
        audit::insert(&tx, now, actor, "untune", "lot", id.0, "").await?;
        changes::record(&tx, changes::Noun::Need, need.id.0).await?;
    }
    tx.commit().await?;
    match_anew(app, &need).await
}

async fn match_anew(app: &App, need: &Need) -> Result<Need> {
    search::follow(app).await?;
    let stored = needs::find(&app.db, need.id).await?.ok_or(Error::NotFound)?;
    matching::match_need(app, &stored, &mut matching::Report::default()).await?;
    Ok(stored)
}

/// The trades that a coordinator can choose, by name in the reader's language.
pub fn sectors(language: Language) -> Vec<(&'static str, &'static str)> {
    let label = |concept: &'static thesaurus::Concept| match language {
        Language::Sv => concept.label_sv.as_str(),
        Language::En => concept.label_en.as_str(),
    };
    let mut sectors: Vec<_> = thesaurus::all().iter().map(|concept| (concept.id.as_str(), label(concept))).collect();
    sectors.sort_by_key(|(_, label)| label.to_lowercase());
    sectors
}

/// The words that stand for a trade; none for one that is not known.
pub fn words_of_sector(id: &str) -> Option<&'static str> {
    thesaurus::concept(id).map(|concept| concept.label_sv.as_str())
}
