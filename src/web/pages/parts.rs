//! Values that several pages show in the same way; `templates/layout/parts.html` draws them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::domain::{
    directory::swedish_order,
    need::{Lot, Need, NeedStatus},
    place::{COUNTIES, MUNICIPALITIES, Place},
    reason::Reason,
    reservation::{Reservation, SocialConsideration},
    schedule::local_date,
};

/// A place by name; the template knows what "all of Sweden" is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceName {
    /// Code as stored.
    pub code: String,
    /// Name.
    pub name: String,
}

impl From<&Place> for PlaceName {
    fn from(place: &Place) -> Self {
        Self { code: place.code().to_owned(), name: place.name() }
    }
}

/// Places by name, in their order.
pub fn place_names<'a>(places: impl IntoIterator<Item = &'a Place>) -> Vec<PlaceName> {
    places.into_iter().map(PlaceName::from).collect()
}

/// The places one can choose: the municipalities we know by name, and their counties.
pub fn place_options() -> Vec<PlaceName> {
    let municipalities = MUNICIPALITIES.iter().map(|m| PlaceName { code: m.code.to_owned(), name: m.name.to_owned() });
    let is_home = |code: &str| MUNICIPALITIES.iter().any(|m| m.code.starts_with(code));
    let counties = COUNTIES.iter().filter(|county| is_home(county.code));
    let mut options: Vec<_> = municipalities.collect();
    options.sort_by_key(|place| swedish_order(&place.name));
    options.extend(counties.map(|county| PlaceName { code: county.code.to_owned(), name: county.name.to_owned() }));
    options
}

/// The facts of one lot.
#[derive(Debug, Clone, Serialize)]
pub struct LotFacts {
    /// Short name.
    pub title: String,
    /// What is needed.
    pub text: String,
    /// Last instant to answer.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The notice gives two times.
    pub deadline_doubtful: bool,
    /// The deadline has passed.
    pub is_past: bool,
    /// Whole local days until the deadline.
    pub days_left: i64,
    /// Where.
    pub places: Vec<PlaceName>,
    /// Estimated value, SEK excluding VAT.
    pub value_sek: Option<i64>,
    /// First day.
    pub start_on: Option<NaiveDate>,
    /// Last day.
    pub end_on: Option<NaiveDate>,
    /// Who it is reserved for.
    pub reservation: Reservation,
    /// Social considerations.
    pub social: Vec<SocialConsideration>,
    /// CPV codes.
    pub cpv: Vec<String>,
}

