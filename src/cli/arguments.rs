//! The command line as it is typed. The comments here are the `--help`.

use std::{net::SocketAddr, path::PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::{schedule::IsoWeek, target, user::Role};

/// Matches work-integration social enterprises (ASF) with buyers, mails each ASF the needs that
/// fit, and counts what it led to.
#[derive(Debug, Parser)]
#[command(name = "samhandla", version, arg_required_else_help = true)]
pub struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub shared: Shared,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub struct Shared {
    /// Data directory: SQLite file, indexes, mailbox [default: ./data] [env: SAMHANDLA_DATA]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// `sqlite:…` or `postgres://…` [default: SQLite in the data directory] [env: SAMHANDLA_DATABASE]
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people.
    Text,
    /// One JSON object for programs.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Everything from nothing: sample ASF and notices, matches, this week's mails, a served site
    #[command(after_help = "Example: samhandla demo --port 8080")]
    Demo {
        /// Port on 127.0.0.1.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Stop when the data is ready.
        #[arg(long)]
        no_serve: bool,
    },
    /// Serve the site, run the schedule and deliver mails
    #[command(after_help = "Example: samhandla serve --listen 0.0.0.0:8080")]
    Serve {
        /// Address and port [default: 127.0.0.1:8080] [env: SAMHANDLA_LISTEN]
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
    },
    /// Take in ASF or needs from files
    #[command(subcommand)]
    Import(Import),
    /// Take in what other servers publish
    #[command(subcommand)]
    Fetch(Fetch),
    /// Find pairings for what changed, or for everything
    #[command(after_help = "Example: samhandla match --all --format json")]
    Match {
        /// Every lot, not only what changed.
        #[arg(long)]
        all: bool,
    },
    /// Compose and queue the weekly mails
    #[command(after_help = "Example: samhandla digest --week 2026-W48 --dry-run")]
    Digest {
        /// ISO week [default: this week]
        #[arg(long, value_name = "YYYY-Www", value_parser = parse_week)]
        week: Option<IsoWeek>,
        /// Tell what would be queued, and queue nothing.
        #[arg(long)]
        dry_run: bool,
        /// Act as if it were this time (RFC 3339); without a value: the time it is.
        #[arg(long, value_name = "T", num_args = 0..=1, default_missing_value = "now", value_parser = parse_now)]
        now: Option<At>,
    },
    /// Send what is queued
    #[command(after_help = "Example: samhandla deliver --once")]
    Deliver {
        /// Send what is due now and stop; otherwise go on each minute.
        #[arg(long)]
        once: bool,
    },
    /// Take in mails that came back
    #[command(subcommand)]
    Bounce(Bounce),
    /// Look at what the mails become
    #[command(subcommand)]
    Mail(Mail),
    /// Search as the pages do
    #[command(subcommand)]
    Search(Search),
    /// Measure the matcher on a judged collection
    #[command(after_help = "Example: samhandla eval ../shared/data/relevance --baseline stem")]
    Eval(Eval),
    /// Progress toward the programme's targets
    #[command(after_help = "Example: samhandla targets --as-of 2026-12-31T23:59:59+01:00 --format json")]
    Targets {
        /// As it was known at this time (RFC 3339), or at the end of this day [default: now]
        #[arg(long, value_name = "T", value_parser = parse_as_of)]
        as_of: Option<DateTime<Utc>>,
    },
    /// The targets with everything they rest on, as a spreadsheet too
    #[command(after_help = "Example: samhandla report --as-of 2026-12-31 --out rapport.xlsx")]
    Report {
        /// As it was known at this time (RFC 3339), or at the end of this day [default: now]
        #[arg(long, value_name = "T", value_parser = parse_as_of)]
        as_of: Option<DateTime<Utc>>,
        /// Write it here: XLSX, or CSV or JSON by the ending.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// The ledger as JSON lines
    #[command(subcommand)]
    Ledger(Ledger),
    /// Rebuild the indexes, or compare them with the database
    #[command(subcommand)]
    Index(Index),
    /// Change the schema
    #[command(subcommand)]
    Migrate(Migrate),
    /// People who sign in
    #[command(subcommand)]
    User(User),
    /// Keys of the API
    #[command(subcommand)]
    Token(Token),
    /// Check that the installation can do its work
    #[command(after_help = "Example: samhandla doctor")]
    Doctor,
    /// Print shell completions
    #[command(after_help = "Example: samhandla completions bash > /etc/bash_completion.d/samhandla")]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example: samhandla man | man -l -")]
    Man,
}

/// Take in files.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// ASF from CSV, XLSX and JSON files, one row a capability
    #[command(after_help = "Example: samhandla import asf asf.xlsx --map 'Vad gör ni?=capability_title'")]
    Asf(Mapped),
    /// Needs from notices (eForms, TED_EXPORT), OCDS, feeds, CSV and XLSX, also in .zip and .tar.gz
    #[command(
        after_help = "Example: samhandla import needs notices.zip requests.csv\n         samhandla import needs notice.xml --dump --format json"
    )]
    Needs {
        /// What is read.
        #[command(flatten)]
        files: Mapped,
        /// Store nothing: print what stands in eForms notices, field by field; as CSV, or as JSON objects.
        #[arg(long)]
        dump: bool,
    },
    /// A file to fill in: our headings and an example row, .csv or .xlsx
    #[command(after_help = "Example: samhandla import template needs --out needs.xlsx")]
    Template {
        /// What the file is about.
        table: Table,
        /// Where to write it; never over a file that is there.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// The official CPV list, CSV or genericode: labels to suggest codes by
    #[command(after_help = "Example: samhandla import codes cpv_2008.csv")]
    Codes {
        /// Files; `-` is standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Past procurements from CSV files (title, main_cpv, buyer): what words go with what codes
    #[command(after_help = "Example: samhandla import history procurements.csv")]
    History {
        /// Files; `-` is standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Try again what could not be read and was kept aside
    #[command(after_help = "Example: samhandla import retry --format json")]
    Retry,
}

/// Other servers.
#[derive(Debug, Subcommand)]
pub enum Fetch {
    /// Notices from TED, the EU's database: those of the settings, from where the last run ended
    #[command(after_help = "Example: samhandla fetch ted --since 2026-11-01")]
    Ted {
        /// Query in TED's expert language [default: buyers, places and CPV of the settings]
        #[arg(long, value_name = "Q")]
        query: Option<String>,
        /// First day of publication [default: the last day that was fetched, else 30 days back]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
        since: Option<chrono::NaiveDate>,
    },
}

/// Files to read, and what their headings mean.
#[derive(Debug, Args)]
pub struct Mapped {
    /// Files and folders; `-` is standard input.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// This heading is that column; remembered for files with the same headings. An empty column: read nothing from it.
    #[arg(long, value_name = "HEADING=COLUMN", value_parser = parse_mapping)]
    pub map: Vec<(String, String)>,
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// Work-integration social enterprises.
    Asf,
    /// What buyers need.
    Needs,
}

fn parse_mapping(text: &str) -> Result<(String, String), String> {
    let (heading, column) = text.rsplit_once('=').ok_or("write HEADING=COLUMN")?;
    Ok((heading.trim().to_lowercase(), column.trim().to_lowercase()))
}

/// Mails that came back.
#[derive(Debug, Subcommand)]
pub enum Bounce {
    /// Read returned mails from standard input, files or a Maildir; the same mail twice counts once
    #[command(after_help = "Example: samhandla bounce import /var/mail/studs/")]
    Import {
        /// Files and folders; `-` is standard input.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Envelope recipient, where the mail system tells it.
        #[arg(long, value_name = "ADDRESS")]
        to: Option<String>,
    },
}

/// Mails to look at.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Send one mail with sample data to an address, now
    #[command(after_help = "Example: samhandla mail test anna@forening.example --kind weekly_digest")]
    Test {
        /// Where it goes.
        address: String,
        /// Which mail, by the name of its folder of templates.
        #[arg(long, value_name = "KIND", default_value = "weekly_digest")]
        kind: String,
        /// sv or en.
        #[arg(long, value_name = "CODE", default_value = "sv")]
        language: String,
    },
}

/// Search.
#[derive(Debug, Subcommand)]
pub enum Search {
    /// ASF by what they can do
    #[command(after_help = "Example: samhandla search asf fönsterputsning --place 0680")]
    Asf(Words),
    /// Open needs
    #[command(after_help = "Example: samhandla search needs städning --place 06")]
    Needs(Words),
    /// CPV codes and trades that a text is about
    #[command(after_help = "Example: samhandla search codes 'skötsel av grönytor'")]
    Codes(Words),
}

/// What is searched for.
#[derive(Debug, Args)]
pub struct Words {
    /// Words in Swedish or English.
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Municipality, county or NUTS code, or the name of a municipality.
    #[arg(long, value_name = "P")]
    pub place: Option<String>,
    /// Only this branch of the CPV tree, eight digits.
    #[arg(long, value_name = "C")]
    pub cpv: Option<String>,
    /// Most hits.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// What is measured.
#[derive(Debug, Args)]
pub struct Eval {
    /// Folder with asf.jsonl, needs.jsonl and qrels.csv.
    #[arg(required_unless_present = "code_suggestions")]
    pub dir: Option<PathBuf>,
    /// Rank with one text field and BM25 instead.
    #[arg(long, value_enum)]
    pub baseline: Option<Baseline>,
    /// Add a row a need.
    #[arg(long)]
    pub per_query: bool,
    /// Measure suggested CPV codes on titles: a CSV file with the columns title, main_cpv and
    /// published, or query, code and grade.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dir", "baseline", "per_query"])]
    pub code_suggestions: Option<PathBuf>,
    /// Take in this CPV list first.
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
    /// Take in these past procurements first.
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Share of the titles, earliest first, that is history; the rest is asked for.
    #[arg(long, value_name = "SHARE", default_value_t = 0.75, value_parser = parse_share)]
    pub split_by_time: f64,
    /// Measure the loss when each need's concepts are taken out of the thesaurus instead.
    #[arg(long)]
    pub leave_one_out: bool,
    /// Measure what each step of the matcher gives instead, with 95 % intervals.
    #[arg(long, conflicts_with = "leave_one_out")]
    pub ablation: bool,
}

/// What the matcher is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Baseline {
    /// Words as they stand.
    Default,
    /// Swedish Snowball stemmer.
    Stem,
    /// Pieces of four letters.
    Ngram,
}

/// The ledger.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Tell the ledger what the lines of a file say
    #[command(after_help = "Example: samhandla ledger import ledger.jsonl")]
    Import {
        /// The file; `-` is standard input.
        file: PathBuf,
    },
    /// Print every entry, oldest first
    #[command(after_help = "Example: samhandla ledger export > ledger.jsonl")]
    Export,
}

