//! The bare libraries, used as their guides show: what the product is measured against.

use samhandla::domain::need::NewNeed;
use tantivy::{
    IndexReader, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};

/// One text field with the library's own tokenizer.
pub struct Index {
    reader: IndexReader,
    text: Field,
    _folder: tempfile::TempDir,
}

impl Index {
    pub fn build(needs: impl Iterator<Item = NewNeed>) -> anyhow::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let folder = tempfile::tempdir()?;
        let index = tantivy::Index::create_in_dir(folder.path(), schema.build())?;
        let mut writer = index.writer_with_num_threads(1, 100_000_000)?;
        for need in needs {
            let mut document = TantivyDocument::new();
            document.add_text(text, format!("{} {}", need.title, need.text));
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Self { reader: index.reader()?, text, _folder: folder })
    }

    /// Top twenty of an OR query; a single word is a single term.
    pub fn search(&self, words: &str) -> anyhow::Result<()> {
        let term = |word: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(self.text, &word.to_lowercase());
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let mut clauses: Vec<_> = words.split(' ').map(|word| (Occur::Should, term(word))).collect();
        let query = if clauses.len() == 1 { clauses.remove(0).1 } else { Box::new(BooleanQuery::new(clauses)) };
        self.reader.searcher().search(&query, &TopDocs::with_limit(20).order_by_score())?;
        Ok(())
    }
}
