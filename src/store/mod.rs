//! Rows in, domain values out (sea-orm). Knows no HTTP, no mail and no index.
//!
//! A function that writes takes `&Tx`, which only `service` can begin; a function that reads takes
//! any [`Reader`], so that it works inside and outside a transaction.

pub mod api_calls;
pub mod api_tokens;
pub mod asf;
pub mod asf_facts;
pub mod audit;
pub mod awards;
pub mod board;
pub mod bounces;
pub mod buyers;
pub mod calendar_links;
pub mod changes;
pub mod codes;
pub mod column_mappings;
pub mod confirmations;
pub mod connection;
pub mod digests;
pub mod entities;
pub mod evidence;
pub mod fetch_marks;
pub mod follow_ups;
pub mod history;
pub mod join_requests;
pub mod ledger;
pub mod legal_limits;
pub mod lessons;
pub mod lots;
pub mod mail_preferences;
pub mod mail_rules;
mod names;
pub mod need_keys;
pub mod needs;
pub mod notices;
pub mod outbox;
pub mod overview;
pub mod pairings;
pub mod passkeys;
pub mod privacy;
pub mod profile_checks;
pub mod proposals;
pub mod quarantine;
pub mod relays;
pub mod reminders;
pub mod rows;
pub mod saved_lists;
pub mod schedule;
pub mod second_factors;
pub mod sessions;
pub mod targets;
pub mod tasks;
pub mod tokens;
pub mod tunings;
pub mod uploads;
pub mod users;
pub mod webhooks;

/// A transaction in which everything is written or nothing.
pub type Tx = sea_orm::DatabaseTransaction;

/// A connection or a transaction to read from.
pub use sea_orm::ConnectionTrait as Reader;

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is already there, by a unique key.
    #[error("already stored")]
    Conflict,
    /// A row holds a value that the domain does not know.
    #[error("unreadable row in {table}: {detail}")]
    Unreadable {
        /// Table.
        table: &'static str,
        /// Which value.
        detail: String,
    },
    /// The database did not answer as it should.
    #[error("database: {0}")]
    Database(sea_orm::DbErr),
}

impl From<sea_orm::DbErr> for StoreError {
    fn from(error: sea_orm::DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Self::Conflict,
            _ => Self::Database(error),
        }
    }
}

/// Result of a store function.
pub type StoreResult<T> = Result<T, StoreError>;
