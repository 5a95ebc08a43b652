//! What notices, answers and awards suggest to the ledger. A human accepts or dismisses; only
//! accepting writes an entry.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Error, Result, deals, webhooks};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        award::{Award, AwardId},
        ledger::{CounterpartClass, EntryId, NewEntry},
        need::{NeedId, NewNeed},
        org_no::OrgNo,
        pairing::PairingId,
        proposal::{self, Proposal, ProposalId, Won},
        schedule,
    },
    store::{Tx, asf, audit, awards, connection, ledger, needs, proposals, proposals::Decided, targets},
};

/// Most that is shown at a time.
pub const SHOWN: u64 = 200;

/// Suggests T3 entries of a notice that a public actor of the county has published.
///
/// # Errors
/// When the database does not answer.
pub async fn of_notice(tx: &Tx, need: &NewNeed, now: DateTime<Utc>) -> Result<()> {
    let suggested = proposal::of_notice(need, now);
    if suggested.is_empty() {
        return Ok(());
    }
    let settings = targets::settings(tx, now).await?;
    let seat = need.buyer.municipality.as_ref();
    let is_ours = match seat {
        Some(seat) => settings.is_at_home(std::slice::from_ref(seat)),
        None => need.lots.iter().any(|lot| settings.is_at_home(&lot.places)),
    };
    if is_ours {
        proposals::insert_new(tx, &suggested, now).await?;
    }
    Ok(())
}

/// Suggests a relation when both sides have been introduced.
///
/// # Errors
/// When the database does not answer.
pub async fn of_answer(tx: &Tx, pairing: PairingId, now: DateTime<Utc>) -> Result<()> {
    let parties = deals::parties(tx, pairing).await?;
    // Without a number nobody can tell later who it was.
    if parties.counterpart.org_no.is_some() {
        let entry = proposal::of_answer(pairing, parties, schedule::local_date(now));
        proposals::insert_new(tx, &[entry], now).await?;
    }
    Ok(())
}

/// Suggests an agreement with each ASF that a result names by its organisation number.
///
/// # Errors
/// When the database does not answer.
pub async fn of_awards(tx: &Tx, need: NeedId, told: &[AwardId], now: DateTime<Utc>) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let all = awards::list_for_needs(tx, &[need]).await?;
    let winners: BTreeSet<&OrgNo> = all
        .iter()
        .filter(|award| told.contains(&award.id))
        .filter_map(|award| award.told.winner_org_no.as_ref())
        .collect();
    for winner in winners {
        // Of several units the first: a notice names the organisation.
        let Some(asf) = asf::list_by_org_no(tx, winner).await?.into_iter().next() else { continue };
        let Some(need) = needs::find(tx, need).await? else { return Ok(()) };
        let theirs: Vec<&Award> =
            all.iter().filter(|award| award.told.winner_org_no.as_ref() == Some(winner)).collect();
        let Some(won) = Won::of(&need, &theirs, schedule::local_date(now)) else { continue };
        let parties = deals::parties_of(tx, asf, need.buyer).await?;
        if parties.counterpart.class == CounterpartClass::Public {
            suggest(tx, proposal::of_award(won, parties), now).await?;
        }
    }
    Ok(())
}

/// Suggests any fact, such as what a follow-up was answered.
///
/// # Errors
/// When the database does not answer.
pub async fn suggest(tx: &Tx, entry: NewEntry, now: DateTime<Utc>) -> Result<()> {
    Ok(proposals::insert_new(tx, &[entry], now).await?)
}

/// What waits; of one ASF, or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, asf: Option<AsfId>) -> Result<Vec<Proposal>> {
    Ok(proposals::list_open(&app.db, asf, SHOWN).await?)
}

/// Tells the ledger what was suggested.
///
/// # Errors
/// `NotFound` when it waits no more or concerns another ASF than `of`; `Conflict` when the ledger
/// knows it already.
pub async fn accept(app: &App, actor: &str, id: ProposalId, of: Option<AsfId>) -> Result<EntryId> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let proposal = waiting(&tx, id, of).await?;
    if !proposals::decide(&tx, id, Decided::Accepted, actor, now).await? {
        return Err(Error::Conflict);
    }
    let entry = ledger::insert(&tx, &proposal.entry, actor, now).await?;
    audit::insert(&tx, now, actor, "accept", "proposal", id.0, &proposal.entry.key).await?;
    webhooks::announce_entry(&tx, entry, &proposal.entry, now).await?;
    tx.commit().await?;
    Ok(entry)
}

/// Puts a suggestion aside; the same is not made again.
///
/// # Errors
/// `NotFound` when it waits no more or concerns another ASF than `of`.
pub async fn dismiss(app: &App, actor: &str, id: ProposalId, of: Option<AsfId>) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let proposal = waiting(&tx, id, of).await?;
    if !proposals::decide(&tx, id, Decided::Dismissed, actor, now).await? {
        return Err(Error::Conflict);
    }
    audit::insert(&tx, now, actor, "dismiss", "proposal", id.0, &proposal.entry.key).await?;
    tx.commit().await?;
    Ok(())
}

async fn waiting(tx: &Tx, id: ProposalId, of: Option<AsfId>) -> Result<Proposal> {
    let found = proposals::find_open(tx, id).await?;
    let is_theirs = |proposal: &Proposal| of.is_none() || proposal::asf_of(&proposal.entry) == of;
    found.filter(is_theirs).ok_or(Error::NotFound)
}
