//! Takes read ASF and needs into the store: new, changed, unchanged, in batches of one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Result, claims, lifecycle, lifecycle::Stored};
use crate::{
    app::App,
    domain::{asf::NewAsf, codes::CodeLabel, history::PastProcurement, need::NewNeed, quarantine::QuarantineKind},
    store::{Tx, asf, changes, codes, connection, history},
};

/// Records stored in one transaction: a crash loses at most these, whole, and the next import
/// brings them again.
pub const BATCH: usize = 100;

/// As [`BATCH`], for records of one row and nothing beside it.
const SMALL_BATCH: usize = 1_000;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// It was not known.
    Created,
    /// It replaced what was stored.
    Updated,
    /// The store already says this, or something newer.
    Unchanged,
}

/// What can be taken in.
pub trait Importable: Sized {
    /// Records that are stored in one transaction.
    const BATCH: usize = BATCH;

    /// As what a record is kept that cannot be read; reference data is only reported.
    const KEPT_AS: Option<QuarantineKind> = None;

    /// How many lots the record holds.
    fn lots(&self) -> usize {
        0
    }

    /// Whether it is so large that no more should wait beside it in memory.
    fn is_large(&self) -> bool {
        false
    }

    /// Stores the records of a batch in its transaction; answers one outcome for each, in order.
    fn store(app: &App, tx: &Tx, records: &[Self]) -> impl Future<Output = Result<Vec<Imported>>>;
}

/// Stores records together; answers one outcome for each, in order.
///
/// # Errors
/// When the database does not answer; then none of them is stored.
pub async fn store<T: Importable>(app: &App, records: &[T]) -> Result<Vec<Imported>> {
    let tx = connection::begin(&app.db).await?;
    let outcomes = store_in(app, &tx, records).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// As [`store`], in a transaction that writes something beside.
pub(super) async fn store_in<T: Importable>(app: &App, tx: &Tx, records: &[T]) -> Result<Vec<Imported>> {
    T::store(app, tx, records).await
}

impl Importable for NewAsf {
    const KEPT_AS: Option<QuarantineKind> = Some(QuarantineKind::Asf);

    async fn store(app: &App, tx: &Tx, records: &[Self]) -> Result<Vec<Imported>> {
        let mut outcomes = Vec::with_capacity(records.len());
        for new in records {
            outcomes.push(store_one_asf(app, tx, new).await?);
        }
        Ok(outcomes)
    }
}

impl Importable for NewNeed {
    const KEPT_AS: Option<QuarantineKind> = Some(QuarantineKind::Needs);

    fn lots(&self) -> usize {
        self.lots.len()
    }

    /// A notice may have thousands of lots; a hundred of those would not fit.
    fn is_large(&self) -> bool {
        const BYTES: usize = 262_144;
        self.lots.iter().map(|lot| lot.text.len() + lot.title.len()).sum::<usize>() > BYTES
    }

    async fn store(app: &App, tx: &Tx, records: &[Self]) -> Result<Vec<Imported>> {
        let mut outcomes = Vec::with_capacity(records.len());
        for new in records {
            let now = app.clock.now();
            let stored = lifecycle::store_need(tx, new, now).await?;
            after_stored(tx, new, &stored, now).await?;
            outcomes.push(stored.outcome);
        }
        Ok(outcomes)
    }
}

impl Importable for CodeLabel {
    const BATCH: usize = SMALL_BATCH;

    /// A language that the file lacks keeps the label it has.
    async fn store(app: &App, tx: &Tx, records: &[Self]) -> Result<Vec<Imported>> {
        let ids: Vec<&str> = records.iter().map(|new| new.code.as_str()).collect();
        let mut known = codes::map_by_codes(tx, &ids).await?;
        let mut changed = BTreeMap::new();
        let outcomes = records.iter().map(|new| {
            let whole = known.get(new.code.as_str()).map_or_else(|| new.clone(), |stored| new.completed_from(stored));
            let outcome = compared(known.get(new.code.as_str()), &whole);
            if outcome != Imported::Unchanged {
                known.insert(new.code.to_string(), whole.clone());
                changed.insert(new.code.to_string(), whole);
            }
            outcome
        });
        let outcomes = outcomes.collect();
        codes::upsert(tx, &changed.into_values().collect::<Vec<_>>(), app.clock.now()).await?;
        Ok(outcomes)
    }
}

impl Importable for PastProcurement {
    const BATCH: usize = SMALL_BATCH;

    /// Of two with the same id the one published later counts, so that order does not matter.
    async fn store(app: &App, tx: &Tx, records: &[Self]) -> Result<Vec<Imported>> {
        let identity = |new: &Self| new.source_id.clone().unwrap_or_else(|| format!("sha256:{}", content_hash(new)));
        let ids: Vec<String> = records.iter().map(identity).collect();
        let mut known = history::map_by_source_ids(tx, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        let mut changed: BTreeMap<String, Self> = BTreeMap::new();
        let mut outcomes = Vec::with_capacity(records.len());
        for (id, new) in ids.into_iter().zip(records) {
            let new = Self { source_id: Some(id.clone()), ..new.clone() };
            let is_older = known.get(&id).is_some_and(|stored| new.published < stored.published);
            let outcome = if is_older { Imported::Unchanged } else { compared(known.get(&id), &new) };
            if outcome != Imported::Unchanged {
                known.insert(id.clone(), new.clone());
                changed.insert(id, new);
            }
            outcomes.push(outcome);
        }
        history::upsert(tx, &changed.into_values().collect::<Vec<_>>(), app.clock.now()).await?;
        Ok(outcomes)
    }
}

fn compared<T: PartialEq>(stored: Option<&T>, new: &T) -> Imported {
    match stored {
        None => Imported::Created,
        Some(stored) if stored == new => Imported::Unchanged,
        Some(_) => Imported::Updated,
    }
}

async fn store_one_asf(app: &App, tx: &Tx, new: &NewAsf) -> Result<Imported> {
    let (now, hash) = (app.clock.now(), content_hash(new));
    match asf::find_identity(tx, &new.org_no, &new.unit).await? {
        None => {
            asf::insert(tx, new, &hash, now).await?;
            Ok(Imported::Created)
        }
        Some((_, stored)) if stored == hash => Ok(Imported::Unchanged),
        Some((id, _)) => {
            asf::update(tx, id, new, &hash, now).await?;
            Ok(Imported::Updated)
        }
    }
}

/// What follows from a need, or from what a notice told of its end: the one place to add to.
///
/// Called once for each stored record, in its transaction, after the need, its lots and its awards.
async fn after_stored(tx: &Tx, new: &NewNeed, stored: &Stored, now: DateTime<Utc>) -> Result<()> {
    if stored.outcome != Imported::Unchanged {
        changes::record(tx, changes::Noun::Need, stored.need.0).await?;
        claims::of_notice(tx, new, now).await?;
        claims::of_awards(tx, stored.need, &stored.awards, now).await?;
    }
    Ok(())
}

/// SHA-256 of everything a record says, in hexadecimal.
pub(super) fn content_hash(record: &impl Serialize) -> String {
    // Straight into the hash: a record may be many megabytes.
    let mut hash = Sha256::new();
    serde_json::to_writer(&mut hash, record).expect("records have string keys and finite numbers");
    hex(&hash.finalize())
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
