//! Messages of both languages by id (Project Fluent). Nothing here knows what a message is about.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{WordsError, source::Source};
use crate::domain::language::Language;

/// A value inside a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FluentArg {
    /// Shown as it is.
    Text(String),
    /// Shown as digits; chooses between singular and plural.
    Number(i64),
}

impl From<&str> for FluentArg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FluentArg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for FluentArg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

pub(super) struct Catalogue {
    swedish: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

/// Why a message could not be written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum MessageProblem {
    #[error("no message {0}")]
    Missing(String),
    #[error("message {id}: {text}")]
    Wrong { id: String, text: String },
}

impl Catalogue {
    pub(super) fn load(source: &Source) -> Result<Self, WordsError> {
        let mut swedish = FluentBundle::new_concurrent(vec![locale("sv-SE")]);
        let mut english = FluentBundle::new_concurrent(vec![locale("en-GB")]);
        for (language, bundle) in [(Language::Sv, &mut swedish), (Language::En, &mut english)] {
            // The marks for text direction that Fluent puts around arguments show up as boxes in mail clients.
            bundle.set_use_isolating(false);
            for (file, text) in source.locales(language.code()) {
                let resource = FluentResource::try_new(text)
                    .map_err(|(_, errors)| WordsError::Locale { file: file.clone(), text: format!("{errors:?}") })?;
                if source.is_own(&file) {
                    bundle.add_resource_overriding(resource);
                } else {
                    bundle
                        .add_resource(resource)
                        .map_err(|errors| WordsError::Locale { file, text: format!("{errors:?}") })?;
                }
            }
        }
        Ok(Self { swedish, english })
    }

    /// The message in `language`, or in Swedish where `language` lacks it.
    pub(super) fn text(
        &self,
        language: Language,
        id: &str,
        args: &[(&str, FluentArg)],
    ) -> Result<String, MessageProblem> {
        match self.text_in(language, id, args) {
            Err(MessageProblem::Missing(_)) if language != Language::Sv => self.text_in(Language::Sv, id, args),
            text => text,
        }
    }

    fn text_in(&self, language: Language, id: &str, args: &[(&str, FluentArg)]) -> Result<String, MessageProblem> {
        let bundle = match language {
            Language::Sv => &self.swedish,
            Language::En => &self.english,
        };
        let missing = || MessageProblem::Missing(id.to_owned());
        let message = bundle.get_message(id).ok_or_else(missing)?;
        let pattern = message.value().ok_or_else(missing)?;
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            let value = match arg {
                FluentArg::Text(text) => FluentValue::from(text.as_str()),
                FluentArg::Number(number) => FluentValue::from(*number),
            };
            values.set(*name, value);
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        match errors.first() {
            None => Ok(text),
            Some(error) => Err(MessageProblem::Wrong { id: id.to_owned(), text: error.to_string() }),
        }
    }
}

fn locale(code: &str) -> LanguageIdentifier {
    code.parse().expect("the two codes are written above and well formed")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(language: &str) -> BTreeSet<String> {
        let defined = |line: &str| {
            let id = line.split_once(" =")?.0;
            id.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| id.to_owned())
        };
        let locales = Source::embedded().locales(language);
        locales.iter().flat_map(|(_, text)| text.lines().filter_map(defined)).collect()
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let swedish = ids("sv");
        assert!(swedish.len() > 50);
        assert_eq!(swedish, ids("en"));
    }

    #[test]
    fn a_message_that_is_missing_or_lacks_an_argument_is_a_problem() {
        let catalogue = Catalogue::load(&Source::embedded()).unwrap();
        let missing = catalogue.text(Language::En, "no-such-message", &[]);
        assert_eq!(missing, Err(MessageProblem::Missing("no-such-message".to_owned())));
        let wrong = catalogue.text(Language::En, "datetime", &[]);
        assert!(matches!(wrong, Err(MessageProblem::Wrong { .. })), "{wrong:?}");
    }
}
