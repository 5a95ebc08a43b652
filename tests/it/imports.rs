//! Taking records in: the same twice changes nothing, an older one never replaces a newer.

use chrono::Duration;
use samhandla::{
    service::imports::{self, Imported},
    store::needs,
};

use crate::support::product::{self, cleaner, cleaning_request};

#[tokio::test]
async fn the_same_records_twice_are_unchanged_and_a_difference_is_an_update() {
    let product = product::empty().await;
    let app = &product.app;
    assert_eq!(imports::store(app, &[cleaner()]).await.unwrap(), [Imported::Created]);
    assert_eq!(imports::store(app, &[cleaner()]).await.unwrap(), [Imported::Unchanged]);
    let mut longer = cleaner();
    longer.capabilities.push(longer.capabilities[0].clone());
    assert_eq!(imports::store(app, &[longer]).await.unwrap(), [Imported::Updated]);
    assert_eq!(imports::store(app, &[cleaning_request()]).await.unwrap(), [Imported::Created]);
    assert_eq!(imports::store(app, &[cleaning_request()]).await.unwrap(), [Imported::Unchanged]);
}

#[tokio::test]
async fn an_older_version_never_replaces_a_newer_one() {
    let product = product::empty().await;
    let mut newer = cleaning_request();
    newer.issued_at = Some(product.now());
    let mut older = cleaning_request();
    older.issued_at = Some(product.now() - Duration::days(1));
    older.title = "En äldre rubrik".to_owned();
    imports::store(&product.app, &[newer]).await.unwrap();
    assert_eq!(imports::store(&product.app, &[older]).await.unwrap(), [Imported::Unchanged]);
    let stored = needs::list_latest(&product.app.db, 10).await.unwrap();
    assert_eq!(stored[0].title, "Städning av vårt kontor");
}

#[tokio::test]
async fn a_lot_that_comes_back_keeps_its_identity() {
    let product = product::empty().await;
    let mut two = cleaning_request();
    let mut second = two.lots[0].clone();
    second.lot_no = "LOT-0002".to_owned();
    two.lots.push(second);
    imports::store(&product.app, &[two.clone()]).await.unwrap();
    let ids = |stored: &[samhandla::domain::need::Need]| stored[0].lots.iter().map(|l| l.id).collect::<Vec<_>>();
    let first = ids(&needs::list_latest(&product.app.db, 1).await.unwrap());
    imports::store(&product.app, &[cleaning_request()]).await.unwrap();
    assert_eq!(ids(&needs::list_latest(&product.app.db, 1).await.unwrap()), first[..1]);
    imports::store(&product.app, &[two]).await.unwrap();
    assert_eq!(ids(&needs::list_latest(&product.app.db, 1).await.unwrap()), first);
}
