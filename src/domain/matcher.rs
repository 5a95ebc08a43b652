//! How well a lot and an ASF suit each other: named features, one score, a calibrated strength.
//!
//! A pure function of the two profiles, so that the same pair scores the same from either side.
//! Candidates are found by the index; nothing here decides who is looked at.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    cpv::Cpv,
    lesson::Lessons,
    pairing::Strength,
    place::{self, Place, PlaceFit},
    reason::{Fit, Objection, Reason},
    reservation::Reservation,
    terms::{Term, TermKind, Terms},
};

/// Least topic score of a suggestion, and of a strong one. Chosen on the judged collections;
/// the figures they gave are in ARCHITECTURE.md.
pub const POSSIBLE: f64 = 0.30;
/// See [`POSSIBLE`].
pub const STRONG: f64 = 0.55;

/// A lot as the matcher sees it.
#[derive(Debug, Clone)]
pub struct LotProfile {
    /// Terms of title and text.
    pub terms: Terms,
    /// Trades that lie beside those which the title asks for; for ranking, never for a suggestion.
    pub related: Vec<String>,
    /// Main code first.
    pub cpv: Vec<Cpv>,
    /// Where the work is done.
    pub places: Vec<Place>,
    /// Estimated value, SEK.
    pub value_sek: Option<i64>,
    /// Last instant to answer.
    pub deadline_at: Option<DateTime<Utc>>,
    /// First day of the work.
    pub start_on: Option<NaiveDate>,
    /// Who it is reserved for.
    pub reservation: Reservation,
}

/// An ASF as the matcher sees it.
#[derive(Debug, Clone)]
pub struct AsfProfile {
    /// Where it works.
    pub area: Vec<Place>,
    /// What it can do.
    pub capabilities: Vec<CapabilityProfile>,
    /// What its answers have taught; it lowers and never lifts.
    pub lessons: Lessons,
}

/// A capability as the matcher sees it.
#[derive(Debug, Clone)]
pub struct CapabilityProfile {
    /// Terms of title and text.
    pub terms: Terms,
    /// CPV codes.
    pub cpv: Vec<Cpv>,
    /// Largest single job, SEK.
    pub max_value_sek: Option<i64>,
    /// First day the work can begin.
    pub earliest_start: Option<NaiveDate>,
}

impl Fit {
    /// Whether nothing speaks against doing the whole job. A place that is not told speaks neither for nor
    /// against, though it keeps a need from being mailed as certain.
    pub fn is_for_all_of_it(&self) -> bool {
        let objects = |is: fn(&Objection) -> bool| self.objections.iter().any(is);
        let is_strong = match self.strength {
            Some(Strength::Strong) => true,
            Some(Strength::Possible) => {
                self.topic >= STRONG
                    && !objects(|o| matches!(o, Objection::Place { .. } | Objection::DeclinedPlace { .. }))
            }
            None => false,
        };
        is_strong && !objects(|o| matches!(o, Objection::TooLarge { .. }))
    }
}

/// Whether a place is near enough for any suggestion.
pub fn is_in_reach(need: &[Place], asf: &AsfProfile) -> bool {
    place_fit(need, asf) != PlaceFit::Far
}

/// How the places lie to the area served, less what the ASF has said to be too far away: once, and it
/// is outside but near; twice, and it is out of reach.
fn place_fit(need: &[Place], asf: &AsfProfile) -> PlaceFit {
    let fit = place::fit(need, &asf.area);
    match asf.lessons.times_too_far(need) {
        0 => fit,
        1 if fit != PlaceFit::Far => PlaceFit::Near,
        _ => PlaceFit::Far,
    }
}

/// As [`fit`], for those near enough to be suggested; the words of the others are not looked at.
pub fn suggest(lot: &LotProfile, asf: &AsfProfile, now: DateTime<Utc>) -> Option<Fit> {
    is_in_reach(&lot.places, asf).then(|| fit(lot, asf, now)).filter(|fit| fit.strength.is_some())
}

