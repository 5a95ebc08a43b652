//! Stored ASF and lots as the matcher and the index see them.
//! Both are made from the same words, so that what the index finds the matcher can explain.

use chrono::{DateTime, Utc};
use samhandla_index::{
    analyzer::{self, Analyzer, hints::Hint, thesaurus},
    codes,
    document::Document,
    query::Evidence,
};

use crate::domain::{
    asf::{Asf, Capability, NewCapability},
    cpv::Cpv,
    lesson::Lessons,
    matcher::{AsfProfile, CapabilityProfile, LotProfile},
    need::{Lot, Need},
    place::Place,
    terms::{Term, TermKind, Terms},
};

/// An ASF for the matcher.
pub fn asf_profile(asf: &Asf) -> AsfProfile {
    AsfProfile {
        area: asf.area.clone(),
        capabilities: asf.capabilities.iter().map(capability_profile).collect(),
        lessons: Lessons::new(asf.lessons.iter().map(|lesson| lesson.taught.clone())),
    }
}

fn capability_profile(capability: &Capability) -> CapabilityProfile {
    let work = &capability.work;
    CapabilityProfile {
        terms: capability_terms(work),
        cpv: work.cpv.clone(),
        max_value_sek: work.max_value_sek,
        earliest_start: work.earliest_start,
    }
}

/// Of a trade that only an ASF's own code names.
const OWN_CODE_TRUST: f64 = 0.8;
/// Of a trade that running text names only by a thing it makes or handles.
const THING_TRUST: f64 = 0.45;

/// Of a trade with everyday words that the text under another heading names.
const BROAD_TRUST: f64 = 0.45;

/// The terms of a capability. Its codes are its own choice and stand beside the heading; without a
/// heading, what the text is about stands in for it.
fn capability_terms(work: &NewCapability) -> Terms {
    let analyzer = Analyzer::shared();
    let mut terms = analyse(&work.title, (&code_trades(&work.cpv), OWN_CODE_TRUST), &work.text);
    // A snow blower that is serviced is no trade in snow blowers.
    terms.retain(|term| !thesaurus::is_other(&term.key));
    let things = analyzer.only_things(&work.text);
    terms.doubt(|term| if things.contains(term) { THING_TRUST } else { 1.0 });
    if !work.title.is_empty() {
        // "Packas varje fredag" under the heading of a laundry is no packing for others.
        terms.doubt_text(|concept| if thesaurus::is_broad(concept) { BROAD_TRUST } else { 1.0 });
    }
    if work.title.is_empty() {
        let prominent = analyzer.prominent(&work.text);
        terms.raise(|term| prominent.contains(&(kind_in_index(term.kind), term.key.clone())));
    }
    terms
}

fn capability_text(work: &NewCapability) -> String {
    format!("{}\n{}", work.text, code_trades(&work.cpv))
}

/// A lot for the matcher, with what its need says for all lots.
pub fn lot_profile(need: &Need, lot: &Lot) -> LotProfile {
    let LotWords { title, coded, text } = lot_words(need, lot);
    let mut terms = analyse(&title, (&coded, CODE_TRUST), &text);
    let things = Analyzer::shared().only_things(&text);
    terms.doubt(|concept| borne_out(concept, lot.cpv()));
    terms.doubt_text(|concept| if things.contains(concept) { THING_TRUST } else { 1.0 });
    if lot.cpv().is_empty() && !names_its_matter(&terms) {
        // "Vi byter lokal i april": in a letter the text says what the heading does not.
        let is_clear = |term: &Term| !thesaurus::is_broad(&term.key) || term.surface.contains(' ');
        terms.raise_concepts(LETTER_TRUST, is_clear);
    }
    // A coordinator's words say what is asked, whatever else the buyer's name.
    let (title_asked, text_asked) = match (added_words(lot), lot.cpv().is_empty()) {
        (Some(words), _) => (words, ""),
        (None, true) => (title.as_str(), text.as_str()),
        (None, false) => (title.as_str(), ""),
    };
    if Analyzer::shared().asks_for_other_trade(title_asked, text_asked) {
        terms.doubt(|concept| if thesaurus::is_other(concept) { 1.0 } else { BESIDE_OTHER_TRADE });
    }
    let hinted = hints(&title, &text, lot.cpv()).into_iter();
    let trusted = |hint: Hint| to_term(Analyzer::shared(), hint.term, true, hint_trust(hint.words));
    terms.add(hinted.map(trusted).collect());
    let related = related(terms.of_kind(TermKind::Concept).filter(|term| term.in_title).map(|term| term.key.as_str()));
    LotProfile {
        terms,
        related,
        cpv: lot.cpv().to_vec(),
        places: lot.places().to_vec(),
        value_sek: lot.work.value_sek,
        deadline_at: lot.work.deadline_at,
        start_on: lot.work.start_on,
        reservation: lot.work.reservation,
    }
}

