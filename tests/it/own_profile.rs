//! An ASF changes its own profile; nobody else does, and nothing wrong is stored.

use axum::http::{StatusCode, header};
use samhandla::{
    domain::{asf::AsfId, user::Role},
    service,
    store::asf,
};

use crate::{
    pages::Visitor,
    support::{
        database,
        product::{self, Product, cleaner, cleaning_request, joiner, request},
    },
};

async fn two() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    product
}

async fn version(product: &Product) -> String {
    service::asf::version(&asf::find(&product.app.db, AsfId(1)).await.unwrap().unwrap())
}

#[tokio::test]
async fn a_capability_is_added_changed_and_removed_and_matched_at_once() {
    let product = product::empty().await;
    let laundry = request("behov-2", "Tvätt av arbetskläder", "Tvätt och lagning av arbetskläder varje vecka.");
    product.take_in(&[cleaner(), joiner()], &[laundry]).await;
    let own = Visitor::signed_in(&product, Role::Asf).await;
    assert!(own.get("/asf/1").await.body.contains("/asf/1/profil"));
    assert!(!own.get("/asf/1").await.body.contains("Tvätt av arbetskläder"));
    let form = format!(
        "version={}&title=Tv%C3%A4tt&text=Vi+tv%C3%A4ttar+arbetskl%C3%A4der.&people=3",
        version(&product).await
    );
    let added = own.post("/asf/1/kan", &form).await;
    assert_eq!(added.headers[header::LOCATION], "/asf/1/profil?sparat=1", "{}", added.body);
    assert!(own.get("/asf/1").await.body.contains("Tvätt av arbetskläder"), "suggested at once");
    assert!(own.get("/asf/1/kan?nr=2").await.body.contains("value=\"Tvätt\""));
    let stale = own.post("/asf/1/kan", &form).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "somebody has changed it meanwhile");
    let removed = format!("version={}&number=2&remove=1", version(&product).await);
    assert_eq!(own.post("/asf/1/kan", &removed).await.status, StatusCode::SEE_OTHER);
    assert!(!own.get("/asf/1").await.body.contains("Tvätt av arbetskläder"));
    assert_eq!(own.get("/asf/1/kan?nr=2").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_profile_says_what_a_change_would_gain() {
    let product = product::empty().await;
    let mut small = cleaner();
    small.capabilities[0].max_value_sek = Some(10_000);
    product.take_in(&[small, joiner()], &[cleaning_request()]).await;
    let own = Visitor::signed_in(&product, Role::Asf).await;
    let page = own.get("/asf/1/profil").await.body;
    assert!(page.contains("Höj ert största uppdrag: 1 öppet behov till skulle passa."), "{page}");
    let paused = own.post("/asf/1/paus", &format!("version={}&paused_until=2027-02-01", version(&product).await)).await;
    assert_eq!(paused.status, StatusCode::SEE_OTHER);
    assert!(own.get("/asf/1/profil").await.body.contains("Tar inte emot nya förfrågningar före"));
    own.post("/asf/1/paus", &format!("version={}", version(&product).await)).await;
    assert_eq!(asf::find(&product.app.db, AsfId(1)).await.unwrap().unwrap().paused_until, None);
}

#[tokio::test]
async fn only_the_asf_itself_and_staff_see_and_change_a_profile() {
    let product = two().await;
    let own = Visitor::signed_in(&product, Role::Asf).await;
    let buyer = Visitor::signed_in(&product, Role::Buyer).await;
    let nobody = Visitor::new(&product);
    let before = database::snapshot(&product.app.db).await;
    for path in ["/asf/2/profil", "/asf/2/kan"] {
        assert_eq!(own.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(buyer.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(nobody.get(path).await.headers[header::LOCATION], "/logga-in", "{path}");
    }
    for path in ["/asf/2/kan", "/asf/2/paus", "/asf/2/uppgift"] {
        assert_eq!(
            own.post(path, "title=x&kind=share&share=1&how=x&as_of=2026-01-01").await.status,
            StatusCode::FORBIDDEN
        );
    }
    assert_eq!(before, database::snapshot(&product.app.db).await);
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    assert!(staff.get("/asf/2/profil").await.body.contains("Certifierat"));
    assert!(!own.get("/asf/1/profil").await.body.contains("Certifierat"), "others vouch for that");
}

#[tokio::test]
async fn wrong_fields_are_told_kept_and_not_stored() {
    let product = two().await;
    let own = Visitor::signed_in(&product, Role::Asf).await;
    let version = version(&product).await;
    let before = database::snapshot(&product.app.db).await;
    let long = "x".repeat(3001);
    let evil = "%3Cb%3E%E2%80%AE%F0%9F%A7%B9";
    for (path, form, field) in [
        ("/asf/1/kan", "title=".to_owned(), "title"),
        ("/asf/1/kan", format!("title={}", &long[..121]), "title"),
        ("/asf/1/kan", format!("title={evil}&text={long}"), "text"),
        ("/asf/1/kan", format!("title={evil}&people={evil}"), "people"),
        ("/asf/1/kan", format!("title={evil}&hours=0"), "hours"),
        ("/asf/1/kan", format!("title={evil}&largest=-1"), "largest"),
        ("/asf/1/kan", format!("title={evil}&earliest=snart"), "earliest"),
        ("/asf/1/kan", format!("title={evil}&cpv=12"), "cpv"),
        ("/asf/1/paus", "paused_until=2020-01-01".to_owned(), "paused_until"),
        ("/asf/1/paus", format!("paused_until={evil}"), "paused_until"),
        ("/asf/1/paus", "paused_until=2999-01-01".to_owned(), "paused_until"),
        ("/asf/1/uppgift", "kind=x".to_owned(), "kind"),
        ("/asf/1/uppgift", "kind=basis&basis=certified&as_of=2026-01-01".to_owned(), "basis"),
        ("/asf/1/uppgift", "kind=share&share=130&how=x&as_of=2026-01-01".to_owned(), "share"),
        ("/asf/1/uppgift", format!("kind=share&share=30&how=&as_of={evil}"), "how"),
        ("/asf/1/uppgift", "kind=purpose&purpose=&as_of=2026-01-01".to_owned(), "purpose"),
        ("/asf/1/uppgift", format!("kind=purpose&purpose={evil}&as_of=2027-01-01"), "as_of"),
    ] {
        let answer = own.post(path, &format!("version={version}&{form}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {form}");
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{path} {field}: {}", answer.body);
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{path} {field}");
        assert!(!answer.body.contains("<b>"), "{path} {field}");
    }
    assert_eq!(before, database::snapshot(&product.app.db).await);
}

#[tokio::test]
async fn a_fact_is_recorded_with_its_day_and_stands_on_the_page() {
    let product = two().await;
    let own = Visitor::signed_in(&product, Role::Asf).await;
    let told = own.post("/asf/1/uppgift", "kind=share&share=62&how=Antal+personer&as_of=2026-03-01").await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    assert!(Visitor::new(&product).get("/asf/1").await.body.contains("62 procent"));
}
