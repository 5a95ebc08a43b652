//! How the installation is: the operator's page, and the figures for a monitor.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use samhandla::{
    domain::{schedule::IsoWeek, user::Role},
    jobs,
    service::{
        digests::{self, Run},
        schedules, status,
    },
};

use crate::{
    pages::Visitor,
    support::product::{self, Product, cleaner, cleaning_request},
};

async fn mailed(token: Option<&str>) -> Product {
    let product = product::with_settings(|config| config.metrics_token = token.map(str::to_owned)).await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    product
}

#[tokio::test]
async fn the_page_tells_of_database_index_mails_and_jobs() {
    let product = mailed(None).await;
    schedules::ensure(&product.app, &jobs::JOBS).await.unwrap();
    let visitor = Visitor::signed_in(&product, Role::Operator).await;
    let page = visitor.get("/status?jamfor=1").await;
    assert_eq!(page.status, StatusCode::OK);
    let found = status::figures(&product.app).await.unwrap();
    // The disk is the machine's: on a full one the page must warn, also of a service that is well.
    let disk_fills_up = found.disk.is_some_and(|(free, all)| status::fills_up(free, all));
    for told in [
        env!("CARGO_PKG_VERSION"),
        if disk_fills_up { "Något behöver ses över" } else { "Allt ser bra ut" },
        "2 dokument",
        "0 saknas, 0 är för många",
        "I takt med databasen",
        "Väntar",
        "weekly-mail",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert_eq!(page.body.contains("tag-stop"), disk_fills_up, "what is wrong is marked, and nothing else");
    assert!(found.database_bytes > 10_000 && found.pending_migrations.is_empty());
    assert_eq!(
        found.outbox.iter().map(|(state, number, _)| (state.as_str(), *number)).collect::<Vec<_>>(),
        [("ready", 1)]
    );
    assert!(found.outbox[0].2.is_some() && found.disk.is_some_and(|(free, all)| free <= all && all > 0));
    assert_eq!(Visitor::new(&product).get("/status").await.headers["location"], "/logga-in");
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    assert_eq!(asf.get("/status").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_index_that_lags_and_a_mail_that_failed_are_marked() {
    use sea_orm::ConnectionTrait as _;
    let product = mailed(None).await;
    product.app.db.execute_unprepared("UPDATE message SET state = 'failed'").await.unwrap();
    product.app.db.execute_unprepared("INSERT INTO change (noun, noun_id) VALUES ('asf', 1)").await.unwrap();
    let visitor = Visitor::signed_in(&product, Role::Operator).await;
    let page = visitor.get("/status").await.body;
    assert!(page.contains("Något behöver ses över") && page.contains("1 ändring efter databasen"), "{page}");
    assert!(page.contains("Gick inte att skicka <span class=\"tag tag-stop\">"), "what is wrong is marked: {page}");
}

#[tokio::test]
async fn figures_are_for_who_knows_the_token() {
    let product = mailed(Some("hemlig-nyckel")).await;
    let visitor = Visitor::new(&product);
    let ask = |token: &'static str| {
        let request = Request::get("/metrics").header(header::AUTHORIZATION, token);
        visitor.send(request, Body::empty())
    };
    for token in ["", "Bearer ", "Bearer fel", "hemlig-nyckel", "Basic hemlig-nyckel"] {
        assert_eq!(ask(token).await.status, StatusCode::NOT_FOUND, "{token}");
    }
    let told = ask("Bearer hemlig-nyckel").await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.headers["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    for line in [
        "samhandla_index_documents 2\n",
        "samhandla_outbox_messages{state=\"ready\"} 1\n",
        "# TYPE samhandla_info gauge\n",
    ] {
        assert!(told.body.contains(line), "{line}: {}", told.body);
    }
    let closed = mailed(None).await;
    let request = Request::get("/metrics").header(header::AUTHORIZATION, "Bearer ");
    assert_eq!(Visitor::new(&closed).send(request, Body::empty()).await.status, StatusCode::NOT_FOUND);
}
