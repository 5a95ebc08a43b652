//! What the words mean and what the rules are: pure values and functions.
//! No I/O, no async, no clock; `now` and `today` are arguments.

pub mod actor;
pub mod asf;
pub mod bid;
pub mod buyer;
pub mod codes;
pub mod cpv;
pub mod deal;
pub mod digest;
pub mod email;
pub mod entry;
pub mod evidence;
pub mod history;
pub mod language;
pub mod ledger;
pub mod mail_policy;
pub mod matcher;
pub mod need;
pub mod org_no;
pub mod pairing;
pub mod place;
pub mod place_names;
pub mod procurement;
pub mod proposal;
pub mod quarantine;
pub mod reason;
pub mod rejection;
pub mod reservation;
pub mod schedule;
pub mod support;
pub mod target;
pub mod terms;
pub mod user;
