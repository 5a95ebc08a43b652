//! What the analyser makes of words and texts.

use std::time::{Duration, Instant};

use super::{Analyzer, TermKind, thesaurus};

fn keys(text: &str, kind: TermKind) -> Vec<String> {
    let terms = Analyzer::shared().analyze(text);
    let of_kind = terms.into_iter().filter(|term| term.kind == kind);
    of_kind.map(|term| term.key).collect()
}

fn check_family(words: &[&str]) {
    for word in words {
        assert_eq!(keys(word, TermKind::Family), keys(words[0], TermKind::Family), "{word}");
    }
}

fn check_apart(one: &str, other: &str) {
    assert_ne!(keys(one, TermKind::Family), keys(other, TermKind::Family), "{one} {other}");
}

fn check_parts(word: &str, expected: &[&str]) {
    assert_eq!(keys(word, TermKind::Part), expected, "{word}");
}

/// The trades that social enterprises ply.
fn check_concepts(text: &str, expected: &[&str]) {
    let mut found = keys(text, TermKind::Concept);
    found.retain(|id| !thesaurus::is_other(id));
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{text}");
}

fn check_silent(texts: &[&str]) {
    for text in texts {
        check_concepts(text, &[]);
    }
}

#[test]
fn noun_verb_and_agent_are_one_family() {
    check_family(&["städning", "städa", "städar", "städare", "städad", "städerska", "städningens"]);
    check_family(&["snickeri", "snickare", "snickra", "snickerier"]);
    check_family(&["tvätt", "tvätta", "tvätteri", "tvättas", "tvätteriet"]);
    check_family(&["montering", "monterar", "montera"]);
    check_family(&["målning", "måleri", "målare", "målar"]);
    check_family(&["skötsel", "sköta", "sköter"]);
    check_family(&["programmering", "programmera", "programmerar"]);
}

#[test]
fn plural_definite_and_genitive_are_one_family() {
    check_family(&["fönster", "fönstret", "fönstren", "fönstrets"]);
    check_family(&["möbel", "möbler", "möblerna", "möblernas", "möbeln"]);
    check_family(&["kontor", "kontoret", "kontorets", "kontoren"]);
    check_family(&["kontorsstädning", "kontorsstädningen", "kontorsstädare"]);
    check_family(&["café", "kafé", "caféer", "caféet"]);
    check_family(&["fågelholk", "fågelholkar", "fågelholkarna"]);
}

#[test]
fn words_that_only_look_alike_stay_apart() {
    check_apart("städ", "städer");
    check_apart("mål", "måla");
    check_apart("lag", "laga");
    check_apart("packning", "packningar");
    check_apart("bulle", "buller");
    check_apart("kö", "ko");
    check_apart("bär", "bar");
}

#[test]
fn compounds_are_cut_at_linking_letters() {
    check_parts("kontorsstädning", &["kontor", "städ"]);
    check_parts("trädgårdsskötsel", &["trädgård", "sköta"]);
    check_parts("fönsterputsning", &["fönster", "putsa"]);
    check_parts("flyttjänster", &["flytt", "tjänst"]);
    check_parts("it-utrustning", &["it", "utrustning"]);
    check_parts("operationssalar", &["operation", "sal"]);
    check_parts("städning", &[]);
}

#[test]
fn a_hanging_hyphen_borrows_the_head() {
    assert!(keys("kontors- och trappstädning", TermKind::Family).contains(&"kontor+städ".into()));
    check_concepts("Snö- och gräsröjning", &["snow"]);
}

#[test]
fn trades_are_found_in_words_compounds_and_phrases() {
    check_concepts("Lokalvård", &["cleaning"]);
    check_concepts("Trappstädningen", &["cleaning"]);
    check_concepts("städning av kontor", &["cleaning"]);
    check_concepts("Putsning av fönster", &["window_cleaning"]);
    check_concepts("Vi klipper gräs och häckar", &["gardening"]);
    check_concepts("klä om stolar", &["upholstery"]);
    check_concepts("Tvätt av fordon", &["car_care"]);
    check_concepts("Städtjänster", &["cleaning"]);
    check_concepts("Måleriarbeten", &["painting"]);
    check_concepts("Ramavtal Måleriarbeten", &["painting"]);
    check_concepts("Lokalvårdsentreprenad", &["cleaning"]);
    check_concepts("Extrastädning", &["cleaning"]);
    check_concepts("second hand", &["reuse"]);
    check_concepts("Office cleaning", &["cleaning"]);
    check_concepts("Hundpassning", &["dog_care"]);
}

#[test]
fn a_thing_is_not_the_service() {
    check_silent(&["Städmateriel", "Städmaskiner", "Tvättmaskiner", "Tvättmedel", "Gräsklippare"]);
    check_silent(&["Storköksutrustning", "Snöröjningsfordon", "Maskiner för snöröjning"]);
    check_silent(&["Material till städning", "Utbildning i lokalvård", "Penningtvätt"]);
    check_silent(&["Verksamhetssystem inklusive stöd för lokalvård", "Program för planering av snöröjning"]);
    check_concepts("Underhåll av byggnader inklusive lokalvård", &["cleaning"]);
    check_silent(&["Frontmonterade sensorer", "städer", "växel, telefoni"]);
}