/// Weighs a lot against an ASF: its best capability decides, place is weighed apart.
pub fn fit(lot: &LotProfile, asf: &AsfProfile, now: DateTime<Utc>) -> Fit {
    let best = asf
        .capabilities
        .iter()
        .map(|capability| (topic(lot, capability, &asf.lessons), capability))
        .max_by(|(a, _), (b, _)| a.score.total_cmp(&b.score));
    let Some((topic, capability)) = best else {
        return Fit { score: 0.0, topic: 0.0, strength: None, reasons: Vec::new(), objections: Vec::new() };
    };
    let place_fit = place_fit(&lot.places, asf);
    let mut reasons = topic.reasons;
    let mut objections = topic.objections;
    if topic.score < STRONG {
        objections.push(Objection::PartOnly);
    }
    if asf.lessons.times_too_far(&lot.places) > 0 {
        objections.push(Objection::DeclinedPlace { place: place_name(lot) });
    } else {
        weigh_place(lot, place_fit, &mut reasons, &mut objections);
    }
    let largest_sek = asf.lessons.largest_sek(capability.max_value_sek);
    weigh_limits(lot, capability, largest_sek, now, &mut objections);
    weigh_reservation(lot, &mut reasons, &mut objections);
    let score = topic.score * place_factor(place_fit) * size_factor(&objections);
    let is_possible = topic.is_solid && !is_out_of_reach(&objections);
    let strength = if is_possible { strength(topic.score, place_fit) } else { None };
    Fit { score, topic: topic.score, strength, reasons, objections }
}

fn strength(topic: f64, place_fit: PlaceFit) -> Option<Strength> {
    match place_fit {
        PlaceFit::Far => None,
        PlaceFit::Near | PlaceFit::Unknown if topic >= STRONG => Some(Strength::Possible),
        PlaceFit::Near => None,
        _ if topic >= STRONG => Some(Strength::Strong),
        _ if topic >= POSSIBLE => Some(Strength::Possible),
        _ => None,
    }
}

fn place_factor(place_fit: PlaceFit) -> f64 {
    match place_fit {
        PlaceFit::Inside => 1.0,
        PlaceFit::Ships | PlaceFit::Partly => 0.9,
        PlaceFit::Unknown => 0.85,
        PlaceFit::Near => 0.7,
        PlaceFit::Far => 0.3,
    }
}

/// A job this many times the largest is no job for the ASF alone.
const OUT_OF_REACH: i64 = 5;

fn is_out_of_reach(objections: &[Objection]) -> bool {
    objections.iter().any(|objection| match objection {
        Objection::TooLarge { value_sek, largest_sek } => *value_sek > largest_sek.saturating_mul(OUT_OF_REACH),
        _ => false,
    })
}

fn size_factor(objections: &[Objection]) -> f64 {
    let too_large = objections.iter().any(|o| matches!(o, Objection::TooLarge { .. }));
    if too_large { 0.8 } else { 1.0 }
}

struct Topic {
    score: f64,
    /// There is a sign that can carry a suggestion alone.
    is_solid: bool,
    reasons: Vec<Reason>,
    /// What the ASF has declined before.
    objections: Vec<Objection>,
}

/// How well the work itself fits, 0 to 1, with the evidence.
///
/// What the title asks for decides. A trade that only the text mentions counts for less, and for
/// less again where the title asks for a trade that the ASF does not name: then it is a part at most.
fn topic(lot: &LotProfile, capability: &CapabilityProfile, lessons: &Lessons) -> Topic {
    let mut reasons = Vec::new();
    let mut shared = Shared::default();
    // Words that a shared trade was read from are not a second sign of it.
    let mut told: Vec<&str> = Vec::new();
    let lowered = Lowered::of(lot, lessons);
    let mut objections = Vec::new();
    for theirs in lot.terms.iter().filter(|term| !term.generic) {
        let weight = lowered.weight(theirs);
        let mine = capability.terms.find(theirs.kind, &theirs.key);
        if mine.is_some() && weight < 1.0 && objections.is_empty() && theirs.kind != TermKind::Part {
            objections.push(Objection::DeclinedWork { theirs: theirs.surface.clone() });
        }
        let mine = mine.filter(|_| weight > 0.0);
        let is_told = theirs.kind != TermKind::Concept && told.iter().any(|words| words.contains(&theirs.surface));
        if !is_told || theirs.in_title {
            shared.count(theirs, mine, weight);
        }
        let Some(mine) = mine else { continue };
        if !is_told {
            reasons.extend(shared_reason(mine, theirs).filter(|reason| !reasons.contains(reason)));
        }
        if theirs.kind == TermKind::Concept {
            told.push(&theirs.surface);
        }
    }
    let mut gained = shared.gain();
    let mut is_solid = shared.is_solid(nearest_codes(&lot.cpv, &capability.cpv));
    if capability.cpv.is_empty() && !lot.cpv.is_empty() && lot.cpv.iter().all(Cpv::is_goods) {
        // Who says no code does not say that it sells what it works with.
        is_solid &= shared.names_trade();
    }
    let is_related = |id: &String| capability.terms.find(TermKind::Concept, id).is_some();
    if gained < RELATED && lot.related.iter().any(is_related) {
        gained = RELATED;
    }
    if let Some((mine, theirs, digits)) = best_code(&lot.cpv, &capability.cpv, lessons) {
        let weight = lessons.code_weight(&theirs);
        gained += code_gain(digits) * weight;
        if weight < 1.0 && objections.is_empty() {
            objections.push(Objection::DeclinedWork { theirs: theirs.to_string() });
        }
        is_solid |= digits >= SOLID_DIGITS && !shared.title_speaks_of_other_work();
        reasons.push(Reason::Code { mine: mine.to_string(), theirs: theirs.to_string(), digits });
    }
    Topic { score: 1.0 - (-gained).exp(), is_solid, reasons, objections }
}