/// Trades beside those named, none of them.
fn related<'a>(named: impl Iterator<Item = &'a str>) -> Vec<String> {
    let named: Vec<&str> = named.collect();
    let beside = named.iter().flat_map(|id| thesaurus::related(id)).filter(|id| !named.contains(id));
    beside.map(str::to_owned).collect()
}

/// Whether the title names a trade, or the thing that the work is done with.
fn names_its_matter(terms: &Terms) -> bool {
    [TermKind::Concept, TermKind::Goods].into_iter().any(|kind| terms.of_kind(kind).any(|term| term.in_title))
}

/// Of a trade that only the text of a request names.
const LETTER_TRUST: f64 = 0.6;
/// Of a trade named in a request that asks for another one: the place or the customer, not the work.
const BESIDE_OTHER_TRADE: f64 = 0.3;

/// Of a trade that a request points at without naming it, by the number of words that do.
fn hint_trust(words: usize) -> f64 {
    match words {
        0..=2 => 0.5,
        3 => 0.6,
        _ => 0.7,
    }
}

/// The trades that a request points at; a code says more, and so does a title that names its trade.
fn hints(title: &str, text: &str, cpv: &[Cpv]) -> Vec<Hint> {
    let analyzer = Analyzer::shared();
    let whole = format!("{title}\n{text}");
    if !names_trade(&whole) {
        let meant = analyzer.misspelt(title);
        if !meant.is_empty() {
            return meant;
        }
    }
    if !cpv.is_empty() || analyzer.asks_for_other_trade(title, text) {
        return Vec::new();
    }
    let titled = names_trade(title);
    let least = if titled { 3 } else { 2 };
    analyzer.hints(&whole).into_iter().filter(|hint| hint.words >= least).collect()
}

fn names_trade(text: &str) -> bool {
    Analyzer::shared().analyze(text).iter().any(|term| term.kind == analyzer::TermKind::Concept)
}

/// What says what a lot is about.
struct LotWords {
    title: String,
    /// What its codes stand for, where the words say nothing.
    coded: String,
    text: String,
}

/// The words that say what a lot is about; what a coordinator added stands with the title.
fn lot_words(need: &Need, lot: &Lot) -> LotWords {
    let said = words_of_notice(need, lot);
    match added_words(lot) {
        // The code was asked for want of words.
        Some(words) => LotWords { title: format!("{}. {words}", said.title), coded: String::new(), ..said },
        None => said,
    }
}

fn added_words(lot: &Lot) -> Option<&str> {
    lot.tuning.as_ref().map(|tuning| tuning.words.as_str()).filter(|words| !words.is_empty())
}

/// The words of the notice, title apart from text.
///
/// A lot's own title decides when it names work; "Område norr" does not, and then the title of the
/// need decides. The text of the need counts only when there is a single lot, since it tells of all.
fn words_of_notice(need: &Need, lot: &Lot) -> LotWords {
    let single = need.lots.len() <= 1;
    let says_work = lot.work.title != need.title && names_work(&lot.work.title);
    let title = if says_work { lot.work.title.clone() } else { format!("{} {}", need.title, lot.work.title) };
    let mut text = lot.work.text.clone();
    if single && need.text != lot.work.text {
        text = format!("{text}\n{}", need.text);
    }
    if single && says_work {
        text = format!("{text}\n{}", need.title);
    }
    if !names_work(&title) {
        // Nothing but the code says what it is about.
        let coded = code_words(&format!("{title}\n{text}"), lot.cpv());
        return LotWords { title, coded, text };
    }
    let (matter, accessories) = main_matter(&title);
    LotWords { title: matter.to_owned(), coded: String::new(), text: format!("{text}\n{accessories}") }
}

/// What comes with the matter and is not the matter: "Tälthall inklusive montage" is no assembly.
const ACCESSORIES: [&str; 6] =
    [" inkl", " (inkl", " med tillhörande ", " samt tillhörande ", " och tillhörande ", " including "];

