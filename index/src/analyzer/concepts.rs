//! Finding the thesaurus's concepts in a row of words: whole words, heads of compounds and
//! phrases; and keeping silent where the word names a thing, a house or a block instead.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::compounds::{Shape, Splitter};
use super::thesaurus::{self, Concept};
use super::{Lists, Token};

/// Words allowed between the verb and its object ("klippning av gräs och häck").
const OBJECT_REACH: usize = 4;

/// Heads that only say that something is done: städtjänst is städ.
const TRANSPARENT: &[&str] = &[
    "tjänst",
    "arbete",
    "service",
    "uppdrag",
    "hjälp",
    "firma",
    "företag",
    "verksamhet",
    "insats",
    "entreprenad",
    "lag",
    "upphandling",
    "avtal",
    "ramavtal",
];

/// How a compound ends that says what is done: "klädlagning" is "lagning av kläder".
const WORK_ENDS: &[&str] = &[
    "ning",
    "ing",
    "vård",
    "skötsel",
    "service",
    "tjänst",
    "puts",
    "städ",
    "tvätt",
    "flytt",
    "transport",
    "leverans",
    "montage",
    "skifte",
    "byte",
    "arbete",
    "bruk",
    "underhåll",
    "hjälp",
    "kontroll",
    "paket",
    "passning",
    "radera",
    "röja",
    "lagning",
    "sömnad",
    "visning",
    "tryck",
    "dekor",
    "produktion",
    "drift",
    "verkstad",
];

/// Things that are for a service and are not the service, before "för" or "till".
const GOODS: &[&str] = &[
    "maskin",
    "utrustning",
    "fordon",
    "material",
    "materiel",
    "redskap",
    "medel",
    "system",
    "program",
    "programvara",
    "verktyg",
    "traktor",
    "truck",
    "artikel",
    "tillbehör",
    "kemikalie",
    "produkt",
    "vagn",
    "besiktning",
    "utbildning",
    "kurs",
    "revision",
    "projektering",
    "utredning",
    "konsult",
    "försäkring",
    "tillsyn",
    "inspektion",
    "bemanning",
    "anläggning",
    "byggnad",
    "inredning",
    "robot",
    "kran",
    "lift",
    "container",
    "underlag",
    "original",
    "kärl",
    "behållare",
    "förpackning",
    "emballage",
    "mall",
    "skåp",
    "bil",
    "fundament",
    "stolpe",
    "lås",
    "ritning",
    "bygglov",
    "tillstånd",
    "arkitekt",
    "påse",
];

/// Work on a building: then a word that also names a building names the building.
const BUILDING_WORK: &[&str] = &[
    "nybyggnad",
    "tillbyggnation",
    "ombyggnad",
    "tillbyggnad",
    "nybyggnation",
    "ombyggnation",
    "rivning",
    "takbyte",
    "renovering",
    "projektering",
    "entreprenad",
    "etapp",
    "stambyte",
    "inredning",
    "maskin",
    "utrustning",
    "ventilation",
    "hyra",
    "arrende",
    "fasad",
];

/// Who is asked about work is not asked to do it: "konsulttjänster målning".
const CONSULTING: &[&str] = &["konsult", "besiktning", "projektering"];

/// What stands between a thing and what it is for.
const LINKS: &[&str] = &["för", "till", "i", "inom", "av", "avseende", "for"];
/// What else may stand between the thing and its first description.
const WIDER_LINKS: &[&str] = &["med", "inklusive", "inkl"];

/// Small words that stand before a thing and change nothing.
const DESCRIBES: &[&str] =
    &["ny", "nytt", "nya", "en", "ett", "den", "det", "de", "vår", "vårt", "våra", "the", "our", "new"];

/// A concept found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) concept: usize,
    /// First and last word of the passage.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The words of a phrase, counted from `from`, as bits; none for a single word. A phrase silences
    /// other concepts of its words, tvätt av fordon is no laundry, but not of those between them.
    phrase: u64,
    /// Read from the name of a thing.
    pub(crate) thing: bool,
}

#[derive(Debug)]
struct Phrase {
    concept: usize,
    rest: Vec<String>,
    /// Most words to step forward for each further key.
    reach: usize,
}

