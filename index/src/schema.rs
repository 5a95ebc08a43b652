//! The fields of the index and how a document becomes them. Not how they are searched.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, TantivyDocument};

use crate::analyzer::{Analyzer, TermKind};
use crate::codes;
use crate::document::Document;

/// Raised when the fields or what is put in them change, so that old indexes are rebuilt.
pub(crate) const SCHEMA_VERSION: u32 = 2;

/// The analyser has already cut the words; this only takes the joined keys apart again.
const KEYS: &str = "keys";

/// A word of the title counts as this many in the text (weights inside the term frequency
/// rather than one field each: half the postings to read for every query term).
const TITLE_WEIGHT: usize = 3;
/// A whole word counts as this many parts of compounds.
const WHOLE_WEIGHT: usize = 2;

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) group: Field,
    pub(crate) open_until: Field,
    /// Concepts, weighted.
    pub(crate) concept: Field,
    /// Whole words and parts of compounds together, weighted, and what the codes are called: what ranks.
    pub(crate) word: Field,
    /// Whole words only: what counts as evidence.
    pub(crate) family: Field,
    pub(crate) cpv: Field,
    pub(crate) place: Field,
    pub(crate) kind: Field,
}

/// The schema with its handles.
pub(crate) fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let keys = |option, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer(KEYS).set_fieldnorms(norms).set_index_option(option),
        )
    };
    let ranked = keys(IndexRecordOption::WithFreqs, true);
    let plain = keys(IndexRecordOption::Basic, false);
    let fields = Fields {
        id: schema.add_u64_field("id", INDEXED | FAST),
        group: schema.add_u64_field("group", FAST),
        open_until: schema.add_i64_field("open_until", FAST),
        concept: schema.add_text_field("concept", ranked.clone()),
        word: schema.add_text_field("word", ranked),
        family: schema.add_text_field("family", plain.clone()),
        cpv: schema.add_text_field("cpv", plain),
        place: schema.add_text_field("place", STRING),
        kind: schema.add_text_field("kind", STRING),
    };
    (schema.build(), fields)
}

/// Makes the key tokenizer known; needed each time an index is opened.
pub(crate) fn register(index: &Index) {
    index.tokenizers().register(KEYS, TextAnalyzer::from(WhitespaceTokenizer::default()));
}

/// The document as the index stores it.
pub(crate) fn document(fields: &Fields, document: &Document) -> TantivyDocument {
    let mut out = TantivyDocument::new();
    out.add_u64(fields.id, document.id);
    out.add_u64(fields.group, document.group);
    out.add_i64(fields.open_until, document.open_until.unwrap_or(i64::MAX));
    let mut keys = Keys::default();
    keys.read(&document.title, TITLE_WEIGHT);
    keys.read(&document.text, 1);
    for code in &document.cpv {
        keys.word.push_str(codes::label_words(code));
    }
    for concept in &document.hints {
        push(&mut keys.family, &hint_key(concept), 1);
    }
    out.add_text(fields.concept, &keys.concept);
    out.add_text(fields.word, &keys.word);
    out.add_text(fields.family, &keys.family);
    let mut cpv = String::new();
    for code in &document.cpv {
        for key in codes::keys(code) {
            push(&mut cpv, &key, 1);
        }
    }
    out.add_text(fields.cpv, cpv);
    for place in &document.places {
        out.add_text(fields.place, place);
    }
    out.add_text(fields.kind, &document.kind);
    out
}

/// What a concept that is only hinted at is indexed under, among the words.
pub(crate) fn hint_key(concept: &str) -> String {
    format!("~{concept}")
}

/// Keys of each kind, joined with spaces.
#[derive(Default)]
struct Keys {
    concept: String,
    word: String,
    family: String,
}

impl Keys {
    fn read(&mut self, text: &str, weight: usize) {
        Analyzer::shared().each(text, &mut |kind, key, _surface| match kind {
            TermKind::Concept => push(&mut self.concept, key, weight),
            TermKind::Family => {
                push(&mut self.word, key, weight * WHOLE_WEIGHT);
                push(&mut self.family, key, 1);
            }
            TermKind::Part => push(&mut self.word, key, weight),
        });
    }
}

fn push(keys: &mut String, key: &str, times: usize) {
    for _ in 0..times {
        keys.push_str(key);
        keys.push(' ');
    }
}
