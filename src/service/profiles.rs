//! Stored ASF and lots as the matcher and the index see them.
//! Both are made from the same words, so that what the index finds the matcher can explain.

use chrono::{DateTime, Utc};
use samhandla_index::{
    analyzer::{self, Analyzer, thesaurus},
    codes,
    document::Document,
    query::Evidence,
};

use crate::domain::{
    asf::{Asf, Capability, NewCapability},
    cpv::Cpv,
    matcher::{AsfProfile, CapabilityProfile, LotProfile},
    need::{Lot, Need},
    place::Place,
    terms::{Term, TermKind, Terms},
};

/// An ASF for the matcher.
pub fn asf_profile(asf: &Asf) -> AsfProfile {
    AsfProfile { area: asf.area.clone(), capabilities: asf.capabilities.iter().map(capability_profile).collect() }
}

fn capability_profile(capability: &Capability) -> CapabilityProfile {
    let work = &capability.work;
    // Without a heading the text is all there is.
    let title = if work.title.is_empty() { &work.text } else { &work.title };
    CapabilityProfile {
        terms: analyse(title, &capability_text(work)),
        cpv: work.cpv.clone(),
        max_value_sek: work.max_value_sek,
        earliest_start: work.earliest_start,
    }
}

fn capability_text(work: &NewCapability) -> String {
    let trades = code_words(&format!("{}\n{}", work.title, work.text), &work.cpv);
    format!("{}\n{trades}", work.text)
}

/// A lot for the matcher, with what its need says for all lots.
pub fn lot_profile(need: &Need, lot: &Lot) -> LotProfile {
    let (title, text) = lot_words(need, lot);
    LotProfile {
        terms: analyse(&title, &text),
        cpv: lot.work.cpv.clone(),
        places: lot.work.places.clone(),
        value_sek: lot.work.value_sek,
        deadline_at: lot.work.deadline_at,
        start_on: lot.work.start_on,
        reservation: lot.work.reservation,
    }
}

/// The words that say what a lot is about, title apart from text.
///
/// A lot's own title decides when it names work; "Område norr" does not, and then the title of the
/// need decides. The text of the need counts only when there is a single lot, since it tells of all.
fn lot_words(need: &Need, lot: &Lot) -> (String, String) {
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
    let trades = code_words(&format!("{title}\n{text}"), &lot.work.cpv);
    if !names_work(&title) {
        // Nothing but the code says what it is about.
        return (format!("{title} {trades}"), text);
    }
    (title, format!("{text}\n{trades}"))
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
    let mut named = Analyzer::shared().analyze(text).into_iter();
    if named.any(|term| term.kind == analyzer::TermKind::Concept) {
        return String::new();
    }
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

fn analyse(title: &str, text: &str) -> Terms {
    let analyzer = Analyzer::shared();
    let terms = |text: &str, in_title: bool| -> Vec<Term> {
        let analysed = analyzer.analyze(text).into_iter();
        analysed.map(|term| to_term(analyzer, term, in_title)).collect()
    };
    let mut all = terms(title, true);
    all.extend(terms(text, false));
    // "snö" alone meets the piece of "snöskottning".
    let whole_words = all.iter().filter(|term| term.kind == TermKind::Family && !term.key.contains('+'));
    let pieces: Vec<Term> = whole_words.map(|term| Term { kind: TermKind::Part, ..term.clone() }).collect();
    all.extend(pieces);
    Terms::new(all)
}

fn to_term(analyzer: &Analyzer, term: analyzer::Term, in_title: bool) -> Term {
    let kind = match term.kind {
        analyzer::TermKind::Concept if thesaurus::is_goods(&term.key) => TermKind::Family,
        analyzer::TermKind::Concept => TermKind::Concept,
        analyzer::TermKind::Family => TermKind::Family,
        analyzer::TermKind::Part => TermKind::Part,
    };
    let generic = kind != TermKind::Concept && analyzer.is_generic(&term.key);
    Term { kind, generic, key: term.key, surface: term.surface, in_title }
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
        cpv: capabilities().flat_map(|work| &work.cpv).map(ToString::to_string).collect(),
        places: place_keys(asf.area.iter().chain([&asf.municipality])),
        open_until: None,
        kind: "asf".to_owned(),
    }
}

/// A lot for the index.
pub fn lot_document(need: &Need, lot: &Lot) -> Document {
    let (title, text) = lot_words(need, lot);
    Document {
        id: lot.id.0.unsigned_abs(),
        group: need.id.0.unsigned_abs(),
        title,
        text: format!("{text}\n{}", need.buyer.name),
        cpv: lot.work.cpv.iter().map(ToString::to_string).collect(),
        places: place_keys(lot.work.places.iter()),
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
    let (title, text) = lot_words(need, lot);
    evidence(&format!("{title}\n{text}"), &lot.work.cpv)
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
