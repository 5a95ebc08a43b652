//! The log: lines on stderr, filtered by the settings.

use tracing_subscriber::EnvFilter;

/// Starts the log; a second start changes nothing.
pub fn start(filter: &str) {
    let filter =
        EnvFilter::try_new(format!("{filter},sqlx=warn,tantivy=warn,sea_orm_migration=warn,tokio_cron_scheduler=warn"))
            .unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .try_init();
    if started.is_err() {
        tracing::debug!("the log was started before");
    }
}
