//! The index follows the database, and can be lost without losing search.

use samhandla::service::{
    code_evaluation, codes, search,
    search::{Check, Search},
};

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner};

fn words(words: &str) -> Search {
    Search { words: words.to_owned(), limit: 10, ..Search::default() }
}

async fn found(product: &Product, text: &str) -> Vec<String> {
    let hits = search::asf(&product.app, &words(text)).await.unwrap();
    hits.hits.into_iter().map(|hit| hit.asf.name).collect()
}

#[tokio::test]
async fn compounds_and_their_parts_find_each_other() {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[]).await;
    assert_eq!(found(&product, "kontorsstädning").await, ["Skurborsten"]);
    assert_eq!(found(&product, "lokalvård").await, ["Skurborsten"]);
    assert_eq!(found(&product, "snickare").await, ["Hyvelspånet"]);
    assert!(found(&product, "svetsrobot").await.is_empty());
}

#[tokio::test]
async fn a_lost_index_directory_is_rebuilt_while_searching_and_while_writing() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    std::fs::remove_dir_all(product.data.path().join("index")).unwrap();
    assert_eq!(found(&product, "städning").await, ["Skurborsten"]);
    std::fs::remove_dir_all(product.data.path().join("index")).unwrap();
    product.take_in(&[joiner()], &[]).await;
    assert_eq!(found(&product, "snickeri").await, ["Hyvelspånet"]);
    assert_eq!(search::check(&product.app).await.unwrap(), Check { documents: 3, missing: 0, ghosts: 0 });
}

#[tokio::test]
async fn a_closed_need_leaves_the_index() {
    let product = product::empty().await;
    product.take_in(&[], &[cleaning_request()]).await;
    assert_eq!(search::needs(&product.app, &words("städning")).await.unwrap().hits.len(), 1);
    let mut closed = cleaning_request();
    closed.status = samhandla::domain::need::NeedStatus::Closed;
    product.take_in(&[], &[closed]).await;
    assert!(search::needs(&product.app, &words("städning")).await.unwrap().hits.is_empty());
    assert_eq!(search::check(&product.app).await.unwrap(), Check::default());
}

#[tokio::test]
async fn a_rebuild_gives_the_same_documents_as_following() {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    assert_eq!(search::rebuild(&product.app).await.unwrap(), 3);
    assert_eq!(search::check(&product.app).await.unwrap(), Check { documents: 3, missing: 0, ghosts: 0 });
}

/// Who is found, and what was searched for instead.
async fn reread(product: &Product, text: &str) -> (Vec<String>, Vec<(String, String)>) {
    let found = search::asf(&product.app, &words(text)).await.unwrap();
    let names = found.hits.iter().map(|hit| hit.asf.name.clone()).collect();
    (names, found.instead.into_iter().map(|it| (it.typed, it.instead)).collect())
}

#[tokio::test]
async fn what_nothing_answers_is_searched_anew_and_said_so() {
    let product = product::empty().await;
    let asf = product::asf;
    let gardener = asf("559900-0134", "Rabatten", "Trädgårdsskötsel", "Vi klipper gräs och sköter en vilsam trädgård.");
    let snow = asf("559900-0142", "Skyffeln", "Snöskottning", "Vi skottar snö och sandar gångvägar.");
    let cycles =
        asf("559900-0159", "Pedalen", "Cykelreparation", "Vi lagar cyklar, sköter paketering och gör vimplar.");
    product.take_in(&[cleaner(), gardener, snow, cycles], &[]).await;
    let check = async |typed: &str, name: &str, instead: &[(&str, &str)]| {
        let (names, said) = reread(&product, typed).await;
        let expected: Vec<_> = instead.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!((names.first().map(String::as_str), said), (Some(name), expected), "{typed}");
    };
    check("fönster puts", "Skurborsten", &[]).await;
    check("trapp hus", "Skurborsten", &[("trapp hus", "trapphus")]).await;
    check("tradgard", "Rabatten", &[("tradgard", "trädgård")]).await;
    check("snöskotning", "Skyffeln", &[("snöskotning", "snöskottning")]).await;
    check("stadning", "Skurborsten", &[("stadning", "städning")]).await;
    check("cykelreperation", "Pedalen", &[("cykelreperation", "cykelreparation")]).await;
    check("vimplra", "Pedalen", &[("vimplra", "vimplar")]).await;
    for english in ["window cleaning", "office cleaning"] {
        check(english, "Skurborsten", &[]).await;
    }
    check("gardening", "Rabatten", &[]).await;
    check("bike repair", "Pedalen", &[]).await;
    for silent in ["svetsrobot", "asfaltering", "katt", "försäkring", "xqzw", &"å".repeat(300)] {
        assert_eq!(reread(&product, silent).await, (Vec::new(), Vec::new()), "{silent}");
    }
}

