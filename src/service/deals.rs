//! What pairings led to: recorded in the ledger, evidenced, taken back.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{Error, Result};
use crate::{
    domain::{
        asf::Asf,
        buyer::{Buyer, BuyerKind},
        deal::NewDeal,
        evidence::{Evidence, EvidenceLevel},
        ledger::{Counterpart, CounterpartClass, Entry, EntryId, Fact, NewEntry, Parties},
        need::Need,
        pairing::{Pairing, PairingId},
        schedule,
    },
    store::{Tx, asf, audit, connection, ledger, needs, pairings},
};

/// Records what a pairing led to.
///
/// # Errors
/// `NotFound` without such a pairing; `Conflict` when the same was recorded before.
pub async fn record(database: &DatabaseConnection, actor: &str, deal: NewDeal, now: DateTime<Utc>) -> Result<EntryId> {
    let tx = connection::begin(database).await?;
    let parties = parties(&tx, deal.pairing_id).await?;
    let action = deal.kind.as_str();
    let id = tell(&tx, actor, &deal.into_entry(parties), action, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds better evidence to an entry, for example the other side's word or a document.
///
/// # Errors
/// `NotFound` without such an entry; `Conflict` when the same was added before.
pub async fn evidence(
    database: &DatabaseConnection,
    actor: &str,
    of: EntryId,
    evidence: Evidence,
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let tx = connection::begin(database).await?;
    let entry = ledger::find(&tx, of).await?.ok_or(Error::NotFound)?;
    let key = format!("evidence:{}:{}:{}", of.0, evidence.level.number(), evidence.reference);
    let new = about(entry, key, evidence, Fact::Evidence { of }, now);
    let id = tell(&tx, actor, &new, "evidence", now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes an entry back; it stays in the ledger, and so does the reason.
///
/// # Errors
/// `NotFound` without such an entry; `Conflict` when it is taken back already.
pub async fn reverse(
    database: &DatabaseConnection,
    actor: &str,
    of: EntryId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let tx = connection::begin(database).await?;
    let entry = ledger::find(&tx, of).await?.ok_or(Error::NotFound)?;
    let claimed = Evidence { level: EvidenceLevel::Claimed, reference: String::new() };
    let fact = Fact::Reversal { of, reason: reason.to_owned() };
    let new = about(entry, format!("reversal:{}", of.0), claimed, fact, now);
    let id = tell(&tx, actor, &new, "reverse", now).await?;
    tx.commit().await?;
    Ok(id)
}

/// What was recorded of a pairing, in the order it was recorded.
///
/// # Errors
/// When the database does not answer.
pub async fn list(database: &DatabaseConnection, pairing: PairingId) -> Result<Vec<Entry>> {
    Ok(ledger::list_for_pairing(database, pairing).await?)
}

async fn tell(tx: &Tx, actor: &str, new: &NewEntry, action: &str, now: DateTime<Utc>) -> Result<EntryId> {
    let id = ledger::insert(tx, new, actor, now).await?;
    audit::insert(tx, now, actor, action, "ledger_entry", id.0, &new.key).await?;
    Ok(id)
}

/// An entry of today about an earlier one.
fn about(entry: Entry, key: String, evidence: Evidence, fact: Fact, now: DateTime<Utc>) -> NewEntry {
    let occurred_on = schedule::local_date(now);
    NewEntry { key, occurred_on, pairing_id: entry.told.pairing_id, evidence, fact }
}

/// Both sides of a pairing as they are now; the ledger keeps them as they were.
pub(super) async fn parties(tx: &Tx, pairing: PairingId) -> Result<Parties> {
    let pairing = pairings::find(tx, pairing).await?.ok_or(Error::NotFound)?;
    let asf = asf::find(tx, pairing.asf_id).await?.ok_or(Error::NotFound)?;
    parties_of(tx, asf, need_of(tx, &pairing).await?.buyer).await
}

/// An ASF and a buyer, as they are now.
pub(super) async fn parties_of(tx: &Tx, asf: Asf, buyer: Buyer) -> Result<Parties> {
    let is_asf = match &buyer.org_no {
        Some(org_no) => ledger::is_asf(tx, org_no).await?,
        None => false,
    };
    let class = match buyer.kind {
        _ if is_asf => CounterpartClass::Asf,
        BuyerKind::Private => CounterpartClass::Private,
        BuyerKind::Public => CounterpartClass::Public,
        BuyerKind::Nonprofit => CounterpartClass::Nonprofit,
    };
    let counterpart = Counterpart { class, org_no: buyer.org_no, name: Some(buyer.name), group: None };
    Ok(Parties { asf: asf.id, asf_places: vec![asf.municipality], counterpart })
}

async fn need_of(tx: &Tx, pairing: &Pairing) -> Result<Need> {
    needs::list_by_lots(tx, &[pairing.lot_id]).await?.pop().ok_or(Error::NotFound)
}
