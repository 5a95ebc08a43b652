//! Documents in, hits out: a full-text index with Swedish analysis.
//! Opening and the life of an index on disk live here. What an ASF, a lot or a
//! pairing is does not: this crate knows only documents.

pub mod analyzer;
pub mod baseline;
pub mod codes;
mod collect;
pub mod document;
pub mod error;
pub mod hit;
pub mod query;
pub mod reread;
mod schema;
mod search;
pub mod suggest;
pub mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use crate::analyzer::Analyzer;
use crate::error::IndexError;
use crate::schema::{Fields, SCHEMA_VERSION};

/// One searchable collection in one directory. Cheap to share between threads.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    writer: Mutex<Option<IndexWriter<TantivyDocument>>>,
    fields: Fields,
}

/// What a commit says about itself: how far the source has been read, and by which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    watermark: u64,
    schema: u32,
    analyzer: u32,
}

impl Stamp {
    fn now(watermark: u64) -> Self {
        Self { watermark, schema: SCHEMA_VERSION, analyzer: Analyzer::version() }
    }

    fn write(self) -> String {
        format!("{} {} {}", self.watermark, self.schema, self.analyzer)
    }

    fn read(payload: &str) -> Option<Self> {
        let mut words = payload.split(' ');
        let stamp = Self {
            watermark: words.next()?.parse().ok()?,
            schema: words.next()?.parse().ok()?,
            analyzer: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(stamp)
    }
}

impl SearchIndex {
    /// Opens the index in `dir`, or creates an empty one when there is none.
    ///
    /// # Errors
    /// [`IndexError::Rebuild`] when what lies there cannot be read, or was written with
    /// another schema or another analyser: the caller then calls [`SearchIndex::recreate`]
    /// and writes everything again. [`IndexError::Io`] when the directory cannot be used.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(dir).map_err(|source| io(dir, source))?;
        if !dir.join("meta.json").exists() {
            if fs::read_dir(dir).map_err(|source| io(dir, source))?.next().is_some() {
                return Err(rebuild("the directory holds files but no index"));
            }
            return Self::create(dir);
        }
        let index = Index::open_in_dir(dir).map_err(rebuild)?;
        let (expected, fields) = schema::build();
        if index.schema() != expected {
            return Err(rebuild("written with another schema"));
        }
        let opened = Self::with(index, fields).map_err(rebuild)?;
        match opened.stamp().map_err(rebuild)? {
            Some(stamp) if stamp != Stamp::now(stamp.watermark) => Err(rebuild("written with another analyser")),
            _ => Ok(opened),
        }
    }

    /// Empties `dir` of any earlier index and creates a new one with watermark 0.
    ///
    /// # Errors
    /// [`IndexError::Io`] when the files cannot be removed, [`IndexError::Store`] when the
    /// new index cannot be written.
    pub fn recreate(dir: &Path) -> Result<Self, IndexError> {
        if dir.exists() {
            fs::remove_dir_all(dir).map_err(|source| io(dir, source))?;
        }
        fs::create_dir_all(dir).map_err(|source| io(dir, source))?;
        Self::create(dir)
    }

    /// How far the source had been read at the last write; 0 when new.
    ///
    /// # Errors
    /// [`IndexError::Store`] when the index's own description cannot be read.
    pub fn watermark(&self) -> Result<u64, IndexError> {
        Ok(self.stamp()?.map_or(0, |stamp| stamp.watermark))
    }

    /// How many documents can be found.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn create(dir: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema::build();
        Self::with(Index::create_in_dir(dir, schema)?, fields)
    }

    fn with(index: Index, fields: Fields) -> Result<Self, IndexError> {
        schema::register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, writer: Mutex::new(None), fields })
    }

    fn stamp(&self) -> Result<Option<Stamp>, IndexError> {
        match self.index.load_metas()?.payload {
            None => Ok(None),
            Some(payload) => {
                Stamp::read(&payload).map(Some).ok_or_else(|| rebuild("the last commit does not say how far it read"))
            }
        }
    }
}

fn rebuild(reason: impl ToString) -> IndexError {
    IndexError::Rebuild { reason: reason.to_string() }
}

fn io(dir: &Path, source: std::io::Error) -> IndexError {
    IndexError::Io { dir: PathBuf::from(dir), source }
}

#[cfg(test)]
mod tests;