/// The thesaurus, made ready for looking up keys.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    whole: HashMap<String, Vec<usize>>,
    heads: HashMap<String, Vec<usize>>,
    phrases: HashMap<String, Vec<Phrase>>,
    /// Keys of words that name a thing, with their concept.
    things: HashSet<(usize, String)>,
    /// Written words that also name a building, with their concept.
    houses: Vec<(usize, String)>,
    goods: HashSet<String>,
    building_work: Vec<String>,
    transparent: Vec<String>,
}

impl Finder {
    pub(crate) fn new(splitter: &Splitter, lists: &Lists) -> Self {
        let keys = |words: &[&str]| -> Vec<String> { words.iter().map(|w| splitter.shape(w).key.clone()).collect() };
        let mut finder = Self {
            goods: keys(GOODS).into_iter().collect(),
            building_work: keys(BUILDING_WORK),
            transparent: keys(TRANSPARENT),
            ..Self::default()
        };
        for (at, concept) in thesaurus::all().iter().enumerate() {
            for word in concept.words_sv.iter().chain(&concept.words_en) {
                finder.add(at, word, splitter, lists);
            }
        }
        finder
    }

    fn add(&mut self, concept: usize, listed: &str, splitter: &Splitter, lists: &Lists) {
        let word = thesaurus::bare(listed);
        let marks = &listed[..listed.len() - word.len()];
        if marks.contains('@') {
            self.houses.push((concept, word.replace('é', "e")));
        }
        let words = super::words::cut(word);
        if let [only] = words.as_slice() {
            let shape = splitter.shape(&only.text);
            push(&mut self.whole, shape.key.clone(), concept);
            if marks.contains('~') {
                self.things.insert((concept, shape.key.clone()));
            }
            if marks.contains('-') {
                push(&mut self.heads, shape.key.clone(), concept);
            }
            if let [first, head] = shape.parts.as_slice() {
                // "service" takes any object, so it must stand close to ours; a thing takes none.
                let reach = if self.transparent.contains(head) { 2 } else { OBJECT_REACH };
                if WORK_ENDS.iter().any(|end| only.text.ends_with(end)) {
                    self.phrase(concept, &[head, first], reach);
                }
                self.phrase(concept, &[first, head], 1);
            }
            return;
        }
        let verbal = words[0].text.ends_with('a') || words[0].text.ends_with("ing");
        let shapes: Vec<Arc<Shape>> = words.iter().map(|w| splitter.shape(&w.text)).collect();
        let all: Vec<&String> = shapes.iter().map(|shape| &shape.key).collect();
        match words.as_slice() {
            [_, middle, _] if lists.is_preposition(&middle.text) => {
                self.phrase(concept, &[all[0], all[2]], OBJECT_REACH);
                self.phrase(concept, &[all[2], all[0]], 2);
            }
            [_, last] if verbal && !lists.is_stop(&last.text) => {
                self.phrase(concept, &all, OBJECT_REACH);
                self.phrase(concept, &[all[1], all[0]], 2);
            }
            _ => self.phrase(concept, &all, 2),
        }
    }

    fn phrase(&mut self, concept: usize, keys: &[&String], reach: usize) {
        let rest = keys[1..].iter().map(|key| (*key).clone()).collect();
        let phrase = Phrase { concept, rest, reach };
        self.phrases.entry(keys[0].clone()).or_default().push(phrase);
    }

    /// The concepts of a row of words, in order of appearance.
    pub(crate) fn find(&self, tokens: &[Token]) -> Vec<Found> {
        let mut found = Vec::new();
        for at in 0..tokens.len() {
            self.words_at(tokens, at, &mut found);
            self.phrases_at(tokens, at, &mut found);
        }
        // Only passages close by can lie inside each other, so each looks around itself.
        let kept = (0..found.len()).filter(|&at| {
            let inner: Found = found[at];
            let near = at.saturating_sub(32)..(at + 32).min(found.len());
            !found[near].iter().any(|outer| outer.concept != inner.concept && outer.covers(&inner))
        });
        kept.map(|at| found[at]).collect()
    }

