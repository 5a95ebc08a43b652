//! The commands as an operator runs them: exit codes, JSON keys, and bad input refused with its place.

use std::path::{Path, PathBuf};

use crate::support::binary::{json, run};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo")
}

#[test]
fn a_demo_is_made_from_nothing_and_its_index_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let demo = json(&data, &["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    for key in ["asf", "needs", "lots", "pairings", "messages"] {
        assert!(demo[key].as_u64().unwrap() > 0, "{key}: {demo}");
    }
    assert_eq!(demo["links"].as_array().unwrap().len(), 5);
    let check = json(&data, &["index", "check"]);
    assert_eq!((check["missing"].as_u64(), check["ghosts"].as_u64()), (Some(0), Some(0)));
    let again = json(&data, &["digest", "--now"]);
    assert_eq!(again["messages"], 0, "{again}");
    let matched = json(&data, &["match", "--all"]);
    assert!(matched["strong"].as_u64().unwrap() > 0);
    let found = json(&data, &["search", "asf", "fönsterputsning", "--place", "0680"]);
    assert!(!found["hits"].as_array().unwrap().is_empty());
    let second = json(&data, &["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    assert_eq!(second["asf"], demo["asf"]);
}

#[test]
fn a_demo_never_clears_a_directory_that_holds_something_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("precious.txt"), b"keep me").unwrap();
    let output = run(folder.path(), &["demo", "--no-serve", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.path().join("precious.txt").is_file());
}

#[test]
fn the_sample_goes_in_once_and_is_unchanged_the_second_time() {
    let data = tempfile::tempdir().unwrap();
    let file = sample().join("asf.csv");
    let first = json(data.path(), &["import", "asf", file.to_str().unwrap()]);
    assert_eq!(
        (first["created"].as_u64(), first["rejected"].as_array().map(Vec::len)),
        (first["read"].as_u64(), Some(0))
    );
    let second = json(data.path(), &["import", "asf", file.to_str().unwrap()]);
    assert_eq!((second["unchanged"].as_u64(), second["created"].as_u64()), (first["read"].as_u64(), Some(0)));
}

/// Each file with the rule that refuses it.
const BAD_NEEDS: &[(&str, &[u8], &str)] = &[
    ("truncated.xml", b"<?xml version=\"1.0\"?><ContractNotice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2\"><cbc", "rejected-xml"),
    ("bomb.xml", b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>", "rejected-doctype"),
    ("other.xml", b"<?xml version=\"1.0\"?><html><body/></html>", "rejected-not-eforms"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "rejected-"),
    ("columns.csv", b"external_id,title\n1,hej\n", "rejected-columns"),
    ("cpv.csv", b"external_id,kind,title,buyer_name,cpv\n1,request,hej,Bolaget AB,9091\n", "rejected-cpv"),
    ("date.csv", b"external_id,kind,title,buyer_name,deadline\n1,request,hej,Bolaget AB,2026-02-30\n", "rejected-date"),
    ("org.csv", b"external_id,kind,title,buyer_name,buyer_org_no\n1,request,hej,Bolaget AB,556517-5593\n", "rejected-org-no"),
    ("latin1.csv", b"external_id,kind,title,buyer_name\n1,request,st\xe4dning,Bolaget AB\n", "rejected-encoding"),
    ("empty.xml", b"", "rejected-"),
];

#[test]
fn bad_files_are_refused_with_file_record_and_reason_and_the_good_ones_go_in() {
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, _) in BAD_NEEDS {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let good = "external_id,kind,title,buyer_name\n1,request,Städning,Bolaget AB\n2,nonsense,Fel,Bolaget AB\n";
    std::fs::write(folder.path().join("good.csv"), good).unwrap();
    let output = run(data.path(), &["import", "needs", folder.path().to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["created"], 1);
    let rejected = report["rejected"].as_array().unwrap();
    for (name, _, rule) in BAD_NEEDS {
        let found = rejected.iter().find(|r| r["source"].as_str().unwrap().ends_with(name));
        let reason = found.unwrap_or_else(|| panic!("{name} was not refused: {report}"))["reason"].as_str().unwrap();
        assert!(reason.starts_with(rule), "{name}: {reason}");
    }
    let row = rejected.iter().find(|r| r["source"].as_str().unwrap().ends_with("good.csv")).unwrap();
    assert_eq!(row["record"], "row 3");
}

#[test]
fn wrong_use_ends_with_two_and_says_how() {
    let data = tempfile::tempdir().unwrap();
    for arguments in
        [&["digest", "--week", "2025-W60"][..], &["user", "add", "a@b.example", "--role", "king"], &["nonsense"]]
    {
        let output = run(data.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn every_command_shows_an_example() {
    let data = tempfile::tempdir().unwrap();
    for command in [
        &["demo"][..],
        &["serve"],
        &["import", "asf"],
        &["import", "needs"],
        &["import", "retry"],
        &["fetch", "ted"],
        &["match"],
        &["digest"],
        &["deliver"],
        &["search", "asf"],
        &["search", "needs"],
        &["search", "codes"],
        &["eval"],
        &["targets"],
        &["index", "check"],
        &["index", "rebuild"],
        &["migrate", "up"],
        &["migrate", "status"],
        &["user", "add"],
        &["doctor"],
    ] {
        let output = run(data.path(), &[command, &["--help"]].concat());
        let help = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(help.contains("Example: samhandla "), "{command:?}: {help}");
    }
}

#[test]
fn migrations_run_once_and_doctor_says_what_is_missing() {
    let data = tempfile::tempdir().unwrap();
    let before = json(data.path(), &["migrate", "status"]);
    assert!(!before["pending"].as_array().unwrap().is_empty());
    assert!(json(data.path(), &["migrate", "up"])["pending"].as_array().unwrap().is_empty());
    let doctor = run(data.path(), &["doctor", "--format", "json"]);
    assert_eq!(doctor.status.code(), Some(1));
    let link = json(data.path(), &["user", "add", "anna@forening.example", "--role", "coordinator"]);
    assert!(link["url"].as_str().unwrap().contains("/logga-in/"));
    assert!(run(data.path(), &["doctor"]).status.success());
}

#[test]
fn a_key_of_the_api_is_made_for_a_user_and_printed_once() {
    let data = tempfile::tempdir().unwrap();
    let unknown = run(data.path(), &["token", "add", "anna@forening.example", "--scope", "read:needs"]);
    assert_eq!(unknown.status.code(), Some(1));
    json(data.path(), &["user", "add", "anna@forening.example", "--role", "coordinator"]);
    let made = json(data.path(), &["token", "add", "anna@forening.example", "--scope", "read:needs", "--days", "7"]);
    assert!(made["key"].as_str().unwrap().starts_with("samhandla_"), "{made}");
    assert_eq!(made["scopes"], serde_json::json!(["read:needs"]));
    let wrong = run(data.path(), &["token", "add", "anna@forening.example", "--scope", "read:everything"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("rejected-scope"));
}