/// A title up to its accessories, and those.
fn main_matter(title: &str) -> (&str, &str) {
    let lower = title.to_ascii_lowercase();
    let first = ACCESSORIES.iter().filter_map(|mark| lower.find(mark)).min();
    match first.and_then(|at| title.split_at_checked(at)) {
        Some((matter, rest)) if names_work(matter) => (matter, rest),
        _ => (title, ""),
    }
}

fn names_work(title: &str) -> bool {
    let analyzer = Analyzer::shared();
    analyzer.analyze(title).iter().any(|term| match term.kind {
        analyzer::TermKind::Concept => true,
        analyzer::TermKind::Family => !analyzer.is_generic(&term.key),
        analyzer::TermKind::Part => false,
    })
}

/// The trades that the codes stand for, in words, where the text itself names no trade. Where it
/// does, the writer's words are better than a code, which is often wrong or too broad.
fn code_words(text: &str, cpv: &[Cpv]) -> String {
    if names_trade(text) { String::new() } else { code_trades(cpv) }
}

/// The trades that the codes stand for, in words.
fn code_trades(cpv: &[Cpv]) -> String {
    let mut labels: Vec<&str> = cpv
        .iter()
        .flat_map(|code| codes::concepts_of(code.as_str()).into_iter().map(move |concept| (code, concept)))
        .filter_map(|(code, concept)| Some((code, thesaurus::concept(concept)?)))
        // A code above the trade's own branch says too little.
        .filter(|(code, concept)| concept.cpv_prefixes.iter().any(|p| code.significant().starts_with(p.as_str())))
        .map(|(_, concept)| concept.label_sv.as_str())
        .collect();
    labels.dedup();
    labels.join(". ")
}

/// Of a trade that only a code names.
const CODE_TRUST: f64 = 0.3;

/// How far a need's codes bear out a trade that its words name. Codes are often wrong, so they never
/// silence a trade; but "montage" under building works is seldom what an assembly shop does.
fn borne_out(concept: &str, cpv: &[Cpv]) -> f64 {
    let Some(concept) = thesaurus::concept(concept).filter(|concept| !concept.cpv_prefixes.is_empty()) else {
        return 1.0;
    };
    let division = |code: &Cpv| code.as_str()[..2].to_owned();
    let is_ours = |division: &String| concept.cpv_prefixes.iter().any(|prefix| prefix.starts_with(division.as_str()));
    if cpv.is_empty() || cpv.iter().map(division).any(|division| is_ours(&division)) {
        return 1.0;
    }
    let far = cpv.iter().map(division).all(|division| codes::is_far_division(&division));
    match (far, thesaurus::is_broad(&concept.id)) {
        (true, true) => 0.25,
        (true, false) => 0.45,
        (false, true) => 0.5,
        (false, false) => 0.85,
    }
}

/// The terms of a title, of what the codes beside it stand for, and of a text.
fn analyse(title: &str, (coded, coded_trust): (&str, f64), text: &str) -> Terms {
    let analyzer = Analyzer::shared();
    let terms = |text: &str, in_title: bool, trust: f64| -> Vec<Term> {
        let analysed = analyzer.analyze(text).into_iter();
        analysed.map(|term| to_term(analyzer, term, in_title, trust)).collect()
    };
    let mut all = terms(title, true, 1.0);
    all.extend(terms(coded, true, coded_trust));
    all.extend(terms(text, false, 1.0));
    // "snö" alone meets the piece of "snöskottning".
    let whole_words = all.iter().filter(|term| term.kind == TermKind::Family && !term.key.contains('+'));
    let pieces: Vec<Term> = whole_words.map(|term| Term { kind: TermKind::Part, ..term.clone() }).collect();
    all.extend(pieces);
    Terms::new(all)
}

fn kind_in_index(kind: TermKind) -> analyzer::TermKind {
    match kind {
        TermKind::Concept | TermKind::Goods => analyzer::TermKind::Concept,
        TermKind::Family => analyzer::TermKind::Family,
        TermKind::Part => analyzer::TermKind::Part,
    }
}

