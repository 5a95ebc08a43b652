//! What an ASF sees of its own profile: what it would gain by filling it in, and what came of it so far.

use super::{Result, codes, matching, search};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        cpv::Cpv,
        pairing::PairingState,
        place::Place,
        schedule::local_date,
    },
    store::pairings,
};

/// A change of the profile, and how many more open lots it would be suggested for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Gain {
    /// `codes`, `larger`, `county` or `resume`.
    pub change: &'static str,
    /// Lots that would be suggested besides those that are.
    pub more: usize,
}

/// What each change would gain, weighed by the matcher on the lots that are open now; nothing is stored.
///
/// # Errors
/// When the database does not answer or the index cannot be used.
pub async fn gains(app: &App, own: &Asf) -> Result<Vec<Gain>> {
    search::ready(app, &app.lot_index).await?;
    let awake = matching::count_fits(app, own).await?;
    let mut gains = Vec::new();
    if own.is_paused(local_date(app.clock.now())) && awake > 0 {
        gains.push(Gain { change: "resume", more: awake });
    }
    for (change, changed) in [("codes", coded(app, own).await?), ("larger", larger(own)), ("county", wider(own))] {
        let Some(changed) = changed else { continue };
        let more = matching::count_fits(app, &changed).await?.saturating_sub(awake);
        if more > 0 {
            gains.push(Gain { change, more });
        }
    }
    Ok(gains)
}

/// With the likeliest code where a capability has none.
async fn coded(app: &App, own: &Asf) -> Result<Option<Asf>> {
    let mut changed = own.clone();
    let mut found = false;
    for capability in changed.capabilities.iter_mut().filter(|capability| capability.work.cpv.is_empty()) {
        let text = format!("{}\n{}", capability.work.title, capability.work.text);
        let code = codes::suggest(app, &text, 1).await?.pop();
        if let Some(code) = code.and_then(|code| Cpv::parse(&code.id).ok()) {
            capability.work.cpv.push(code);
            found = true;
        }
    }
    Ok(found.then_some(changed))
}

/// Without a largest job.
fn larger(own: &Asf) -> Option<Asf> {
    let mut changed = own.clone();
    let limited = changed.capabilities.iter_mut().filter(|capability| capability.work.max_value_sek.is_some());
    let many = limited.map(|capability| capability.work.max_value_sek = None).count();
    (many > 0).then_some(changed)
}

/// In the whole of its county.
fn wider(own: &Asf) -> Option<Asf> {
    let county = Place::County(own.municipality.county()?.to_owned());
    if own.area.contains(&county) || own.area.contains(&Place::Sweden) {
        return None;
    }
    let mut changed = own.clone();
    changed.area.push(county);
    Some(changed)
}

/// What has come of the profile so far: counts, and never who looked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// Suggested in all.
    pub suggested: u64,
    /// Not answered.
    pub open: u64,
    /// Answered yes.
    pub yes: u64,
    /// Answered maybe.
    pub maybe: u64,
    /// Declined.
    pub no: u64,
}

/// Counts for one ASF.
///
/// # Errors
/// When the database does not answer.
pub async fn figures(app: &App, id: AsfId) -> Result<Figures> {
    let counts = pairings::count_by_state(&app.db, id).await?;
    let of = |state| counts.get(&state).copied().unwrap_or_default();
    Ok(Figures {
        suggested: counts.values().sum(),
        open: of(PairingState::Suggested),
        yes: of(PairingState::Yes),
        maybe: of(PairingState::Maybe),
        no: of(PairingState::No),
    })
}
