//! The pages as a browser meets them: every route answers, looking changes nothing, and forms keep
//! what was typed.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use chrono::Duration;
use samhandla::{
    domain::{email::Email, schedule::IsoWeek, user::Role},
    service::{digests, digests::Run, pairings, sign_in},
    store::{asf, needs},
    web,
};
use tower::ServiceExt as _;

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner};

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: String,
}

/// A browser without a screen.
pub struct Visitor {
    site: Router,
    cookie: String,
}

impl Visitor {
    pub fn new(product: &Product) -> Self {
        Self { site: web::router(Arc::clone(&product.app)), cookie: String::new() }
    }

    pub async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let request = request.header(header::COOKIE, &self.cookie).body(body.into()).unwrap();
        let response = self.site.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&self, path: &str, form: &str) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form.to_owned()).await
    }

    /// Sends a file as a browser does.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request, body).await
    }

    pub async fn signed_in(product: &Product, role: Role) -> Self {
        let email = match role {
            Role::Asf => "info@skurborsten.example".to_owned(),
            role => format!("{}@staff.example", role.as_str()),
        };
        let link = sign_in::link_for(&product.app, &Email::parse(&email).unwrap(), role).await.unwrap();
        let mut visitor = Self::new(product);
        visitor.sign_in(path_of(&link)).await;
        visitor
    }

    /// Presses the button of a sign-in link and keeps the cookie.
    pub async fn sign_in(&mut self, link: &str) {
        let answer = self.post(link, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
            "{cookie}"
        );
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }
}

fn path_of(link: &str) -> &str {
    link.strip_prefix("http://samhandla.test").unwrap_or(link)
}

/// A matched request and its digest in the mailbox.
async fn mailed() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    product
}

/// The path of the first link to `page` in the latest mail.
async fn mailed_path(product: &Product, page: &str) -> String {
    path_in(&product.messages().await.pop().unwrap().text, page)
}

pub fn path_in(text: &str, page: &str) -> String {
    let start = text.find(page).unwrap_or_else(|| panic!("no {page} in {text}"));
    let token = text[start + page.len()..].chars().take_while(char::is_ascii_hexdigit);
    format!("{page}{}", token.collect::<String>())
}

/// Paths that a page links to on this site.
fn links(html: &str) -> BTreeSet<String> {
    let values = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|href| href.starts_with('/')).map(|href| href.replace("&amp;", "&")).collect()
}

const PUBLIC: [&str; 19] = [
    "/",
    "/asf",
    "/asf?ord=st%C3%A4d&plats=0680&cpv=90910000",
    "/asf?ord=xyzzy&cpv=12",
    "/asf?bransch=cleaning&personer=2&grund=self_declared",
    "/asf/1",
    "/asf/nummer",
    "/upphandla",
    "/behov",
    "/behov?ord=st%C3%A4dning",
    "/behov/1",
    "/behov/nytt",
    "/logga-in",
    "/mal",
    "/tillganglighet",
    "/integritet",
    "/api",
    "/api/anrop/needs",
    "/folj",
];

#[tokio::test]
async fn public_pages_answer_in_both_languages_with_their_safety_headers() {
    let product = mailed().await;
    let visitor = Visitor::new(&product);
    for path in PUBLIC {
        for language in ["sv", "en"] {
            let request = Request::get(path).header(header::ACCEPT_LANGUAGE, language);
            let answer = visitor.send(request, Body::empty()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{language}\">")), "{path} {language}");
            let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
            assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer");
            assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert!(!answer.body.contains("style=\"") && !answer.body.contains("<script"), "{path}");
        }
    }
}

