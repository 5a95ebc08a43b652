//! The product from outside: journeys, one file a noun, and the rules of the house.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod support;

mod accounts;
mod bounces;
mod browser;
mod commands;
mod conformance;
mod crashes;
mod delivery;
mod digests;
mod directory;
mod drafts;
mod fetching;
mod fixtures;
mod imports;
mod journeys;
mod keyboard;
mod ledger;
mod ledger_pages;
mod lessons;
mod mail_rules;
mod matching;
mod need_desk;
mod nodes;
mod notices;
mod oracle;
mod own_profile;
mod pages;
mod proposals;
mod quality;
mod quarantine;
mod saved_lists;
mod search;
mod smtp_faults;
mod symmetry;
mod targets;
mod tidy;