fn to_term(analyzer: &Analyzer, term: analyzer::Term, in_title: bool, trust: f64) -> Term {
    let kind = match term.kind {
        analyzer::TermKind::Concept if thesaurus::is_goods(&term.key) => TermKind::Goods,
        analyzer::TermKind::Concept => TermKind::Concept,
        analyzer::TermKind::Family => TermKind::Family,
        analyzer::TermKind::Part => TermKind::Part,
    };
    let generic = matches!(kind, TermKind::Family | TermKind::Part) && analyzer.is_generic(&term.key);
    Term { kind, generic, key: term.key, surface: term.surface, in_title, trust }
}

/// An ASF for the index: one document, all its capabilities.
pub fn asf_document(asf: &Asf) -> Document {
    let capabilities = || asf.capabilities.iter().map(|capability| &capability.work);
    let titles: Vec<&str> = capabilities().map(|work| work.title.as_str()).collect();
    let texts: Vec<String> = capabilities().map(capability_text).collect();
    Document {
        id: asf.id.0.unsigned_abs(),
        group: asf.id.0.unsigned_abs(),
        title: format!("{} {}. {}", asf.name, asf.unit, titles.join(". ")),
        text: texts.join("\n"),
        hints: Vec::new(),
        cpv: capabilities().flat_map(|work| &work.cpv).map(ToString::to_string).collect(),
        places: place_keys(asf.area.iter().chain([&asf.municipality])),
        open_until: None,
        kind: "asf".to_owned(),
    }
}

/// A lot for the index.
pub fn lot_document(need: &Need, lot: &Lot) -> Document {
    let LotWords { title, coded, text } = lot_words(need, lot);
    Document {
        id: lot.id.0.unsigned_abs(),
        group: need.id.0.unsigned_abs(),
        hints: hints(&title, &text, lot.cpv()).into_iter().map(|hint| hint.term.key).collect(),
        title: format!("{title}\n{coded}"),
        text: format!("{text}\n{}", need.buyer.name),
        cpv: lot.cpv().iter().map(ToString::to_string).collect(),
        places: place_keys(lot.places().iter()),
        open_until: lot.work.deadline_at.map(|deadline| deadline.timestamp()),
        kind: need.kind.as_str().to_owned(),
    }
}

/// Codes of the places and of their counties, so that a search for the county finds its towns.
fn place_keys<'a>(places: impl Iterator<Item = &'a Place>) -> Vec<String> {
    let mut keys: Vec<String> =
        places.flat_map(|place| [Some(place.code()), place.county()]).flatten().map(str::to_owned).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What of a lot can find an ASF.
pub fn lot_evidence(need: &Need, lot: &Lot) -> Evidence {
    let LotWords { title, coded, text } = lot_words(need, lot);
    let mut evidence = evidence(&format!("{title}\n{coded}\n{text}"), lot.cpv());
    evidence.terms.extend(hints(&title, &text, lot.cpv()).into_iter().map(|hint| hint.term));
    let named = evidence.terms.iter().filter(|term| term.kind == analyzer::TermKind::Concept);
    let related = related(named.map(|term| term.key.as_str())).into_iter();
    let concept = |key| analyzer::Term { kind: analyzer::TermKind::Concept, key, surface: String::new() };
    evidence.terms.extend(related.map(concept));
    evidence
}

/// What of an ASF can find a lot that is still open.
pub fn asf_evidence(asf: &Asf, now: DateTime<Utc>) -> Evidence {
    let document = asf_document(asf);
    let cpv: Vec<Cpv> = asf.capabilities.iter().flat_map(|capability| capability.work.cpv.clone()).collect();
    let titles: Vec<&str> = asf.capabilities.iter().map(|capability| capability.work.title.as_str()).collect();
    let evidence = evidence(&format!("{}\n{}", titles.join(". "), document.text), &cpv);
    Evidence { open_at: Some(now.timestamp()), ..evidence }
}

fn evidence(text: &str, cpv: &[Cpv]) -> Evidence {
    Evidence {
        terms: Analyzer::shared().analyze(text),
        cpv: cpv.iter().map(ToString::to_string).collect(),
        open_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accessories_are_not_the_matter() {
        assert_eq!(main_matter("Tälthall (inklusive montage) till hamnen").0, "Tälthall");
        assert_eq!(main_matter("Skyltar inkl. uppsättning"), ("Skyltar", " inkl. uppsättning"));
        assert_eq!(main_matter("Ramavtal inklusive städning").0, "Ramavtal inklusive städning");
        assert_eq!(main_matter("SKYLTAR INKL UPPSÄTTNING").0, "SKYLTAR");
    }
}
