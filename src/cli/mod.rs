//! The product from the command line: data on stdout, talk on stderr, exit codes as promised.

pub mod arguments;

mod bounce;
mod documents;
mod dump;
mod eval;
mod fetch;
mod import;
mod ledger;
mod mail;
mod operate;
mod output;
mod search;
mod serve;
mod token;
mod week;

use std::process::ExitCode;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::{app::App, clock::Clock, config, config::Config, telemetry};
use arguments::{Arguments, Command, Shared};

/// How a command ended, as the exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// 0.
    Done,
    /// 1: it ran, and what it checked is wrong.
    Wrong,
    /// 3: done, but some input was rejected.
    SomeRejected,
}

/// Runs one command.
pub fn run(arguments: Arguments) -> ExitCode {
    // One TLS provider for everything, before anything can ask for another.
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    match execute(arguments) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Wrong) => ExitCode::from(1),
        Ok(Ended::SomeRejected) => ExitCode::from(3),
        Err(error) => {
            eprintln!("samhandla: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn execute(arguments: Arguments) -> anyhow::Result<Ended> {
    match arguments.command {
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "samhandla", &mut std::io::stdout());
            return Ok(Ended::Done);
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(&mut std::io::stdout())?;
            return Ok(Ended::Done);
        }
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start")?;
    runtime.block_on(dispatch(arguments.shared, arguments.command))
}

async fn dispatch(shared: Shared, command: Command) -> anyhow::Result<Ended> {
    let format = shared.format;
    match command {
        Command::Demo { port, no_serve } => serve::demo(shared, port, no_serve).await,
        Command::Serve { listen } => serve::serve(load(&shared, listen)?).await,
        Command::Import(arguments::Import::Asf(files)) => import::asf(&open(&shared).await?, &files, format).await,
        Command::Import(arguments::Import::Needs { files, dump: true }) => dump::fields(&files.paths, format),
        Command::Import(arguments::Import::Needs { files, dump: false }) => {
            import::needs(&open(&shared).await?, &files, format).await
        }
        Command::Import(arguments::Import::Template { table, out }) => import::template(table, &out),
        Command::Import(arguments::Import::Codes { files }) => {
            import::codes(&open(&shared).await?, &files, format).await
        }
        Command::Import(arguments::Import::History { files }) => {
            import::history(&open(&shared).await?, &files, format).await
        }
        Command::Import(arguments::Import::Retry) => import::retry(&open(&shared).await?, format).await,
        Command::Fetch(arguments::Fetch::Ted { query, since }) => {
            fetch::ted(&open(&shared).await?, query, since, format).await
        }
        Command::Match { all } => week::match_needs(&open(&shared).await?, all, format).await,
        Command::Digest { week, dry_run, now } => {
            week::digest(&open_at(&shared, now).await?, week, dry_run, format).await
        }
        Command::Deliver { once } => week::deliver(&open(&shared).await?, once, format).await,
        Command::Bounce(arguments::Bounce::Import { paths, to }) => {
            bounce::import(&open(&shared).await?, &paths, to.as_deref(), format).await
        }
        Command::Mail(arguments::Mail::Test { address, kind, language }) => {
            mail::test(&open(&shared).await?, &address, &kind, &language, format).await
        }
        Command::Search(which) => search::search(&open(&shared).await?, which, format).await,
        Command::Eval(what) => eval::eval(&what, format).await,
        Command::Targets { as_of } => week::targets(&open(&shared).await?, as_of, format).await,
        Command::Report { as_of, out } => ledger::report(&open(&shared).await?, as_of, out.as_deref(), format).await,
        Command::Ledger(arguments::Ledger::Import { file }) => {
            ledger::import(&open(&shared).await?, &file, format).await
        }
        Command::Ledger(arguments::Ledger::Export) => ledger::export(&open(&shared).await?).await,
        Command::Index(which) => operate::index(&open(&shared).await?, which, format).await,
        Command::Migrate(which) => operate::migrate(&load(&shared, None)?, &which, format).await,
        Command::User(arguments::User::Add { email, role }) => {
            operate::add_user(&open(&shared).await?, &email, role, format).await
        }
        Command::Token(arguments::Token::Add { email, scopes, name, days }) => {
            token::add(&open(&shared).await?, &email, (&name, &scopes, days), format).await
        }
        Command::Doctor => operate::doctor(&load(&shared, None)?, format).await,
        Command::Completions { .. } | Command::Man => Ok(Ended::Done),
    }
}

/// Reads the settings and starts the log.
fn load(shared: &Shared, listen: Option<std::net::SocketAddr>) -> anyhow::Result<Config> {
    let flags = config::Flags { data: shared.data.clone(), database: shared.database.clone(), listen };
    let config = Config::load(flags)?;
    telemetry::start(&config.log);
    Ok(config)
}

async fn open(shared: &Shared) -> anyhow::Result<App> {
    open_at(shared, None).await
}

async fn open_at(shared: &Shared, now: Option<arguments::At>) -> anyhow::Result<App> {
    let clock = match now {
        Some(arguments::At::Time(at)) => Clock::manual(at),
        _ => Clock::System,
    };
    App::open(load(shared, None)?, clock).await
}
