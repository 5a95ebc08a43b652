//! Whatever way records come in (files, uploads, other servers): what is read is stored in batches, what is
//! refused is kept aside, and everything is counted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    Result,
    imports::{self, Importable, Imported},
    matching, quarantine, search,
};
use crate::{
    app::App,
    domain::{language::Language, quarantine::NewQuarantined},
    intake::{Raw, Reading, Record, Refusal, keeping::Kept},
};

/// Largest sum of kept records in memory, in bytes; then they are written.
const KEPT_BYTES: usize = 4 * 1024 * 1024;

/// Most refused records of one run that are kept: a wrong file is wrong in every row.
pub const MAX_KEPT: usize = 1_000;

/// What an import did.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Report {
    /// Records read.
    pub read: u64,
    /// Not known before.
    pub created: u64,
    /// Replaced what was stored.
    pub updated: u64,
    /// The store already says this, or something newer.
    pub unchanged: u64,
    /// What could not be read.
    pub rejected: Vec<Rejected>,
    /// What we do not take in, by reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<BTreeMap<String, u64>>,
    /// Lots of the needs that were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lots: Option<u64>,
    /// Columns that nothing is read from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_columns: Vec<String>,
}

impl Report {
    /// A report of needs, which also counts lots and what was skipped.
    pub fn of_needs() -> Self {
        Self { skipped: Some(BTreeMap::new()), lots: Some(0), ..Self::default() }
    }
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// File or address.
    pub source: String,
    /// Place in it.
    pub record: String,
    /// Rule, sentence and detail.
    pub reason: String,
}

/// Records on their way in.
pub struct Arrivals<T: Importable> {
    /// What has been done so far.
    pub report: Report,
    pending: Vec<T>,
    refused: Vec<NewQuarantined>,
    sources: Vec<String>,
    began_at: DateTime<Utc>,
}

impl<T: Importable> Arrivals<T> {
    /// Nothing has come yet.
    pub fn new(app: &App, report: Report) -> Self {
        Self { report, pending: Vec::new(), refused: Vec::new(), sources: Vec::new(), began_at: app.clock.now() }
    }

    /// A file begins: what was kept of it before is replaced by what is refused now.
    pub fn begin(&mut self, source: &str) {
        // Standard input has one name for many files.
        if source != "-" {
            self.sources.push(source.to_owned());
        }
    }

    /// Takes one record; `kept` is the beginning of its file.
    ///
    /// # Errors
    /// When the database does not answer; the batch is then not stored at all.
    pub async fn take(&mut self, app: &App, record: Record<T>, kept: Option<&Kept>) -> Result<()> {
        match record.reading {
            Reading::Skipped { reason } => self.skip(reason),
            Reading::Rejected(mut refusal) => {
                refusal.raw = refusal.raw.or_else(|| kept.and_then(Kept::raw));
                self.refuse(app, record.source, record.record, refusal).await?;
            }
            Reading::Read(value) => {
                self.report.read += 1;
                self.report.lots = self.report.lots.map(|lots| lots + value.lots() as u64);
                self.pending.push(value);
                if self.pending.len() >= T::BATCH {
                    self.flush(app).await?;
                }
            }
        }
        Ok(())
    }

    /// Counts something that is not taken in.
    pub fn skip(&mut self, reason: &str) {
        *self.report.skipped.get_or_insert_default().entry(reason.to_owned()).or_default() += 1;
    }

    /// Notes something that cannot be read, and keeps it aside.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn refuse(&mut self, app: &App, source: String, record: String, refusal: Refusal) -> Result<()> {
        let Refusal { rule, detail, raw } = refusal;
        let sentence = app.words.text(Language::En, rule, &[]);
        let reason = format!("{rule}: {sentence} ({detail})");
        self.report.rejected.push(Rejected { source: source.clone(), record: record.clone(), reason });
        if let Some(kind) = T::KEPT_AS.filter(|_| self.report.rejected.len() <= MAX_KEPT) {
            let Raw { text: raw, is_whole } = raw.unwrap_or_else(|| Raw::new("", false));
            let rule = rule.to_owned();
            self.refused.push(NewQuarantined { kind, source, record, rule, detail, raw, is_whole, need_id: None });
            if self.refused.iter().map(|kept| kept.raw.len()).sum::<usize>() > KEPT_BYTES {
                quarantine::keep(app, std::mem::take(&mut self.refused)).await?;
            }
        }
        Ok(())
    }

    /// Stores what is pending.
    ///
    /// # Errors
    /// When the database does not answer; then none of it is stored.
    pub async fn flush(&mut self, app: &App) -> Result<()> {
        let records = std::mem::take(&mut self.pending);
        for outcome in imports::store(app, &records).await? {
            match outcome {
                Imported::Created => self.report.created += 1,
                Imported::Updated => self.report.updated += 1,
                Imported::Unchanged => self.report.unchanged += 1,
            }
        }
        Ok(())
    }

    /// Stores the rest, keeps what was refused, and lets go of what was kept of the same files before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn finish(mut self, app: &App) -> Result<Report> {
        self.flush(app).await?;
        if let Some(kind) = T::KEPT_AS {
            quarantine::keep(app, std::mem::take(&mut self.refused)).await?;
            quarantine::supersede(app, kind, &self.sources, self.began_at).await?;
        }
        Ok(self.report)
    }
}

/// Brings the index up to date and matches what came in.
///
/// # Errors
/// When the database does not answer or an index cannot be used.
pub async fn settle(app: &App) -> Result<()> {
    search::follow(app).await?;
    matching::run_changed(app).await?;
    Ok(())
}
