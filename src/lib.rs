//! Samhandla: matches work-integration social enterprises with buyers, mails each the needs that
//! fit, and counts what it led to. ARCHITECTURE.md is the map.

/// What the whole product shares while it runs.
pub mod app;
/// The product from the command line.
pub mod cli;
/// What time it is.
pub mod clock;
/// Settings.
pub mod config;
/// What the words mean, what the rules are: pure, no I/O, no clock.
pub mod domain;
/// Places where a test stops the process; none in a release.
pub mod faults;
/// Asks other servers and reads what they answer.
pub mod fetch;
/// Files to parsed input: eForms notices and CSV.
pub mod intake;
/// When things happen.
pub mod jobs;
/// Values to messages, and the mailer that delivers them.
pub mod mail;
/// The verbs of the product, and the only place that opens a transaction.
pub mod service;
/// Rows in, domain values out (sea-orm).
pub mod store;
/// The log.
pub mod telemetry;
/// The site.
pub mod web;
/// The words that users read: templates and locales, rendered.
pub mod words;

#[cfg(all(
    not(debug_assertions),
    any(
        feature = "saboteur-credit",
        feature = "saboteur-dot",
        feature = "saboteur-fence",
        feature = "saboteur-look-back",
        feature = "saboteur-reversal",
        feature = "saboteur-week"
    )
))]
compile_error!("the saboteur features break the product on purpose: they are for `tests/sabotage` only");
