//! A small list and a few past titles of our own.

use super::{CodeModel, LabelledCode, PastTitle, features, tree::CodeTree};

fn labels() -> Vec<LabelledCode> {
    let label = |(code, label_sv): (&str, &str)| LabelledCode {
        code: code.to_owned(),
        label_sv: label_sv.to_owned(),
        label_en: String::new(),
    };
    let known = [
        ("77000000", "Skog och trädgård"),
        ("77300000", "Trädgård"),
        ("77310000", "Gräsklippning"),
        ("77340000", "Beskärning av träd"),
        ("90000000", "Renhållning"),
        ("90910000", "Städning"),
        ("90911300", "Fönsterputs"),
    ];
    known.into_iter().map(label).collect()
}

fn history() -> Vec<PastTitle> {
    let known = [
        ("Klippning av kommunens gräsytor", "77310000"),
        ("Gräs vid äldreboenden, klippning", "77310000"),
        ("Fällning av gamla almar", "77340000"),
        ("Lokalvård i tre skolor", "90910000"),
        ("Lokalvård på biblioteket", "90910000"),
        ("Putsning av rutor i stadshuset", "90911300"),
    ];
    known.into_iter().map(|(title, code)| PastTitle { title: title.to_owned(), code: code.to_owned() }).collect()
}

#[track_caller]
fn check_first(model: &CodeModel, title: &str, expected: &str) {
    let found = model.suggest(title, 5);
    assert_eq!(found.first().map(|(code, _)| *code), Some(expected), "{title}: {found:?}");
}

#[test]
fn a_label_alone_suggests_its_code() {
    let model = CodeModel::build(&labels(), &[]);
    check_first(&model, "Städning av en förskola", "90910000");
    check_first(&model, "Beskärning", "77340000");
}

#[test]
fn past_titles_teach_words_that_no_label_has() {
    check_first(&CodeModel::build(&labels(), &history()), "Lokalvård av idrottshallen", "90910000");
    check_first(&CodeModel::build(&[], &history()), "Fällning av en alm", "77340000");
    let unknowing = CodeModel::build(&labels(), &[]);
    assert!(unknowing.suggest("Gamla almar", 5).is_empty());
}

#[test]
fn a_title_that_is_repeated_gets_its_code_and_then_those_nearby() {
    let model = CodeModel::build(&labels(), &history());
    let found = model.suggest("FÄLLNING av gamla almar", 10);
    assert_eq!(found[0].0, "77340000");
    assert!(found.iter().any(|(code, _)| *code == "77300000"), "{found:?}");
    assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{found:?}");
    assert_eq!(model.suggest("Fällning av gamla almar", 2).len(), 2);
}

#[test]
fn what_shares_nothing_gets_nothing_and_what_is_no_code_is_left_out() {
    let bad = PastTitle { title: "Städning".to_owned(), code: "9091".to_owned() };
    let model = CodeModel::build(&labels(), &[bad]);
    assert!(model.suggest("Qqq", 10).is_empty());
    assert!(model.suggest("", 10).is_empty());
    assert!(CodeModel::build(&[], &[]).suggest("Städning", 10).is_empty());
    assert_eq!(model.tree().codes().len(), labels().len());
}

#[test]
fn the_same_titles_teach_the_same_twice() {
    let all = || CodeModel::build(&labels(), &history());
    assert_eq!(all().suggest("Klippning av gräs", 10), all().suggest("Klippning av gräs", 10));
}

#[test]
fn a_text_without_end_is_read_only_so_far() {
    let long = "lokalvård ".repeat(100_000);
    assert!(features::normalised(&long).len() < 1_000);
    check_first(&CodeModel::build(&labels(), &history()), &long, "90910000");
}

#[test]
fn gains_follow_the_tree() {
    let tree = CodeTree::build(labels().into_iter().map(|label| label.code));
    let gain = |a: &str, b: &str| tree.gain(tree.place(a).unwrap(), tree.place(b).unwrap());
    assert_eq!(gain("77310000", "77310000"), 3);
    assert_eq!((gain("77300000", "77310000"), gain("77310000", "77300000")), (2, 2));
    assert_eq!((gain("90910000", "90000000"), gain("77310000", "77340000")), (2, 1));
    assert_eq!((gain("77310000", "90910000"), gain("77000000", "77310000")), (0, 0));
}
