//! The rules of the house that a compiler does not hold: who uses whom, how long a file is, and
//! that what ARCHITECTURE.md names exists.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Room, the rooms it may use, and the libraries it may not know.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &["sea_orm", "axum", "lettre", "tantivy", "reqwest", "tokio", "samhandla_index", "minijinja"]),
    ("store", &["domain"], &["axum", "lettre", "tantivy", "reqwest", "samhandla_index", "minijinja"]),
    ("fetch", &["domain"], &["sea_orm", "axum", "lettre", "tantivy", "samhandla_index", "minijinja"]),
    ("words", &["domain"], &["sea_orm", "axum", "lettre", "tantivy", "reqwest", "samhandla_index", "tokio"]),
    ("intake", &["domain"], &["sea_orm", "axum", "lettre", "tantivy", "reqwest", "samhandla_index", "tokio"]),
    ("mail", &["domain", "faults", "words"], &["sea_orm", "axum", "tantivy", "reqwest", "samhandla_index"]),
    (
        "service",
        &["domain", "store", "mail", "app", "words", "intake", "fetch", "config", "clock", "faults"],
        &["axum", "lettre", "tantivy", "reqwest"],
    ),
    ("jobs", &["service", "app", "domain"], &["sea_orm", "axum", "lettre", "tantivy", "reqwest", "samhandla_index"]),
    (
        "web",
        &["service", "domain", "app", "store", "words"],
        &["sea_orm", "lettre", "tantivy", "reqwest", "samhandla_index"],
    ),
    (
        "cli",
        &["app", "clock", "config", "domain", "intake", "jobs", "service", "store", "telemetry", "web"],
        &["sea_orm", "lettre", "tantivy", "reqwest", "minijinja"],
    ),
];

const MAX_LINES: usize = 500;
const MAX_FUNCTION_LINES: usize = 80;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
    files.sort();
    files
}