/// The indexes.
#[derive(Debug, Subcommand)]
pub enum Index {
    /// Build both anew from the database
    #[command(after_help = "Example: samhandla index rebuild")]
    Rebuild,
    /// Compare both with the database
    #[command(after_help = "Example: samhandla index check --format json")]
    Check,
}

/// The schema.
#[derive(Debug, Subcommand)]
pub enum Migrate {
    /// Run what has not run
    #[command(after_help = "Example: samhandla migrate up")]
    Up,
    /// List what has not run
    #[command(after_help = "Example: samhandla migrate status")]
    Status,
}

/// People.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add somebody and print a one-time sign-in link
    #[command(after_help = "Example: samhandla user add anna@forening.example --role coordinator")]
    Add {
        /// Address.
        email: String,
        /// asf, buyer, procurer, coordinator or operator.
        #[arg(long, value_parser = parse_role)]
        role: Role,
    },
}

/// Keys of the API.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a key for a user and print it, this once
    #[command(
        after_help = "Example: samhandla token add anna@forening.example --scope read:needs --scope read:pairings"
    )]
    Add {
        /// Address of the user.
        email: String,
        /// What it allows, for example read:needs; read and write stand for all of that kind.
        #[arg(long = "scope", required = true, value_name = "SCOPE")]
        scopes: Vec<String>,
        /// What it is for.
        #[arg(long, default_value = "samhandla token add")]
        name: String,
        /// How long it lives.
        #[arg(long, default_value_t = 90)]
        days: i64,
    },
}

/// A moment: now, or a time that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// When the command runs.
    Now,
    /// The written time.
    Time(DateTime<Utc>),
}

fn parse_week(text: &str) -> Result<IsoWeek, String> {
    IsoWeek::parse(text).map_err(|_| "write a week that exists, as 2026-W48".to_owned())
}

fn parse_time(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|_| "write a time with offset, as 2026-11-24T08:00:00+01:00".to_owned())
}

fn parse_day(text: &str) -> Result<chrono::NaiveDate, String> {
    text.parse().map_err(|_| "write a day, as 2026-11-01".to_owned())
}

fn parse_as_of(text: &str) -> Result<DateTime<Utc>, String> {
    target::parse_as_of(text).map_err(|_| "write a day, as 2026-12-31, or a time with offset".to_owned())
}

fn parse_now(text: &str) -> Result<At, String> {
    if text == "now" { Ok(At::Now) } else { parse_time(text).map(At::Time) }
}

fn parse_share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..1.0).contains(share));
    share.ok_or_else(|| "write a share from 0 up to 1, as 0.75".to_owned())
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::parse(text).map_err(|_| "one of asf, buyer, procurer, coordinator, operator".to_owned())
}
