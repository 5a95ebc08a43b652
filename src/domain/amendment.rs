//! What changed in a lot after it was first published, as far as it matters to who may answer.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::need::NewLot;

/// A part of a lot whose change is worth telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmendedPart {
    /// Last instant for bids.
    Deadline,
    /// What is asked for: title, text, codes or reservation.
    Scope,
    /// Where the work is done.
    Place,
    /// Estimated value.
    Value,
}

/// One part, and when it last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Which part.
    pub part: AmendedPart,
    /// When we stored the change.
    pub at: DateTime<Utc>,
}

/// The parts in which a newer version differs; white space, case and punctuation are no difference.
pub fn amended_parts(before: &NewLot, after: &NewLot) -> Vec<AmendedPart> {
    let mut parts = Vec::new();
    let mut differs = |part, is_different: bool| {
        if is_different {
            parts.push(part);
        }
    };
    differs(AmendedPart::Deadline, before.deadline_at != after.deadline_at);
    let codes = |lot: &NewLot| lot.cpv.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let same_scope = same_words(&before.title, &after.title)
        && same_words(&before.text, &after.text)
        && codes(before) == codes(after)
        && before.reservation == after.reservation;
    differs(AmendedPart::Scope, !same_scope);
    let places = |lot: &NewLot| lot.places.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    differs(AmendedPart::Place, places(before) != places(after));
    differs(AmendedPart::Value, before.value_sek != after.value_sek);
    parts
}

/// Adds the parts that changed now to those that changed before; a part keeps its latest time.
pub fn amended(earlier: &[Amendment], parts: &[AmendedPart], now: DateTime<Utc>) -> Vec<Amendment> {
    let kept = earlier.iter().filter(|amendment| !parts.contains(&amendment.part)).copied();
    let mut all: Vec<Amendment> = kept.chain(parts.iter().map(|part| Amendment { part: *part, at: now })).collect();
    all.sort_by_key(|amendment| amendment.part);
    all
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (one, other): (Vec<String>, Vec<String>) = (words(one), words(other));
    one == other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{cpv::Cpv, place::Place};

    fn lot() -> NewLot {
        NewLot {
            lot_no: "LOT-0001".to_owned(),
            title: "Städning av förskolor".to_owned(),
            deadline_at: Some("2026-05-01T21:59:00Z".parse().unwrap()),
            places: vec![Place::parse("0680").unwrap()],
            value_sek: Some(900_000),
            ..NewLot::default()
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut NewLot), expected: &[AmendedPart]) {
        let mut after = lot();
        change(&mut after);
        assert_eq!(amended_parts(&lot(), &after), expected);
    }

    #[test]
    fn only_what_matters_to_who_answers_is_an_amendment() {
        check(|_| {}, &[]);
        check(|lot| lot.title = "städning  av förskolor.".to_owned(), &[]);
        check(|lot| lot.title = "Städning av skolor".to_owned(), &[AmendedPart::Scope]);
        check(|lot| lot.cpv = vec![Cpv::parse("90910000").unwrap()], &[AmendedPart::Scope]);
        check(|lot| lot.deadline_at = None, &[AmendedPart::Deadline]);
        check(|lot| lot.places.push(Place::parse("0682").unwrap()), &[AmendedPart::Place]);
        check(|lot| lot.value_sek = Some(1), &[AmendedPart::Value]);
        check(|lot| lot.deadline_doubtful = true, &[]);
    }

    #[test]
    fn a_part_that_changes_again_has_its_latest_time() {
        let (first, second) = ("2026-05-01T10:00:00Z".parse().unwrap(), "2026-05-02T10:00:00Z".parse().unwrap());
        let once = amended(&[], &[AmendedPart::Deadline, AmendedPart::Value], first);
        let twice = amended(&once, &[AmendedPart::Deadline], second);
        assert_eq!(
            twice,
            [Amendment { part: AmendedPart::Deadline, at: second }, Amendment { part: AmendedPart::Value, at: first }]
        );
    }
}