/// The file without its tests and comments.
fn code(text: &str) -> String {
    let production = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    production.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Rooms named after `crate::`, one by one or in braces.
fn used_rooms(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (place, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && c.is_alphabetic() => {
                        rooms.push(word(&group[place..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            rooms.push(word(rest));
        }
    }
    rooms
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let mut broken = Vec::new();
    for (room, allowed, unknown) in ROOMS {
        for (path, text) in rust_files(&root().join("src").join(room)) {
            let code = code(&text);
            for used in used_rooms(&code) {
                if used != *room && !allowed.contains(&used.as_str()) {
                    broken.push(format!("{}: {room} may not use {used}", path.display()));
                }
            }
            for library in *unknown {
                if code.contains(&format!("{library}::")) {
                    broken.push(format!("{}: {room} may not know {library}", path.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_room_with_rules() {
    let folders = fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(ROOMS.iter().any(|(room, ..)| *room == name), "{name} has no rules");
    }
}

#[test]
fn files_and_functions_are_small_enough_to_hold_in_the_head() {
    let mut long = Vec::new();
    for folder in ["src", "index/src", "migrations/src"] {
        for (path, text) in rust_files(&root().join(folder)) {
            if path.ends_with("tests.rs") {
                continue;
            }
            let production = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(&text);
            let lines = production.lines().count();
            if lines > MAX_LINES {
                long.push(format!("{}: {lines} lines", path.display()));
            }
            for (name, lines) in functions(production) {
                if lines > MAX_FUNCTION_LINES {
                    long.push(format!("{}: {name} has {lines} lines", path.display()));
                }
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Functions of a formatted file with their lengths: from the line of `fn` to the closing brace at
/// the same depth.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start();
        let is_function = [
            "fn ",
            "pub fn ",
            "async fn ",
            "pub async fn ",
            "pub(super) fn ",
            "pub(super) async fn ",
            "pub(crate) fn ",
        ]
        .iter()
        .any(|opening| words.starts_with(opening));
        if is_function {
            let closing = format!("{}}}", " ".repeat(indent));
            let length = lines[start..].iter().position(|line| *line == closing).map_or(1, |end| end + 1);
            found.push((words.split('(').next().unwrap_or(words).to_owned(), length));
        }
    }
    found
}

#[test]
fn every_file_says_what_lives_in_it() {
    for folder in ["src", "index/src", "migrations/src", "tests", "benches"] {
        for (path, text) in rust_files(&root().join(folder)) {
            assert!(text.starts_with("//!"), "{} does not begin with //!", path.display());
        }
    }
}

#[test]
fn what_the_architecture_names_exists() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut missing = Vec::new();
    for named in text.split('`').skip(1).step_by(2) {
        let Some((path, items)) = named.split_once("::").map_or_else(
            || (named.ends_with(".rs") || named.ends_with('/')).then_some((named, None)),
            |(path, items)| path.ends_with(".rs").then_some((path, Some(items))),
        ) else {
            continue;
        };
        let candidates = [root().join(path), root().join("src").join(path)];
        let Some(found) = candidates.iter().find(|candidate| candidate.exists()) else {
            missing.push(format!("{named}: there is no such file"));
            continue;
        };
        let Some(items) = items else { continue };
        let source = fs::read_to_string(found).unwrap();
        let item = items.rsplit("::").next().unwrap_or(items);
        if !["fn ", "struct ", "enum "].iter().any(|kind| source.contains(&format!("{kind}{item}"))) {
            missing.push(format!("{named}: there is no {item} in {path}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_refusal_has_a_sentence_in_both_languages() {
    let mut rules: Vec<String> = Vec::new();
    for (_, text) in rust_files(&root().join("src")) {
        let code = code(&text);
        let quoted =
            code.split('"').skip(1).step_by(2).filter(|word| {
                word.starts_with("rejected-") && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            });
        rules.extend(quoted.map(str::to_owned));
    }
    assert!(rules.len() > 40, "only {} rules were found", rules.len());
    for language in ["sv", "en"] {
        let folder = fs::read_dir(root().join("templates/locales").join(language)).unwrap();
        let words: String = folder.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
        let missing: Vec<&String> = rules.iter().filter(|rule| !words.contains(&format!("\n{rule} ="))).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

/// Method and path of every `.route("…", get(…).post(…))`.
fn routes(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, opening) in code.match_indices(".route(") {
        let rest = &code[at + opening.len()..];
        let call = rest.split(".route(").next().unwrap_or(rest);
        let Some(path) = call.split('"').nth(1) else { continue };
        for method in ["get", "post", "put", "patch", "delete"] {
            let calls = call.match_indices(&format!("{method}(")).any(|(place, _)| {
                let before = call[..place].chars().next_back();
                before.is_some_and(|c| c.is_whitespace() || c == '.' || c == ',')
            });
            if calls {
                found.push((method.to_uppercase(), path.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_route_stands_in_the_access_table() {
    let text = fs::read_to_string(root().join("src/web/mod.rs")).unwrap();
    let routed = routes(&code(&text));
    assert!(routed.len() > 60, "only {} routes were found", routed.len());
    let table = samhandla::web::access::TABLE;
    let mut faults: Vec<String> = routed
        .iter()
        .filter(|(method, path)| !table.iter().any(|rule| rule.0 == method && rule.1 == path))
        .map(|(method, path)| {
            format!("add to TABLE in src/web/access.rs who may use it: (\"{method}\", \"{path}\", STAFF),")
        })
        .collect();
    faults.extend(
        table
            .iter()
            .filter(|rule| !routed.iter().any(|(method, path)| rule.0 == method && rule.1 == path))
            .map(|rule| format!("take out of TABLE in src/web/access.rs, nothing answers it: {} {}", rule.0, rule.1)),
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_tells_of_the_machine_it_was_written_on() {
    let mut found = Vec::new();
    for (path, text) in rust_files(&root().join("src")).into_iter().chain(rust_files(&root().join("index/src"))) {
        for (number, line) in text.lines().enumerate() {
            if line.contains("/home/") || line.contains("TODO") || line.contains("FIXME") {
                found.push(format!("{}:{}", path.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The fuzzing package compiles two rooms by their path and has a list of libraries of its own.
#[test]
fn the_fuzzing_package_has_every_library_of_the_rooms_it_compiles() {
    let manifest = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let (own, fuzzing) = (manifest("Cargo.toml"), manifest("tests/fuzz/Cargo.toml"));
    let section = |text: &str| {
        let dependencies = text.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap().to_owned();
        dependencies
            .lines()
            .filter_map(|line| Some(line.split(['=', '.']).next()?.trim().to_owned()))
            .collect::<Vec<_>>()
    };
    let (known, listed) = (section(&own), section(&fuzzing));
    let rooms: String = ["domain", "intake"]
        .iter()
        .flat_map(|room| rust_files(&root().join("src").join(room)))
        .map(|(_, text)| code(&text))
        .collect();
    let is_used =
        |library: &&String| !library.is_empty() && rooms.contains(&format!("{}::", library.replace('-', "_")));
    let missing: Vec<_> = known.iter().filter(is_used).filter(|library| !listed.contains(library)).collect();
    assert!(missing.is_empty(), "tests/fuzz/Cargo.toml lacks {missing:?}");
    assert!(listed.len() > 5, "{listed:?}");
}
