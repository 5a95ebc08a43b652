//! What can go wrong with an index, as far as a caller decides something on it.

use std::path::PathBuf;

/// An index that could not be opened, written or read.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// What lies on disk cannot be used; create it again and write every document.
    #[error("the index must be rebuilt: {reason}")]
    Rebuild {
        /// Why, for the log.
        reason: String,
    },
    /// The directory cannot be read, written or emptied.
    #[error("cannot use the index directory {}", dir.display())]
    Io {
        /// The directory.
        dir: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Another process is writing to the same directory.
    #[error("another process writes to this index")]
    Busy,
    /// The search library failed.
    #[error("the index failed")]
    Store(#[source] tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::LockFailure(..) => Self::Busy,
            other => Self::Store(other),
        }
    }
}