#[tokio::test]
async fn every_link_on_every_page_leads_somewhere() {
    let product = mailed().await;
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    let mut waiting: Vec<String> = PUBLIC.map(str::to_owned).to_vec();
    waiting.extend(
        [
            "/oversikt",
            "/luckor",
            "/matchningar",
            "/granska",
            "/granska/behov/1",
            "/status",
            "/justera/1",
            "/brevlada",
            "/affar/1",
        ]
        .map(str::to_owned),
    );
    waiting.push(mailed_path(&product, "/svar/").await);
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if seen.insert(path.clone()) {
            let answer = staff.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            // The choices beside a search multiply; each is tried with at most one other.
            waiting.extend(links(&answer.body).into_iter().filter(|link| link.matches('&').count() < 2));
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

#[tokio::test]
async fn a_search_that_was_read_anew_says_so() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    for path in ["/asf?ord=stadning", "/behov?ord=stadning"] {
        let page = Visitor::new(&product).get(path).await.body;
        assert!(page.contains("Inget för ”stadning”. Visar ”städning”."), "{path}: {page}");
        assert!(page.contains("Träff på ”städning”") && page.contains("value=\"stadning\""), "{path}: {page}");
    }
    let right = Visitor::new(&product).get("/asf?ord=lokalvård").await.body;
    assert!(!right.contains("Inget för"), "{right}");
}

#[tokio::test]
async fn what_does_not_exist_is_a_page_with_a_way_onward() {
    let product = product::empty().await;
    let visitor = Visitor::new(&product);
    for path in
        ["/asf/99", "/behov/99", "/behov/x", "/svar/0000", "/bekrafta/0", "/logga-in/0", "/nope", "/static/no.css"]
    {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("Sidan finns inte") && answer.body.contains("href=\"/asf\""), "{path}");
    }
    let answer = visitor.post("/asf", "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("Så går det inte att göra"));
}

#[tokio::test]
async fn the_language_button_is_remembered_and_never_leads_away() {
    let product = product::empty().await;
    let mut visitor = Visitor::new(&product);
    let answer = visitor.post("/sprak", "language=en&back=%2Fbehov%3Ford%3Da").await;
    assert_eq!(answer.headers[header::LOCATION], "/behov?ord=a");
    visitor.cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert!(visitor.get("/behov").await.body.contains("<html lang=\"en\">"));
    let answer = visitor.post("/sprak", "language=en&back=%2F%2Fevil.example").await;
    assert_eq!(answer.headers[header::LOCATION], "/");
}

#[tokio::test]
async fn looking_at_links_of_a_mail_changes_nothing() {
    let product = mailed().await;
    let visitor = Visitor::new(&product);
    let (answer_page, stop_page) = (mailed_path(&product, "/svar/").await, mailed_path(&product, "/avanmalan/").await);
    for path in [format!("{answer_page}?svar=ja"), stop_page.clone()] {
        assert_eq!(visitor.get(&path).await.status, StatusCode::OK, "{path}");
        let head = visitor.send(Request::head(&path), Body::empty()).await;
        assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""), "{path}");
    }
    let view = pairings::find_by_token(&product.app, answer_page.trim_start_matches("/svar/")).await.unwrap();
    assert!(!view.pairing.state.is_answered());
    assert_eq!(asf::find(&product.app.db, view.asf.id).await.unwrap().unwrap().unsubscribed_at, None);
}

#[tokio::test]
async fn a_link_chooses_the_answer_and_the_button_gives_it() {
    let product = mailed().await;
    let visitor = Visitor::new(&product);
    let page = mailed_path(&product, "/svar/").await;
    let asked = visitor.get(&format!("{page}?svar=kanske")).await;
    assert!(asked.body.contains("value=\"maybe\" checked"), "{}", asked.body);
    assert_eq!(asked.headers[header::CACHE_CONTROL], "no-store");
    let answered = visitor.post(&page, "answer=yes&note=Ring%00+oss").await;
    assert_eq!(answered.status, StatusCode::OK);
    assert!(answered.body.contains("Tack för ert ja!"));
    let again = visitor.get(&page).await;
    assert!(again.body.contains("value=\"yes\" checked") && again.body.contains("Ring oss"));
    assert_eq!(product.messages().await.len(), 3);
}