/// What is left of each sign of a lot after an ASF's lessons.
struct Lowered<'a> {
    lessons: &'a Lessons,
    /// Words that a lowered trade was read from; they say it once more.
    told: Vec<(&'a str, f64)>,
}

impl<'a> Lowered<'a> {
    fn of(lot: &'a LotProfile, lessons: &'a Lessons) -> Self {
        if lessons.is_empty() {
            return Self { lessons, told: Vec::new() };
        }
        let trades = [TermKind::Concept, TermKind::Goods].into_iter().flat_map(|kind| lot.terms.of_kind(kind));
        let weighed = trades.map(|term| (term.surface.as_str(), lessons.weight(term.kind, &term.key)));
        Self { lessons, told: weighed.filter(|(_, weight)| *weight < 1.0).collect() }
    }

    fn weight(&self, term: &Term) -> f64 {
        let own = self.lessons.weight(term.kind, &term.key);
        if matches!(term.kind, TermKind::Concept | TermKind::Goods) {
            return own;
        }
        let told = self.told.iter().filter(|(words, _)| words.contains(&term.surface));
        told.fold(own, |least, (_, weight)| least.min(*weight))
    }
}

/// What two sides share, summed by kind of sign.
#[derive(Default)]
struct Shared {
    title_concepts: f64,
    missed_title_concepts: u32,
    text_concepts: f64,
    title_words: f64,
    /// How much of them is things.
    title_goods: f64,
    asked_title_words: f64,
    text_words: f64,
    parts: f64,
}

impl Shared {
    fn count(&mut self, theirs: &Term, mine: Option<&Term>, weight: f64) {
        // A word in the ASF's own heading weighs more than one in passing.
        let trusted = |mine: &Term| mine.trust * if mine.in_title { 1.0 } else { IN_PASSING };
        let found = weight * theirs.trust * mine.map_or(0.0, trusted);
        match (theirs.kind, theirs.in_title) {
            (TermKind::Concept, true) if mine.is_none() => {
                self.missed_title_concepts += u32::from(theirs.trust > DOUBTFUL);
            }
            (TermKind::Concept, true) => self.title_concepts += found,
            (TermKind::Concept, false) => self.text_concepts += found,
            (TermKind::Goods | TermKind::Family, true) => {
                self.asked_title_words += 1.0;
                self.title_words += found;
                if theirs.kind == TermKind::Goods {
                    self.title_goods += found;
                }
            }
            (TermKind::Goods | TermKind::Family, false) => self.text_words += found,
            (TermKind::Part, true) => self.parts += found,
            (TermKind::Part, false) => self.parts += found * 0.25,
        }
    }

    /// A shared trade, or words that are most of what the title asks for. Words alone are not enough
    /// where the codes lie in different divisions, nor things where they lie in different groups.
    fn is_solid(&self, shared_digits: Option<usize>) -> bool {
        let most = SOLID_WORDS * self.asked_title_words;
        let words_carry = self.title_words - self.title_goods > most && shared_digits.is_none_or(|digits| digits >= 2);
        let goods_carry = self.title_words > most && shared_digits.is_none_or(|digits| digits >= 3);
        let meets_title = self.missed_title_concepts == 0;
        self.names_trade() || (meets_title && (words_carry || goods_carry))
    }

