//! The matcher's figures on the judged collections: floors that must not fall.
//! The collections lie outside the repository; CI fails when they are missing there.

use std::path::{Path, PathBuf};

use crate::support::binary::json;

/// The folder of a collection, where it exists.
pub fn collection(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    #[expect(clippy::disallowed_methods, reason = "CI must not pass without the collections")]
    let in_ci = std::env::var("CI").is_ok();
    assert!(!in_ci, "{} is missing", folder.display());
    eprintln!("{} is not here: nothing is measured", folder.display());
    None
}

fn check(name: &str, floors: &[(&str, f64)], ceilings: &[(&str, f64)]) {
    let Some(folder) = collection(name) else { return };
    let data = tempfile::tempdir().unwrap();
    let figures = json(data.path(), &["eval", folder.to_str().unwrap()]);
    for (figure, floor) in floors {
        assert!(figures[*figure].as_f64().unwrap() >= *floor, "{name} {figure} below {floor}: {figures}");
    }
    for (figure, ceiling) in ceilings {
        assert!(figures[*figure].as_f64().unwrap() <= *ceiling, "{name} {figure} above {ceiling}: {figures}");
    }
}

#[test]
fn needs_are_matched_with_those_who_can_meet_them() {
    let floors = [
        ("topic_ndcg_at_5", 0.99),
        ("topic_p_at_1", 0.99),
        ("ndcg_at_5", 0.965),
        ("recall_suggested", 0.94),
        ("precision_suggested", 0.99),
    ];
    check("relevance", &floors, &[("false_per_silent_need", 0.0)]);
}

#[test]
fn nothing_is_suggested_where_nobody_fits() {
    check("silence", &[], &[("false_per_silent_need", 0.0)]);
}

#[test]
fn titles_are_given_the_codes_that_buyers_gave_them() {
    let (Some(past), Some(list)) = (collection("uhm"), collection("cpv")) else { return };
    let (past, list) = (past.join("procurements_2021.csv"), list.join("cpv_2008.csv"));
    let (past, list) = (past.to_str().unwrap(), list.to_str().unwrap());
    let data = tempfile::tempdir().unwrap();
    let split = ["--split-by-time", "0.75"];
    let asked = [&["eval", "--code-suggestions", past, "--codes", list, "--history", past], &split[..]].concat();
    let figures = json(data.path(), &asked);
    assert_eq!(figures["queries"], 2_000);
    for (figure, floor) in [("ndcg_at_10", 0.47), ("exact_at_1", 0.29), ("exact_at_5", 0.56), ("division_at_1", 0.69)] {
        assert!(figures[figure].as_f64().unwrap() >= floor, "{figure} below {floor}: {figures}");
    }
    assert!(figures["zero_hits"].as_f64().unwrap() <= 0.005, "{figures}");
}
