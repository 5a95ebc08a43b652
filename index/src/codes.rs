//! CPV codes: how they cover each other, and our own short Swedish names for them.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::analyzer::{Analyzer, TermKind, thesaurus};

const LABELS: &str = include_str!("../data/cpv_labels.csv");

/// Our Swedish label of the nearest division, group or class at or above a code.
pub fn label(code: &str) -> Option<&'static str> {
    Some(nearest(code)?.name)
}

/// Keys of the words in the labels at and above a code, each followed by a space. They make a document
/// searchable by what its codes are called; they are no evidence, since codes are often wrong.
pub(crate) fn label_words(code: &str) -> &'static str {
    nearest(code).map_or("", |label| &label.words)
}

struct Label {
    name: &'static str,
    /// Keys of this label and of those above it.
    words: String,
}

fn nearest(code: &str) -> Option<&'static Label> {
    static LABELLED: OnceLock<HashMap<&str, Label>> = OnceLock::new();
    let labelled = LABELLED.get_or_init(|| {
        let said = LABELS.lines().filter(|line| !line.starts_with('#'));
        let names: HashMap<&str, &str> = said.filter_map(|line| line.split_once(',')).collect();
        let words = |prefix: &str| {
            let above = (2..=prefix.len()).filter_map(|n| names.get(&prefix[..n]).copied());
            let terms = Analyzer::shared().analyze(&above.collect::<Vec<_>>().join(". ")).into_iter();
            terms.filter(|term| term.kind != TermKind::Concept).map(|term| term.key + " ").collect()
        };
        names.iter().map(|(prefix, name)| (*prefix, Label { name, words: words(prefix) })).collect()
    });
    let code = significant(code)?;
    (2..=code.len()).rev().find_map(|n| labelled.get(&code[..n]))
}

/// Divisions of machines, materials, building works and professions that lie far from what social
/// enterprises do.
const FAR: &[&str] = &[
    "09", "14", "24", "31", "32", "33", "34", "35", "38", "42", "43", "44", "45", "48", "50", "66", "71", "72", "73",
    "76", "80",
];

/// Whether a division, two digits, is one that no trade of the thesaurus is at home in.
pub fn is_far_division(division: &str) -> bool {
    FAR.contains(&division)
}

/// Ids of the concepts whose CPV prefixes cover the code, or lie at most one digit under it,
/// with at least three digits in common.
pub fn concepts_of(code: &str) -> Vec<&'static str> {
    let Some(code) = significant(code) else {
        return Vec::new();
    };
    let covers = |prefix: &&str| {
        let common = prefix.len().min(code.len());
        // A code far above a concept covers too much else to point at it.
        let near = prefix.len() <= code.len() + 1;
        common >= 3 && near && prefix[..common] == code[..common]
    };
    thesaurus::all()
        .iter()
        .filter(|concept| concept.cpv_prefixes.iter().any(|prefix| covers(&&**prefix)))
        .map(|concept| &*concept.id)
        .collect()
}

/// The digits that say something: without check digit and without closing zeros, but at
/// least the two of the division. `None` when it is no code.
pub(crate) fn significant(code: &str) -> Option<&str> {
    let code = code.trim();
    let digits = code.split('-').next().unwrap_or(code);
    let valid = (2..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !valid {
        return None;
    }
    let stripped = digits.trim_end_matches('0');
    Some(&digits[..stripped.len().max(2)])
}

/// What a document is indexed under: every prefix of its code from the division down, and
/// the code itself marked as such.
pub(crate) fn keys(code: &str) -> Vec<String> {
    let Some(code) = significant(code) else {
        return Vec::new();
    };
    let mut keys: Vec<String> = (2..=code.len()).map(|n| code[..n].to_owned()).collect();
    keys.push(format!("={code}"));
    keys
}

/// Keys of the documents that a code covers, and of those whose own code covers it (three
/// digits or more: a bare division says too little).
pub(crate) fn covering_keys(code: &str) -> Vec<String> {
    let Some(code) = significant(code) else {
        return Vec::new();
    };
    let above = (3..code.len()).map(|n| format!("={}", &code[..n]));
    std::iter::once(code.to_owned()).chain(above).collect()
}

/// Prefixes of three digits or more, with the weight that sharing each adds.
pub(crate) fn solid_prefixes(code: &str) -> Vec<(String, f32)> {
    let Some(code) = significant(code) else {
        return Vec::new();
    };
    (3..=code.len().min(5)).map(|n| (code[..n].to_owned(), 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::{concepts_of, covering_keys, keys, label, significant};

    fn check_label(code: &str, expected: Option<&str>) {
        assert_eq!(label(code), expected, "{code}");
    }

    #[test]
    fn a_code_takes_the_label_of_its_nearest_ancestor() {
        check_label("90911300", Some("Fönsterputsning"));
        check_label("90911200-8", Some("Städning"));
        check_label("90000000", Some("Avlopp avfall och städning"));
        check_label("99000000", None);
        check_label("städning", None);
    }

    #[test]
    fn closing_zeros_and_check_digits_say_nothing() {
        assert_eq!(significant("90910000-9"), Some("9091"));
        assert_eq!(significant("30000000"), Some("30"));
        assert_eq!(significant("9091000å"), None);
        assert_eq!(significant(""), None);
    }

    #[test]
    fn a_document_is_kept_under_each_prefix_and_its_own_code() {
        assert_eq!(keys("90910000"), ["90", "909", "9091", "=9091"]);
        assert_eq!(covering_keys("90910000"), ["9091", "=909"]);
        assert_eq!(covering_keys("90000000"), ["90"]);
    }

    #[test]
    fn codes_lead_to_concepts_in_both_directions_but_not_from_a_division() {
        assert!(concepts_of("90911300").contains(&"window_cleaning"));
        assert!(concepts_of("90911300").contains(&"cleaning"));
        assert!(concepts_of("98310000").contains(&"laundry"));
        assert!(concepts_of("98311000").contains(&"laundry"));
        assert!(concepts_of("98000000").is_empty());
    }
}
