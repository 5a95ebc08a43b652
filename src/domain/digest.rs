//! The weekly digest: which pairings go into one ASF's mail, in which order, and under which mark.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{pairing::PairingId, pairing::Strength, rejection::Rejection, schedule::local_date};

/// Most items in one mail (DOMAIN section 6, rule 11).
pub const MAX_ITEMS: usize = 7;

/// No two digests to the same reader closer than this (rule 10).
pub const LEAST_GAP: Duration = Duration::hours(24);

/// An item closes soon when at most this many days are left.
const CLOSING_DAYS: i64 = 7;

/// Why an item is in the mail; new and closing are used once for a reader and a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Not mailed before.
    New,
    /// Mailed before, unanswered, and the deadline is near.
    ClosingSoon,
    /// Mailed before, and changed materially since; once for each change.
    Changed,
}

impl Mark {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::ClosingSoon => "closing_soon",
            Self::Changed => "changed",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-mark` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        [Self::New, Self::ClosingSoon, Self::Changed]
            .into_iter()
            .find(|mark| mark.as_str() == text)
            .ok_or_else(|| Rejection::new("mark", "rejected-mark", text))
    }
}

/// A pairing that could be mailed.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The pairing.
    pub pairing_id: PairingId,
    /// Rank within a strength.
    pub score: f64,
    /// Strong before possible.
    pub strength: Strength,
    /// Last instant to answer.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The ASF has said yes or maybe: it is only told of changes.
    pub answered: bool,
    /// Marks it was mailed under before.
    pub mailed: Vec<Mark>,
    /// When it last changed materially after it was last mailed.
    pub changed_at: Option<DateTime<Utc>>,
}

/// One line of a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The pairing.
    pub pairing_id: PairingId,
    /// Why it is here.
    pub mark: Mark,
    /// Last instant to answer.
    pub deadline_at: Option<DateTime<Utc>>,
    /// When it changed, for the mark that says so.
    pub changed_at: Option<DateTime<Utc>>,
}

/// Chooses and orders the items of one mail; empty when there is nothing worth a mail.
pub fn compose(candidates: &[Candidate], now: DateTime<Utc>) -> Vec<Item> {
    let mut chosen: Vec<(&Candidate, Mark)> = candidates
        .iter()
        .filter(|candidate| candidate.deadline_at.is_none_or(|deadline| deadline > now))
        .filter_map(|candidate| mark(candidate, now).map(|mark| (candidate, mark)))
        .collect();
    chosen.sort_by(|(a, _), (b, _)| {
        let closing = |c: &Candidate| !closes_soon(c, now);
        (closing(a), std::cmp::Reverse(a.strength))
            .cmp(&(closing(b), std::cmp::Reverse(b.strength)))
            .then(b.score.total_cmp(&a.score))
            .then(a.pairing_id.cmp(&b.pairing_id))
    });
    chosen.truncate(MAX_ITEMS);
    chosen
        .into_iter()
        .map(|(candidate, mark)| Item {
            pairing_id: candidate.pairing_id,
            mark,
            deadline_at: candidate.deadline_at,
            changed_at: candidate.changed_at.filter(|_| mark == Mark::Changed),
        })
        .collect()
}

fn mark(candidate: &Candidate, now: DateTime<Utc>) -> Option<Mark> {
    if candidate.mailed.is_empty() {
        Some(Mark::New).filter(|_| !candidate.answered)
    } else if candidate.changed_at.is_some() {
        Some(Mark::Changed)
    } else if candidate.answered {
        None
    } else if closes_soon(candidate, now) && !candidate.mailed.contains(&Mark::ClosingSoon) {
        Some(Mark::ClosingSoon)
    } else {
        None
    }
}

fn closes_soon(candidate: &Candidate, now: DateTime<Utc>) -> bool {
    candidate.deadline_at.is_some_and(|deadline| (local_date(deadline) - local_date(now)).num_days() <= CLOSING_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-24T07:00:00Z".parse().unwrap()
    }

    fn candidate(id: i64, strength: Strength, days: i64, mailed: &[Mark]) -> Candidate {
        Candidate {
            pairing_id: PairingId(id),
            score: 0.5,
            strength,
            deadline_at: Some(now() + Duration::days(days)),
            answered: false,
            mailed: mailed.to_vec(),
            changed_at: None,
        }
    }

    fn check(candidates: &[Candidate], expected: &[(i64, Mark)]) {
        let items: Vec<_> = compose(candidates, now()).into_iter().map(|i| (i.pairing_id.0, i.mark)).collect();
        assert_eq!(items, expected);
    }

    #[test]
    fn closing_soon_comes_first_then_strong() {
        let (strong, possible) = (Strength::Strong, Strength::Possible);
        check(
            &[candidate(1, possible, 30, &[]), candidate(2, strong, 30, &[]), candidate(3, possible, 3, &[])],
            &[(3, Mark::New), (2, Mark::New), (1, Mark::New)],
        );
    }

    #[test]
    fn an_item_is_new_once_and_closing_once() {
        let strong = Strength::Strong;
        check(&[candidate(1, strong, 30, &[Mark::New])], &[]);
        check(&[candidate(1, strong, 3, &[Mark::New])], &[(1, Mark::ClosingSoon)]);
        check(&[candidate(1, strong, 2, &[Mark::New, Mark::ClosingSoon])], &[]);
    }

    #[test]
    fn a_change_is_told_to_who_got_the_item_before_also_after_an_answer() {
        let changed = |mailed: &[Mark]| Candidate {
            changed_at: Some(now() - Duration::days(1)),
            ..candidate(1, Strength::Strong, 3, mailed)
        };
        let (new, closing) = (Mark::New, Mark::ClosingSoon);
        check(&[changed(&[])], &[(1, new)]);
        check(&[changed(&[new])], &[(1, Mark::Changed)]);
        check(&[changed(&[new, closing, Mark::Changed])], &[(1, Mark::Changed)]);
        check(&[Candidate { answered: true, ..changed(&[new]) }], &[(1, Mark::Changed)]);
        check(&[Candidate { answered: true, ..changed(&[]) }], &[]);
        check(&[Candidate { answered: true, ..candidate(1, Strength::Strong, 3, &[new]) }], &[]);
        check(&[candidate(1, Strength::Strong, 3, &[new, Mark::Changed])], &[(1, closing)]);
    }

    #[test]
    fn what_has_closed_is_left_out_and_seven_is_the_most() {
        check(&[candidate(1, Strength::Strong, -1, &[])], &[]);
        let many: Vec<_> = (1..=20).map(|id| candidate(id, Strength::Strong, 30, &[])).collect();
        assert_eq!(compose(&many, now()).len(), MAX_ITEMS);
    }
}
