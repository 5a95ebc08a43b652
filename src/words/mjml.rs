//! MJML to HTML, once for each template: what is filled in for a mail survives the translation, so that a
//! mail costs no more than its words. Knows nothing of languages and readers.
//!
//! A mail template may use `extends`, `block`, `include`, `set`, `if` and `for`; a tag between components
//! repeats or leaves out whole components. Attributes that MJML computes with (sizes) cannot be filled in.

use std::{collections::BTreeMap, fmt::Write as _};

use mrml::prelude::render::RenderOptions;

/// Components whose inside is HTML: a tag there stands where it stands.
const HOLDS_HTML: [&str; 8] =
    ["mj-text", "mj-button", "mj-raw", "mj-title", "mj-preview", "mj-style", "mj-table", "mj-social-element"];
/// How deep templates may extend and include each other.
const DEPTH: usize = 8;

/// The HTML template that an MJML template amounts to.
///
/// # Errors
/// In words, when a file is missing or what it amounts to is not MJML.
pub(super) fn compile(files: &impl Fn(&str) -> Option<String>, name: &str) -> Result<String, String> {
    let mut whole = Whole { files, prelude: String::new() };
    let mjml = whole.read(name, &BTreeMap::new(), 0)?;
    let (marked, taken_out) = take_out(&mjml);
    let parsed = mrml::parse(&marked).map_err(|error| format!("{name}: {error}"))?;
    if let Some(warning) = parsed.warnings.first() {
        return Err(format!("{name}: {warning}"));
    }
    // The default fonts are links to a font service, which would see who opens the mail.
    let options = RenderOptions { fonts: Default::default(), ..RenderOptions::default() };
    let html = parsed.element.render(&options).map_err(|error| format!("{name}: {error}"))?;
    // A component that it does not know is left as it stands, and no reader of mail knows it either.
    if let Some(at) = html.find("<mj-") {
        let unknown: String = html[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        return Err(format!("{name}: {unknown} is not a component of MJML"));
    }
    Ok(whole.prelude + &put_back(&html, &taken_out))
}

/// A piece of a template.
enum Piece<'a> {
    Text(&'a str),
    /// `{{ … }}`, whole.
    Value(&'a str),
    /// `{% … %}`: whole, and what it says.
    Tag(&'a str, &'a str),
}

fn pieces(mut rest: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    while let Some(at) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
        let (before, from) = rest.split_at(at);
        let close = match from.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => "#}",
        };
        let Some(end) = from.find(close) else { break };
        let (whole, after) = from.split_at(end + close.len());
        found.push(Piece::Text(before));
        match close {
            "}}" => found.push(Piece::Value(whole)),
            "%}" => found.push(Piece::Tag(whole, whole[2..end].trim_matches(['-', '+']).trim())),
            _ => {}
        }
        rest = after;
    }
    found.push(Piece::Text(rest));
    found
}

/// A template with all that it extends and includes.
struct Whole<'a, F> {
    files: &'a F,
    /// What a template sets before that which it extends.
    prelude: String,
}

impl<F: Fn(&str) -> Option<String>> Whole<'_, F> {
    fn read(&mut self, name: &str, given: &BTreeMap<String, String>, depth: usize) -> Result<String, String> {
        let text = (self.files)(name).ok_or_else(|| format!("{name} is missing"))?;
        if depth > DEPTH {
            return Err(format!("{name} extends or includes itself"));
        }
        let all = pieces(&text);
        let parent = all.iter().find_map(|piece| match piece {
            Piece::Tag(_, says) => says.strip_prefix("extends").map(quoted),
            _ => None,
        });
        let mut blocks = BTreeMap::new();
        let outside = self.fill(&all, given, &mut blocks, depth)?;
        let Some(parent) = parent else { return Ok(outside) };
        blocks.extend(given.clone());
        self.prelude.insert_str(0, outside.trim());
        self.read(&parent, &blocks, depth + 1)
    }

    /// The pieces with what `given` says in the place of blocks. Notes the blocks met.
    fn fill(
        &mut self,
        all: &[Piece<'_>],
        given: &BTreeMap<String, String>,
        blocks: &mut BTreeMap<String, String>,
        depth: usize,
    ) -> Result<String, String> {
        let is_child = all.iter().any(|piece| matches!(piece, Piece::Tag(_, says) if says.starts_with("extends")));
        let mut out = String::new();
        let mut at = 0;
        while let Some(piece) = all.get(at) {
            at += 1;
            match piece {
                Piece::Text(text) | Piece::Value(text) => out.push_str(text),
                Piece::Tag(_, says) if says.starts_with("extends") => {}
                Piece::Tag(_, says) if says.starts_with("include") => {
                    out.push_str(&self.read(&quoted(says), given, depth + 1)?);
                }
                Piece::Tag(_, says) if says.starts_with("block") => {
                    let name = says.trim_start_matches("block").trim().to_owned();
                    let end = end_of_block(&all[at..]).ok_or_else(|| format!("block {name} has no end"))?;
                    let own = self.fill(&all[at..at + end], given, blocks, depth)?;
                    if !is_child {
                        out.push_str(given.get(&name).unwrap_or(&own));
                    }
                    blocks.insert(name, own);
                    at += end + 1;
                }
                Piece::Tag(whole, _) => out.push_str(whole),
            }
        }
        Ok(out)
    }
}

