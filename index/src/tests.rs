//! The life of an index on disk, and what it finds.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::SearchIndex;
use crate::analyzer::{Analyzer, TermKind};
use crate::document::Document;
use crate::error::IndexError;
use crate::query::{Evidence, Query};
use crate::writer::Batch;

fn document(id: u64, title: &str, cpv: &[&str]) -> Document {
    Document {
        id,
        group: id * 10,
        title: title.to_owned(),
        cpv: cpv.iter().map(|code| (*code).to_owned()).collect(),
        ..Document::default()
    }
}

fn index(documents: Vec<Document>) -> (TempDir, SearchIndex) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let index = SearchIndex::open(dir.path()).expect("the index works");
    index.write(Batch { upserts: documents, deletes: vec![], watermark: 1 }).expect("the index works");
    (dir, index)
}

fn found(index: &SearchIndex, query: Query) -> Vec<u64> {
    let hits = index.search(&query).expect("the index works");
    hits.into_iter().map(|hit| hit.id).collect()
}

fn words(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}

fn check_search(titles: &[&str], query: &str, expected: &[u64]) {
    let documents = (1..).zip(titles).map(|(id, title)| document(id, title, &[])).collect();
    let (_dir, index) = index(documents);
    let mut ids = found(&index, words(query));
    ids.sort_unstable();
    assert_eq!(ids, expected, "{query}");
}

fn check_cpv(document_code: &str, asked: &str, expected: bool) {
    let (_dir, index) = index(vec![document(1, "x", &[document_code])]);
    let query = Query { cpv: vec![asked.to_owned()], ..Query::default() };
    assert_eq!(!found(&index, query).is_empty(), expected, "{document_code} {asked}");
}

fn check_solid_cpv(document_code: &str, asked: &str, expected: bool) {
    let (_dir, index) = index(vec![document(1, "x", &[document_code])]);
    let evidence = Evidence { cpv: vec![asked.to_owned()], ..Evidence::default() };
    let ids = index.candidates(&evidence, 10).expect("the index works");
    assert_eq!(!ids.is_empty(), expected, "{document_code} {asked}");
}

#[test]
fn compounds_and_phrases_find_each_other() {
    let titles = ["Kontorsstädning", "Städning av kontor", "Revision"];
    check_search(&titles, "kontorsstädning", &[1, 2]);
    check_search(&titles, "städning av kontor", &[1, 2]);
    check_search(&["Trädgårdsskötsel", "Skötsel av trädgård"], "skötsel av trädgård", &[1, 2]);
    check_search(&["Lokalvård", "Lås"], "städning", &[1]);
    check_search(&["Messingen", "Annat"], "messingen", &[1]);
    check_search(&titles, "upphandling", &[]);
}

#[test]
fn what_is_written_is_found_after_opening_again() {
    let (dir, index) = index(vec![document(7, "Städning", &[])]);
    drop(index);
    let index = SearchIndex::open(dir.path()).expect("the index works");
    assert_eq!(found(&index, words("städning")), [7]);
    assert_eq!(index.search(&words("städning")).expect("the index works")[0].group, 70);
    assert_eq!(index.watermark().expect("the index works"), 1);
}

#[test]
fn an_upsert_replaces_and_a_delete_removes() {
    let (_dir, index) = index(vec![document(1, "Städning", &[]), document(2, "Tvätt", &[])]);
    let upserts = vec![document(1, "Snickeri", &[]), document(1, "Måleri", &[])];
    index.write(Batch { upserts, deletes: vec![2, 99], watermark: 5 }).expect("the index works");
    assert_eq!(index.ids().expect("the index works"), [1]);
    assert_eq!(index.len(), 1);
    assert_eq!(found(&index, words("städning snickeri tvätt")), [0; 0]);
    assert_eq!(found(&index, words("måleri")), [1]);
    assert_eq!(index.watermark().expect("the index works"), 5);
}

#[test]
fn recreate_empties_the_directory() {
    let (dir, index) = index(vec![document(1, "Städning", &[])]);
    drop(index);
    let index = SearchIndex::recreate(dir.path()).expect("the index works");
    assert!(index.is_empty());
    assert_eq!(index.watermark().expect("the index works"), 0);
    index.write_many((1..=50).map(|id| document(id, "Tvätt", &[])), 9).expect("the index works");
    assert_eq!(index.ids().expect("the index works"), (1..=50).collect::<Vec<_>>());
    assert_eq!(index.watermark().expect("the index works"), 9);
}

fn check_rebuild(dir: &Path) {
    let opened = SearchIndex::open(dir);
    assert!(matches!(opened, Err(IndexError::Rebuild { .. })));
}

#[test]
fn what_cannot_be_read_asks_for_a_rebuild() {
    let (dir, index) = index(vec![document(1, "Städning", &[])]);
    drop(index);
    let meta = dir.path().join("meta.json");
    let sound = fs::read_to_string(&meta).expect("the index works");
    let stamp = format!("1 {} {}", crate::schema::SCHEMA_VERSION, Analyzer::version());
    assert!(sound.contains(&stamp));
    fs::write(&meta, sound.replace(&stamp, "1 1 4000000000")).expect("the index works");
    check_rebuild(dir.path());
    fs::write(&meta, "{").expect("the index works");
    check_rebuild(dir.path());
    fs::remove_file(&meta).expect("the index works");
    check_rebuild(dir.path());
    assert!(SearchIndex::recreate(dir.path()).is_ok());
}

