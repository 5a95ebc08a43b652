//! The product from outside: journeys, one file a noun, and the rules of the house.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod support;

mod access;
mod accounts;
mod bounces;
mod browser;
mod commands;
mod conformance;
mod crashes;
mod deals;
mod delivery;
mod digests;
mod entries;
mod fetching;
mod fixtures;
mod hostile;
mod imports;
mod journeys;
mod languages;
mod ledger;
mod ledger_pages;
mod lessons;
mod mail_rules;
mod matching;
mod nodes;
mod notices;
mod oracle;
mod overview;
mod pages;
mod privacy;
mod proposals;
mod quality;
mod quarantine;
mod restores;
mod search;
mod sign_in_pages;
mod smtp_faults;
mod symmetry;
mod targets;
mod tidy;
mod uploads;
mod users;
