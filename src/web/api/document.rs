//! What the OpenAPI description says beside the calls: the frame, the key, and the answers that any call
//! can give.

use serde_json::{Value, json};
use utoipa::{OpenApi, openapi::OpenApi as Described};

use super::{BASE, problem::Problem};

/// The frame.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Samhandla",
        description = "What the pages do, for programs. Every call needs a key: `Authorization: Bearer samhandla_…`. \
                       A key never allows more than the user behind it may do. Texts of problems and reasons follow \
                       `Accept-Language`: Swedish, or English."
    ),
    components(schemas(Problem))
)]
pub(super) struct Frame;

/// Problems that a call can have, by what it takes.
const ALWAYS: &[(&str, &str)] = &[
    ("401", "No key, or one that is not accepted"),
    ("403", "The key or its user may not do this"),
    ("429", "Too many calls; `Retry-After` says when to go on"),
    ("500", "Something failed that the caller cannot mend"),
    ("503", "The database does not answer"),
];
const WITH_PATH: &[(&str, &str)] = &[("404", "There is no such thing, or it is not theirs to know of")];
const WITH_VALUES: &[(&str, &str)] = &[("422", "A value breaks a rule; `errors` names each")];
const WITH_BODY: &[(&str, &str)] =
    &[("409", "Done already, or no longer possible"), ("413", "More than is read"), ("415", "Not `application/json`")];
const WITH_CONDITION: &[(&str, &str)] =
    &[("412", "Changed since it was read"), ("428", "`If-Match` is needed, with the `ETag` that was read")];

/// Adds the key, the server and the problems of every call.
pub(super) fn complete(described: Described) -> Value {
    let mut document = serde_json::to_value(described).unwrap_or_default();
    document["servers"] = json!([{ "url": BASE }]);
    document["components"]["securitySchemes"] = json!({
        "key": { "type": "http", "scheme": "bearer", "description": "A key made on the page for keys or by `samhandla token add`." }
    });
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            operation["operationId"] = format!("{method}{}", path.replace('/', "-").replace(['{', '}'], "")).into();
            add_problems(path, method, operation);
            for place in ["/requestBody/content", "/responses/200/content"] {
                operation.pointer_mut(place).into_iter().for_each(say_binary);
            }
        }
    }
    document
}

/// Bytes are bytes, and no list of numbers.
fn say_binary(content: &mut Value) {
    if let Some(body) = content.get_mut("application/octet-stream") {
        body["schema"] = json!({ "type": "string", "format": "binary" });
    }
}

fn add_problems(path: &str, method: &str, operation: &mut Value) {
    let has_body = operation.get("requestBody").is_some();
    let parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let has = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
    let changes = method != "get";
    let sets = [
        (true, ALWAYS),
        (path.contains('{'), WITH_PATH),
        (has_body || !parameters.is_empty() || changes, WITH_VALUES),
        (changes, WITH_BODY),
        (has("If-Match"), WITH_CONDITION),
    ];
    for (status, meaning) in sets.iter().filter(|(applies, _)| *applies).flat_map(|(_, set)| *set) {
        if operation["responses"].get(*status).is_none() {
            operation["responses"][*status] = json!({
                "description": meaning,
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
            });
        }
    }
    if method == "post" {
        let key = json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same key with the same body is done once, for 24 hours.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9._:-]+$" }
        });
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => operation["parameters"] = json!([key]),
        }
    }
}
