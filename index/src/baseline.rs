//! One text field and BM25, as a search library does it out of the box: what the matcher is
//! compared with. Nothing of the product searches here.

use tantivy::{
    Index, TantivyDocument, Term as LibraryTerm,
    collector::TopDocs,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{Language, LowerCaser, NgramTokenizer, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer},
};

use crate::error::IndexError;

/// How words are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// Words as they stand, lower-cased.
    Default,
    /// Words cut by the Swedish Snowball stemmer.
    Stem,
    /// Pieces of four letters.
    Ngram,
}

impl Baseline {
    fn tokenizer(self) -> Result<TextAnalyzer, IndexError> {
        let words =
            || TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(60)).filter(LowerCaser);
        Ok(match self {
            Self::Default => words().build(),
            Self::Stem => words().filter(Stemmer::new(Language::Swedish)).build(),
            Self::Ngram => TextAnalyzer::builder(NgramTokenizer::new(4, 4, false)?).filter(LowerCaser).build(),
        })
    }
}

/// An index in memory of one text field.
pub struct BaselineIndex {
    index: Index,
    tokenizer: TextAnalyzer,
}

impl BaselineIndex {
    /// Indexes texts under their ids.
    ///
    /// # Errors
    /// When the library fails.
    pub fn build(baseline: Baseline, texts: impl Iterator<Item = (u64, String)>) -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let id = schema.add_u64_field("id", INDEXED | STORED);
        let indexing =
            TextFieldIndexing::default().set_tokenizer("baseline").set_index_option(IndexRecordOption::WithFreqs);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_ram(schema.build());
        let tokenizer = baseline.tokenizer()?;
        index.tokenizers().register("baseline", tokenizer.clone());
        let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
        for (key, words) in texts {
            let mut document = TantivyDocument::new();
            document.add_u64(id, key);
            document.add_text(text, words);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Self { index, tokenizer })
    }

    /// Ids and scores of the best documents that share a word with the query.
    ///
    /// # Errors
    /// When the library fails.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<(u64, f32)>, IndexError> {
        let schema = self.index.schema();
        let (id, text) = (schema.get_field("id")?, schema.get_field("text")?);
        let mut tokenizer = self.tokenizer.clone();
        let mut stream = tokenizer.token_stream(words);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        while stream.advance() {
            let term = LibraryTerm::from_field_text(text, &stream.token().text);
            clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        }
        let searcher = self.index.reader()?.searcher();
        let found =
            searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(limit.max(1)).order_by_score())?;
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            hits.extend(document.get_first(id).and_then(|value| value.as_u64()).map(|key| (key, score)));
        }
        Ok(hits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(baseline: Baseline, words: &str, expected: &[u64]) {
        let texts = [(1, "Fönsterputsning av kontor"), (2, "Snickeri")];
        let index = BaselineIndex::build(baseline, texts.into_iter().map(|(id, text)| (id, text.to_owned()))).unwrap();
        let found: Vec<u64> = index.search(words, 5).unwrap().into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, expected, "{baseline:?} {words}");
    }

    #[test]
    fn each_baseline_finds_what_it_can_and_no_more() {
        check(Baseline::Default, "kontor", &[1]);
        check(Baseline::Default, "fönsterputs", &[]);
        check(Baseline::Ngram, "fönsterputs", &[1]);
        check(Baseline::Stem, "fönsterputsningen", &[1]);
    }
}
