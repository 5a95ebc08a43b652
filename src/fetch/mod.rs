//! Asks other servers and reads what they answer: an HTTP client (reqwest) that is patient and keeps within
//! bounds, and one file a server. Knows no database and stores nothing.

pub mod client;
pub mod ted;
pub mod webhook;

/// Why a server gave nothing that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address in the settings, or one that the server sent, is none that we ask.
    #[error("not an address that may be asked: {0}")]
    Address(String),
    /// The server wants us to wait longer than one run lasts; the next run goes on.
    #[error("the server asks to wait {seconds} s")]
    Busy {
        /// Seconds until it can be asked again.
        seconds: u64,
    },
    /// No answer in time, a broken connection or a fault of the server, however often it was tried.
    #[error("no answer: {0}")]
    Away(String),
    /// The server refuses what we ask; asking again would not help.
    #[error("refused with {status}: {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it said, cut.
        detail: String,
    },
    /// An answer that is not what is documented, or only half of it.
    #[error("not an answer: {0}")]
    Nonsense(String),
}
