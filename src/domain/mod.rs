//! What the words mean and what the rules are: pure values and functions.
//! No I/O, no async, no clock; `now` and `today` are arguments.

pub mod amendment;
pub mod asf;
pub mod award;
pub mod bounce;
pub mod buyer;
pub mod codes;
pub mod contract;
pub mod cpv;
pub mod deal;
pub mod digest;
pub mod email;
pub mod evidence;
pub mod history;
pub mod holidays;
pub mod language;
pub mod ledger;
pub mod lesson;
pub mod mail_policy;
pub mod mail_preference;
pub mod matcher;
pub mod need;
pub mod notice;
pub mod org_no;
pub mod pairing;
pub mod place;
pub mod place_names;
pub mod quarantine;
pub mod reason;
pub mod rejection;
pub mod reservation;
pub mod schedule;
pub mod target;
pub mod terms;
pub mod user;
