//! What an ASF's answers teach the matcher. An answer lowers what it was about and removes nothing;
//! only the same answer again and again does, and every lesson can be taken back.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{
    asf::AsfId,
    cpv::Cpv,
    pairing::{DeclineReason, Pairing, PairingId},
    place::Place,
    reason::Reason,
    rejection::Rejection,
    terms::TermKind,
};

/// Weight of a sign after no, one and two answers "wrong work"; after three it is as if not there.
const WEIGHTS: [f64; 3] = [1.0, 0.5, 0.25];
/// Digits of a code that are lowered: its class.
const CLASS_DIGITS: usize = 4;
/// Days without suggestions after "no time now".
const PAUSE_DAYS: u64 = 28;

/// What one answer taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taught {
    /// The ASF does not do this trade; with the need's word for it.
    Concept(String, String),
    /// It does not do what this word says: key, and the need's word.
    Word(String, String),
    /// It does not do what codes that begin so stand for.
    Code(String),
    /// Its largest job is no larger than this, SEK.
    LargestJob(i64),
    /// This place is too far away.
    Place(Place),
    /// No suggestions before this day.
    Pause(NaiveDate),
}

/// A lesson that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Identity in the database.
    pub id: LessonId,
    /// Whose.
    pub asf_id: AsfId,
    /// The suggestion whose answer taught it.
    pub pairing_id: PairingId,
    /// What it says.
    pub taught: Taught,
    /// When.
    pub at: DateTime<Utc>,
}

/// Identity of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LessonId(pub i64);

impl Taught {
    /// The stored form: kind, what, and the word that readers see.
    pub fn columns(&self) -> (&'static str, String, String) {
        match self {
            Self::Concept(id, word) => ("concept", id.clone(), word.clone()),
            Self::Word(key, word) => ("word", key.clone(), word.clone()),
            Self::Code(prefix) => ("code", prefix.clone(), String::new()),
            Self::LargestJob(sek) => ("size", sek.to_string(), String::new()),
            Self::Place(place) => ("place", place.code().to_owned(), String::new()),
            Self::Pause(until) => ("pause", until.to_string(), String::new()),
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-lesson` for what [`Self::columns`] never writes.
    pub fn parse(kind: &str, what: &str, word: &str) -> Result<Self, Rejection> {
        let wrong = || Rejection::new("lesson", "rejected-lesson", what);
        match kind {
            "concept" => Ok(Self::Concept(what.to_owned(), word.to_owned())),
            "word" => Ok(Self::Word(what.to_owned(), word.to_owned())),
            "code" => Ok(Self::Code(what.to_owned())),
            "size" => what.parse().map(Self::LargestJob).map_err(|_| wrong()),
            "place" => Place::parse(what).map(Self::Place),
            "pause" => what.parse().map(Self::Pause).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

/// What a no teaches; nothing where the suggestion does not say what to change. `key_of` is the key
/// that a word is compared by.
pub fn taught_by(
    pairing: &Pairing,
    title: &str,
    places: &[Place],
    value_sek: Option<i64>,
    today: NaiveDate,
    key_of: impl Fn(&str) -> Option<String>,
) -> Vec<Taught> {
    match pairing.decline_reason {
        Some(DeclineReason::WrongWork) => wrong_work(&pairing.reasons, &title.to_lowercase(), key_of),
        // A little below what was too large.
        Some(DeclineReason::TooLarge) => value_sek.map(|sek| Taught::LargestJob(sek / 5 * 4)).into_iter().collect(),
        Some(DeclineReason::WrongPlace) => places.iter().take(MOST_PLACES).cloned().map(Taught::Place).collect(),
        Some(DeclineReason::NoTime) => {
            today.checked_add_days(Days::new(PAUSE_DAYS)).map(Taught::Pause).into_iter().collect()
        }
        Some(DeclineReason::Other) | None => Vec::new(),
    }
}

/// Places that one answer can teach.
const MOST_PLACES: usize = 5;

/// The strongest sign that made the suggestion, one that the title names first, and the code's class.
fn wrong_work(reasons: &[Reason], title: &str, key_of: impl Fn(&str) -> Option<String>) -> Vec<Taught> {
    let is_named = |reason: &&Reason| match reason {
        Reason::Concept { theirs, .. } | Reason::Word { theirs, .. } => title.contains(&theirs.to_lowercase()),
        _ => false,
    };
    let trades = || reasons.iter().filter(|reason| matches!(reason, Reason::Concept { .. }));
    let words = || reasons.iter().filter(|reason| matches!(reason, Reason::Word { .. }));
    let mut all = trades().filter(is_named).chain(trades()).chain(words().filter(is_named)).chain(words());
    let sign = all.find_map(|reason| match reason {
        Reason::Concept { concept, theirs, .. } => Some(Taught::Concept(concept.clone(), theirs.clone())),
        Reason::Word { theirs, .. } => key_of(theirs).map(|key| Taught::Word(key, theirs.clone())),
        _ => None,
    });
    let code = reasons.iter().find_map(|reason| match reason {
        Reason::Code { theirs, digits, .. } => theirs.get(..(*digits).min(CLASS_DIGITS)).map(str::to_owned),
        _ => None,
    });
    sign.into_iter().chain(code.map(Taught::Code)).collect()
}

/// The lessons of an ASF as the matcher asks them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lessons(Vec<Taught>);

impl Lessons {
    /// In any order; the same lesson twice weighs twice.
    pub fn new(taught: impl IntoIterator<Item = Taught>) -> Self {
        Self(taught.into_iter().collect())
    }

    /// Whether nothing was taught.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is left of a sign's weight, 1 to 0.
    pub fn weight(&self, kind: TermKind, key: &str) -> f64 {
        weight(self.0.iter().filter(|taught| match (taught, kind) {
            (Taught::Concept(concept, _), TermKind::Concept) => concept == key,
            // A trade that is a thing counts as a word.
            (Taught::Concept(word, _) | Taught::Word(word, _), TermKind::Goods | TermKind::Family) => word == key,
            _ => false,
        }))
    }

    /// What is left of a shared code's weight, 1 to 0.
    pub fn code_weight(&self, code: &Cpv) -> f64 {
        let under = |taught: &&Taught| matches!(taught, Taught::Code(class) if code.as_str().starts_with(class));
        weight(self.0.iter().filter(under))
    }

    /// The largest job, the smaller of what the ASF says itself and what it has taught.
    pub fn largest_sek(&self, own: Option<i64>) -> Option<i64> {
        let taught = self.0.iter().filter_map(|taught| match taught {
            Taught::LargestJob(sek) => Some(*sek),
            _ => None,
        });
        taught.chain(own).min()
    }

    /// How often all of these places were said to be too far away.
    pub fn times_too_far(&self, places: &[Place]) -> usize {
        let times = |place: &Place| {
            let mut times = 0;
            self.0.iter().for_each(|taught| times += usize::from(*taught == Taught::Place(place.clone())));
            times
        };
        if self.is_empty() { 0 } else { places.iter().map(times).min().unwrap_or(0) }
    }
}

fn weight<'a>(times: impl Iterator<Item = &'a Taught>) -> f64 {
    WEIGHTS.get(times.count()).copied().unwrap_or(0.0)
}