fn quoted(says: &str) -> String {
    says.split(['"', '\'']).nth(1).unwrap_or_default().to_owned()
}

fn end_of_block(pieces: &[Piece<'_>]) -> Option<usize> {
    let mut open = 1;
    pieces.iter().position(|piece| {
        match piece {
            Piece::Tag(_, says) if says.starts_with("endblock") => open -= 1,
            Piece::Tag(_, says) if says.starts_with("block") => open += 1,
            _ => {}
        }
        open == 0
    })
}

fn mark(number: usize) -> String {
    format!("fylls{number}i")
}

/// MJML with a mark for each value and tag, and these in order.
fn take_out(mjml: &str) -> (String, Vec<&str>) {
    let (mut marked, mut taken_out) = (String::with_capacity(mjml.len()), Vec::new());
    let mut inside: Option<&str> = None;
    for piece in pieces(mjml) {
        match piece {
            Piece::Text(text) => {
                inside = html_component(text, inside);
                marked.push_str(text);
            }
            Piece::Value(whole) => {
                marked.push_str(&mark(taken_out.len()));
                taken_out.push(whole);
            }
            Piece::Tag(whole, _) => {
                let mark = mark(taken_out.len());
                let _ = match inside {
                    Some(_) => write!(marked, "{mark}"),
                    None => write!(marked, "<mj-raw>{mark}</mj-raw>"),
                };
                taken_out.push(whole);
            }
        }
    }
    (marked, taken_out)
}

/// The component with HTML inside that is open after `text`.
fn html_component(text: &str, before: Option<&'static str>) -> Option<&'static str> {
    let mut inside = before;
    for (at, _) in text.match_indices('<') {
        let tag = &text[at + 1..];
        let (name, is_end) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
        let name = name.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
        let Some(known) = HOLDS_HTML.into_iter().find(|known| *known == name) else { continue };
        let is_empty = tag.split('>').next().is_some_and(|attributes| attributes.ends_with('/'));
        inside = match (inside, is_end, is_empty) {
            (None, false, false) => Some(known),
            (Some(open), true, _) if open == known => None,
            (inside, ..) => inside,
        };
    }
    inside
}

fn put_back(html: &str, taken_out: &[&str]) -> String {
    // Style sheets may hold what would begin a tag.
    let mut whole = html.replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #");
    for (number, piece) in taken_out.iter().enumerate() {
        whole = whole.replace(&mark(number), piece);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: &str = r#"<mjml lang="{{ lang }}"><mj-head><mj-title>{{ title }}</mj-title>
        {% block preview %}{% endblock %}<mj-style>a{color:red}</mj-style></mj-head>
        <mj-body>{% block content %}empty{% endblock %}</mj-body></mjml>"#;

    fn compiled(mail: &str) -> Result<String, String> {
        let files = |name: &str| match name {
            "layout" => Some(LAYOUT.to_owned()),
            "mail" => Some(mail.to_owned()),
            "part" => Some("<p>{{ shared }}</p>".to_owned()),
            _ => None,
        };
        compile(&files, "mail")
    }

    fn rendered(mail: &str) -> String {
        let template = compiled(mail).unwrap();
        let context = minijinja::context! { lang => "sv", shared => "delad", xs => ["a<b", "c\"d"], y => false };
        let mut env = minijinja::Environment::new();
        env.add_template("mail.html", &template).unwrap();
        env.get_template("mail.html").unwrap().render(context).unwrap()
    }

    #[test]
    fn components_are_repeated_and_left_out_by_tags_between_them() {
        let html = rendered(
            r#"{% extends "layout" %}{% set title = "T&" %}{% block content %}
            {% for x in xs %}<mj-section><mj-column>{% if y %}<mj-text>bort</mj-text>{% endif %}
            <mj-text>{% if x %}<b title="{{ x ~ "!" }}">{{ x }}</b>{% endif %}{% include "part" %}</mj-text>
            <mj-button href="https://x.example/{{ x | urlencode }}">{{ x }}</mj-button></mj-column></mj-section>{% endfor %}
            {% endblock %}"#,
        );
        assert!(html.contains("<title>T&amp;</title>") && html.contains("lang=\"sv\""), "{html}");
        assert!(html.contains("<b title=\"a&lt;b!\">a&lt;b</b>") && html.contains("c&quot;d</b>"), "{html}");
        assert_eq!(html.matches("<p>delad</p>").count(), 2);
        assert_eq!(html.matches("href=\"https://x.example/a%3Cb\"").count(), 1, "{html}");
        assert!(!html.contains("bort") && !html.contains("fylls") && !html.contains("empty"), "{html}");
        assert_eq!(html.matches("<table").count(), html.matches("</table>").count());
    }

    #[test]
    fn what_is_wrong_is_said_with_the_name_of_the_file() {
        assert!(compiled("{% extends \"nowhere\" %}").unwrap_err().contains("nowhere"));
        assert!(compiled("{% include \"mail\" %}").unwrap_err().contains("itself"));
        assert!(compiled("{% block a %}").unwrap_err().contains("no end"));
        assert!(compiled("<mjml><mj-body><mj-nothing /></mj-body></mjml>").unwrap_err().contains("mail"));
    }
}