    fn words_at(&self, tokens: &[Token], at: usize, found: &mut Vec<Found>) {
        let token = &tokens[at];
        if token.stop {
            return;
        }
        let listed = self.listed(token);
        // What stands around is asked last: most words are in no list.
        if listed.is_empty() || token.is_name_of_place() || self.is_about(tokens, at) {
            return;
        }
        for (key, concepts) in listed {
            self.entries(key, concepts, tokens, at, found);
        }
    }

    /// The lists that a word stands in: whole, as a compound with a listed head, or before a head that
    /// only says that something is done.
    fn listed<'a>(&'a self, token: &Token) -> Vec<(&'a str, &'a [usize])> {
        let shape = &token.shape;
        let mut listed: Vec<(&str, &[usize])> = Vec::new();
        let mut look = |list: &'a HashMap<String, Vec<usize>>, key: &str| {
            listed.extend(list.get_key_value(key).map(|(key, concepts)| (key.as_str(), concepts.as_slice())));
        };
        look(&self.whole, &shape.key);
        let Some((last, before)) = shape.parts.split_last().filter(|(head, _)| !is_participle(&token.surface, head))
        else {
            return listed;
        };
        for start in 1..before.len() {
            look(&self.heads, &shape.parts[start..].join("+"));
        }
        if !before.is_empty() {
            look(&self.heads, last);
        }
        if !before.is_empty() && self.transparent.contains(last) {
            look(&self.whole, &before.join("+"));
            if before.len() > 1 {
                look(&self.heads, &before[before.len() - 1]);
            }
        }
        listed
    }

    fn entries(&self, key: &str, concepts: &[usize], tokens: &[Token], at: usize, found: &mut Vec<Found>) {
        for &concept in concepts {
            let surface = &tokens[at].surface;
            let house = || {
                let mut houses = self.houses.iter();
                houses.any(|(of, word)| *of == concept && surface.contains(word.as_str()))
            };
            let meant = &thesaurus::all()[concept];
            // A compound that is listed itself is meant, however it begins: "utomhusmålning" is no "utmålning".
            let is_compound = key == tokens[at].shape.key && !tokens[at].shape.parts.is_empty();
            let silent = is_distractor(meant, surface, is_compound)
                || is_beside(meant, tokens, at)
                || (tokens[at].shape.parts.is_empty() && is_done(meant, surface))
                || (house() && (self.is_building_work(tokens, at) || is_customer(tokens, at)));
            if !silent {
                let thing = self.things.contains(&(concept, key.to_owned()));
                found.push(Found { concept, from: at, to: at, phrase: 0, thing });
            }
        }
    }

    fn phrases_at(&self, tokens: &[Token], at: usize, found: &mut Vec<Found>) {
        let first = &tokens[at];
        // "konsulttjänster målning" is no "tjänst" of painting.
        let head = first.shape.parts.last().filter(|head| !self.transparent.contains(head));
        for key in std::iter::once(&first.shape.key).chain(head) {
            for phrase in self.phrases.get(key).into_iter().flatten() {
                let Some((to, words)) = phrase.find(tokens, at) else { continue };
                if !self.is_about(tokens, at) {
                    found.push(Found { concept: phrase.concept, from: at, to, phrase: words, thing: false });
                }
            }
        }
    }

    /// Whether the word is what a machine, a course or an inspection is for, at one remove too:
    /// "program med stöd för lokalvård".
    fn is_about(&self, tokens: &[Token], at: usize) -> bool {
        let sentence = tokens[at].sentence;
        let before = tokens[..at].iter().rev().take(6).take_while(|token| token.sentence == sentence);
        let (mut linked, mut removed) = (false, false);
        for token in before {
            if CONSULTING.iter().any(|part| token.surface.contains(part)) {
                return true;
            }
            let is_link = LINKS.contains(&token.surface.as_str());
            let joins = matches!(token.surface.as_str(), "och" | "samt" | "eller");
            if joins && !linked && !removed {
                continue;
            }
            if !is_link && (linked && token.stop || DESCRIBES.contains(&token.surface.as_str())) {
                continue;
            }
            if linked {
                if self.is_goods(token) {
                    return true;
                }
                (linked, removed) = (false, true);
            } else if is_link || (removed && WIDER_LINKS.contains(&token.surface.as_str())) {
                linked = true;
            } else if token.stop || removed {
                return false;
            }
        }
        false
    }

    fn is_goods(&self, token: &Token) -> bool {
        let shape = &token.shape;
        self.goods.contains(&shape.key) || shape.parts.last().is_some_and(|last| self.goods.contains(last))
    }

    fn is_building_work(&self, tokens: &[Token], at: usize) -> bool {
        let sentence = tokens[at].sentence;
        let around = tokens[at.saturating_sub(8)..(at + 9).min(tokens.len())].iter();
        around
            .filter(|token| token.sentence == sentence && !token.stop)
            .any(|token| self.building_work.iter().any(|work| token.has_head(work)))
    }
}

