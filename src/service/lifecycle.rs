//! The life of a need: first told, changed, ended by a result, called off, run out.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use super::{
    Result,
    imports::{Imported, content_hash},
    quarantine,
};
use crate::{
    app::App,
    domain::{
        award::{AwardId, LotResult, Outcome},
        need::{ClosedBecause, LotId, Need, NeedId, NeedStatus, NewLot, NewNeed},
        notice::{Correction, NeedKey, NewNotice},
        quarantine::official_keys,
    },
    store::{
        Tx, awards, buyers, changes, connection, lots, need_keys, needs, needs::StoredVersion, notices,
        notices::StoredNotice,
    },
};

/// Lots that are closed in one transaction when their deadline has passed.
const RUN_OUT_TOGETHER: u64 = 500;

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// New, changed or unchanged.
    pub outcome: Imported,
    /// The need that it is about.
    pub need: NeedId,
    /// Awards that are new or say something else than before.
    pub awards: Vec<AwardId>,
}

/// Stores a need, or what a notice tells of one that is stored: an older version never replaces a newer.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn store_need(tx: &Tx, new: &NewNeed, now: DateTime<Utc>) -> Result<Stored> {
    let hash = content_hash(new);
    if let Some(notice) = &new.notice
        && let Some(seen) = notices::find(tx, &notice.key).await?
        && seen.content_hash == hash
    {
        return Ok(Stored { outcome: Imported::Unchanged, need: seen.need_id, awards: Vec::new() });
    }
    let mut known = needs::find_version(tx, new).await?;
    if let Some(stored) = &known
        && let Some(apart) = told_apart(tx, new, stored).await?
    {
        return Box::pin(store_need(tx, &apart, now)).await;
    }
    if let (None, Some(notice)) = (&known, &new.notice) {
        known = needs::find_signal(tx, &notice.follows).await?;
    }
    if known.is_none()
        && let Some(first) = find_twin(tx, new).await?
    {
        quarantine::keep_twin(tx, &first, new, now).await?;
        return Ok(Stored { outcome: Imported::Unchanged, need: first.id, awards: Vec::new() });
    }
    let (need, mut outcome) = match known {
        None => {
            let buyer = buyers::upsert(tx, &new.buyer, now).await?;
            (needs::insert(tx, new, buyer, &hash, now).await?, Imported::Created)
        }
        Some(stored) => (stored.id, take_over(tx, &stored, new, &hash, now).await?),
    };
    let mut told = Vec::new();
    if let Some(notice) = &new.notice {
        note(tx, need, new, notice, hash, now).await?;
        let ended = end(tx, need, new, notice, now).await?;
        if outcome == Imported::Unchanged && (ended.closed > 0 || !ended.awards.is_empty()) {
            outcome = Imported::Updated;
        }
        told = ended.awards;
    }
    Ok(Stored { outcome, need, awards: told })
}

/// The need that another source told of first, under an official number and no name of its own.
async fn find_twin(tx: &Tx, new: &NewNeed) -> Result<Option<Need>> {
    let numbers = official_keys(new);
    // A form is posted by a person, under a key of its own.
    if numbers.is_empty() || new.source == "form" {
        return Ok(None);
    }
    Ok(needs::find_twin(tx, &new.source, &numbers).await?)
}

/// The notice under its publication number alone, when its ids are those of another procedure.
///
/// Converters give out the same id more than once. Where neither buyer nor title are the same, only
/// the number can be trusted.
async fn told_apart(tx: &Tx, new: &NewNeed, stored: &StoredVersion) -> Result<Option<NewNeed>> {
    let number = new.publication_no.as_deref().and_then(NeedKey::ted);
    let Some(number) = number.filter(|number| new.keys.first() != Some(number)) else { return Ok(None) };
    if stored.title == new.title {
        return Ok(None);
    }
    let is_same_buyer = match needs::find(tx, stored.id).await?.map(|need| need.buyer) {
        Some(buyer) => match (&buyer.org_no, &new.buyer.org_no) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => buyer.name == new.buyer.name,
        },
        None => true,
    };
    if is_same_buyer {
        return Ok(None);
    }
    let mut apart = new.clone();
    apart.external_id = number.as_str().to_owned();
    apart.keys = vec![number.clone()];
    if let Some(notice) = &mut apart.notice {
        notice.key = number;
    }
    Ok(Some(apart))
}

