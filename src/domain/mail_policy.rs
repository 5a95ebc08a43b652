//! Which needs may be mailed: the coordinator's filters, and what waits until somebody has approved it.
//! Everything that is imported can be found; this is only about the mails.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    cpv::Cpv,
    need::{Lot, Need},
    place::{self, Place, PlaceFit},
    place_names,
    rejection::Rejection,
    schedule::local_date,
};

/// The coordinator's rules. As they come, nothing is held back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailPolicy {
    /// Only needs in these places, or in a part of them; empty is everywhere.
    pub places: Vec<Place>,
    /// Hold back what says no place, and whose buyer has no known seat.
    pub holds_unknown_place: bool,
    /// Only needs with a code that begins so; empty is all. A need without codes is mailed: codes are often
    /// missing or wrong.
    pub cpv: Vec<String>,
    /// Smallest value, SEK excluding VAT. What says no value is mailed.
    pub min_value_sek: Option<i64>,
    /// Largest value, SEK excluding VAT.
    pub max_value_sek: Option<i64>,
    /// Only needs published at most so many days ago.
    pub max_age_days: Option<i64>,
    /// Sources that are never mailed, for example `csv`.
    pub silent_sources: Vec<String>,
    /// Sources whose needs wait for approval.
    pub approved_sources: Vec<String>,
    /// Needs that were posted in the form wait when the buyer has no account.
    pub approves_strangers: bool,
    /// Profiles of ASF that come in from now on wait, unseen, until they are approved.
    pub approves_profiles: bool,
}

/// Why a need is not mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// A coordinator said no.
    Rejected,
    /// Its source is silent.
    Source,
    /// Outside the places.
    Place,
    /// None of the codes.
    Cpv,
    /// Too small or too large.
    Value,
    /// Published too long ago.
    Age,
    /// Waits for approval.
    Approval,
}

impl Hold {
    /// Every reason, in the order in which one is told.
    pub const ALL: [Self; 7] =
        [Self::Rejected, Self::Source, Self::Place, Self::Cpv, Self::Value, Self::Age, Self::Approval];

    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Source => "source",
            Self::Place => "place",
            Self::Cpv => "cpv",
            Self::Value => "value",
            Self::Age => "age",
            Self::Approval => "approval",
        }
    }
}

/// What a coordinator decided about a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// May be mailed.
    Approved,
    /// Is not mailed.
    Rejected,
}