impl Found {
    /// Whether this is a phrase of more words than the other, all of the other's among them.
    fn covers(&self, other: &Found) -> bool {
        let Some(step) = other.from.checked_sub(self.from).filter(|step| *step < 64) else { return false };
        let words = other.phrase.max(1);
        let moved = words << step;
        moved >> step == words && self.phrase & moved == moved && self.phrase != moved
    }
}

impl Phrase {
    /// Where the phrase ends and which words it consists of, if it begins at `from`.
    fn find(&self, tokens: &[Token], from: usize) -> Option<(usize, u64)> {
        let (mut at, mut words) = (from, 1);
        for key in &self.rest {
            let last = (at + self.reach).min(tokens.len() - 1);
            // Words that must stand side by side do so without a comma between them.
            let close = |next: usize| self.reach > 2 || !tokens[next].pause;
            let found = (at + 1..=last)
                .take_while(|&next| tokens[next].sentence == tokens[from].sentence && close(next))
                .find(|&next| tokens[next].has_head(key));
            at = found?;
            words |= 1_u64.checked_shl(u32::try_from(at - from).ok()?)?;
        }
        Some((at, words))
    }
}

/// "leverans till skolor, kiosker och caféer": who is served, not what is done.
fn is_customer(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().take(8).take_while(|token| token.sentence == tokens[at].sentence);
    let (mut listed, mut described) = (tokens[at].pause, false);
    for token in before {
        match token.surface.as_str() {
            "till" | "åt" | "från" | "hos" => return true,
            "och" | "eller" | "samt" => listed = true,
            _ if token.stop => return false,
            // Words side by side are a list only with a sign or "och" between them; one may describe.
            _ if !listed && described => return false,
            _ => {
                described |= !listed;
                listed = token.pause;
            }
        }
    }
    false
}

/// "frontmonterade" tells what a thing is like, not what somebody does.
fn is_participle(surface: &str, head: &str) -> bool {
    ["ad", "at", "ade", "ande"].iter().any(|end| surface.ends_with(end) && !head.ends_with(end))
}

/// "tvättad och packad" tells what was done to a thing; nobody offers or asks for it.
fn is_done(concept: &Concept, surface: &str) -> bool {
    let done = ["ad", "at", "ade", "ats"].iter().any(|end| surface.ends_with(end)) && surface.len() > 5;
    done && !concept.words_sv.iter().chain(&concept.words_en).any(|word| thesaurus::bare(word) == surface)
}

fn is_distractor(concept: &Concept, surface: &str, is_compound: bool) -> bool {
    concept.not.iter().filter(|not| !not.starts_with('+')).any(|not| match not.strip_suffix('-') {
        Some(start) => !is_compound && surface.len() > start.len() && surface.starts_with(start),
        None => surface == not,
    })
}

/// "däckbyte" in a sentence about bicycles: the words that are marked + turn the concept into another.
fn is_beside(concept: &Concept, tokens: &[Token], at: usize) -> bool {
    let beside = || concept.not.iter().filter_map(|not| not.strip_prefix('+'));
    beside().next().is_some()
        && tokens
            .iter()
            .filter(|token| token.sentence == tokens[at].sentence)
            .any(|token| beside().any(|key| token.has_head(key) || token.shape.parts.first().is_some_and(|p| p == key)))
}

fn push(map: &mut HashMap<String, Vec<usize>>, key: String, concept: usize) {
    let concepts = map.entry(key).or_default();
    if !concepts.contains(&concept) {
        concepts.push(concept);
    }
}