#[tokio::test]
async fn reasons_name_the_word_that_was_found_and_not_the_one_typed() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let found = search::needs(&product.app, &words("stadning")).await.unwrap();
    assert_eq!(found.instead[0].instead, "städning");
    assert!(format!("{:?}", found.hits[0].reasons).contains("\"städning\""), "{:?}", found.hits[0].reasons);
}

#[tokio::test]
async fn the_matcher_never_guesses_at_a_word() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[product::request("fel", "Fonsterpustning", "Fonsterpustning hos oss.")]).await;
    let lots = [samhandla::domain::need::LotId(1)];
    assert!(samhandla::store::pairings::list_for_lots(&product.app.db, &lots).await.unwrap().is_empty());
}

#[tokio::test]
async fn codes_are_kept_to_the_branch_that_is_asked_for() {
    let product = product::empty().await;
    let branch = samhandla::domain::cpv::Cpv::parse("77000000").unwrap();
    let found = codes::suggest_within(&product.app, "städning och trädgårdsskötsel", Some(&branch), 5).await.unwrap();
    assert!(!found.is_empty() && found.iter().all(|code| code.id.starts_with("77")), "{found:?}");
    let all = codes::suggest(&product.app, "städning och trädgårdsskötsel", 5).await.unwrap();
    assert!(all.iter().any(|code| code.id.starts_with("90")), "{all:?}");
}

#[tokio::test]
async fn every_trade_is_found_by_its_english_words() {
    let product = product::empty().await;
    let concepts = samhandla_index::analyzer::thesaurus::all();
    let asfs: Vec<_> = concepts
        .iter()
        .enumerate()
        .map(|(at, concept)| {
            let words = concept.words_sv.join(". ").replace(['-', '@'], "");
            product::asf(&format!("66{at:07}"), &format!("Laget {at}"), &words, "")
        })
        .collect();
    product.take_in(&asfs, &[]).await;
    let mut missed = Vec::new();
    for (at, concept) in concepts.iter().enumerate() {
        // A word that is also said to be something else counts in phrases only.
        for word in concept.words_en.iter().filter(|word| !concept.not.contains(word)) {
            let search = Search { limit: 100, ..words(word) };
            let found = search::asf(&product.app, &search).await.unwrap();
            let names: Vec<&str> = found.hits.iter().map(|hit| hit.asf.name.as_str()).collect();
            if !names.contains(&format!("Laget {at}").as_str()) {
                missed.push(word.as_str());
            }
            assert!(found.instead.is_empty(), "{word}: {:?}", found.instead);
        }
    }
    assert_eq!(missed, [""; 0]);
}

#[tokio::test]
async fn suggested_codes_are_measured_on_judged_queries() {
    let product = product::empty().await;
    let file = product.data.path().join("judged.csv");
    let rows = "query,code,grade\nstädning,90910000,2\nstädning,90911000,1\nxqzw,45000000,2\n";
    std::fs::write(&file, rows).unwrap();
    let asked = code_evaluation::Asked { file: &file, codes: None, history: None, split_by_time: 0.75 };
    let figures = code_evaluation::run(&product.app, asked).await.unwrap();
    assert_eq!((figures.queries, figures.exact_at_1, figures.zero_hits), (2, 0.5, 0.5));
    assert!(figures.ndcg_at_10 > 0.2 && figures.ndcg_at_10 <= 0.5, "{figures:?}");
    std::fs::write(&file, "query,code,grade\nstädning,909,2\n").unwrap();
    assert!(code_evaluation::run(&product.app, asked).await.is_err());
}
