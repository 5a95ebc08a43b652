//! Takes read ASF and needs into the store: new, changed, unchanged, in batches of one transaction.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::Result;
use crate::{
    app::App,
    domain::{asf::NewAsf, need::NewNeed},
    store::{Tx, asf, buyers, connection, needs},
};

/// Records stored in one transaction: a crash loses at most these, whole, and the next import
/// brings them again.
pub const BATCH: usize = 100;

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
    /// Stores one record in the batch's transaction.
    fn store(&self, app: &App, tx: &Tx) -> impl Future<Output = Result<Imported>>;
}

/// Stores records together; answers one outcome for each, in order.
///
/// # Errors
/// When the database does not answer; then none of them is stored.
pub async fn store<T: Importable>(app: &App, records: &[T]) -> Result<Vec<Imported>> {
    let tx = connection::begin(&app.db).await?;
    let mut outcomes = Vec::with_capacity(records.len());
    for new in records {
        outcomes.push(new.store(app, &tx).await?);
    }
    tx.commit().await?;
    Ok(outcomes)
}

impl Importable for NewAsf {
    async fn store(&self, app: &App, tx: &Tx) -> Result<Imported> {
        store_one_asf(app, tx, self).await
    }
}

impl Importable for NewNeed {
    async fn store(&self, app: &App, tx: &Tx) -> Result<Imported> {
        store_one_need(app, tx, self).await
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

async fn store_one_need(app: &App, tx: &Tx, new: &NewNeed) -> Result<Imported> {
    let (now, hash) = (app.clock.now(), content_hash(new));
    let stored = needs::find_version(tx, &new.source, &new.external_id).await?;
    if let Some(stored) = &stored {
        let is_older = matches!((stored.issued_at, new.issued_at), (Some(ours), Some(theirs)) if theirs < ours);
        if stored.content_hash == hash || is_older {
            return Ok(Imported::Unchanged);
        }
    }
    let buyer = buyers::upsert(tx, &new.buyer, now).await?;
    match stored {
        None => {
            needs::insert(tx, new, buyer, &hash, now).await?;
            Ok(Imported::Created)
        }
        Some(stored) => {
            needs::update(tx, stored.id, new, buyer, &hash, now).await?;
            Ok(Imported::Updated)
        }
    }
}

/// SHA-256 of everything a record says, in hexadecimal.
pub(super) fn content_hash(record: &impl Serialize) -> String {
    let json = serde_json::to_vec(record).expect("records have string keys and finite numbers");
    hex(&Sha256::digest(json))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
