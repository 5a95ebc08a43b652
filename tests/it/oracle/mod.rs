//! Two implementations of the counting rules that must agree: the product's, and a naive one written
//! from the rules' text alone. Random histories are told to both.
//!
//! `SAMHANDLA_HISTORIES` sets how many (10 000).

pub mod histories;
mod rules;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, Utc};
use samhandla::domain::{
    ledger::Entry,
    target::{
        self, Clause, Item, Progress, Standing, TargetId,
        settings::{SettingName, Settings},
    },
};

use rules::{Decided, Figures, Known, Mutation};

fn number_of_histories() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the test command says how many")]
    let wanted = std::env::var("SAMHANDLA_HISTORIES");
    wanted.ok().and_then(|number| number.parse().ok()).unwrap_or(10_000)
}

fn settings() -> Settings {
    let baseline = histories::org_no(8).as_str().to_owned();
    let excluded = histories::org_no(11).as_str().to_owned();
    let values = [
        (SettingName::PeriodStart, "2027-01-01"),
        (SettingName::PeriodEnd, "2027-12-31"),
        (SettingName::FollowupEnd, "2028-06-30"),
        (SettingName::LookBackMonths, "24"),
        (SettingName::EvidenceLevel, "1"),
        (SettingName::Home, "06"),
        (SettingName::Baseline, &baseline),
        (SettingName::Excluded, &excluded),
        (SettingName::SupportActors, "Almi|Coompanion"),
    ];
    let values: HashMap<_, _> = values.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    Settings::read(&values, BTreeMap::new()).unwrap()
}

fn decided(mutation: Option<Mutation>) -> Decided {
    Decided {
        start: "2027-01-01".parse().unwrap(),
        end: "2027-12-31".parse().unwrap(),
        followup_end: "2028-06-30".parse().unwrap(),
        look_back_months: 24,
        county: "06",
        baseline: vec![histories::org_no(8)],
        actors: vec!["Almi".to_owned(), "Coompanion".to_owned()],
        excluded: vec![histories::org_no(11)],
        mutation,
    }
}

/// Where the two differ, or nothing.
fn difference(history: &[Entry], as_of: DateTime<Utc>, settings: &Settings, decided: &Decided) -> Option<String> {
    let known = Known::at(history, as_of, decided);
    let naive = [known.t1(), known.t2(), known.t3(), known.t4(), known.t5()];
    let progress = target::progress(history, settings, as_of);
    progress.iter().zip(&naive).find_map(|(ours, theirs)| differ(ours, theirs))
}

fn differ(ours: &Progress, theirs: &Figures) -> Option<String> {
    let wrong = |what: String| Some(format!("{:?}: {what}\nours: {:#?}\ntheirs: {theirs:#?}", ours.id, ours.items));
    let sum = rules::sum(theirs);
    let figures = (ours.counted, ours.confirmed, ours.claimed);
    if figures != (sum.counted, sum.confirmed, sum.claimed) {
        return wrong(format!("figures {figures:?}, {sum:?}"));
    }
    for item in &ours.items {
        let key = item.key.replace("org:", "");
        let Some(found) = theirs.get(&key) else {
            // Public income without agreement is a candidate that only we list.
            if ours.id == TargetId::T2 && item.failed() == Some(Clause::T2b) {
                continue;
            }
            return wrong(format!("{key} is not theirs"));
        };
        if !agrees(item, found) {
            return wrong(format!("{key}: {:?} and {found:?}", item.standing));
        }
    }
    let known = ours.items.len() >= theirs.len();
    if known { None } else { wrong("an item is missing".to_owned()) }
}

/// The named clause is one of those that are not met; and nothing counts that has one.
fn agrees(item: &Item, found: &rules::Found) -> bool {
    match item.standing {
        Standing::Counted => found.unmet.is_empty(),
        Standing::Pending(clause) | Standing::Review(clause) | Standing::Failed(clause) => {
            found.unmet.contains(clause.code())
        }
    }
}

