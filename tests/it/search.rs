//! The index follows the database, and can be lost without losing search.

use samhandla::service::{
    search,
    search::{Check, Search},
};

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner};

fn words(words: &str) -> Search {
    Search { words: words.to_owned(), limit: 10, ..Search::default() }
}

async fn found(product: &Product, text: &str) -> Vec<String> {
    let hits = search::asf(&product.app, &words(text)).await.unwrap();
    hits.into_iter().map(|hit| hit.asf.name).collect()
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
    assert_eq!(search::needs(&product.app, &words("städning")).await.unwrap().len(), 1);
    let mut closed = cleaning_request();
    closed.status = samhandla::domain::need::NeedStatus::Closed;
    product.take_in(&[], &[closed]).await;
    assert!(search::needs(&product.app, &words("städning")).await.unwrap().is_empty());
    assert_eq!(search::check(&product.app).await.unwrap(), Check::default());
}

#[tokio::test]
async fn a_rebuild_gives_the_same_documents_as_following() {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    assert_eq!(search::rebuild(&product.app).await.unwrap(), 3);
    assert_eq!(search::check(&product.app).await.unwrap(), Check { documents: 3, missing: 0, ghosts: 0 });
}