impl Decision {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-decision` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        [Self::Approved, Self::Rejected]
            .into_iter()
            .find(|decision| decision.as_str() == text)
            .ok_or_else(|| Rejection::new("decision", "rejected-decision", text))
    }
}

/// What the rules look at in one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Where the need came from.
    pub source: String,
    /// Where the work is done, else where the buyer sits, see [`Facts::places`]; empty when neither is known.
    pub places: Vec<Place>,
    /// Codes of the lot.
    pub cpv: Vec<Cpv>,
    /// Estimated value, SEK excluding VAT.
    pub value_sek: Option<i64>,
    /// Day of publication, or the day it came in.
    pub published_on: NaiveDate,
    /// The buyer can sign in.
    pub has_account: bool,
    /// What was decided about the need.
    pub decision: Option<Decision>,
}

impl Facts {
    /// The facts of a lot, with what a coordinator corrected in it.
    pub fn new(need: &Need, lot: &Lot, has_account: bool, decision: Option<Decision>) -> Self {
        Self {
            source: need.source.clone(),
            places: Self::places(lot.places(), need.buyer.municipality.as_ref(), &need.buyer.name),
            cpv: lot.cpv().to_vec(),
            value_sek: lot.work.value_sek,
            published_on: need.published_on.unwrap_or_else(|| local_date(need.created_at)),
            has_account,
            decision,
        }
    }

    /// The lot's own places, else the buyer's seat, else the place of the home county that the buyer is named after.
    pub fn places(own: &[Place], seat: Option<&Place>, buyer: &str) -> Vec<Place> {
        match (own, seat) {
            ([], None) => place_names::of_buyer(buyer).into_iter().collect(),
            ([], Some(seat)) => vec![seat.clone()],
            _ => own.to_vec(),
        }
    }
}

impl MailPolicy {
    /// The first reason why a lot is not mailed now; `None` when it may be.
    pub fn hold(&self, facts: &Facts, now: DateTime<Utc>) -> Option<Hold> {
        Hold::ALL.into_iter().find(|hold| self.holds_by(*hold, facts, now))
    }

    /// Whether a lot is held back for this reason, whatever the others say.
    pub fn holds_by(&self, hold: Hold, facts: &Facts, now: DateTime<Utc>) -> bool {
        match hold {
            Hold::Rejected => facts.decision == Some(Decision::Rejected),
            Hold::Source => self.silent_sources.contains(&facts.source),
            Hold::Place => self.is_elsewhere(&facts.places),
            Hold::Cpv => {
                let is_wanted = |code: &Cpv| self.cpv.iter().any(|prefix| code.as_str().starts_with(prefix.as_str()));
                !self.cpv.is_empty() && !facts.cpv.is_empty() && !facts.cpv.iter().any(is_wanted)
            }
            Hold::Value => facts.value_sek.is_some_and(|value| {
                self.min_value_sek.is_some_and(|least| value < least)
                    || self.max_value_sek.is_some_and(|most| value > most)
            }),
            Hold::Age => self.max_age_days.is_some_and(|days| (local_date(now) - facts.published_on).num_days() > days),
            Hold::Approval => {
                let is_stranger = self.approves_strangers && facts.source == "form" && !facts.has_account;
                let is_named = self.approved_sources.contains(&facts.source);
                (is_stranger || is_named) && facts.decision != Some(Decision::Approved)
            }
        }
    }

    fn is_elsewhere(&self, places: &[Place]) -> bool {
        match place::fit(places, &self.places) {
            PlaceFit::Unknown => places.is_empty() && self.holds_unknown_place,
            PlaceFit::Far | PlaceFit::Near => true,
            PlaceFit::Inside | PlaceFit::Ships | PlaceFit::Partly => false,
        }
    }

    /// The rules as rows: name and value.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        let flag = |value: bool| if value { "yes" } else { "" }.to_owned();
        vec![
            ("places", self.places.iter().map(Place::code).collect::<Vec<_>>().join("|")),
            ("unknown_place", flag(self.holds_unknown_place)),
            ("cpv", self.cpv.join("|")),
            ("min_value_sek", number(self.min_value_sek)),
            ("max_value_sek", number(self.max_value_sek)),
            ("max_age_days", number(self.max_age_days)),
            ("silent_sources", self.silent_sources.join("|")),
            ("approved_sources", self.approved_sources.join("|")),
            ("strangers", flag(self.approves_strangers)),
            ("profiles", flag(self.approves_profiles)),
        ]
    }

    /// Reads rules from their rows or a form; what is missing holds nothing back.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(rows: &BTreeMap<String, String>) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let text = |name: &str| rows.get(name).map(|value| value.trim()).unwrap_or_default();
        let mut number = |field: &'static str| {
            let digits: String = text(field).chars().filter(|c| !c.is_whitespace()).collect();
            match digits.parse::<i64>() {
                _ if digits.is_empty() => None,
                Ok(value) if value >= 0 => Some(value),
                _ => {
                    wrong.push(Rejection::new(field, "rejected-number", text(field)));
                    None
                }
            }
        };
        let (min_value_sek, max_value_sek) = (number("min_value_sek"), number("max_value_sek"));
        let max_age_days = number("max_age_days");
        if let (Some(least), Some(most)) = (min_value_sek, max_value_sek)
            && least > most
        {
            wrong.push(Rejection::new("max_value_sek", "rejected-value-order", text("max_value_sek")));
        }
        let places = Place::parse_list(text("places")).unwrap_or_else(|rejection| {
            wrong.push(Rejection { field: "places", ..rejection });
            Vec::new()
        });
        let cpv = list(text("cpv"));
        let is_prefix = |code: &String| (2..=8).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        if let Some(code) = cpv.iter().find(|code| !is_prefix(code)) {
            wrong.push(Rejection::new("cpv", "rejected-cpv-prefix", code));
        }
        let policy = Self {
            places,
            holds_unknown_place: !text("unknown_place").is_empty(),
            cpv,
            min_value_sek,
            max_value_sek,
            max_age_days,
            silent_sources: list(text("silent_sources")),
            approved_sources: list(text("approved_sources")),
            approves_strangers: !text("strangers").is_empty(),
            approves_profiles: !text("profiles").is_empty(),
        };
        if wrong.is_empty() { Ok(policy) } else { Err(wrong) }
    }
}

fn list(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c == '|' || c == ',' || c == ';' || c.is_whitespace());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-24T07:00:00Z".parse().unwrap()
    }

    fn facts() -> Facts {
        Facts {
            source: "eforms".to_owned(),
            places: Place::parse_list("0680").unwrap(),
            cpv: Cpv::parse_list("90911200").unwrap(),
            value_sek: Some(500_000),
            published_on: now().date_naive() - chrono::Days::new(10),
            has_account: false,
            decision: None,
        }
    }

    fn policy(rows: &[(&str, &str)]) -> MailPolicy {
        let rows = rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        MailPolicy::parse(&rows).unwrap()
    }

    fn check(rows: &[(&str, &str)], facts: &Facts, expected: Option<Hold>) {
        assert_eq!(policy(rows).hold(facts, now()), expected, "{rows:?} {facts:?}");
    }

    #[test]
    fn without_rules_nothing_is_held_back_but_what_somebody_refused() {
        check(&[], &facts(), None);
        check(&[], &Facts { places: Vec::new(), value_sek: None, cpv: Vec::new(), ..facts() }, None);
        check(&[], &Facts { decision: Some(Decision::Rejected), ..facts() }, Some(Hold::Rejected));
    }

    #[test]
    fn places_hold_back_what_lies_elsewhere() {
        let at = |code: &str| Facts { places: Place::parse_list(code).unwrap(), ..facts() };
        check(&[("places", "06")], &at("0680"), None);
        check(&[("places", "06")], &at("SE"), None);
        check(&[("places", "0680")], &at("0682"), Some(Hold::Place));
        check(&[("places", "06")], &at("SE110"), Some(Hold::Place));
        check(&[("places", "06")], &at(""), None);
        check(&[("places", "06"), ("unknown_place", "yes")], &at(""), Some(Hold::Place));
        check(&[("unknown_place", "yes")], &at("SE110"), None);
    }

    #[test]
    fn codes_values_ages_and_sources_each_hold_back_their_own() {
        check(&[("cpv", "909 55")], &facts(), None);
        check(&[("cpv", "55")], &facts(), Some(Hold::Cpv));
        check(&[("cpv", "55")], &Facts { cpv: Vec::new(), ..facts() }, None);
        check(&[("min_value_sek", "500 000"), ("max_value_sek", "500000")], &facts(), None);
        check(&[("min_value_sek", "500001")], &facts(), Some(Hold::Value));
        check(&[("max_value_sek", "499999")], &facts(), Some(Hold::Value));
        check(&[("max_value_sek", "1")], &Facts { value_sek: None, ..facts() }, None);
        check(&[("max_age_days", "10")], &facts(), None);
        check(&[("max_age_days", "9")], &facts(), Some(Hold::Age));
        check(&[("silent_sources", "csv, eforms")], &facts(), Some(Hold::Source));
    }

    #[test]
    fn what_waits_is_mailed_when_it_is_approved_and_filters_still_hold() {
        let approved = Facts { decision: Some(Decision::Approved), ..facts() };
        check(&[("approved_sources", "eforms")], &facts(), Some(Hold::Approval));
        check(&[("approved_sources", "eforms")], &approved, None);
        check(&[("approved_sources", "eforms"), ("max_age_days", "1")], &approved, Some(Hold::Age));
        let posted = Facts { source: "form".to_owned(), ..facts() };
        check(&[("strangers", "yes")], &posted, Some(Hold::Approval));
        check(&[("strangers", "yes")], &Facts { has_account: true, ..posted }, None);
        check(&[("strangers", "yes")], &facts(), None);
    }

    #[test]
    fn rules_come_back_from_their_rows_and_wrong_ones_are_named() {
        let rows = [("places", "06|0680"), ("cpv", "909|55"), ("max_age_days", "30"), ("strangers", "yes")];
        let read = policy(&rows);
        let again = read.rows().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(MailPolicy::parse(&again), Ok(read));
        let wrong = [("places", "Atlantis!"), ("cpv", "9"), ("min_value_sek", "x"), ("max_age_days", "-1")];
        let rows = wrong.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let fields: Vec<_> = MailPolicy::parse(&rows).unwrap_err().iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["min_value_sek", "max_age_days", "places", "cpv"]);
    }
}
