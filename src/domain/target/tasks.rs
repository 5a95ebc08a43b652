//! What the ledger asks of the coordinator. Tasks are computed, not kept: what is done is gone.

use chrono::{Duration, NaiveDate};

use super::{Item, Progress, Standing, settings::Period};
use crate::domain::{
    asf::AsfId,
    ledger::{Entry, EntryId},
    schedule,
};

/// Days after which a claim without evidence is asked about.
const CLAIM_DAYS: i64 = 30;

/// Days without any entry of an ASF that has something under way.
const SILENT_DAYS: i64 = 90;

/// Something a human must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// The ASF it is about.
    pub asf: Option<AsfId>,
    /// The other side, or the matter.
    pub other: Option<String>,
    /// Since when it has waited.
    pub since: NaiveDate,
    /// The entry to begin with.
    pub entry: Option<EntryId>,
}

/// What must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskKind {
    /// Ask for evidence: claimed for 30 days.
    Evidence,
    /// Ask how it went: pending past half of the period.
    Pending,
    /// A person has to decide whether it counts.
    Review,
    /// Ask how it is: nothing told for 90 days.
    Silence,
}

impl TaskKind {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Pending => "pending",
            Self::Review => "review",
            Self::Silence => "silence",
        }
    }
}

/// Everything to do on a day, the longest waiting first.
pub fn open(entries: &[Entry], progress: &[Progress], period: &Period, today: NaiveDate) -> Vec<Task> {
    let items = || progress.iter().flat_map(|target| &target.items);
    let halfway = period.start + (period.end - period.start) / 2;
    let mut tasks: Vec<Task> = items().filter_map(|item| of_item(item, entries, halfway, today)).collect();
    let mut under_way: Vec<AsfId> = items()
        .filter(|item| !matches!(item.standing, Standing::Failed(_)))
        .flat_map(|item| item.asf.clone())
        .collect();
    under_way.sort_unstable();
    under_way.dedup();
    let mut latest: std::collections::HashMap<AsfId, (NaiveDate, EntryId)> = std::collections::HashMap::new();
    for entry in entries {
        if let Some(asf) = entry.told.fact.asf() {
            latest.insert(asf, (schedule::local_date(entry.recorded_at), entry.id));
        }
    }
    let silent = under_way.into_iter().filter_map(|asf| {
        let (since, entry) = latest.get(&asf).copied()?;
        let is_silent = today - since > Duration::days(SILENT_DAYS) && today <= period.followup_end;
        is_silent.then_some(Task { kind: TaskKind::Silence, asf: Some(asf), other: None, since, entry: Some(entry) })
    });
    tasks.extend(silent);
    tasks.sort_by_key(|task| (task.since, task.kind));
    tasks
}

fn of_item(item: &Item, entries: &[Entry], halfway: NaiveDate, today: NaiveDate) -> Option<Task> {
    let entry = item.entries.last().copied();
    let told = entry.and_then(|id| entries.binary_search_by_key(&id, |entry| entry.id).ok());
    let recorded = told.and_then(|place| entries.get(place)).map(|entry| schedule::local_date(entry.recorded_at));
    let since = recorded.unwrap_or(item.day);
    let kind = match item.standing {
        Standing::Failed(clause) if clause.is_evidence() && today - since > Duration::days(CLAIM_DAYS) => {
            TaskKind::Evidence
        }
        Standing::Pending(_) if today > halfway => TaskKind::Pending,
        Standing::Review(_) => TaskKind::Review,
        _ => return None,
    };
    let name = item.counterpart.as_ref().and_then(|other| other.name.clone());
    Some(Task { kind, asf: item.asf.first().copied(), other: name.or_else(|| item.subject.clone()), since, entry })
}
