//! The pages, one noun a file: what the handler asks for, and the page as plain values beside it.

pub mod about;
pub mod asf;
pub mod confirmations;
pub mod deals;
pub mod decisions;
pub mod entry_form;
pub mod files;
pub mod language;
pub mod ledger;
pub mod lot_pairings;
pub mod mail_rules;
pub mod need_form;
pub mod needs;
pub mod outbox;
pub mod overview;
pub mod pairings;
pub mod parts;
pub mod proposals;
pub mod quarantine;
pub mod reports;
pub mod sign_in;
pub mod start;
pub mod targets;
pub mod tasks;
pub mod unsubscribe;
