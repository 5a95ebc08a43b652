//! The product from outside: journeys, one file a noun, and the rules of the house.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod ledger;
mod support;
mod targets;