/// Lets a newer version of the words replace the stored ones.
async fn take_over(tx: &Tx, stored: &StoredVersion, new: &NewNeed, hash: &str, now: DateTime<Utc>) -> Result<Imported> {
    need_keys::add(tx, stored.id, &new.keys).await?;
    if let Some(notice) = &new.notice {
        if !notice.corrections.is_empty() {
            return correct(tx, stored, new, &notice.corrections, now).await;
        }
        if notice.form.is_outcome() {
            return Ok(Imported::Unchanged);
        }
    }
    if stored.content_hash == hash {
        return Ok(Imported::Unchanged);
    }
    if !replaces(tx, stored, new).await? {
        if stored.source != new.source
            && let Some(first) = needs::find(tx, stored.id).await?
        {
            quarantine::keep_twin(tx, &first, new, now).await?;
        }
        return Ok(Imported::Unchanged);
    }
    let buyer = buyers::upsert(tx, &new.buyer, now).await?;
    needs::update(tx, stored.id, new, buyer, hash, now).await?;
    // Lots that ended stay closed, so a need may have no open one though its notice says otherwise.
    close_needs(tx, &[stored.id], now).await?;
    Ok(Imported::Updated)
}

/// Whether these words are newer than the stored ones, or come from a better source.
async fn replaces(tx: &Tx, stored: &StoredVersion, new: &NewNeed) -> Result<bool> {
    let (ours, theirs) = (stored.issued_at, new.issued_at);
    if matches!((ours, theirs), (Some(ours), Some(theirs)) if theirs < ours) {
        return Ok(false);
    }
    let is_newer = matches!((ours, theirs), (Some(ours), Some(theirs)) if theirs > ours);
    if stored.source != new.source {
        // The same notice from elsewhere says no more than the notice itself does.
        return Ok(is_newer || new.source == "eforms");
    }
    if is_newer || theirs.is_none() {
        return Ok(true);
    }
    let version = new.notice.as_ref().map_or(0, |notice| notice.version);
    let seen = notices::list_for_need(tx, stored.id).await?;
    Ok(!seen.iter().any(|notice| notice.issued_at == theirs && notice.version > version))
}

async fn note(
    tx: &Tx,
    need: NeedId,
    new: &NewNeed,
    notice: &NewNotice,
    hash: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = StoredNotice {
        key: notice.key.as_str().to_owned(),
        need_id: need,
        form: notice.form,
        version: notice.version,
        issued_at: new.issued_at,
        publication_no: new.publication_no.clone(),
        content_hash: hash,
    };
    Ok(notices::upsert(tx, &row, now).await?)
}

/// Applies a notice that tells only what is different.
async fn correct(
    tx: &Tx,
    stored: &StoredVersion,
    new: &NewNeed,
    corrections: &[Correction],
    now: DateTime<Utc>,
) -> Result<Imported> {
    let is_older = matches!((stored.issued_at, new.issued_at), (Some(ours), Some(theirs)) if theirs < ours);
    let Some(need) = needs::find(tx, stored.id).await?.filter(|_| !is_older) else {
        return Ok(Imported::Unchanged);
    };
    let before: Vec<NewLot> = need.lots.into_iter().map(|lot| lot.work).collect();
    let after: Vec<NewLot> = before.iter().map(|lot| corrected(lot, corrections, before.len())).collect();
    if before == after {
        return Ok(Imported::Unchanged);
    }
    lots::write(tx, stored.id, &after, now).await?;
    if stored.status == NeedStatus::Closed && lots::count_open(tx, stored.id).await? > 0 {
        needs::set_status(tx, stored.id, NeedStatus::Open, now).await?;
    }
    Ok(Imported::Updated)
}

fn corrected(lot: &NewLot, corrections: &[Correction], lots: usize) -> NewLot {
    let mut lot = lot.clone();
    let ours = |correction: &&Correction| {
        correction.lot_no.is_empty() || lots == 1 || same_number(&correction.lot_no, &lot.lot_no)
    };
    let ours: Vec<&Correction> = corrections.iter().filter(ours).collect();
    for correction in ours {
        lot.deadline_at = correction.deadline_at.or(lot.deadline_at);
        if let Some((old, new)) = &correction.replaced {
            lot.title = lot.title.replace(old.as_str(), new);
            lot.text = lot.text.replace(old.as_str(), new);
        }
    }
    lot
}