    fn names_trade(&self) -> bool {
        self.title_concepts + self.text_concepts > 0.0
    }

    /// The title asks for a trade that the ASF does not name, or says what it wants in words of which
    /// not even a part meets the ASF's: then a code alone, which is often wrong, is too little.
    fn title_speaks_of_other_work(&self) -> bool {
        let words_meet = self.title_concepts + self.title_words + self.parts > 0.0;
        self.missed_title_concepts > 0 || (self.asked_title_words > 0.0 && !words_meet)
    }

    fn gain(&self) -> f64 {
        let misses_the_point = self.title_concepts == 0.0 && self.missed_title_concepts > 0;
        let text_concept = if misses_the_point { TEXT_CONCEPT / 2.0 } else { TEXT_CONCEPT };
        // One word of four is a coincidence; the only word is the matter itself.
        let covered = self.title_words / self.asked_title_words.max(1.0);
        self.title_concepts * TITLE_CONCEPT
            + self.text_concepts * text_concept
            + saturated(self.title_words * TITLE_WORD, MOST_TITLE_WORDS) * covered
            + saturated(self.text_words * TEXT_WORD, MOST_TEXT_WORDS)
            + saturated(self.parts * PART, MOST_PARTS)
    }
}

/// Grows with every sign and never reaches `most`: many small signs do not make a large one, and
/// each that is told as a reason still counts.
fn saturated(sum: f64, most: f64) -> f64 {
    most * (1.0 - (-sum / most).exp())
}

/// Least gain of a trade beside the one that is asked for. It orders those who are not suggested, and
/// is too little for a suggestion.
const RELATED: f64 = 0.2;
/// A trade that is borne out no better than this is not missed where the ASF does not name it.
const DOUBTFUL: f64 = 0.5;
/// Weight of a sign that the ASF mentions in passing, beside one in its heading.
const IN_PASSING: f64 = 0.65;
/// A code carries a suggestion alone from here on: codes are often wrong, and a class is broad.
const SOLID_DIGITS: usize = 6;
/// Share of the title's words that carries a suggestion alone.
const SOLID_WORDS: f64 = 0.5;
/// Gains before saturation.
const TITLE_CONCEPT: f64 = 1.0;
const TEXT_CONCEPT: f64 = 0.34;
const TITLE_WORD: f64 = 0.5;
const MOST_TITLE_WORDS: f64 = 1.2;
const TEXT_WORD: f64 = 0.06;
const MOST_TEXT_WORDS: f64 = 0.25;
const PART: f64 = 0.06;
const MOST_PARTS: f64 = 0.12;

/// What shared digits of the CPV tree add: they support, they do not decide.
fn code_gain(digits: usize) -> f64 {
    match digits {
        0..=2 => 0.0,
        3 => 0.12,
        4 => 0.3,
        _ => 0.5,
    }
}

/// Most digits of the CPV tree that two codes share; `None` where a side has no code.
fn nearest_codes(lot: &[Cpv], capability: &[Cpv]) -> Option<usize> {
    lot.iter().flat_map(|theirs| capability.iter().map(move |mine| mine.shared_digits(theirs))).max()
}

fn shared_reason(mine: &Term, theirs: &Term) -> Option<Reason> {
    let (mine_word, their_word) = (mine.surface.clone(), theirs.surface.clone());
    match theirs.kind {
        TermKind::Concept => Some(Reason::Concept { concept: theirs.key.clone(), mine: mine_word, theirs: their_word }),
        TermKind::Goods | TermKind::Family => Some(Reason::Word { mine: mine_word, theirs: their_word }),
        TermKind::Part => None,
    }
}

/// The pair of codes that share most of the tree, three digits at least.
fn best_code(lot: &[Cpv], capability: &[Cpv], lessons: &Lessons) -> Option<(Cpv, Cpv, usize)> {
    let wanted = lot.iter().filter(|theirs| lessons.code_weight(theirs) > 0.0);
    let pairs = wanted.flat_map(|theirs| capability.iter().map(move |mine| (mine, theirs)));
    pairs
        .map(|(mine, theirs)| (mine, theirs, mine.shared_digits(theirs)))
        .filter(|(_, _, digits)| *digits >= 3)
        .max_by_key(|(mine, theirs, digits)| (*digits, std::cmp::Reverse((mine.as_str(), theirs.as_str()))))
        .map(|(mine, theirs, digits)| (mine.clone(), theirs.clone(), digits))
}

