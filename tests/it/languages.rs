//! Both languages on every page: nothing untranslated, nothing of the other language, and the same ids.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::http::StatusCode;
use samhandla::{
    domain::{schedule::IsoWeek, user::Role},
    service::{digests, digests::Run},
    web,
};

use crate::{
    sign_in_pages::Browser,
    support::product::{self, cleaner, cleaning_request, joiner},
};

/// Messages that stand on one line without arguments, and every id.
fn messages(language: &str) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/locales").join(language);
    let (mut plain, mut ids) = (BTreeMap::new(), BTreeSet::new());
    for file in std::fs::read_dir(folder).unwrap() {
        for line in std::fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let is_id = line.starts_with(|c: char| c.is_ascii_lowercase());
            let Some((id, text)) = line.split_once(" =").filter(|_| is_id) else { continue };
            ids.insert(id.to_owned());
            let text = text.trim();
            if text.len() > 8 && !text.contains('{') {
                plain.insert(id.to_owned(), text.to_owned());
            }
        }
    }
    (plain, ids)
}

/// The texts between tags, and those that are read aloud.
fn texts(html: &str) -> Vec<String> {
    let unescaped =
        |text: &str| text.replace("&amp;", "&").replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<");
    let between = html.split('>').skip(1).filter_map(|rest| rest.split('<').next());
    let aloud = html.split("aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next());
    between.chain(aloud).map(|text| unescaped(text.trim())).filter(|text| !text.is_empty()).collect()
}

fn links(html: &str) -> Vec<String> {
    let values = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = values
        .filter(|href| href.starts_with('/') && !href.starts_with("/static") && !href.starts_with("/mal/rapport/"));
    own.map(|href| href.replace("&amp;", "&").split('#').next().unwrap().to_owned()).collect()
}

#[test]
fn both_languages_have_the_same_ids() {
    let ((_, sv), (_, en)) = (messages("sv"), messages("en"));
    assert!(sv.len() > 500, "only {} ids were found", sv.len());
    let alone: Vec<_> = sv.symmetric_difference(&en).collect();
    assert!(alone.is_empty(), "{alone:?}");
}

#[test]
fn every_failure_has_a_title_and_a_text_that_says_what_to_do() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/error.rs");
    let text = std::fs::read_to_string(source).unwrap();
    let kinds: BTreeSet<&str> = text
        .lines()
        .filter(|line| line.contains("StatusCode::") || line.trim_start().starts_with("_ "))
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    for kind in ["not-found", "forbidden", "rejected", "conflict", "too-large", "too-many", "away", "broken"] {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    let (_, ids) = messages("sv");
    for kind in kinds {
        for part in ["title", "text"] {
            assert!(ids.contains(&format!("error-{kind}-{part}")), "{kind} {part}");
        }
    }
}

#[tokio::test]
async fn no_page_shows_an_id_or_a_sentence_of_the_other_language() {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let site = web::router(Arc::clone(&product.app));
    let ((sv, ids), (en, _)) = (messages("sv"), messages("en"));
    // Said alike in both, or said in its own language on purpose: the button that changes it.
    let foreign = |here: &BTreeMap<String, String>, there: &BTreeMap<String, String>| -> BTreeSet<String> {
        let ours: BTreeSet<&String> = here.values().collect();
        there.values().filter(|text| !ours.contains(text)).cloned().collect()
    };
    let mut faults = BTreeSet::new();
    let mut seen_in_all = 0;
    for (language, foreign) in [("sv", foreign(&sv, &en)), ("en", foreign(&en, &sv))] {
        for role in [None, Some(Role::Asf), Some(Role::Coordinator)] {
            let mut browser = Browser::new(&site);
            browser.speak(language);
            match role {
                Some(Role::Asf) => _ = browser.follow_link(&product, "info@skurborsten.example", Role::Asf).await,
                Some(role) => _ = browser.follow_link(&product, "anna@region.example", role).await,
                None => {}
            }
            let mut waiting =
                vec!["/".to_owned(), "/logga-in".to_owned(), "/finns-inte".to_owned(), "/konto".to_owned()];
            let mut seen = BTreeSet::new();
            while let Some(path) = waiting.pop() {
                if seen.len() > 150 || !seen.insert(path.clone()) {
                    continue;
                }
                let page = browser.get(&path).await;
                // Files are not read: a spreadsheet is checked where it is made.
                if page.status == StatusCode::SEE_OTHER || !page.body.starts_with("<!doctype html>") {
                    continue;
                }
                assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{path}");
                // A mail is shown in the language it was written in.
                let body = page.body.split("<iframe").next().unwrap_or_default();
                for text in texts(body) {
                    if ids.contains(&text) && text.contains('-') {
                        faults.insert(format!("{language} {path}: the id {text}"));
                    }
                    if foreign.contains(&text) {
                        faults.insert(format!("{language} {path}: {text}"));
                    }
                }
                waiting.extend(links(&page.body));
            }
            seen_in_all += seen.len();
        }
    }
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(seen_in_all > 100, "only {seen_in_all} pages were seen");
}
