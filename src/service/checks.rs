//! What `doctor` looks at: each part of an installation, with advice where something is wrong.

use serde::Serialize;

use super::{fetching, search};
use crate::{app::App, clock::Clock, config::Config, store};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// Whether it can do its work.
    pub ok: bool,
    /// What was found, and what to do when it is wrong.
    pub advice: String,
}

impl Check {
    pub(super) fn new(name: &'static str, outcome: Result<String, String>) -> Self {
        let ok = outcome.is_ok();
        Self { name, ok, advice: outcome.unwrap_or_else(|advice| advice) }
    }
}

/// Looks at everything; a part that cannot be opened does not stop the others.
pub async fn run(config: &Config) -> Vec<Check> {
    let mut checks = of_settings(config);
    checks.extend(super::mail_checks::run(config).await);
    match App::open(config.clone(), Clock::System).await {
        Err(error) => checks.push(Check::new("database", Err(format!("{error:#}")))),
        Ok(app) => {
            let ready = format!("reached and migrated ({})", database_kind(config));
            checks.push(Check::new("database", Ok(ready)));
            checks.push(index(&app).await);
            checks.push(outbox_state(&app).await);
            checks.push(people(&app).await);
        }
    }
    checks
}

/// What can be looked at without opening anything.
pub(super) fn of_settings(config: &Config) -> Vec<Check> {
    vec![data_directory(config), mail(config), fetching(config)]
}

fn data_directory(config: &Config) -> Check {
    let probe = config.data.join(".write-probe");
    let written = std::fs::create_dir_all(&config.data).and_then(|()| std::fs::write(&probe, b"probe"));
    let outcome = match written.and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => Ok(format!("{} can be written", config.data.display())),
        Err(error) => Err(format!("{} cannot be written ({error}); choose another with --data", config.data.display())),
    };
    Check::new("data directory", outcome)
}

/// Looks at the settings only: `doctor` asks no other server.
fn fetching(config: &Config) -> Check {
    let outcome = if !fetching::is_on(config) {
        Ok("no server is asked; set SAMHANDLA_TED_URL to fetch notices".to_owned())
    } else {
        let said = fetching::check(config).map_err(|error| format!("SAMHANDLA_TED_…: {error}"));
        said.map(|()| format!("notices are fetched from {}", config.ted_url))
    };
    Check::new("fetching", outcome)
}

fn mail(config: &Config) -> Check {
    let outcome = match &config.smtp_url {
        None => Ok("no SMTP server: mails land in the local mailbox; set SAMHANDLA_SMTP_URL to send them".to_owned()),
        Some(url) => crate::mail::mailer::Mailer::from_url(Some(url), &config.mailbox())
            .map(|_| "an SMTP server is set".to_owned())
            .map_err(|error| format!("SAMHANDLA_SMTP_URL: {error}")),
    };
    Check::new("mail", outcome)
}

/// Which database is used.
pub(super) fn database_kind(config: &Config) -> &'static str {
    if config.database_url().starts_with("postgres") { "PostgreSQL" } else { "SQLite" }
}

async fn index(app: &App) -> Check {
    let outcome = match search::check(app).await {
        Ok(check) if check.missing + check.ghosts == 0 => Ok(format!("{} documents, as the database", check.documents)),
        Ok(check) => {
            Err(format!("{} documents missing, {} too many: run samhandla index rebuild", check.missing, check.ghosts))
        }
        Err(error) => Err(format!("cannot be read ({error}): run samhandla index rebuild")),
    };
    Check::new("index", outcome)
}

async fn outbox_state(app: &App) -> Check {
    let outcome = match store::outbox::count_by_state(&app.db).await {
        Err(error) => Err(error.to_string()),
        Ok(counts) => {
            let number = |state: &str| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, number)| *number);
            let failed = number("failed");
            if failed == 0 {
                Ok(format!("{} waiting, {} sent, {} uncertain", number("ready"), number("sent"), number("uncertain")))
            } else {
                Err(format!("{failed} messages were given up: look at them at /brevlada and call the readers"))
            }
        }
    };
    Check::new("outbox", outcome)
}

async fn people(app: &App) -> Check {
    let outcome = match store::users::count_staff(&app.db).await {
        Ok(0) => Err("nobody can sign in as coordinator: run samhandla user add EMAIL --role coordinator".to_owned()),
        Ok(number) => Ok(format!("{number} coordinators and operators")),
        Err(error) => Err(error.to_string()),
    };
    Check::new("people", outcome)
}
