//! What was known at a past instant is what a database says that was put aside at that instant: histories
//! are told through the store, and while they grow the database is copied, as an operator would.
//!
//! `SAMHANDLA_RESTORES` sets how many histories (12).

use chrono::{DateTime, Duration, Utc};
use samhandla::{
    app::Known,
    domain::{
        ledger::{Entry, EntryId, Fact, NewEntry},
        target::{self, Progress, settings::SettingName},
    },
    service::targets::{self, Decision},
    store::{connection, ledger},
};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend};

use crate::{oracle::histories, support::database, targets::programme};

/// Copies of each history.
const COPIES: usize = 4;

fn number_of_histories() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the test command says how many")]
    let wanted = std::env::var("SAMHANDLA_RESTORES");
    wanted.ok().and_then(|number| number.parse().ok()).unwrap_or(12)
}

/// The instants at which a history is told: no entry before the one that was told before it.
fn instants(history: &[Entry]) -> Vec<DateTime<Utc>> {
    let mut latest = "2026-02-03T12:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let next = |entry: &Entry| {
        latest = entry.recorded_at.max(latest + Duration::microseconds(1));
        latest
    };
    history.iter().map(next).collect()
}

/// Tells one entry; evidence and reversals find what they are of by its place.
async fn tell(db: &DatabaseConnection, entry: &Entry, at: DateTime<Utc>, told: &mut Vec<EntryId>) {
    let place = |of: &EntryId| told[usize::try_from(of.0).unwrap() - 1];
    let fact = match &entry.told.fact {
        Fact::Evidence { of } => Fact::Evidence { of: place(of) },
        Fact::Reversal { of, reason } => Fact::Reversal { of: place(of), reason: reason.clone() },
        fact => fact.clone(),
    };
    let new = NewEntry { fact, ..entry.told.clone() };
    let tx = connection::begin(db).await.unwrap();
    told.push(ledger::insert(&tx, &new, "test", at).await.unwrap());
    tx.commit().await.unwrap();
}

/// In the middle of most histories the programme changes its mind.
async fn decide(db: &DatabaseConnection, seed: u64, at: DateTime<Utc>) {
    let decision = match seed % 4 {
        0 => Decision::Setting(SettingName::EvidenceLevel, "2".to_owned()),
        1 => Decision::Setting(SettingName::LookBackMonths, "12".to_owned()),
        2 => Decision::Setting(SettingName::Causality, "one".to_owned()),
        _ => return,
    };
    targets::decide(db, "test", &[decision], at.date_naive(), at).await.unwrap();
}

/// What a database says that holds nothing later: all that stands in it, without a look at the clock.
async fn all_of(db: &DatabaseConnection, as_of: DateTime<Utc>) -> (Vec<Entry>, Vec<Progress>) {
    let settings = targets::settings(db, as_of).await.unwrap();
    let entries = ledger::list_after(db, 0).await.unwrap();
    let progress = target::progress(&entries, &settings, DateTime::<Utc>::MAX_UTC);
    (entries, progress)
}

fn assert_same(then: &Known, (entries, progress): &(Vec<Entry>, Vec<Progress>), what: &str) {
    assert_eq!(&then.entries, entries, "{what}");
    assert_eq!(&then.progress, progress, "{what}");
}

#[tokio::test]
async fn figures_as_of_an_instant_are_those_of_a_database_restored_to_it() {
    let mut counted = 0;
    for seed in 0..number_of_histories() {
        let history = histories::random(seed);
        let times = instants(&history);
        let whole = database::fresh().await;
        programme(&whole.connection).await;
        let is_file = whole.connection.get_database_backend() == DbBackend::Sqlite;
        let folder = tempfile::tempdir().unwrap();
        let (mut told, mut copies) = (Vec::new(), Vec::new());
        for (place, (entry, at)) in history.iter().zip(&times).enumerate() {
            tell(&whole.connection, entry, *at, &mut told).await;
            if place == history.len() / 2 {
                decide(&whole.connection, seed, *at).await;
            }
            let step = history.len().div_ceil(COPIES);
            if is_file && place % step == step - 1 {
                let directory = folder.path().join(place.to_string());
                std::fs::create_dir(&directory).unwrap();
                let file = directory.join("samhandla.db");
                whole.connection.execute_unprepared(&format!("VACUUM INTO '{}'", file.display())).await.unwrap();
                copies.push((place, directory));
            }
        }
        for (place, directory) in &copies {
            let copy = connection::connect(&connection::sqlite_url(directory)).await.unwrap();
            let then = targets::known(&whole.connection, times[*place]).await.unwrap();
            assert_same(&then, &all_of(&copy, times[*place]).await, &format!("history {seed}, copied after {place}"));
            counted += then.progress.iter().map(|target| target.counted).sum::<u32>();
            copy.close().await.unwrap();
        }
        // A second database that was told only the first half, also where no file can be copied.
        let place = history.len() / 2;
        let half = database::fresh().await;
        programme(&half.connection).await;
        let mut told = Vec::new();
        for (entry, at) in history[..place].iter().zip(&times) {
            tell(&half.connection, entry, *at, &mut told).await;
        }
        let before = times[place] - Duration::microseconds(1);
        let then = targets::known(&whole.connection, before).await.unwrap();
        assert_same(&then, &all_of(&half.connection, before).await, &format!("history {seed}, half of it"));
        counted += then.progress.iter().map(|target| target.counted).sum::<u32>();
    }
    assert!(counted > 0, "histories in which nothing counts would prove nothing");
}