/// What the end of a procedure did.
#[derive(Default)]
struct Ended {
    closed: u64,
    awards: Vec<AwardId>,
}

/// Records winners, closes the lots that are decided or called off, and the need when none is open.
async fn end(tx: &Tx, need: NeedId, new: &NewNeed, notice: &NewNotice, now: DateTime<Utc>) -> Result<Ended> {
    let mut ended = Ended::default();
    if !notice.cancels && notice.results.is_empty() {
        return Ok(ended);
    }
    let mut to_close: BTreeMap<&'static str, (ClosedBecause, Vec<LotId>)> = BTreeMap::new();
    let stored = lots::map_by_number(tx, need).await?;
    if notice.cancels {
        to_close.insert("", (ClosedBecause::Cancelled, stored.values().copied().collect()));
    }
    for result in &notice.results {
        let lot = match lot_of(result, &stored, notice.results.len()) {
            Some(lot) => lot,
            None => match new.lots.iter().find(|lot| lot.lot_no == result.lot_no) {
                Some(lot) => lots::add(tx, need, lot).await?,
                None => continue,
            },
        };
        if notice.changes.is_some() {
            // Before the new ones are told: those that are the same come back.
            for kind in result.awards.iter().map(|award| award.kind).take(1) {
                awards::withdraw_others(tx, lot, kind, &notice.key, now).await?;
            }
        }
        ended.awards.extend(awards::upsert(tx, need, lot, &result.awards, &notice.key, now).await?);
        let because = match result.outcome {
            Outcome::Won => ClosedBecause::Awarded,
            Outcome::NoWinner => ClosedBecause::NoWinner,
            Outcome::GoesOn => continue,
        };
        to_close.entry(because.as_str()).or_insert((because, Vec::new())).1.push(lot);
    }
    for (because, lots) in to_close.into_values() {
        ended.closed += lots::close(tx, &lots, because, now).await?;
    }
    if ended.closed > 0 {
        close_needs(tx, &[need], now).await?;
    }
    Ok(ended)
}

async fn close_needs(tx: &Tx, needs: &[NeedId], now: DateTime<Utc>) -> Result<()> {
    for id in lots::list_needs_without_open(tx, needs).await? {
        needs::set_status(tx, id, NeedStatus::Closed, now).await?;
    }
    Ok(())
}

/// The stored lot that a result is about: by number, or the only one of both.
fn lot_of(result: &LotResult, stored: &HashMap<String, LotId>, results: usize) -> Option<LotId> {
    let by_number = || stored.iter().find(|(number, _)| same_number(number, &result.lot_no)).map(|(_, id)| *id);
    let only = || stored.values().next().copied().filter(|_| stored.len() == 1 && results == 1);
    stored.get(&result.lot_no).copied().or_else(by_number).or_else(only)
}

/// Whether two formats number the same lot: `LOT-0002` and `2`.
fn same_number(one: &str, other: &str) -> bool {
    let number = |text: &str| text.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse::<u32>().ok());
    one == other || number(one).is_some_and(|number_of_one| Some(number_of_one) == number(other))
}

/// Closes the lots whose deadline has passed, and the needs of which none is open; says how many lots.
///
/// # Errors
/// When the database does not answer; what was closed before that stays closed.
pub async fn close_run_out(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let mut closed = 0;
    loop {
        let due = lots::list_run_out(&app.db, now, RUN_OUT_TOGETHER).await?;
        if due.is_empty() {
            return Ok(closed);
        }
        let (lots, mut needs): (Vec<LotId>, Vec<NeedId>) = due.into_iter().unzip();
        needs.sort_unstable();
        needs.dedup();
        let tx = connection::begin(&app.db).await?;
        closed += lots::close(&tx, &lots, ClosedBecause::Deadline, now).await?;
        close_needs(&tx, &needs, now).await?;
        for need in needs {
            changes::record(&tx, changes::Noun::Need, need.0).await?;
        }
        tx.commit().await?;
    }
}
