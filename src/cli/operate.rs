//! The operator's commands: `index`, `migrate`, `user` and `doctor`.

use serde::Serialize;

use super::{
    Ended,
    arguments::{Format, Index, Migrate},
    output,
};
use crate::{
    app::App,
    config::Config,
    domain::{email::Email, user::Role},
    service::{checks, search, sign_in},
    store::connection,
};

/// `index rebuild` and `index check`.
pub(super) async fn index(app: &App, which: Index, format: Format) -> anyhow::Result<Ended> {
    match which {
        Index::Rebuild => {
            search::rebuild(app).await?;
        }
        Index::Check => search::follow(app).await?,
    }
    let check = search::check(app).await?;
    output::print(format, &check, || {
        format!("{} documents, {} missing, {} ghosts", check.documents, check.missing, check.ghosts)
    })?;
    Ok(if check.missing + check.ghosts == 0 { Ended::Done } else { Ended::Wrong })
}

#[derive(Serialize)]
struct Migrations {
    pending: Vec<String>,
}

/// `migrate up` and `migrate status`.
pub(super) async fn migrate(config: &Config, which: &Migrate, format: Format) -> anyhow::Result<Ended> {
    std::fs::create_dir_all(&config.data)?;
    let database = connection::connect(&config.database_url()).await?;
    if matches!(which, Migrate::Up) {
        connection::migrate(&database).await?;
    }
    let status = Migrations { pending: connection::pending_migrations(&database).await? };
    output::print(format, &status, || {
        if status.pending.is_empty() { "nothing is pending".to_owned() } else { status.pending.join("\n") }
    })?;
    Ok(Ended::Done)
}

#[derive(Serialize)]
struct Added<'a> {
    email: &'a str,
    role: &'a str,
    url: String,
}

/// `user add`.
pub(super) async fn add_user(app: &App, email: &str, role: Role, format: Format) -> anyhow::Result<Ended> {
    let email = Email::parse(email)?;
    let url = sign_in::link_for(app, &email, role).await?;
    let added = Added { email: email.as_str(), role: role.as_str(), url };
    output::print(format, &added, || added.url.clone())?;
    Ok(Ended::Done)
}

#[derive(Serialize)]
struct Doctor {
    checks: Vec<checks::Check>,
}

/// `doctor`.
pub(super) async fn doctor(config: &Config, format: Format) -> anyhow::Result<Ended> {
    let doctor = Doctor { checks: checks::run(config).await };
    output::print(format, &doctor, || {
        let line = |check: &checks::Check| {
            let mark = if check.ok { "ok   " } else { "WRONG" };
            format!("{mark} {}: {}", check.name, check.advice)
        };
        doctor.checks.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    Ok(if doctor.checks.iter().all(|check| check.ok) { Ended::Done } else { Ended::Wrong })
}
