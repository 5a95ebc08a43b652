//! The words that users read: templates and locales, rendered. Mail and web share them.
//! Knows neither mail nor web, and decides nothing about what is said, only how.

pub mod fluent;
pub mod format;
mod mjml;
pub mod reasons;
mod source;
mod templates;

use std::{borrow::Cow, path::Path, sync::Arc};

use minijinja::Environment;
use serde::Serialize;

use crate::domain::language::Language;
use fluent::{Catalogue, FluentArg};
use source::Source;

/// Templates and locales, ready to render in both languages.
pub struct Words {
    catalogue: Arc<Catalogue>,
    source: Source,
    swedish: Environment<'static>,
    english: Environment<'static>,
}

/// Why words could not be loaded or rendered.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A locale file is wrong, or defines an id twice.
    #[error("locale {file}: {text}")]
    Locale {
        /// Path inside the templates folder.
        file: String,
        /// What is wrong.
        text: String,
    },
    /// A template is missing, wrong, or used with a value it does not have.
    #[error("template {name}: {cause}")]
    Template {
        /// Path inside the templates folder.
        name: String,
        /// What is wrong.
        cause: minijinja::Error,
    },
    /// The operator's folder cannot be read.
    #[error("folder of own templates: {0}")]
    Overrides(#[from] std::io::Error),
}

impl Words {
    /// The words that the program carries.
    ///
    /// # Errors
    /// When a locale is wrong.
    pub fn embedded() -> Result<Self, WordsError> {
        Self::load(Source::embedded())
    }

    /// The words that the program carries, with those of the operator's folder `dir` before them: a template
    /// there replaces ours, a message there replaces the message of the same id.
    ///
    /// # Errors
    /// When a file of the folder cannot be read or is wrong, so that `serve` can refuse to start.
    pub fn with_overrides(dir: &Path) -> Result<Self, WordsError> {
        let words = Self::load(Source::with_overrides(dir)?)?;
        for name in words.source.own_templates() {
            for language in Language::ALL {
                words.template(name, language)?;
            }
        }
        Ok(words)
    }

    fn load(source: Source) -> Result<Self, WordsError> {
        let catalogue = Arc::new(Catalogue::load(&source)?);
        let swedish = templates::environment(&source, &catalogue, Language::Sv);
        let english = templates::environment(&source, &catalogue, Language::En);
        Ok(Self { catalogue, source, swedish, english })
    }

    /// The message `id` with its arguments. An id that `language` lacks is taken from Swedish; one that
    /// nobody has is logged and shown as it is, since a page with a bare id beats no page.
    pub fn text(&self, language: Language, id: &str, args: &[(&str, FluentArg)]) -> String {
        self.catalogue.text(language, id, args).unwrap_or_else(|problem| {
            tracing::error!(id, %problem, "message missing");
            id.to_owned()
        })
    }

    /// Renders a template, for example `mail/sign_in/body.txt`, with the fields of `context` as its names.
    ///
    /// # Errors
    /// When the template is missing or wrong, or uses a name or a message that is not there.
    pub fn render(&self, template: &str, language: Language, context: impl Serialize) -> Result<String, WordsError> {
        self.template(template, language)?
            .render(minijinja::value::Serde(context))
            .map_err(|cause| WordsError::Template { name: template.to_owned(), cause })
    }

    /// The bytes of a file in the templates folder as it is, for example a style sheet.
    pub fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.source.bytes(path)
    }

    fn template(&self, name: &str, language: Language) -> Result<minijinja::Template<'_, '_>, WordsError> {
        let environment = match language {
            Language::Sv => &self.swedish,
            Language::En => &self.english,
        };
        environment.get_template(name).map_err(|cause| WordsError::Template { name: name.to_owned(), cause })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words::embedded().unwrap()
    }

    #[test]
    fn every_template_parses_in_both_languages() {
        let words = words();
        let names: Vec<_> = words.source.names().into_iter().filter(|name| source::is_template(name)).collect();
        assert!(names.iter().any(|name| name == "mail/weekly_digest/body.mjml"), "{names:?}");
        for name in &names {
            for language in Language::ALL {
                words.template(name, language).unwrap();
            }
        }
    }

    #[test]
    fn a_name_the_context_lacks_is_an_error_and_not_an_empty_space() {
        let words = words();
        let rendered = words.render("mail/sign_in/body.txt", Language::Sv, minijinja::context! {});
        assert!(matches!(rendered, Err(WordsError::Template { .. })));
    }

    #[test]
    fn the_operators_files_come_before_ours() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("locales/sv")).unwrap();
        std::fs::create_dir_all(dir.path().join("mail/sign_in")).unwrap();
        std::fs::write(dir.path().join("locales/sv/own.ftl"), "weekday-5 = fredagsmys\n").unwrap();
        std::fs::write(dir.path().join("mail/sign_in/subject.txt"), "{{ t('weekday-5') }} <b> {{ lang }}").unwrap();
        let words = Words::with_overrides(dir.path()).unwrap();
        let subject = words.render("mail/sign_in/subject.txt", Language::Sv, minijinja::context! {}).unwrap();
        assert_eq!(subject, "fredagsmys <b> sv");
        assert_eq!(words.text(Language::Sv, "weekday-1", &[]), "måndag");
    }

    #[test]
    fn a_broken_file_of_the_operator_is_refused_at_once() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("mail")).unwrap();
        std::fs::write(dir.path().join("mail/x.txt"), "{% if %}").unwrap();
        assert!(matches!(Words::with_overrides(dir.path()), Err(WordsError::Template { .. })));
    }

    #[test]
    fn marked_up_templates_escape_values_and_text_templates_do_not() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.html"), "{{ x }}").unwrap();
        let mjml = "<mjml><mj-body><mj-raw>{{ x }}</mj-raw></mj-body></mjml>";
        std::fs::write(dir.path().join("a.mjml"), mjml).unwrap();
        std::fs::write(dir.path().join("a.txt"), "{{ x }}").unwrap();
        let words = Words::with_overrides(dir.path()).unwrap();
        let render =
            |name| words.render(name, Language::Sv, minijinja::context! { x => "<a href=\"/x?a&b\">'" }).unwrap();
        assert_eq!(render("a.html"), "&lt;a href=&quot;/x?a&amp;b&quot;&gt;&#39;");
        assert!(render("a.mjml").contains(&render("a.html")));
        assert_eq!(render("a.txt"), "<a href=\"/x?a&b\">'");
    }
}
