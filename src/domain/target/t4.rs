//! T4: ASF that have answered tenders (DOMAIN 4.4). One item an ASF, by its best bid. The outcome of
//! a bid is no business of the rule, and no field of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BesideWhat, Clause, Item, Mark, Standing,
    book::{Book, Told},
    settings::{Answers, Settings},
};
use crate::domain::{
    asf::AsfId,
    bid::{Bid, Procedure},
};

/// Every ASF that has bid, with where it stands.
pub(super) fn items(book: &Book, settings: &Settings) -> Vec<Item> {
    let mut asfs: BTreeMap<AsfId, Vec<Item>> = BTreeMap::new();
    let mut direct: BTreeSet<AsfId> = BTreeSet::new();
    for told in book.bids() {
        let asf = book.asf(told.1.parties.asf);
        let failed = failed_clause(told, settings);
        let is_answer = told.1.procedure == Procedure::DirectAward && failed.is_none_or(|clause| clause == Clause::T4d);
        if is_answer && told.0.level >= settings.evidence_level {
            direct.insert(asf);
        }
        asfs.entry(asf).or_default().push(item(asf, told, failed, settings));
    }
    let best = asfs.into_iter().filter_map(|(asf, items)| {
        let mark = direct.contains(&asf).then(|| Mark { what: BesideWhat::DirectAnswers, of: asf.0.to_string() });
        Some(Item { marks: mark.into_iter().collect(), ..super::best(asf.0.to_string(), items)? })
    });
    best.collect()
}

fn item(asf: AsfId, (live, bid): Told<'_, Bid>, failed: Option<Clause>, settings: &Settings) -> Item {
    let standing = match failed {
        Some(clause) => Standing::Failed(clause),
        None if live.level < settings.evidence_level => Standing::Failed(Clause::T4e),
        None => Standing::Counted,
    };
    Item {
        key: asf.0.to_string(),
        asf: vec![asf],
        counterpart: Some(bid.parties.counterpart.clone()),
        subject: Some(bid.procurement.clone()),
        day: live.day(),
        level: live.level,
        standing,
        entries: vec![live.entry.id],
        marks: Vec::new(),
    }
}

/// Clauses a to d, and C6.
fn failed_clause((live, bid): Told<'_, Bid>, settings: &Settings) -> Option<Clause> {
    let is_answer = bid.procedure == Procedure::DirectAward && settings.decisions.direct_answers == Answers::Count;
    if !bid.role.is_tenderer() {
        Some(Clause::T4a)
    } else if !bid.is_in_time() {
        Some(Clause::T4b)
    } else if !settings.period.contains(live.day()) {
        Some(Clause::T4c)
    } else if !settings.is_at_home(&bid.parties.asf_places) {
        Some(Clause::C6)
    } else if !bid.procedure.is_competition() && !is_answer {
        Some(Clause::T4d)
    } else {
        None
    }
}
