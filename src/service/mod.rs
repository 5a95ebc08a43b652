//! The product's verbs, and the only place that opens a transaction.

pub mod ablation;
pub mod answer_summaries;
pub mod api_calls;
pub mod api_tokens;
pub mod arrivals;
pub mod asf;
pub mod asf_facts;
pub mod board;
pub mod bounces;
pub mod calendars;
mod candidates;
pub mod checks;
pub mod claims;
pub mod code_evaluation;
pub mod codes;
pub mod column_mappings;
pub mod coordinator_weeks;
pub mod deals;
pub mod demo;
mod demo_facts;
mod demo_ledger;
pub mod digests;
pub mod directory;
pub mod drafts;
pub mod evaluation;
pub mod fetching;
pub mod follow_ups;
pub mod forecasts;
pub mod imports;
pub mod join_requests;
pub mod ledger;
pub mod ledger_transfer;
pub mod lessons;
pub mod lifecycle;
mod mail_checks;
pub mod mail_policy;
pub mod mail_preferences;
pub mod mail_previews;
pub mod matches;
pub mod matching;
pub mod needs;
mod obstacles;
pub mod outbox;
pub mod overview;
pub mod own_profile;
pub mod pairings;
pub mod passkeys;
pub mod privacy;
pub mod profile_checks;
pub mod profiles;
pub mod proposals;
pub mod quarantine;
pub mod relays;
pub mod reminders;
pub mod reports;
pub mod reviews;
pub mod saved_lists;
pub mod schedules;
pub mod search;
pub mod search_pages;
pub mod second_factor;
pub mod secrets;
pub mod sessions;
pub mod sign_in;
pub mod status;
pub mod tables;
pub mod targets;
pub mod tasks;
pub mod transfer;
pub mod tunings;
pub mod unsubscribe;
pub mod uploads;
pub mod users;
pub mod webhooks;

use crate::{domain::rejection::Rejection, store::StoreError};

/// What to tell the one who asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is not theirs.
    #[error("not found")]
    NotFound,
    /// A value breaks a rule; each names its field.
    #[error("rejected: {0:?}")]
    Rejected(Vec<Rejection>),
    /// Somebody else changed it, or it is done already.
    #[error("already done")]
    Conflict,
    /// It says something else than what the one who asked had read.
    #[error("changed meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// Something else failed that the user cannot mend.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            other => Self::Store(other),
        }
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(vec![rejection])
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        StoreError::from(error).into()
    }
}

/// Result of a verb.
pub type Result<T> = std::result::Result<T, Error>;