fn place_name(lot: &LotProfile) -> String {
    lot.places.first().map(Place::name).unwrap_or_default()
}

fn weigh_place(lot: &LotProfile, fit: PlaceFit, reasons: &mut Vec<Reason>, objections: &mut Vec<Objection>) {
    let place = place_name(lot);
    match fit {
        PlaceFit::Inside | PlaceFit::Ships => reasons.push(Reason::Place { fit, place }),
        PlaceFit::Partly | PlaceFit::Near | PlaceFit::Far => objections.push(Objection::Place { fit, place }),
        PlaceFit::Unknown => {}
    }
}

fn weigh_limits(
    lot: &LotProfile,
    capability: &CapabilityProfile,
    largest_sek: Option<i64>,
    now: DateTime<Utc>,
    objections: &mut Vec<Objection>,
) {
    if let (Some(value_sek), Some(largest_sek)) = (lot.value_sek, largest_sek)
        && value_sek > largest_sek
    {
        objections.push(Objection::TooLarge { value_sek, largest_sek });
    }
    if let Some(deadline) = lot.deadline_at {
        let days = (deadline - now).num_days();
        if (0..5).contains(&days) {
            objections.push(Objection::ShortTime { days });
        }
    }
    if let (Some(start), Some(earliest)) = (lot.start_on, capability.earliest_start)
        && start < earliest
    {
        objections.push(Objection::StartsBefore { earliest });
    }
}

