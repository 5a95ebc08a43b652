//! The feed, the calendars and the pages of the API: what others subscribe to, and what they are told of it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::Duration;
use samhandla::domain::user::Role;

use super::pages::Visitor;
use crate::support::product::{self, Product, cleaner, cleaning_request, joiner, request};

async fn filled() -> Product {
    let product = product::empty().await;
    let hostile =
        request("behov-3", "Snickra <b>bänkar</b> & \"lådor\", åäö; 🌱", "Rad ett\u{b}\r\nrad två \u{202e}slut.");
    product.take_in(&[cleaner(), joiner()], &[cleaning_request(), hostile]).await;
    product
}

#[tokio::test]
async fn the_feed_holds_open_needs_under_names_that_stay() {
    let product = filled().await;
    let visitor = Visitor::new(&product);
    let feed = visitor.get("/behov.atom").await;
    assert_eq!(feed.headers[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
    assert_eq!(feed.headers[header::CACHE_CONTROL], "private, no-cache");
    let ids = |body: &str| {
        body.split("<id>").skip(2).map(|rest| rest.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = ids(&feed.body);
    assert_eq!(first.len(), 2, "{}", feed.body);
    assert!(first[0].starts_with("http://samhandla.test/behov/"), "{first:?}");
    let mut reader = quick_xml::Reader::from_str(&feed.body);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    assert!(feed.body.contains("&lt;b&gt;bänkar&lt;/b&gt; &amp; &quot;lådor&quot;"), "{}", feed.body);
    assert!(!feed.body.contains('\u{b}'));
    let narrowed = visitor.get("/behov.atom?ord=st%C3%A4dning&plats=0680").await;
    assert_eq!(ids(&narrowed.body).len(), 1, "{}", narrowed.body);
    product.pass(Duration::days(22));
    assert!(ids(&visitor.get("/behov.atom").await.body).is_empty(), "what has run out is not there");
}

#[tokio::test]
async fn the_calendar_holds_deadlines_in_short_lines() {
    let product = filled().await;
    let visitor = Visitor::new(&product);
    let calendar = visitor.get("/behov.ics").await;
    assert_eq!(calendar.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    let body = calendar.body;
    assert!(body.starts_with("BEGIN:VCALENDAR\r\n") && body.ends_with("END:VCALENDAR\r\n"), "{body}");
    assert_eq!(body.matches("BEGIN:VEVENT").count(), 2);
    assert!(body.lines().all(|line| line.len() <= 76), "{body}");
    assert!(body.split("\r\n").all(|line| !line.contains('\n')), "{body}");
    let unfolded = body.replace("\r\n ", "");
    assert!(
        unfolded.contains("UID:lot-1@samhandla.test\r\n") && unfolded.contains("DTSTART:20261215T063000Z"),
        "{unfolded}"
    );
    assert!(unfolded.contains("lådor\"\\, åäö\\; 🌱"), "{unfolded}");
}

#[tokio::test]
async fn an_asf_has_a_calendar_of_its_own_by_a_secret_address() {
    let product = filled().await;
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    let made = asf.post("/folj", "gor=ny").await;
    let path = made.body.split("http://samhandla.test").find(|part| part.starts_with("/kalender/")).unwrap();
    let path = path.split('<').next().unwrap().to_owned();
    let reader = Visitor::new(&product);
    let calendar = reader.get(&path).await;
    assert_eq!(
        (calendar.status, &calendar.headers[header::CACHE_CONTROL]),
        (StatusCode::OK, &"no-store".parse().unwrap())
    );
    assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 1, "{}", calendar.body);
    assert!(calendar.body.contains("X-WR-CALNAME:Skurborsten"));
    let again = asf.get("/folj").await;
    assert!(!again.body.contains("/kalender/"), "it is shown once");
    asf.post("/folj", "gor=ny").await;
    assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND, "a new one takes its place");
    let stored = crate::support::database::snapshot(&product.app.db).await;
    assert!(!stored.iter().any(|row| row.contains(&path["/kalender/".len().."/kalender/".len() + 64])));
    let coordinator = Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(coordinator.post("/folj", "gor=ny").await.status, StatusCode::SEE_OTHER, "there is none to make");
    asf.post("/folj", "gor=bort").await;
    assert!(asf.get("/folj").await.body.contains("Skapa en hemlig adress"));
}

#[tokio::test]
async fn pages_lead_programs_to_the_feed() {
    let product = filled().await;
    let page = Visitor::new(&product).get("/behov").await.body;
    assert!(page.contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/behov.atom\""), "{page}");
    assert!(page.contains("<link rel=\"alternate\" type=\"text/calendar\" href=\"/behov.ics\""));
}

#[tokio::test]
async fn the_api_page_tells_of_every_call_and_every_problem_in_the_readers_words() {
    let product = filled().await;
    let visitor = Visitor::new(&product);
    let page = visitor.get("/api").await.body;
    let english = visitor.send(Request::get("/api").header(header::ACCEPT_LANGUAGE, "en"), Body::empty()).await;
    let english = english.body.replace("&#x27;", "'").replace("&#39;", "'");
    let described = samhandla::web::api::description();
    for (path, item) in described["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            assert!(page.contains(&name), "{name}");
            let noun = operation["tags"][0].as_str().unwrap();
            let shown = visitor.get(&format!("/api/anrop/{noun}")).await;
            assert!(shown.body.contains(&name), "{name}");
            let summary = operation["summary"].as_str().unwrap();
            assert!(!page.contains(&format!(">{summary}<")), "{summary}");
            assert!(english.contains(&format!(">{summary}<")), "{summary} is described in other words");
        }
    }
    for kind in samhandla::web::api::problem::KINDS {
        assert!(page.contains(&format!("id=\"problem-{kind}\"")), "{kind}");
    }
    assert!(!page.contains("<script"), "no scripts");
    assert_eq!(visitor.get("/api/anrop/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_is_made_on_its_page_shown_once_and_taken_back() {
    let product = filled().await;
    let nobody = Visitor::new(&product);
    assert_eq!(nobody.get("/api/nycklar").await.headers[header::LOCATION], "/logga-in");
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    let wrong = asf.post("/api/nycklar", "name=&days=90").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Ge nyckeln ett namn") && wrong.body.contains("Välj minst en behörighet"),
        "{}",
        wrong.body
    );
    let kept = asf.post("/api/nycklar", "name=&scopes=read%3Aneeds&days=7").await.body;
    assert!(kept.contains("value=\"read:needs\" checked") && kept.contains("<option value=\"7\" selected"), "{kept}");
    let made = asf.post("/api/nycklar", "name=Ekonomi&scopes=read%3Aneeds&scopes=read%3Aasf&days=7").await;
    let key = made.body.split("samhandla_").nth(1).unwrap()[..64].to_owned();
    let listed = asf.get("/api/nycklar").await.body;
    assert!(
        listed.contains("<h3>Ekonomi</h3>") && listed.contains("read:asf, read:needs") && !listed.contains(&key),
        "{listed}"
    );
    let other = Visitor::signed_in(&product, Role::Coordinator).await;
    other.post("/api/nycklar/1", "").await;
    assert!(asf.get("/api/nycklar").await.body.contains("<h3>Ekonomi</h3>"), "nobody takes back what is not theirs");
    asf.post("/api/nycklar/1", "").await;
    assert!(!asf.get("/api/nycklar").await.body.contains("<h3>Ekonomi</h3>"));
}

#[tokio::test]
async fn a_webhook_is_made_on_its_page_and_its_log_is_its_owners() {
    let product = filled().await;
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    let wrong = asf.post("/api/webbkrokar", "url=http%3A%2F%2Fa.example&events=deal.recorded").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("value=\"http://a.example\"") && wrong.body.contains("börjar med https://"),
        "{}",
        wrong.body
    );
    let made = asf.post("/api/webbkrokar", "url=https%3A%2F%2Fa.example%2Fkrok&events=deal.recorded").await;
    assert!(made.body.contains("whsec_"), "{}", made.body);
    assert!(!asf.get("/api/webbkrokar").await.body.contains("whsec_"));
    let other = Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(other.get("/api/webbkrokar/1").await.status, StatusCode::NOT_FOUND);
    asf.post("/api/webbkrokar/1", "gor=prova").await;
    let log = asf.get("/api/webbkrokar/1").await.body;
    assert!(log.contains("webhook.test") && log.contains("väntar"), "{log}");
    asf.post("/api/webbkrokar/1", "gor=bort").await;
    assert_eq!(asf.get("/api/webbkrokar/1").await.status, StatusCode::NOT_FOUND);
}