#[tokio::test]
async fn a_no_without_a_reason_is_asked_again_with_what_was_written() {
    let product = mailed().await;
    let page = mailed_path(&product, "/svar/").await;
    let answer = Visitor::new(&product).post(&page, "answer=no&note=Inte+%C3%A5t+oss").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["<title>Fel:", "href=\"#reason\"", "id=\"reason-error\"", "Inte åt oss", "value=\"no\" checked"] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_no_says_what_it_taught_and_takes_it_back_with_a_button() {
    let product = mailed().await;
    let page = mailed_path(&product, "/svar/").await;
    let visitor = Visitor::new(&product);
    let answered = visitor.post(&page, "answer=no&reason=wrong_work").await;
    assert!(
        answered.body.contains("Det här lärde vi oss") && answered.body.contains("väger nu mindre"),
        "{}",
        answered.body
    );
    let lesson = answered.body.split("name=\"lesson\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(visitor.get(&page).await.body.contains("Det här har era svar lärt oss"));
    let own = Visitor::signed_in(&product, Role::Asf).await;
    assert!(own.get("/asf/1").await.body.contains("Det här har era svar lärt oss"));
    assert!(!visitor.get("/asf/1").await.body.contains("lärt oss"), "the public does not see it");
    let refused = visitor.post("/asf/1/angra", &format!("lesson={lesson}")).await;
    assert!(refused.headers[header::LOCATION].to_str().unwrap().starts_with("/logga-in"));
    assert!(visitor.get(&page).await.body.contains("lärt oss"));
    let undone = visitor.post(&format!("{page}/angra"), &format!("lesson={lesson}")).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(!visitor.get(&page).await.body.contains("lärt oss"));
    assert_eq!(visitor.post(&format!("{page}/angra"), "lesson=99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_answer_after_the_last_day_is_a_page_that_says_so() {
    let product = mailed().await;
    let page = mailed_path(&product, "/svar/").await;
    product.pass(Duration::days(22));
    let visitor = Visitor::new(&product);
    let shown = visitor.get(&page).await;
    assert!(shown.body.contains("Tiden att svara har gått ut") && !shown.body.contains("answer-form"));
    let answer = visitor.post(&page, "answer=yes").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("Det går inte längre"));
}

#[tokio::test]
async fn a_mail_provider_stops_the_mail_for_its_reader() {
    let product = mailed().await;
    let page = mailed_path(&product, "/avanmalan/").await;
    let visitor = Visitor::new(&product);
    let kinds = [
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n",
        ),
    ];
    for (kind, body) in kinds {
        let request = Request::post(&page)
            .header(header::CONTENT_TYPE, kind)
            .header(header::ORIGIN, "https://mail.example")
            .header("sec-fetch-site", "cross-site");
        let answer = visitor.send(request, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind}");
        assert!(!answer.headers.contains_key(header::LOCATION) && !answer.headers.contains_key(header::SET_COOKIE));
    }
    let stored = asf::list_after(&product.app.db, samhandla::domain::asf::AsfId(0), 10).await.unwrap();
    assert_eq!(stored.iter().filter(|asf| asf.unsubscribed_at.is_some()).count(), 1);
}

const NEED: &str = "title=Trappst%C3%A4dning&text=Fyra+trapphus&place=0680&deadline=2026-12-20&buyer_kind=nonprofit\
     &buyer_name=Brf+Linden&email=styrelsen%40linden.example";

#[tokio::test]
async fn a_need_without_an_account_is_open_once_the_mail_is_confirmed() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = Visitor::new(&product);
    let posted = visitor.post("/behov/nytt", NEED).await;
    assert_eq!(posted.status, StatusCode::OK, "{}", posted.body);
    assert!(posted.body.contains("styrelsen@linden.example"));
    assert_eq!(visitor.get("/behov/1").await.status, StatusCode::NOT_FOUND);
    let page = mailed_path(&product, "/bekrafta/").await;
    assert!(visitor.get(&page).await.body.contains("Fyra trapphus"));
    assert_eq!(visitor.get("/behov/1").await.status, StatusCode::NOT_FOUND);
    let confirmed = visitor.post(&page, "").await;
    assert_eq!(confirmed.headers[header::LOCATION], "/behov/1?bekraftat=1");
    assert!(visitor.get("/behov/1?bekraftat=1").await.body.contains("Tack! Behovet är öppet"));
    assert_eq!(visitor.post(&page, "").await.status, StatusCode::SEE_OTHER);
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    assert!(staff.get("/behov/1").await.body.contains("Skurborsten"));
}

#[tokio::test]
async fn a_buyer_may_tick_the_codes_that_the_need_was_understood_as() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = Visitor::new(&product);
    visitor.post("/behov/nytt", NEED).await;
    let page = mailed_path(&product, "/bekrafta/").await;
    let asked = visitor.get(&page).await.body;
    assert!(asked.contains("Vi uppfattar det som: Städning.") && asked.contains("value=\"90910000\""), "{asked}");
    assert_eq!(visitor.post(&page, "kod1=90910000&kod2=45000000&kod3=x").await.status, StatusCode::SEE_OTHER);
    let need = needs::find(&product.app.db, samhandla::domain::need::NeedId(1)).await.unwrap().unwrap();
    let codes: Vec<&str> = need.lots[0].work.cpv.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, ["90910000"], "what was not offered cannot be chosen");
}