#[test]
fn codes_cover_each_other_in_both_directions() {
    check_cpv("90911300", "90910000", true);
    check_cpv("90910000", "90911300", true);
    check_cpv("90911300", "90000000", true);
    check_cpv("90000000", "90911300", false);
    check_cpv("90920000", "90910000", false);
    check_solid_cpv("90910000", "90911300", true);
    check_solid_cpv("90920000", "90910000", true);
    check_solid_cpv("90000000", "90911300", false);
    check_solid_cpv("90911300", "90000000", false);
    check_solid_cpv("39000000", "39000000", false);
}

#[test]
fn what_a_code_is_called_is_searchable_but_no_evidence() {
    let (_dir, index) = index(vec![document(1, "Ramavtal 2027", &["33141000"]), document(2, "Bläck", &["30192113"])]);
    let hits = index.search(&words("medicinsk")).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [1]);
    assert!(hits[0].matched.iter().any(|term| term.surface == "medicinsk"));
    let evidence = Evidence { terms: Analyzer::shared().analyze("medicinsk"), ..Evidence::default() };
    assert!(index.candidates(&evidence, 10).unwrap().is_empty());
}

#[test]
fn candidates_are_exactly_those_that_share_something_solid() {
    let titles = ["Städning", "Lokalvård i skolor", "Städmaskiner", "Leverans till kommunen"];
    let mut documents: Vec<Document> = (1..).zip(titles).map(|(id, title)| document(id, title, &[])).collect();
    documents.extend((10..300).map(|id| document(id, "Trappstädning", &[])));
    documents.push(document(400, "Oklart", &["90919200"]));
    let (_dir, index) = index(documents);
    let evidence = Evidence {
        terms: Analyzer::shared().analyze("Städning, leverans till kommunen"),
        cpv: vec!["90910000".to_owned()],
        ..Evidence::default()
    };
    let mut ids = index.candidates(&evidence, 1_000).expect("the index works");
    assert_eq!(ids[0], 1);
    ids.sort_unstable();
    let expected: Vec<u64> = [1, 2].into_iter().chain(10..300).chain([400]).collect();
    assert_eq!(ids, expected);
    assert_eq!(index.candidates(&evidence, 3).expect("the index works"), [1, 299, 298]);
    assert!(index.candidates(&Evidence::default(), 10).expect("the index works").is_empty());
}

#[test]
fn filters_keep_only_what_is_asked_for() {
    let mut near = document(1, "Städning", &[]);
    near.places = vec!["0680".into(), "0682".into()];
    near.kind = "tender".into();
    let mut closed = document(2, "Städning", &[]);
    closed.open_until = Some(100);
    let (_dir, index) = index(vec![near, closed, document(3, "Tvätt", &[])]);
    let place = Query { places: vec!["0682".into()], ..Query::default() };
    assert_eq!(found(&index, place), [1]);
    let kind = Query { kinds: vec!["tender".into()], ..words("städning tvätt") };
    assert_eq!(found(&index, kind), [1]);
    assert_eq!(found(&index, Query { open_at: Some(100), ..Query::default() }), [3, 2, 1]);
    assert_eq!(found(&index, Query { open_at: Some(101), ..words("städning") }), [1]);
}

#[test]
fn without_words_the_newest_come_first_and_pages_follow_each_other() {
    let (_dir, index) = index((1..=5).map(|id| document(id, "Tvätt", &[])).collect());
    assert_eq!(found(&index, Query { limit: 2, ..Query::default() }), [5, 4]);
    assert_eq!(found(&index, Query { limit: 2, offset: 2, ..Query::default() }), [3, 2]);
    assert_eq!(found(&index, Query { limit: 0, ..Query::default() }), [0; 0]);
}

#[test]
fn a_hit_names_the_terms_its_document_contains_and_no_others() {
    let (_dir, index) = index(vec![document(1, "Lokalvård", &[]), document(2, "Tvätt", &[])]);
    let hits = index.search(&words("städning och tvätt")).expect("the index works");
    let cleaned = hits.iter().find(|hit| hit.id == 1).expect("the index works");
    let matched: Vec<_> = cleaned.matched.iter().map(|t| (t.kind, t.surface.as_str())).collect();
    assert_eq!(matched, [(TermKind::Concept, "städning")]);
}

#[test]
fn one_clause_alone_ranks_as_in_company() {
    let documents = vec![document(1, "Zebra", &[]), document(2, "Zebra zebra foder", &[])];
    let (_dir, index) = index(documents);
    let alone = index.search(&words("zebra")).expect("the index works");
    let company = index.search(&words("zebra okapi")).expect("the index works");
    assert_eq!(alone.len(), 2);
    for (one, other) in alone.iter().zip(&company) {
        assert_eq!((one.id, one.score), (other.id, other.score));
    }
}
