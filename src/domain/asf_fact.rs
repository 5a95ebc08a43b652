//! What is recorded about an ASF: on what grounds it is one, and the facts that reserved procurement asks
//! for (LOU 4 kap. 18 §). A fact has a day and a way of counting; whether it is enough is for the buyer to judge.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rejection::Rejection;

/// On what grounds an organisation is called an ASF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It says so itself.
    #[default]
    SelfDeclared,
    /// Member of an association of ASF.
    Association,
    /// On the list that Skoopi keeps.
    SkoopiList,
    /// Certified.
    Certified,
}

impl Basis {
    /// Every basis, the weakest first.
    pub const ALL: [Self; 4] = [Self::SelfDeclared, Self::Association, Self::SkoopiList, Self::Certified];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfDeclared => "self_declared",
            Self::Association => "association",
            Self::SkoopiList => "skoopi_list",
            Self::Certified => "certified",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-basis` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|basis| basis.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("basis", "rejected-basis", text))
    }

    /// Whether an ASF may record it on its own: what others vouch for, staff record.
    pub fn is_own_word(self) -> bool {
        matches!(self, Self::SelfDeclared | Self::Association)
    }
}

/// A fact about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// On what grounds it is an ASF; which association, list or certificate in `how`.
    Basis(Basis),
    /// The sentence of its statutes that names integration in work as its purpose.
    Purpose(String),
    /// How many of a hundred who are occupied there come from the group; how they were counted in `how`.
    Share(u8),
}

/// A recorded fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsfFact {
    /// What.
    pub claim: Claim,
    /// How it was found out or counted.
    pub how: String,
    /// The day it was true.
    pub as_of: NaiveDate,
}

/// Longest sentence that is taken, in characters.
const WORDS: usize = 1000;

impl AsfFact {
    /// Reads the fields of the form.
    ///
    /// # Errors
    /// The rule each field breaks: `rejected-fact-…`, `rejected-basis`, `rejected-date`.
    pub fn parse(kind: &str, value: &str, how: &str, as_of: &str, today: NaiveDate) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let claim = match kind {
            "basis" => Basis::parse(value).map(Claim::Basis).map_err(|_| ("basis", "rejected-basis")),
            "purpose" => sentence(value).map(Claim::Purpose).ok_or(("purpose", "rejected-fact-purpose")),
            "share" => share(value).map(Claim::Share).ok_or(("share", "rejected-fact-share")),
            _ => Err(("kind", "rejected-fact-kind")),
        };
        let claim = claim.map_err(|(field, rule)| wrong.push(Rejection::new(field, rule, value))).ok();
        let how = how.trim();
        if how.chars().count() > WORDS {
            wrong.push(Rejection::new("how", "rejected-fact-how-length", how));
        }
        if how.is_empty() && matches!(claim, Some(Claim::Share(_))) {
            wrong.push(Rejection::new("how", "rejected-fact-how", how));
        }
        let day = NaiveDate::parse_from_str(as_of.trim(), "%Y-%m-%d").ok();
        let day = day.filter(|day| *day <= today && chrono::Datelike::year(day) >= 1900);
        if day.is_none() {
            wrong.push(Rejection::new("as_of", "rejected-fact-day", as_of));
        }
        match (claim, day) {
            (Some(claim), Some(as_of)) if wrong.is_empty() => Ok(Self { claim, how: how.to_owned(), as_of }),
            _ => Err(wrong),
        }
    }
}

fn sentence(typed: &str) -> Option<String> {
    let text = typed.trim();
    (!text.is_empty() && text.chars().count() <= WORDS).then(|| text.to_owned())
}

/// Whole percent; people write the sign as well.
fn share(typed: &str) -> Option<u8> {
    typed.trim().trim_end_matches('%').trim_end().parse().ok().filter(|percent| *percent <= 100)
}

/// What stands recorded about one ASF: the latest of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// On what grounds; none recorded is its own word.
    pub basis: Option<AsfFact>,
    /// Its purpose.
    pub purpose: Option<AsfFact>,
    /// The share from the group.
    pub share: Option<AsfFact>,
}

impl Recorded {
    /// Takes in a fact, later than those before.
    pub fn take(&mut self, fact: AsfFact) {
        let place = match fact.claim {
            Claim::Basis(_) => &mut self.basis,
            Claim::Purpose(_) => &mut self.purpose,
            Claim::Share(_) => &mut self.share,
        };
        *place = Some(fact);
    }

    /// On what grounds it is an ASF.
    pub fn basis(&self) -> Basis {
        match &self.basis {
            Some(AsfFact { claim: Claim::Basis(basis), .. }) => *basis,
            _ => Basis::default(),
        }
    }

    /// Whether both facts that a reserved procurement asks for are recorded.
    pub fn for_reserved(&self) -> bool {
        self.purpose.is_some() && self.share.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_with_their_day_and_way_of_counting() {
        let today: NaiveDate = "2026-11-27".parse().unwrap();
        let read = |kind, value, how, as_of| AsfFact::parse(kind, value, how, as_of, today);
        assert_eq!(read("share", "62 %", "huvuden", "2026-03-01").unwrap().claim, Claim::Share(62));
        let rules = |kind, value, how, as_of| -> Vec<&str> {
            read(kind, value, how, as_of).unwrap_err().iter().map(|rejection| rejection.rule).collect()
        };
        assert_eq!(rules("share", "130", "huvuden", "2026-03-01"), ["rejected-fact-share"]);
        assert_eq!(rules("share", "40", "", "2027-03-01"), ["rejected-fact-how", "rejected-fact-day"]);
        assert_eq!(rules("purpose", " ", "", "x"), ["rejected-fact-purpose", "rejected-fact-day"]);
        assert_eq!(rules("gissning", "1", "", "2026-01-01"), ["rejected-fact-kind"]);
    }

    #[test]
    fn the_latest_of_a_kind_stands() {
        let fact = |share| AsfFact { claim: Claim::Share(share), how: String::new(), as_of: NaiveDate::MIN };
        let mut recorded = Recorded::default();
        recorded.take(fact(30));
        recorded.take(fact(60));
        assert_eq!((recorded.share, recorded.basis.is_some()), (Some(fact(60)), false));
    }
}