fn instants(history: &[Entry]) -> [DateTime<Utc>; 2] {
    let last = history.iter().map(|entry| entry.recorded_at).max().unwrap_or_default();
    let middle = history.get(history.len() / 2).map_or(last, |entry| entry.recorded_at);
    [last, middle]
}

#[test]
fn random_histories_amount_to_the_same_in_both() {
    let (settings, decided) = (settings(), decided(None));
    let (mut counted, mut claimed) = ([0_u64; 5], [0_u64; 5]);
    for seed in 0..number_of_histories() {
        let history = histories::random(seed);
        for as_of in instants(&history) {
            if let Some(what) = difference(&history, as_of, &settings, &decided) {
                panic!("history {seed} as of {as_of}: {what}\n{history:#?}");
            }
        }
        for (place, progress) in target::progress(&history, &settings, instants(&history)[0]).iter().enumerate() {
            counted[place] += u64::from(progress.counted);
            claimed[place] += u64::from(progress.claimed);
        }
    }
    // Histories in which nothing counts would prove nothing.
    let least = number_of_histories() / 200;
    assert!(counted.iter().all(|number| *number > least), "{counted:?}");
    assert!(claimed.iter().all(|number| *number > 0), "{claimed:?}");
    println!("{} histories, counted {counted:?}, claimed {claimed:?}", number_of_histories());
}

#[test]
fn a_rule_that_is_a_little_wrong_is_noticed() {
    let settings = settings();
    let differing = |mutation: Mutation| {
        let decided = decided(Some(mutation));
        let differs = |seed: &u64| {
            let history = histories::random(*seed);
            difference(&history, instants(&history)[0], &settings, &decided).is_some()
        };
        (0..5_000).filter(differs).count()
    };
    for mutation in [Mutation::LookBackOneDayShort, Mutation::CreditsIgnored, Mutation::ReversalsIgnored] {
        let number = differing(mutation);
        println!("{mutation:?}: {number} of 5000 histories differ");
        assert!(number >= 5, "{mutation:?}: {number}");
    }
}

#[test]
fn what_was_known_at_an_instant_is_what_a_ledger_that_ends_there_says() {
    let settings = settings();
    for seed in 0..2_000 {
        let history = histories::random(seed);
        let mut instants: Vec<_> = history.iter().map(|entry| entry.recorded_at).collect();
        instants.extend(instants.clone().iter().map(|at| *at - Duration::microseconds(1)));
        for as_of in instants {
            let restored: Vec<Entry> = history.iter().filter(|entry| entry.recorded_at <= as_of).cloned().collect();
            let far = as_of + Duration::days(10_000);
            let (then, now) =
                (target::progress(&history, &settings, as_of), target::progress(&restored, &settings, far));
            assert_eq!(then, now, "history {seed} as of {as_of}");
        }
    }
}

#[test]
fn figures_that_grew_entry_by_entry_are_those_of_the_whole() {
    let settings = settings();
    let far = DateTime::<Utc>::MAX_UTC;
    let (mut grew, mut anew) = (0, 0);
    for seed in 0..number_of_histories() / 5 {
        let history = histories::random(seed);
        let mut progress = target::progress(&[], &settings, far);
        let mut from = 0;
        while from < history.len() {
            let to = history.len().min(from + 1 + usize::try_from(seed % 3).unwrap());
            let known = &history[..to];
            let whole = target::progress(known, &settings, far);
            progress = match target::grown(known, from, progress, &settings, far) {
                Some(grown) => {
                    grew += 1;
                    assert_eq!(grown, whole, "history {seed}, entries {from} to {to}: {known:#?}");
                    grown
                }
                None => {
                    anew += 1;
                    whole
                }
            };
            from = to;
        }
    }
    // What is always counted anew would prove nothing.
    assert!(grew > 3 * anew, "{grew} grew, {anew} were counted anew");
}