impl LotFacts {
    /// The facts of a lot on the day of `now`.
    pub fn new(lot: &Lot, now: DateTime<Utc>) -> Self {
        let work = &lot.work;
        let days_left = |deadline| (local_date(deadline) - local_date(now)).num_days();
        Self {
            title: work.title.clone(),
            text: work.text.clone(),
            deadline_at: work.deadline_at,
            deadline_doubtful: work.deadline_doubtful,
            is_past: is_past(lot, now),
            days_left: work.deadline_at.map_or(i64::MAX, days_left),
            places: place_names(&work.places),
            value_sek: work.value_sek,
            start_on: work.start_on,
            end_on: work.end_on,
            reservation: work.reservation,
            social: work.social.clone(),
            cpv: work.cpv.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Whether a lot can no longer be answered: its time has run out, or it has ended.
pub fn is_past(lot: &Lot, now: DateTime<Utc>) -> bool {
    lot.work.deadline_at.is_some_and(|deadline| deadline <= now) || lot.closed.is_some()
}

/// A need on one line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct NeedLine {
    /// Key.
    pub id: i64,
    /// Short name.
    pub title: String,
    /// Who needs it.
    pub buyer: String,
    /// Where, all lots together.
    pub places: Vec<PlaceName>,
    /// The next deadline, or the last when all have passed.
    pub deadline_at: Option<DateTime<Utc>>,
    /// Every deadline has passed, or the need is closed.
    pub is_past: bool,
    /// Some lot is reserved.
    pub is_reserved: bool,
    /// A planning notice.
    pub is_planned: bool,
    /// Number of lots.
    pub lots: usize,
    /// Why it was found.
    pub why: Why,
}

impl NeedLine {
    /// A need as a list shows it at `now`.
    pub fn new(need: &Need, reasons: Vec<Reason>, now: DateTime<Utc>) -> Self {
        let mut places: Vec<&Place> = Vec::new();
        for place in need.lots.iter().flat_map(|lot| &lot.work.places) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let deadlines = || need.lots.iter().filter_map(|lot| lot.work.deadline_at);
        let all_past = !need.lots.is_empty() && need.lots.iter().all(|lot| is_past(lot, now));
        Self {
            id: need.id.0,
            title: need.title.clone(),
            buyer: need.buyer.name.clone(),
            places: place_names(places),
            deadline_at: deadlines().filter(|deadline| *deadline > now).min().or_else(|| deadlines().max()),
            is_past: all_past || need.status == NeedStatus::Closed,
            is_reserved: need.lots.iter().any(|lot| lot.work.reservation != Reservation::None),
            is_planned: need.status == NeedStatus::Planned,
            lots: need.lots.len(),
            why: reasons.into(),
        }
    }
}

/// Reasons, those first that say most; no sentence twice.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Why {
    /// Shown at once.
    pub first: Vec<Reason>,
    /// Shown when asked for.
    pub more: Vec<Reason>,
}

/// Shared words and trades that are shown at once.
const FIRST_EVIDENCE: usize = 3;

impl From<Vec<Reason>> for Why {
    fn from(reasons: Vec<Reason>) -> Self {
        let mut said: Vec<(String, String)> = Vec::new();
        let mut why = Self::default();
        for reason in reasons {
            if let Reason::Concept { mine, theirs, .. } | Reason::Word { mine, theirs } = &reason {
                let words = (mine.to_lowercase(), theirs.to_lowercase());
                if said.contains(&words) {
                    continue;
                }
                said.push(words);
                let place = if said.len() <= FIRST_EVIDENCE { &mut why.first } else { &mut why.more };
                place.push(reason);
            } else {
                why.first.push(reason);
            }
        }
        why
    }
}

/// Links to the pages before and after this one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pages {
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

/// Hits on one page.
pub const PAGE_SIZE: usize = 20;

impl Pages {
    /// The neighbours of page `number` (from 1) at `path` with the rest of its query.
    pub fn new(path: &str, query: &[(&str, &str)], number: usize, has_next: bool) -> Self {
        let to = |number: usize| address(path, query, &number.to_string());
        Self { previous: (number > 1).then(|| to(number - 1)), next: has_next.then(|| to(number + 1)) }
    }
}

fn address(path: &str, query: &[(&str, &str)], number: &str) -> String {
    let number = if number == "1" { "" } else { number };
    link(path, &[query, &[("sida", number)]].concat())
}

/// An address with those parts of a query that say something.
pub fn link(path: &str, query: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_what_was_asked_and_nothing_empty() {
        assert_eq!(link("/asf", &[("ord", "städ & tvätt"), ("plats", "")]), "/asf?ord=st%C3%A4d%20%26%20tv%C3%A4tt");
        assert_eq!(link("/asf", &[]), "/asf");
        let pages = Pages::new("/asf", &[("plats", "0680")], 2, true);
        assert_eq!(pages.previous.as_deref(), Some("/asf?plats=0680"));
        assert_eq!(pages.next.as_deref(), Some("/asf?plats=0680&sida=3"));
    }

    #[test]
    fn the_same_words_are_said_once_and_the_rest_is_kept_for_later() {
        let word = |word: &str| Reason::Word { mine: word.to_owned(), theirs: word.to_owned() };
        let concept = Reason::Concept { concept: "x".to_owned(), mine: "Städ".to_owned(), theirs: "städ".to_owned() };
        let why = Why::from(vec![concept.clone(), word("städ"), word("a"), word("b"), word("c")]);
        assert_eq!(why, Why { first: vec![concept, word("a"), word("b")], more: vec![word("c")] });
    }

    #[test]
    fn places_are_offered_in_swedish_order_with_the_county_last() {
        let names: Vec<String> = place_options().into_iter().map(|place| place.name).collect();
        assert_eq!(names.first().map(String::as_str), Some("Aneby"));
        assert_eq!(names[names.len() - 2..], ["Värnamo".to_owned(), "Jönköpings län".to_owned()]);
        assert_eq!(names.len(), 14);
    }
}