#[tokio::test]
async fn guessed_codes_are_shown_to_staff_and_marked_as_guesses() {
    let product = product::empty().await;
    let mut generic = cleaning_request();
    generic.lots[0].cpv = samhandla::domain::cpv::Cpv::parse_list("90000000").unwrap();
    product.take_in(&[cleaner()], &[generic]).await;
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    let body = staff.get("/behov/1").await.body;
    assert!(body.contains("Gissade koder") && body.contains("90910000"), "{body}");
    assert!(!Visitor::new(&product).get("/behov/1").await.body.contains("Gissade koder"));
    let need = needs::find(&product.app.db, samhandla::domain::need::NeedId(1)).await.unwrap().unwrap();
    assert_eq!(need.lots[0].work.cpv[0].as_str(), "90000000", "looking chooses nothing");
}

#[tokio::test]
async fn odd_words_in_the_form_are_answered_with_a_page_in_bounded_time() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = Visitor::new(&product);
    let long = "lokaler+".repeat(25_000);
    let started = std::time::Instant::now();
    for (title, text, status) in [
        ("St%C3%A4dning", "St%C3%A4dning", StatusCode::OK),
        ("Office+cleaning", "We+need+our+office+cleaned", StatusCode::OK),
        ("Toimistosiivous", "Tarvitsemme+siivousta", StatusCode::OK),
        ("%D8%AA%D9%86%D8%B8%D9%8A%D9%81", "%D9%86%D8%AD%D8%AA%D8%A7%D8%AC", StatusCode::OK),
        ("90910000", "90910000", StatusCode::OK),
        ("12345678", "12345678", StatusCode::OK),
        ("Lokaler", long.as_str(), StatusCode::PAYLOAD_TOO_LARGE),
        (long.as_str(), "Lokaler", StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let shown = &title[..title.len().min(40)];
        let form = NEED.replace("Trappst%C3%A4dning", title).replace("Fyra+trapphus", text);
        let mailed = product.messages().await.len();
        assert_eq!(visitor.post("/behov/nytt", &form).await.status, status, "{shown}");
        let messages = product.messages().await;
        assert_eq!(messages.len() > mailed, status == StatusCode::OK, "{shown}");
        for path in ["/asf?ord=", "/behov?ord="] {
            let search = format!("{path}{}", &title[..title.len().min(4000)]);
            assert_eq!(visitor.get(&search).await.status, StatusCode::OK, "{shown}");
        }
    }
    let pages: BTreeSet<String> = product.messages().await.iter().map(|m| path_in(&m.text, "/bekrafta/")).collect();
    assert_eq!(pages.len(), 6);
    for page in pages {
        assert_eq!(visitor.get(&page).await.status, StatusCode::OK);
        assert_eq!(visitor.post(&page, "").await.status, StatusCode::SEE_OTHER);
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_wrong_form_names_its_faults_and_keeps_what_was_typed() {
    let product = product::empty().await;
    let form = NEED.replace("place=0680", "place=").replace("%40linden", "").replace("Fyra", "%3Cb%3EFyra");
    let answer = Visitor::new(&product).post("/behov/nytt", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in
        ["Det är 2 saker att rätta", "href=\"#place\"", "href=\"#email\"", "&lt;b&gt;Fyra", "value=\"Brf Linden\""]
    {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert!(answer.body.contains("value=\"nonprofit\" checked"));
    assert_eq!(needs::count(&product.app.db).await.unwrap().0, 0);
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_with_a_page() {
    let product = product::empty().await;
    let request = Request::post("/behov/nytt")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let answer = Visitor::new(&product).send(request, NEED).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("Vi tog inte emot formuläret"));
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_a_page() {
    let product = product::empty().await;
    let form = format!("{NEED}&text={}", "x".repeat(100_000));
    let answer = Visitor::new(&product).post("/behov/nytt", &form).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("Det var för mycket på en gång"));
}

#[tokio::test]
async fn known_and_unknown_addresses_get_the_same_answer() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = Visitor::new(&product);
    let known = visitor.post("/logga-in", "email=info%40skurborsten.example").await;
    let unknown = visitor.post("/logga-in", "email=info%40okandafirma.example").await;
    assert_eq!(known.body.replace("skurborsten", "x"), unknown.body.replace("okandafirma", "x"));
    assert_eq!(product.messages().await.len(), 1);
    let wrong = visitor.post("/logga-in/kod", "email=info%40skurborsten.example&code=00000x").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_sign_in_link_works_once_and_by_its_button_only() {
    let product = product::empty().await;
    let email = Email::parse("anna@region.example").unwrap();
    let link = sign_in::link_for(&product.app, &email, Role::Coordinator).await.unwrap();
    let mut visitor = Visitor::new(&product);
    for _ in 0..2 {
        assert_eq!(visitor.get(path_of(&link)).await.status, StatusCode::OK);
    }
    let answer = visitor.post(path_of(&link), "").await;
    assert_eq!(answer.headers[header::LOCATION], "/oversikt");
    visitor.cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(visitor.get("/oversikt").await.status, StatusCode::OK);
    assert_eq!(visitor.post(path_of(&link), "").await.status, StatusCode::NOT_FOUND);
    visitor.post("/logga-ut", "").await;
    assert_eq!(visitor.get("/oversikt").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn with_tls_the_session_cookie_is_bound_to_the_host() {
    let product = product::with_settings(|config| config.base_url = Some("https://samhandla.test".to_owned())).await;
    let email = Email::parse("anna@region.example").unwrap();
    let link = sign_in::link_for(&product.app, &email, Role::Coordinator).await.unwrap();
    let answer = Visitor::new(&product).post(link.strip_prefix("https://samhandla.test").unwrap(), "").await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-samhandla=") && cookie.contains("; Secure"), "{cookie}");
}

#[tokio::test]
async fn pages_of_staff_are_for_staff() {
    let product = mailed().await;
    let (nobody, asf) = (Visitor::new(&product), Visitor::signed_in(&product, Role::Asf).await);
    for path in ["/oversikt", "/brevlada", "/brevlada/1"] {
        assert_eq!(nobody.get(path).await.headers[header::LOCATION], "/logga-in", "{path}");
        assert_eq!(asf.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(nobody.get("/affar/1").await.headers[header::LOCATION], "/logga-in");
    assert_eq!(asf.get("/affar/1").await.status, StatusCode::OK);
    assert_eq!(asf.get("/affar/99").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn suggestions_are_seen_by_staff_and_the_asf_itself_only() {
    let product = mailed().await;
    let public = Visitor::new(&product).get("/behov/1").await;
    assert!(!public.body.contains("Skurborsten"));
    for role in [Role::Coordinator, Role::Asf] {
        let page = Visitor::signed_in(&product, role).await.get("/behov/1").await;
        assert!(page.body.contains("Skurborsten"), "{role:?}");
    }
}

#[tokio::test]
async fn an_invoice_written_down_by_staff_moves_the_target() {
    let product = mailed().await;
    let staff = Visitor::signed_in(&product, Role::Coordinator).await;
    let wrong = staff.post("/affar/1", "kind=invoice&occurred_on=2026-11-24&reference=Faktura+7").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Skriv fakturans belopp") && wrong.body.contains("value=\"Faktura 7\""));
    let form = "kind=invoice&occurred_on=2026-11-24&amount_sek=12+000&reference=Faktura+7";
    assert_eq!(staff.post("/affar/1", form).await.headers[header::LOCATION], "/affar/1?sparat=ja");
    assert_eq!(staff.post("/affar/1", form).await.headers[header::LOCATION], "/affar/1?sparat=redan");
    assert!(staff.get("/affar/1").await.body.contains("Faktura 7"));
    let seen = staff.get("/mal").await.body;
    assert!(seen.contains("1 av 10") && seen.contains("Vätterbygg AB"));
    let public = Visitor::new(&product).get("/mal").await.body;
    assert!(public.contains("1 av 10") && !public.contains("Vätterbygg AB"));
}

#[tokio::test]
async fn a_mail_is_shown_in_a_frame_that_runs_nothing() {
    let product = mailed().await;
    let page = Visitor::signed_in(&product, Role::Operator).await.get("/brevlada/1").await;
    assert!(
        page.body.contains("sandbox=\"allow-top-navigation-by-user-activation\"") && page.body.contains("srcdoc=\"")
    );
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("style-src 'self' 'unsafe-inline'") && !policy.contains("script-src"), "{policy}");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn files_may_be_kept_for_ever_under_their_version() {
    let product = product::empty().await;
    let visitor = Visitor::new(&product);
    let start = visitor.get("/").await.body;
    let sheet = links(&start).into_iter().find(|link| link.starts_with("/static/samhandla.css")).unwrap();
    let answer = visitor.get(&sheet).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(answer.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    let tag = answer.headers[header::ETAG].clone();
    let bare =
        visitor.send(Request::get("/static/samhandla.css").header(header::IF_NONE_MATCH, tag), Body::empty()).await;
    assert_eq!(bare.status, StatusCode::NOT_MODIFIED);
    assert_eq!(visitor.get("/static/../locales/sv/pages.ftl").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn health_is_ok_while_the_database_answers_and_503_when_not() {
    let product = product::empty().await;
    let visitor = Visitor::new(&product);
    assert_eq!(visitor.get("/halsa").await.body, "ok\n");
    product.app.db.clone().close().await.unwrap();
    let answer = visitor.get("/behov/1").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("Vi är strax tillbaka"));
    assert_eq!(visitor.get("/halsa").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_need_page_says_the_terms_of_its_lots_and_who_won() {
    let product = product::empty().await;
    let mut need = cleaning_request();
    let contract = &mut need.lots[0].contract;
    contract.dis = true;
    contract.documents_url = Some("https://docs.example/1".to_owned());
    contract.duration = Some(samhandla::domain::contract::Duration::Months(24));
    contract.social_objectives = vec!["opp".to_owned(), "<b>".to_owned()];
    product.take_in(&[], &[need]).await;
    let visitor = Visitor::new(&product);
    let page = visitor.get("/behov/1").await.body;
    for expected in ["Dynamiskt inköpssystem", "https://docs.example/1", "24", "långtidsarbetslösa"] {
        assert!(page.contains(expected), "{expected} is not in {page}");
    }
    assert!(!page.contains("lot-objective"));
}
