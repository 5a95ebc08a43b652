//! Writing: batches with a watermark, searchable when the call returns.

use std::sync::PoisonError;

use tantivy::{IndexWriter, TantivyDocument, Term, indexer::IndexWriterOptions};

use crate::document::Document;
use crate::error::IndexError;
use crate::{SearchIndex, Stamp, schema};

/// The smallest memory the library accepts for one thread, so that an idle node stays small.
const WRITER_BYTES: usize = 15_000_000;

/// One thread that writes and one that merges: each more keeps memory of its own for the next time.
fn options() -> IndexWriterOptions {
    IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(WRITER_BYTES)
        .num_merge_threads(1)
        .build()
}

/// What one commit changes.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Documents to add, or to put in the place of an earlier one with the same id.
    pub upserts: Vec<Document>,
    /// Ids to remove; unknown ones are no error.
    pub deletes: Vec<u64>,
    /// How far the source has been read after this batch.
    pub watermark: u64,
}

impl SearchIndex {
    /// Writes a batch in one commit: all of it, with its watermark, or nothing.
    ///
    /// # Errors
    /// [`IndexError::Busy`] when another process writes here, otherwise [`IndexError::Store`].
    pub fn write(&self, batch: Batch) -> Result<(), IndexError> {
        self.commit(batch.watermark, |writer| {
            for id in batch.deletes {
                writer.delete_term(Term::from_field_u64(self.fields.id, id));
            }
            self.add_all(writer, batch.upserts.into_iter())
        })
    }

    /// Writes many documents in one commit without holding them in memory.
    ///
    /// # Errors
    /// As [`SearchIndex::write`].
    pub fn write_many(&self, documents: impl Iterator<Item = Document>, watermark: u64) -> Result<(), IndexError> {
        self.commit(watermark, |writer| self.add_all(writer, documents))
    }

    fn add_all(
        &self,
        writer: &IndexWriter<TantivyDocument>,
        documents: impl Iterator<Item = Document>,
    ) -> Result<(), IndexError> {
        for document in documents {
            writer.delete_term(Term::from_field_u64(self.fields.id, document.id));
            writer.add_document(schema::document(&self.fields, &document))?;
        }
        Ok(())
    }

    fn commit(
        &self,
        watermark: u64,
        change: impl FnOnce(&IndexWriter<TantivyDocument>) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        // A panic while writing poisons the lock; the writer is then dropped and made anew.
        let mut slot = self.writer.lock().unwrap_or_else(|poisoned| {
            self.writer.clear_poison();
            let mut slot = PoisonError::into_inner(poisoned);
            *slot = None;
            slot
        });
        let writer = match slot.take() {
            Some(writer) => slot.insert(writer),
            None => slot.insert(self.index.writer_with_options(options())?),
        };
        let written = change(writer).and_then(|()| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&Stamp::now(watermark).write());
            commit.commit()?;
            Ok(())
        });
        if written.is_err() {
            // Dropping the writer forgets what was not committed and gives up the lock.
            *slot = None;
        }
        written?;
        self.reader.reload()?;
        Ok(())
    }
}
