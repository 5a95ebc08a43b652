//! What could not be taken in: kept with its place and reason, tried again on demand, gone when it goes in.

use std::{collections::BTreeMap, io::Cursor};

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

use super::{
    Error, Result, arrivals,
    imports::{self, Importable},
};
use crate::{
    app::App,
    domain::{
        need::{Need, NewNeed},
        quarantine::{NewQuarantined, QuarantineKind, Quarantined, differences},
    },
    intake::{self, Reading, Record},
    store::{Tx, audit, connection, quarantine},
};

/// How long a record is kept that nobody tries again or lets go: it may hold personal data.
pub const KEPT_FOR: Duration = Duration::days(90);

/// Kept records read from the database at a time.
const BATCH: u64 = 100;

/// Keeps records aside; one that is kept already is counted as tried again.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(app: &App, records: Vec<NewQuarantined>) -> Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let place = |kept: &NewQuarantined| (kept.kind.as_str(), kept.source.clone(), kept.record.clone());
    let once: BTreeMap<_, NewQuarantined> = records.into_iter().map(|kept| (place(&kept), kept)).collect();
    let tx = connection::begin(&app.db).await?;
    quarantine::upsert(&tx, &once.into_values().collect::<Vec<_>>(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps a need aside that another source told of first, with what would change.
pub(super) async fn keep_twin(tx: &Tx, first: &Need, new: &NewNeed, now: DateTime<Utc>) -> Result<()> {
    let differences = differences(first, new);
    let twin = NewQuarantined {
        kind: QuarantineKind::Twin,
        source: new.source.clone(),
        record: new.external_id.clone(),
        rule: if differences.is_empty() { "twin-same" } else { "twin-differs" }.to_owned(),
        detail: serde_json::to_string(&differences).map_err(anyhow::Error::new)?,
        raw: String::new(),
        is_whole: false,
        need_id: Some(first.id),
    };
    quarantine::upsert(tx, &[twin], now).await?;
    Ok(())
}

/// Lets go of what was kept of these sources before an instant: they have been read anew since.
///
/// # Errors
/// When the database does not answer.
pub async fn supersede(app: &App, kind: QuarantineKind, sources: &[String], since: DateTime<Utc>) -> Result<()> {
    if sources.is_empty() {
        return Ok(());
    }
    let tx = connection::begin(&app.db).await?;
    quarantine::delete_superseded(&tx, kind, sources, since).await?;
    tx.commit().await?;
    Ok(())
}

/// What became of kept records that were tried again.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Retried {
    /// Records tried.
    pub tried: u64,
    /// Gone in, and kept no longer.
    pub taken: u64,
    /// Refused again.
    pub refused: u64,
    /// Not tried: the record was too large to be kept whole.
    pub cut: u64,
}

/// Tries every kept record again.
///
/// # Errors
/// When the database does not answer; records done before that stay done.
pub async fn retry_all(app: &App) -> Result<Retried> {
    let (mut report, mut after) = (Retried::default(), 0);
    loop {
        let page = quarantine::list_after(&app.db, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for kept in page.iter().filter(|kept| kept.kept.kind != QuarantineKind::Twin) {
            retry_one(app, kept, &mut report).await?;
        }
    }
    arrivals::settle(app).await?;
    Ok(report)
}

/// Tries one kept record again.
///
/// # Errors
/// `NotFound` when it is gone.
pub async fn retry(app: &App, id: i64) -> Result<Retried> {
    let kept = quarantine::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let mut report = Retried::default();
    if kept.kept.kind != QuarantineKind::Twin {
        retry_one(app, &kept, &mut report).await?;
    }
    arrivals::settle(app).await?;
    Ok(report)
}

/// Lets go of a kept record for good; who did it is noted.
///
/// # Errors
/// `NotFound` when it is gone.
pub async fn dismiss(app: &App, id: i64, actor: &str) -> Result<()> {
    let kept = quarantine::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let tx = connection::begin(&app.db).await?;
    if quarantine::delete(&tx, id).await? {
        let detail = format!("{} {}", kept.kept.source, kept.kept.record);
        audit::insert(&tx, app.clock.now(), actor, "dismiss", "quarantine", id, &detail).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets go of what has been kept for [`KEPT_FOR`]; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn expire(app: &App) -> Result<u64> {
    let tx = connection::begin(&app.db).await?;
    let gone = quarantine::delete_before(&tx, app.clock.now() - KEPT_FOR).await?;
    tx.commit().await?;
    Ok(gone)
}

async fn retry_one(app: &App, kept: &Quarantined, report: &mut Retried) -> Result<()> {
    if !kept.kept.is_whole {
        report.cut += 1;
        return Ok(());
    }
    report.tried += 1;
    let (source, bytes) = (&kept.kept.source, Cursor::new(kept.kept.raw.clone()));
    let went_in = match kept.kept.kind {
        QuarantineKind::Needs => store_read(app, kept, intake::read_needs(source, bytes)).await?,
        QuarantineKind::Asf => store_read(app, kept, intake::read_asf(source, bytes)).await?,
        QuarantineKind::Twin => false,
    };
    if went_in {
        report.taken += 1
    } else {
        report.refused += 1
    }
    Ok(())
}

/// Stores what can be read now and lets the kept record go, in one transaction; else notes the new reason.
async fn store_read<T: Importable>(
    app: &App,
    kept: &Quarantined,
    records: impl Iterator<Item = Record<T>>,
) -> Result<bool> {
    let (mut values, mut refusal) = (Vec::new(), None);
    for record in records {
        match record.reading {
            Reading::Read(value) => values.push(value),
            Reading::Skipped { .. } => {}
            Reading::Rejected(refused) => refusal = refusal.or(Some(refused)),
        }
    }
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let went_in = match refusal {
        None => {
            imports::store_in(app, &tx, &values).await?;
            quarantine::delete(&tx, kept.id).await?
        }
        Some(refusal) => {
            let (rule, detail) = (refusal.rule.to_owned(), refusal.detail);
            quarantine::upsert(&tx, &[NewQuarantined { rule, detail, ..kept.kept.clone() }], now).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(went_in)
}