fn weigh_reservation(lot: &LotProfile, reasons: &mut Vec<Reason>, objections: &mut Vec<Objection>) {
    let reservation = lot.reservation;
    match reservation {
        Reservation::None => {}
        Reservation::ShelteredOrIntegration | Reservation::ShelteredProgramme => {
            reasons.push(Reason::Reserved { reservation });
        }
        Reservation::Participatory | Reservation::Nonprofit => {
            objections.push(Objection::ReservedForOthers { reservation });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(words: &[(TermKind, &str, bool)]) -> Terms {
        let term = |(kind, key, in_title): &(TermKind, &str, bool)| Term {
            kind: *kind,
            key: (*key).to_owned(),
            surface: (*key).to_owned(),
            in_title: *in_title,
            generic: false,
            trust: 1.0,
        };
        Terms::new(words.iter().map(term).collect())
    }

    fn lot(words: &[(TermKind, &str, bool)], place: &str) -> LotProfile {
        LotProfile {
            related: Vec::new(),
            terms: terms(words),
            cpv: Vec::new(),
            places: Place::parse_list(place).unwrap(),
            value_sek: None,
            deadline_at: None,
            start_on: None,
            reservation: Reservation::None,
        }
    }

    fn asf(words: &[(TermKind, &str, bool)], area: &str) -> AsfProfile {
        AsfProfile {
            area: Place::parse_list(area).unwrap(),
            lessons: Lessons::default(),
            capabilities: vec![CapabilityProfile {
                terms: terms(words),
                cpv: Vec::new(),
                max_value_sek: Some(100_000),
                earliest_start: None,
            }],
        }
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    const CLEANING: &[(TermKind, &str, bool)] = &[(TermKind::Concept, "cleaning", true)];

    #[test]
    fn a_shared_trade_in_the_area_is_strong_and_says_why() {
        let fit = fit(&lot(CLEANING, "0680"), &asf(CLEANING, "06"), now());
        assert_eq!(fit.strength, Some(Strength::Strong));
        assert!(matches!(&fit.reasons[0], Reason::Concept { concept, .. } if concept == "cleaning"));
    }

    #[test]
    fn fragments_alone_never_suggest() {
        let parts: &[_] =
            &[(TermKind::Part, "kontor", true), (TermKind::Part, "golv", true), (TermKind::Part, "hus", true)];
        assert_eq!(fit(&lot(parts, "0680"), &asf(parts, "06"), now()).strength, None);
    }

    #[test]
    fn outside_the_county_nothing_is_suggested() {
        let fit = fit(&lot(CLEANING, "SE110"), &asf(CLEANING, "06"), now());
        assert_eq!(fit.strength, None);
        assert!(fit.topic > POSSIBLE);
    }

    #[test]
    fn a_job_far_above_the_largest_is_not_suggested() {
        let mut huge = lot(CLEANING, "0680");
        huge.value_sek = Some(500_001);
        assert_eq!(fit(&huge, &asf(CLEANING, "06"), now()).strength, None);
        huge.value_sek = Some(500_000);
        assert_eq!(fit(&huge, &asf(CLEANING, "06"), now()).strength, Some(Strength::Strong));
    }

    #[test]
    fn a_job_above_the_largest_is_said_and_ranks_lower() {
        let mut large = lot(CLEANING, "0680");
        large.value_sek = Some(900_000);
        let (large, small) =
            (fit(&large, &asf(CLEANING, "06"), now()), fit(&lot(CLEANING, "0680"), &asf(CLEANING, "06"), now()));
        assert!(large.score < small.score);
        assert!(large.objections.contains(&Objection::TooLarge { value_sek: 900_000, largest_sek: 100_000 }));
    }

    /// Seeded lots and ASF from a small stock of signs.
    fn random_terms(seed: &mut u64) -> Vec<(TermKind, &'static str, bool)> {
        let stock = ["stad", "trad", "flytt", "tvatt", "bageri", "it", "snick", "mal"];
        let kinds = [TermKind::Concept, TermKind::Family, TermKind::Part];
        let mut next = |bound: u64| {
            *seed ^= *seed << 13;
            *seed ^= *seed >> 7;
            *seed ^= *seed << 17;
            usize::try_from((*seed >> 33) % bound).unwrap()
        };
        (0..2 + next(6)).map(|_| (kinds[next(3)], stock[next(8)], next(2) == 0)).collect()
    }

    #[test]
    fn a_trade_beside_the_one_asked_for_is_ranked_and_never_suggested() {
        let words = [(TermKind::Concept, "klotter", true)];
        let asf = asf(&[(TermKind::Concept, "stad", true)], "06");
        let alone = fit(&lot(&words, "0680"), &asf, now());
        let beside = fit(&LotProfile { related: vec!["stad".to_owned()], ..lot(&words, "0680") }, &asf, now());
        assert!(alone.topic < beside.topic && beside.topic < POSSIBLE);
        assert_eq!((beside.strength, beside.reasons), (None, alone.reasons));
    }

    #[test]
    fn who_says_no_code_is_not_offered_supplies_for_a_word() {
        let words = [(TermKind::Family, "cykel", true)];
        let asf = asf(&words, "06");
        let with_code = |code| LotProfile { cpv: vec![Cpv::parse(code).unwrap()], ..lot(&words, "0680") };
        assert_eq!(fit(&with_code("34430000"), &asf, now()).strength, None);
        assert!(fit(&with_code("50800000"), &asf, now()).strength.is_some());
    }

    #[test]
    fn without_a_stated_reason_the_score_is_lower() {
        let mut seed = 88_172_645_463_325_252;
        let mut checked = 0;
        for _ in 0..3_000 {
            let (theirs, mine) = (random_terms(&mut seed), random_terms(&mut seed));
            let asf = asf(&mine, "06");
            let whole = fit(&lot(&theirs, "0680"), &asf, now());
            for reason in &whole.reasons {
                let (kind, key) = match reason {
                    Reason::Concept { concept, .. } => (TermKind::Concept, concept),
                    Reason::Word { theirs, .. } => (TermKind::Family, theirs),
                    _ => continue,
                };
                let rest: Vec<_> = theirs.iter().filter(|(k, word, _)| !(*k == kind && word == key)).copied().collect();
                let less = fit(&lot(&rest, "0680"), &asf, now());
                assert!(less.topic < whole.topic, "{reason:?} of {theirs:?} with {mine:?}");
                let related = LotProfile { related: vec![mine[0].1.to_owned()], ..lot(&rest, "0680") };
                let stated = whole.strength.is_some();
                assert!(
                    !stated || fit(&related, &asf, now()).topic < whole.topic,
                    "{reason:?} of {theirs:?} with {mine:?}"
                );
                checked += 1;
            }
        }
        assert!(checked > 1_000, "only {checked} reasons");
    }
}
