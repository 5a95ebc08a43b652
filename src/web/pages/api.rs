//! What programs can ask, as a page: made of the same description that programs read, without scripts.

use serde::Serialize;
use serde_json::Value;

use crate::web::{
    api::{self, problem},
    error::{PageError, PageResult},
    extract::Token,
    visit::Visit,
};

#[derive(Serialize)]
struct ApiPage {
    base: String,
    nouns: Vec<Noun>,
    problems: [&'static str; 17],
}

/// The calls of one noun.
#[derive(Serialize)]
struct Noun {
    name: String,
    calls: Vec<Call>,
}

#[derive(Serialize)]
struct Call {
    id: String,
    method: String,
    path: String,
    description: String,
    scope: String,
    takes: Vec<Told>,
    body: Vec<Told>,
    gives: Vec<Told>,
    /// Status codes.
    answers: Vec<String>,
}

/// A parameter or a field.
#[derive(Serialize)]
struct Told {
    name: String,
    kind: String,
    required: bool,
    description: String,
}

/// Lists every call.
pub async fn list(visit: Visit) -> PageResult {
    let page = ApiPage {
        base: format!("{}{}", visit.app.config.base_url(), api::BASE),
        nouns: nouns(&api::description()),
        problems: problem::KINDS,
    };
    visit.page("pages/api/list.html", page)
}

#[derive(Serialize)]
struct NounPage {
    base: String,
    noun: Noun,
}

/// Shows the calls of one noun.
pub async fn show(visit: Visit, Token(name): Token) -> PageResult {
    let noun = nouns(&api::description()).into_iter().find(|noun| noun.name == name).ok_or(PageError::NotFound)?;
    let page = NounPage { base: format!("{}{}", visit.app.config.base_url(), api::BASE), noun };
    visit.page("pages/api/show.html", page)
}

fn nouns(document: &Value) -> Vec<Noun> {
    let mut nouns: Vec<Noun> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let name = text(&operation["tags"][0]);
            let call = call(document, path, method, operation);
            match nouns.iter_mut().find(|noun| noun.name == name) {
                Some(noun) => noun.calls.push(call),
                None => nouns.push(Noun { name, calls: vec![call] }),
            }
        }
    }
    nouns.sort_by(|one, other| one.name.cmp(&other.name));
    nouns
}

fn call(document: &Value, path: &str, method: &str, operation: &Value) -> Call {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let takes = parameters.map(|parameter| Told {
        name: text(&parameter["name"]),
        kind: kind(document, &parameter["schema"]),
        required: parameter["required"] == true,
        description: text(&parameter["description"]),
    });
    let responses = operation["responses"].as_object().into_iter().flatten();
    let good = responses.clone().find(|(status, _)| status.starts_with('2')).map(|(_, response)| response);
    Call {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        description: text(&operation["description"]),
        scope: text(&operation["security"][0]["key"][0]),
        takes: takes.collect(),
        body: fields(document, &operation["requestBody"]["content"]["application/json"]["schema"], ""),
        gives: fields(document, &good.cloned().unwrap_or_default()["content"]["application/json"]["schema"], ""),
        answers: responses.map(|(status, _)| status.clone()).collect(),
    }
}

/// The fields of a schema; those of its parts under the name of the part.
fn fields(document: &Value, schema: &Value, under: &str) -> Vec<Told> {
    let schema = resolved(document, schema);
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().flat_map(|part| fields(document, part, under)).collect();
    }
    let mut found = Vec::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let full = if under.is_empty() { name.clone() } else { format!("{under}.{name}") };
        let required = schema["required"].as_array().is_some_and(|names| names.iter().any(|other| other == name));
        let description = text(&field["description"]);
        found.push(Told { name: full.clone(), kind: kind(document, field), required, description });
        let inner = if field["type"] == "array" { &field["items"] } else { field };
        // Parts of parts of parts are not told: nothing here lies deeper.
        if full.matches('.').count() < 2 {
            found.extend(fields(document, inner, &full));
        }
    }
    found
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/components/schemas/"));
    name.map_or(schema, |name| &document["components"]["schemas"][name])
}

/// The type of a value in a few words, for example `string date`.
fn kind(document: &Value, schema: &Value) -> String {
    let schema = resolved(document, schema);
    let types: Vec<String> = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).collect(),
        Value::String(one) => vec![one.clone()],
        _ => vec!["object".to_owned()],
    };
    let mut words = types.join(" | ");
    if schema["type"] == "array" {
        words = format!("array: {}", kind(document, &schema["items"]));
    }
    let format = text(&schema["format"]);
    if format.is_empty() { words } else { format!("{words} ({format})") }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
