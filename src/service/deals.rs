//! What pairings led to: recorded in the ledger, evidenced, taken back.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{Error, Result, targets, webhooks};
use crate::{
    app::App,
    domain::{
        asf::Asf,
        buyer::{Buyer, BuyerKind},
        deal::NewDeal,
        evidence::{Evidence, EvidenceLevel},
        ledger::{Counterpart, CounterpartClass, Entry, EntryId, Fact, NewEntry, Parties},
        need::Need,
        pairing::{Pairing, PairingId},
        rejection::Rejection,
        schedule,
        target::{Item, TargetId},
        user::UserId,
    },
    store::{Tx, asf, audit, connection, ledger, needs, pairings, users},
};

/// Longest reason for taking an entry back, in characters.
const REASON_CHARS: usize = 500;

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
/// `Rejected` without a reason; `NotFound` without such an entry; `Conflict` when it is taken back already.
pub async fn reverse(
    database: &DatabaseConnection,
    actor: &str,
    of: EntryId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let tx = connection::begin(database).await?;
    let entry = ledger::find(&tx, of).await?.ok_or(Error::NotFound)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS {
        return Err(Rejection::new("reason", "rejected-reason", reason).into());
    }
    let claimed = Evidence { level: EvidenceLevel::Claimed, reference: String::new() };
    let fact = Fact::Reversal { of, reason: reason.to_owned() };
    let new = about(entry, format!("reversal:{}", of.0), claimed, fact, now);
    let id = tell(&tx, actor, &new, "reverse", now).await?;
    tx.commit().await?;
    Ok(id)
}

/// A deal from the need to the money.
#[derive(Debug)]
pub struct Chain {
    /// When the pairing was suggested.
    pub suggested_at: DateTime<Utc>,
    /// What the ledger was told of the pairing, and of both sides where a target counts it with the
    /// pairing, by the day it happened.
    pub told: Vec<Told>,
    /// What of the targets rests on it, whether it counts or not.
    pub items: Vec<(TargetId, Item)>,
}

/// An entry of a chain.
#[derive(Debug)]
pub struct Told {
    /// The entry.
    pub entry: Entry,
    /// Who told it.
    pub by: Teller,
    /// Whether it was taken back.
    pub is_reversed: bool,
}

/// Who tells the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teller {
    /// Coordinator or operator.
    Staff,
    /// Somebody at the ASF.
    Asf,
    /// The other side, through a mailed link.
    Other,
    /// An import or the demo.
    Program,
}

/// What became of a pairing, of the ASF's own entries alone.
///
/// # Errors
/// `NotFound` without such a pairing.
pub async fn chain(app: &App, pairing: &Pairing) -> Result<Chain> {
    let suggested_at = pairings::suggested_at(&app.db, pairing.id).await?.ok_or(Error::NotFound)?;
    let known = targets::current(app).await?;
    let own = known.entries.iter().filter(|entry| entry.told.pairing_id == Some(pairing.id));
    let mut ids: BTreeSet<EntryId> = own.map(|entry| entry.id).collect();
    let rests_on = |item: &Item| item.entries.iter().any(|id| ids.contains(id));
    let items = known.progress.iter().flat_map(|target| target.items.iter().map(move |item| (target.id, item)));
    let items: Vec<(TargetId, Item)> =
        items.filter(|(_, item)| rests_on(item)).map(|(id, item)| (id, item.clone())).collect();
    ids.extend(items.iter().flat_map(|(_, item)| item.entries.iter().copied()));
    let concerned = known.entries.iter().filter(|entry| match &entry.told.fact {
        Fact::Evidence { of } | Fact::Reversal { of, .. } => ids.contains(of) || ids.contains(&entry.id),
        fact => ids.contains(&entry.id) && fact.asf() == Some(pairing.asf_id),
    });
    let mut told: Vec<Entry> = concerned.cloned().collect();
    told.sort_by_key(|entry| (entry.told.occurred_on, entry.id));
    let reversed: BTreeSet<EntryId> = told.iter().filter_map(|entry| reversed_by(&entry.told.fact)).collect();
    let tellers = tellers(app, &told).await?;
    let told = told.into_iter().map(|entry| Told {
        by: tellers.get(&entry.recorded_by).copied().unwrap_or(Teller::Program),
        is_reversed: reversed.contains(&entry.id),
        entry,
    });
    Ok(Chain { suggested_at, told: told.collect(), items })
}

fn reversed_by(fact: &Fact) -> Option<EntryId> {
    match fact {
        Fact::Reversal { of, .. } => Some(*of),
        _ => None,
    }
}

/// Who stands behind the names that the ledger keeps: `user:5`, `link:0a1b`.
async fn tellers(app: &App, told: &[Entry]) -> Result<HashMap<String, Teller>> {
    let names: BTreeSet<&str> = told.iter().map(|entry| entry.recorded_by.as_str()).collect();
    let user = |name: &str| name.strip_prefix("user:").and_then(|id| id.parse().ok()).map(UserId);
    let ids: Vec<UserId> = names.iter().filter_map(|name| user(name)).collect();
    let users = users::list_by_ids(&app.db, &ids).await?;
    let teller = |name: &str| match user(name) {
        Some(id) if users.iter().any(|user| user.id == id && user.role.is_staff()) => Teller::Staff,
        Some(_) => Teller::Asf,
        None if name.starts_with("link:") => Teller::Other,
        None => Teller::Program,
    };
    Ok(names.into_iter().map(|name| (name.to_owned(), teller(name))).collect())
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
    webhooks::announce_entry(tx, id, new, now).await?;
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
