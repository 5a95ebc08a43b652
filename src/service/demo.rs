//! The demo: our own fictional ASF, needs and notices, through the ordinary import path.

use std::{io::Cursor, path::Path};

use anyhow::Context as _;
use rust_embed::RustEmbed;

use super::{Result, demo_facts, demo_ledger, digests, imports, matching, outbox, search};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        email::Email,
        schedule::{IsoWeek, local_date},
        user::Role,
    },
    intake::{self, Reading, Record, relative_dates},
    store,
};

/// The files of `templates/demo`.
#[derive(RustEmbed)]
#[folder = "templates/demo"]
struct Sample;

/// File that marks a directory as the demo's own, so that nothing else is ever cleared.
const MARK: &str = ".samhandla-demo";

/// What the demo holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// ASF.
    pub asf: u64,
    /// Needs.
    pub needs: u64,
    /// Lots.
    pub lots: u64,
    /// Pairings.
    pub pairings: u64,
    /// Messages.
    pub messages: u64,
}

/// Empties a directory that an earlier demo made, and marks it; any other that is not empty is refused.
///
/// # Errors
/// When the directory holds something else, or cannot be written.
pub fn clear(data: &Path) -> anyhow::Result<()> {
    let mark = data.join(MARK);
    let is_empty = std::fs::read_dir(data).map_or(true, |mut entries| entries.next().is_none());
    if mark.is_file() {
        std::fs::remove_dir_all(data)?;
    } else if !is_empty {
        anyhow::bail!("{} is not a demo's; choose an empty directory with --data", data.display());
    }
    std::fs::create_dir_all(data)?;
    std::fs::write(mark, b"")?;
    Ok(())
}

/// Takes the sample in, matches it, queues this week's mails and delivers them.
///
/// # Errors
/// When the sample itself is wrong, or the database does not answer.
pub async fn fill(app: &App) -> Result<Counts> {
    let today = local_date(app.clock.now());
    let text = |name: &str| -> anyhow::Result<String> {
        let file = Sample::get(name).with_context(|| format!("the sample lacks {name}"))?;
        Ok(relative_dates::fill_relative_dates(std::str::from_utf8(&file.data)?, today))
    };
    let asf = read_all(intake::read_asf("asf.csv", Cursor::new(text("asf.csv")?)))?;
    imports::store(app, &asf).await?;
    let mut names: Vec<String> = Sample::iter().filter(|name| name.ends_with(".xml")).map(Into::into).collect();
    names.sort_unstable();
    names.push("needs.csv".to_owned());
    for name in names {
        let needs = read_all(intake::read_needs(&name, Cursor::new(text(&name)?)))?;
        imports::store(app, &needs).await?;
    }
    demo_facts::fill(app).await?;
    demo_ledger::fill(app).await?;
    search::follow(app).await?;
    matching::run_changed(app).await?;
    let week = IsoWeek::at(app.clock.now());
    digests::queue_weekly(app, week, digests::Run::Queue).await?;
    outbox::deliver_pending(app).await?;
    counts(app).await
}

/// The values of records that are all expected to be good.
fn read_all<T>(records: impl Iterator<Item = Record<T>>) -> anyhow::Result<Vec<T>> {
    let mut values = Vec::new();
    for record in records {
        match record.reading {
            Reading::Read(value) => values.push(value),
            Reading::Skipped { .. } => {}
            Reading::Rejected(refusal) => anyhow::bail!("{} {}: {refusal}", record.source, record.record),
        }
    }
    Ok(values)
}

async fn counts(app: &App) -> Result<Counts> {
    let (needs, lots) = store::needs::count(&app.db).await?;
    Ok(Counts {
        asf: store::asf::count(&app.db).await?,
        needs,
        lots,
        pairings: store::pairings::count(&app.db).await?,
        messages: store::outbox::count(&app.db).await?,
    })
}

/// Somebody of each role, to sign in as; the ASF is the first one with a mail address.
///
/// # Errors
/// When the database does not answer.
pub async fn people(app: &App) -> Result<Vec<(Role, Email)>> {
    let mut people = Vec::new();
    let first = store::asf::list_after(&app.db, AsfId(0), 50).await?.into_iter().find_map(|asf| asf.email);
    people.extend(first.map(|email| (Role::Asf, email)));
    for role in [Role::Buyer, Role::Procurer, Role::Coordinator, Role::Operator] {
        people.push((role, Email::parse(&format!("{}@demo.example", role.as_str()))?));
    }
    Ok(people)
}
