//! The template engine of one language: escaping, filters and functions that templates use.

use std::sync::Arc;

use super::{
    fluent::{Catalogue, FluentArg, MessageProblem},
    format::{self, Formats},
    mjml,
    reasons::{self, Voice},
    source::Source,
};
use crate::domain::{
    language::Language,
    reason::{Objection, Reason},
};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde, ValueKind},
};

/// An engine bound to `language`, so that macros and included templates know it too.
pub(super) fn environment(source: &Source, catalogue: &Arc<Catalogue>, language: Language) -> Environment<'static> {
    let mut env = Environment::new();
    let files = source.clone();
    env.set_loader(move |name| load(&files, name));
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(escaping);
    env.set_formatter(write_escaped);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    env.set_syntax(syntax.expect("whitespace settings are always valid"));
    env.add_global("lang", language.code());
    add_filters(&mut env, catalogue, language);
    add_functions(&mut env, catalogue, language);
    env
}

/// The text of a template; of MJML the HTML that it amounts to.
fn load(files: &Source, name: &str) -> Result<Option<String>, Error> {
    if !name.ends_with(".mjml") || !files.has(name) {
        return Ok(files.text(name));
    }
    let compiled = mjml::compile(&|name| files.text(name), name);
    compiled.map(Some).map_err(|problem| Error::new(ErrorKind::InvalidOperation, problem))
}

fn escaping(name: &str) -> AutoEscape {
    if [".html", ".mjml", ".xml", ".svg"].iter().any(|end| name.ends_with(end)) {
        AutoEscape::Html
    } else {
        AutoEscape::None
    }
}

/// Escapes as HTML asks. Unlike minijinja's own this leaves `/` alone, so that addresses in mails stay
/// readable to scanners and to people who look at the source.
fn write_escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let Some(text) = value.as_str().filter(|_| !value.is_safe() && *state.auto_escape() == AutoEscape::Html) else {
        return escape_formatter(out, state, value);
    };
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let entity = match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        };
        out.write_str(&rest[..at])?;
        out.write_str(entity)?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
}

fn add_filters(env: &mut Environment<'static>, catalogue: &Arc<Catalogue>, language: Language) {
    for (name, write) in DATE_FILTERS {
        let words = Arc::clone(catalogue);
        let filter =
            move |text: &str| write(&Formats { catalogue: &words, language }, text).ok_or_else(|| no_date(text));
        env.add_filter(*name, filter);
    }
    let words = Arc::clone(catalogue);
    env.add_filter("sek", move |kronor: i64| Formats { catalogue: &words, language }.sek(kronor));
    let words = Arc::clone(catalogue);
    env.add_filter("percent", move |share: f64| Formats { catalogue: &words, language }.percent(share));
    env.add_filter("line", |text: &str| format::line(text, usize::MAX));
    env.add_filter("lines", |text: &str| {
        text.lines().map(|line| format::line(line, usize::MAX)).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    });
}

type DateFilter = fn(&Formats<'_>, &str) -> Option<String>;

const DATE_FILTERS: &[(&str, DateFilter)] = &[
    ("date", |formats, text| formats.date_of(text)),
    ("day", |formats, text| formats.day_of(text)),
    ("short_date", |formats, text| formats.short_date_of(text)),
    ("datetime", |formats, text| formats.datetime_of(text)),
];

fn no_date(text: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("not a date or an instant: {text:?}"))
}

fn add_functions(env: &mut Environment<'static>, catalogue: &Arc<Catalogue>, language: Language) {
    let words = Arc::clone(catalogue);
    env.add_function("t", move |id: &str, kwargs: Kwargs| {
        let args = kwargs.args().map(|name| Ok((name, argument(name, kwargs.peek(name)?)?)));
        let args = args.collect::<Result<Vec<_>, Error>>()?;
        let text = words.text(language, id, &args).map_err(|problem| wrong(&problem))?;
        kwargs.args().try_for_each(|name| kwargs.get::<Value>(name).map(drop))?;
        Ok::<_, Error>(text)
    });
    let words = Arc::clone(catalogue);
    env.add_function("reason", move |reason: Serde<Reason>, kwargs: Kwargs| {
        let formats = Formats { catalogue: &words, language };
        reasons::write_reason(&formats, voice(&kwargs)?, &reason).map_err(|problem| wrong(&problem))
    });
    let words = Arc::clone(catalogue);
    env.add_function("objection", move |objection: Serde<Objection>, kwargs: Kwargs| {
        let formats = Formats { catalogue: &words, language };
        reasons::write_objection(&formats, voice(&kwargs)?, &objection).map_err(|problem| wrong(&problem))
    });
}

fn argument(name: &str, value: Value) -> Result<FluentArg, Error> {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => {
            Err(Error::new(ErrorKind::UndefinedError, format!("argument {name} has no value")))
        }
        ValueKind::Number => {
            Ok(i64::try_from(value.clone()).map_or_else(|_| FluentArg::Text(value.to_string()), FluentArg::Number))
        }
        _ => Ok(FluentArg::Text(value.to_string())),
    }
}

fn voice(kwargs: &Kwargs) -> Result<Voice, Error> {
    let voice = match kwargs.get::<Option<&str>>("voice")? {
        None | Some("asf") => Voice::Asf,
        Some("other") => Voice::Other,
        Some(voice) => return Err(Error::new(ErrorKind::InvalidOperation, format!("no voice {voice:?}"))),
    };
    kwargs.assert_all_used()?;
    Ok(voice)
}

fn wrong(problem: &MessageProblem) -> Error {
    Error::new(ErrorKind::InvalidOperation, problem.to_string())
}