#[test]
fn what_was_done_or_who_is_served_is_not_the_service() {
    check_silent(&["Golvet är tvättat", "Vi kör ut till skolor, butiker och vandrarhem"]);
    check_silent(&["Konsulttjänster utvändig målning", "Maskiner för parkskötsel och lokalvård"]);
    check_concepts("Vi målar, och driver vandrarhem", &["lodging", "painting"]);
}

#[test]
fn a_single_thing_in_a_text_is_told_apart() {
    let alone = |text: &str| Analyzer::shared().only_things(text).contains("printing");
    assert!(alone("Vi testar webbplatser och broschyrer"));
    assert!(!alone("Broschyrer, affischer och visitkort"));
    assert!(!alone("Tryckning av broschyrer"));
}

#[test]
fn a_text_without_heading_is_about_what_it_opens_with_or_repeats() {
    let filler = "och så vidare ".repeat(30);
    let text = format!("Snickeri i Eksjö. {filler} Vi städar. {filler} Vi målar, och målning kan vi.");
    let prominent = Analyzer::shared().prominent(&text);
    let is_prominent = |concept: &str| prominent.contains(&(TermKind::Concept, concept.to_owned()));
    assert!(is_prominent("carpentry") && is_prominent("painting") && !is_prominent("cleaning"));
}

#[test]
fn a_compound_that_is_listed_is_meant_however_it_begins() {
    check_concepts("Utomhusmålning etapp 2", &["painting"]);
    check_silent(&["Utmålning av gränser"]);
}

#[test]
fn samples_of_a_road_are_no_trial_of_work() {
    check_silent(&["Hantering av B-prover samt byggledning avseende beläggningsarbeten"]);
    check_concepts("Deltagare får prova på att arbeta", &["work_training"]);
}

#[test]
fn a_dash_between_two_words_joins_no_compound() {
    check_concepts("Leverans av matlådor-Östermalm", &["meal_delivery"]);
}

#[test]
fn a_house_or_a_block_is_not_the_service() {
    check_silent(&["Trädgårdsstaden - Utförande av ny gata", "Takbyte Cafékvarteret"]);
    check_silent(&[
        "Ombyggnad Bageriet",
        "Rivning kv Snickaren",
        "Snickaren 18, byte av ventilation",
        "Nybyggnad av tvätteri",
    ]);
    check_concepts("Bageriet levererar", &["bakery"]);
}

#[test]
fn boilerplate_is_passed_over_and_empty_words_prove_nothing() {
    assert!(Analyzer::shared().analyze("Upphandling av ramavtal enligt LOU").is_empty());
    let generic = |word: &str| {
        let families = keys(word, TermKind::Family);
        families.iter().all(|key| Analyzer::shared().is_generic(key))
    };
    assert!(generic("kommunen tjänster leveranser företaget år behov material"));
    assert!(generic("konsulttjänster"));
    assert!(!generic("städning"));
    assert!(!generic("fönsterputs"));
}

#[test]
fn an_unknown_name_is_searchable_but_no_evidence() {
    let terms = Analyzer::shared().analyze("Lokalvård Messingen");
    let name = terms.iter().find(|term| term.surface == "messingen");
    assert_eq!(name.map(|term| term.kind), Some(TermKind::Part));
}

#[test]
fn a_term_carries_the_readers_own_words_once() {
    let terms = Analyzer::shared().analyze("Putsning av Fönster. Putsning av fönster");
    let concepts = terms.iter().filter(|term| term.kind == TermKind::Concept);
    let surfaces: Vec<&str> = concepts.map(|term| term.surface.as_str()).collect();
    assert_eq!(surfaces, ["putsning av fönster"]);
}

#[test]
fn any_script_and_any_length_is_handled_in_bounded_time() {
    let analyzer = Analyzer::shared();
    analyzer.analyze("تنظيف المكاتب. Siivouspalvelut. 清洁 \u{301}\u{0} \u{1f9f9}- -");
    let started = Instant::now();
    analyzer.analyze(&"å".repeat(10_000));
    analyzer.analyze(&"städning ".repeat(25_000));
    analyzer.analyze(&"tvättstäd".repeat(1_200));
    // Generous: an unoptimised build on a busy machine. Quadratic work would take minutes.
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn the_trade_that_is_asked_for_decides() {
    let other = |title, text| Analyzer::shared().asks_for_other_trade(title, text);
    assert!(other("Ritningar för nytt café", "Vi gör om en butik till café och behöver en arkitekt."));
    assert!(other("Råttor i cykelrummet", "Behöver hjälp nu."));
    assert!(!other("Städning efter rivning", "Vi behöver städning."));
    assert!(!other("Hjälp till kontoret", "Vi söker en städare och en elektriker."));
    assert!(!other("Städning", ""));
}

#[test]
fn a_phrase_silences_its_own_words_and_no_others() {
    check_concepts("Drift av utemiljö Fastighet", &["gardening", "property_care"]);
    check_concepts("Montering av flyttade möbler", &["furniture_assembly"]);
    check_concepts("Snickeri som bygger utemöbler", &["carpentry"]);
}

#[test]
fn a_tyre_of_a_bicycle_is_no_tyre_of_a_car() {
    check_concepts("Service av elcyklar, däckbyte och cykeltvätt", &["bicycles"]);
    check_concepts("Däckbyte", &["tyres"]);
}
