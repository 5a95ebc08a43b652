//! Mails as others read them: two parsers that are not ours, a verifier of signatures, and scanners that
//! follow every link before the reader does.
//!
//! `SAMHANDLA_MAILS=5000` writes as many mails with hostile titles.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex},
    time::Instant,
};

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use chrono::Duration;
use mail_auth::{
    AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
    common::{parse::TxtRecordParser as _, verify::DomainKey},
};
use mailparse::MailHeaderMap as _;
use samhandla::{
    domain::{
        asf::AsfId,
        deal::{DealFields, NewDeal},
        email::Email,
        language::Language,
        need::NeedId,
        pairing::{Answer, PairingId},
        review::{Review, Verdict},
        schedule::{IsoWeek, local_date},
        user::Role,
    },
    mail::{
        MessageKind,
        dkim::{Algorithm, Signer},
    },
    service::{
        answer_summaries, coordinator_weeks, deals, digests, digests::Run, follow_ups, ledger, needs, outbox, pairings,
        profile_checks, relays, reminders, reviews, sign_in, users,
    },
    store, web,
};
use tower::ServiceExt as _;

use crate::support::{
    database,
    product::{self, Product, cleaner, cleaning_request, request},
};

const RSA_KEY: &str = include_str!("keys/dkim_rsa.pem");
const RSA_PUBLIC: &str = include_str!("keys/dkim_rsa.pub");
const ED25519_KEY: &str = include_str!("keys/dkim_ed25519.key");
const ED25519_PUBLIC: &str = include_str!("keys/dkim_ed25519.pub");

/// What DNS would say.
#[derive(Default)]
struct Keys(Mutex<HashMap<Box<str>, Txt>>);

impl ResolverCache<Box<str>, Txt> for Keys {
    fn get<Q: Hash + Eq + ?Sized>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
    {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn remove<Q: Hash + Eq + ?Sized>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
    {
        self.0.lock().unwrap().remove(name)
    }

    fn insert(&self, key: Box<str>, value: Txt, _: Instant) {
        self.0.lock().unwrap().insert(key, value);
    }
}

fn published() -> Keys {
    let keys = Keys::default();
    for (selector, kind, key) in [("rsa", "rsa", RSA_PUBLIC), ("ed", "ed25519", ED25519_PUBLIC)] {
        let record = format!("v=DKIM1; k={kind}; p={}", key.trim());
        let parsed = DomainKey::parse(record.as_bytes()).unwrap();
        let name = format!("{selector}._domainkey.samhandla.example.").into_boxed_str();
        keys.0.lock().unwrap().insert(name, Txt::DomainKey(Arc::new(parsed)));
    }
    keys
}

/// How many signatures hold, and how many there are.
async fn verified(raw: &str, keys: &Keys) -> (usize, usize) {
    // Never asked: every name of the test is in the cache.
    let verifier = MessageAuthenticator::new_cloudflare().unwrap();
    let message = AuthenticatedMessage::parse(raw.as_bytes()).unwrap();
    let results = verifier.verify_dkim(Parameters::new(&message).with_txt_cache(keys)).await;
    for result in &results {
        if *result.result() != DkimResult::Pass {
            eprintln!("{:?}", result.result());
        }
    }
    let good = results.iter().filter(|result| *result.result() == DkimResult::Pass).count();
    (good, results.len())
}

async fn signing() -> Product {
    let mut product = product::empty().await;
    let signer = Signer::default().with_key("samhandla.example", "rsa", Algorithm::Rsa, RSA_KEY).unwrap();
    let signer = signer.with_key("samhandla.example", "ed", Algorithm::Ed25519, ED25519_KEY).unwrap();
    Arc::get_mut(&mut product.app).unwrap().signer = signer;
    product
}

const HEADERS: [&str; 14] = [
    "message-id",
    "date",
    "from",
    "to",
    "subject",
    "content-language",
    "auto-submitted",
    "x-auto-response-suppress",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mime-version",
    "content-type",
    "dkim-signature",
];

/// Titles that try to break out of headers, text and markup.
fn hostile(number: usize) -> String {
    let parts = [
        "\r\nBcc: x@y.example",
        "\n\n<script>alert(1)</script>",
        "\0",
        "\u{202e}gnp.exe",
        "😀👩‍👩‍👧",
        "=?utf-8?q?=0D=0ABcc:_x?=",
        "\r\n.\r\nMAIL FROM:<x@y>",
        "{{ t('x') }}",
        "</mj-text><mj-raw>",
        "städning & \"fika\" <b>",
        "\u{2028}Bcc: x",
        "--=_boundary--",
        "From me",
        "; charset=utf-7",
        "\u{feff}",
        "a\tb",
        "%0d%0aBcc:x",
        "'; DROP TABLE message; --",
    ];
    let mut title: String =
        (0..1 + number % 4).map(|n| format!("Städning {} ", parts[(number * 7 + n * 5) % parts.len()])).collect();
    if number.is_multiple_of(9) {
        title.push_str(&"lång ".repeat(200));
    }
    title
}

#[tokio::test]
async fn hostile_titles_are_read_alike_by_two_parsers_and_the_signatures_hold() {
    #[expect(clippy::disallowed_methods, reason = "the size of a campaign is no setting of the product")]
    let number = std::env::var("SAMHANDLA_MAILS").ok().and_then(|n| n.parse().ok()).unwrap_or(60_usize);
    let (product, keys) = (signing().await, published());
    for at in 0..number {
        let raw = composed(&product, &hostile(at)).await;
        let theirs = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
        let others = mailparse::parse_mail(raw.as_bytes()).unwrap();
        for header in others.get_headers() {
            let name = header.get_key().to_lowercase();
            assert!(HEADERS.contains(&name.as_str()), "{name} in mail {at}");
        }
        assert_eq!(theirs.headers().len(), others.get_headers().into_iter().count(), "mail {at}");
        assert_eq!(theirs.subject().unwrap(), others.get_headers().get_first_value("Subject").unwrap(), "mail {at}");
        assert_eq!(others.subparts.len(), 2);
        let text = theirs.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text, others.subparts[0].get_body().unwrap().replace("\r\n", "\n"), "mail {at}");
        assert!(text.contains("Städning") && others.subparts[1].get_body().unwrap().contains("Städning"), "mail {at}");
        assert_eq!(verified(&raw, &keys).await, (2, 2), "mail {at}");
    }
    println!("{number} mails, 0 differences, {} signatures verified", 2 * number);
}

/// A weekly mail about one need of this title, as it goes over the wire.
async fn composed(product: &Product, title: &str) -> String {
    use samhandla::mail::weekly_digest;
    let item = weekly_digest::DigestItem {
        title: title.to_owned(),
        lot_title: Some(title.to_owned()),
        buyer: title.to_owned(),
        place: title.to_owned(),
        deadline: Some(product.now()),
        mark: samhandla::domain::digest::Mark::New,
        changes: Vec::new(),
        strength: samhandla::domain::pairing::Strength::Strong,
        reasons: Vec::new(),
        objections: Vec::new(),
        url_need: "https://samhandla.example/behov/1".to_owned(),
        url_answer: "https://samhandla.example/svar/1".to_owned(),
        value_sek: None,
        reserved: false,
        planned: false,
        dis: false,
        framework: false,
    };
    let digest = weekly_digest::WeeklyDigest {
        asf_name: title.to_owned(),
        week: IsoWeek::at(product.now()),
        items: vec![item],
        unsubscribe_url: "https://samhandla.example/avanmalan/1".to_owned(),
        preferences_url: "https://samhandla.example/veckobrev/1".to_owned(),
        sender: outbox::sender(&product.app.config),
    };
    let mut rendered = weekly_digest::render(&product.app.words, Language::Sv, &digest).unwrap();
    // The subject holds no title of its own; a mail of an introduction does.
    rendered.subject = format!("Ert ja är noterat: {title}");
    let letter = outbox::Letter {
        dedupe_key: "x".to_owned(),
        kind: MessageKind::WeeklyDigest,
        to: Email::parse("info@verkstan.example").unwrap(),
        language: Language::Sv,
        rendered,
        list: Some(samhandla::mail::ListHeaders {
            list_id: "veckobrev.samhandla.example".to_owned(),
            unsubscribe_url: digest.unsubscribe_url.clone(),
            unsubscribe_mailto: "mailto:avsluta+1@samhandla.example".to_owned(),
        }),
        asf: None,
    };
    outbox::write(&product.app, letter, product.now()).unwrap().raw
}

#[tokio::test]
async fn a_changed_list_header_breaks_the_signature() {
    let (product, keys) = (signing().await, published());
    let raw = composed(&product, "Städning").await;
    assert_eq!(verified(&raw, &keys).await, (2, 2));
    for (from, to) in [
        ("/avanmalan/1", "/avanmalan/2"),
        ("List-Unsubscribe=One-Click", "List-Unsubscribe=Two-Click"),
        ("Message-ID: <", "Message-ID: <0"),
        ("Subject: ", "Subject: x"),
    ] {
        let changed = raw.replacen(from, to, 1);
        assert_ne!(changed, raw);
        assert_eq!(verified(&changed, &keys).await.0, 0, "{from}");
    }
}

/// A product that has sent a mail of each kind that the services write.
async fn with_every_mail() -> Product {
    let product = product::empty().await;
    product
        .take_in(&[cleaner()], &[cleaning_request(), request("behov-2", "Fönsterputsning", "Putsning av fönster.")])
        .await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let digest = product.messages().await.pop().unwrap();
    let token = token(&digest.text, "/svar/");
    pairings::respond(&product.app, &token, &Answer::parse("yes", "", "").unwrap()).await.unwrap();
    let address = Email::parse("info@skurborsten.example").unwrap();
    let buyer = Email::parse("inkop@vatterbygg.example").unwrap();
    let posted = request("behov-3", "Fönsterputs i hallen", "Putsning av fönster.");
    needs::post(&product.app, posted, &buyer, Language::Sv).await.unwrap();
    let asks = Review { verdict: Verdict::Change, words: "Hur många fönster är det?".to_owned() };
    reviews::decide_need(&product.app, NeedId(1), &asks, "user:1").await.unwrap();
    let coordinator = Email::parse("anna@forening.example").unwrap();
    sign_in::link_for(&product.app, &coordinator, Role::Coordinator).await.unwrap();
    let by = store::users::find_by_email(&product.app.db, &coordinator).await.unwrap().unwrap();
    let bo = Email::parse("bo@forening.example").unwrap();
    let role = Role::Coordinator;
    let invitation = users::Invitation { email: bo, role, asf: None, buyer: None, language: Language::Sv };
    users::invite(&product.app, &by, &invitation).await.unwrap();
    let second = token_after(&digest.text, "/svar/");
    pairings::respond(&product.app, &second, &Answer::parse("maybe", "", "").unwrap()).await.unwrap();
    relays::write(&product.app, "user:1", PairingId(1), "Kan ni komma på torsdag?").await.unwrap();
    let now = product.now();
    answer_summaries::queue_due(&product.app, Some(now - Duration::hours(1)), now).await.unwrap();
    remind_another(&product).await;
    // What comes later, and then back to when every link works.
    product.pass(Duration::days(60));
    follow_ups::ask_due(&product.app).await.unwrap();
    coordinator_weeks::queue_due(&product.app).await.unwrap();
    product.pass(Duration::days(320));
    profile_checks::ask_due(&product.app).await.unwrap();
    product.app.clock.set(now);
    confirm_an_entry(&product, &buyer).await;
    sign_in::request_link(&product.app, &address, Language::Sv).await.unwrap();
    product
}

/// A need that came three days before the reminder, so that an answer is still possible.
async fn remind_another(product: &Product) {
    let now = product.now();
    product.take_in(&[], &[request("behov-4", "Städning av trapphus", "Städning av trapphus.")]).await;
    product.pass(Duration::days(7));
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    product.pass(Duration::days(3));
    let newest = store::pairings::list_for_asf(&product.app.db, AsfId(1)).await.unwrap();
    let silent = newest.iter().filter(|pairing| !pairing.state.is_answered()).map(|pairing| pairing.id).max();
    reminders::remind(&product.app, "user:1", silent.unwrap()).await.unwrap();
    product.app.clock.set(now);
}

/// The buyer is asked whether an entry of the ledger is right.
async fn confirm_an_entry(product: &Product, buyer: &Email) {
    let pairing = store::pairings::list_latest_promising(&product.app.db, 10).await.unwrap();
    let pairing = pairing.iter().find(|pairing| pairing.introduced_at.is_some()).unwrap().id;
    let fields = DealFields { kind: "order", occurred_on: "2026-11-24", ..DealFields::default() };
    let deal = NewDeal::parse(pairing, &fields, local_date(product.now())).unwrap();
    let entry = deals::record(&product.app.db, "user:1", deal, product.now()).await.unwrap();
    ledger::ask_to_confirm(&product.app, "user:1", entry, buyer).await.unwrap();
}

/// The token of the second link to a page.
fn token_after(text: &str, page: &str) -> String {
    let first = token(text, page);
    let rest = text.rfind(&first).map(|at| &text[at + first.len()..]).unwrap();
    token(rest, page)
}

fn token(text: &str, page: &str) -> String {
    let start = text.find(page).unwrap() + page.len();
    text[start..].chars().take_while(char::is_ascii_hexdigit).collect()
}

/// Every address in the mails that leads to us, as a path.
fn links(mails: &[String]) -> Vec<String> {
    let words = mails.iter().flat_map(|text| text.split(|c: char| c.is_whitespace() || "<>\"".contains(c)));
    let ours = words.filter_map(|word| word.strip_prefix("http://samhandla.test"));
    let mut paths: Vec<String> =
        ours.map(|path| if path.is_empty() { "/".to_owned() } else { path.replace("&amp;", "&") }).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[tokio::test]
async fn a_scanner_that_follows_every_link_three_times_changes_nothing() {
    let product = with_every_mail().await;
    let mails: Vec<String> = product.messages().await.into_iter().flat_map(|m| [m.text, m.html]).collect();
    let paths = links(&mails);
    for kind in MessageKind::ALL {
        assert!(product.messages().await.iter().any(|mail| mail.kind == kind.as_str()), "no {kind:?}");
    }
    for page in [
        "/svar/",
        "/avanmalan/",
        "/veckobrev/",
        "/logga-in/",
        "/behov/",
        "/affar/",
        "/bekrafta/",
        "/bekrafta-handelse/",
        "/uppfoljning/",
        "/profil/",
        "/forslag",
    ] {
        assert!(paths.iter().any(|path| path.starts_with(page)), "no {page} in {paths:?}");
    }
    let before = database::snapshot(&product.app.db).await;
    for _ in 0..3 {
        for path in &paths {
            for method in ["GET", "HEAD"] {
                let site = web::router(Arc::clone(&product.app));
                let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
                let answer = site.oneshot(request).await.unwrap();
                assert!(answer.status() != StatusCode::INTERNAL_SERVER_ERROR, "{method} {path}");
                assert!(!answer.headers().contains_key(header::SET_COOKIE), "{method} {path}");
            }
        }
    }
    assert_eq!(database::snapshot(&product.app.db).await, before);
    // The reader's own click works after that.
    let sign_in = paths.iter().find(|path| path.starts_with("/logga-in/")).unwrap();
    let answer = post(&product, sign_in, "application/x-www-form-urlencoded", "").await;
    assert_eq!(answer.0, StatusCode::SEE_OTHER);
    assert_ne!(database::snapshot(&product.app.db).await, before);
}

async fn post(product: &Product, path: &str, kind: &str, body: &str) -> (StatusCode, header::HeaderMap, String) {
    let site = web::router(Arc::clone(&product.app));
    let request = Request::post(path).header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap();
    let answer = site.oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, headers, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn one_click_stops_the_mail_whatever_the_body_and_however_often() {
    const FORM: &str = "application/x-www-form-urlencoded";
    const MULTIPART: &str = "multipart/form-data; boundary=b";
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    for (kind, body) in [
        (FORM, "List-Unsubscribe=One-Click"),
        (MULTIPART, multipart),
        (FORM, ""),
        ("text/plain", "\0\u{1}"),
        (FORM, "%%%"),
    ] {
        let product = product::empty().await;
        product.take_in(&[cleaner()], &[cleaning_request()]).await;
        digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
        let mail = product.messages().await.pop().unwrap();
        let path = format!("/avanmalan/{}", token(&mail.raw.replace("=\r\n", "").replace("\r\n ", ""), "/avanmalan/"));
        for _ in 0..3 {
            let started = Instant::now();
            let (status, headers, _) = post(&product, &path, kind, body).await;
            assert_eq!(status, StatusCode::OK, "{kind} {body:?}");
            assert!(!headers.contains_key(header::LOCATION) && !headers.contains_key(header::SET_COOKIE));
            assert!(started.elapsed().as_secs() < 1);
        }
        product.pass(Duration::days(60));
        assert_eq!(post(&product, &path, kind, body).await.0, StatusCode::OK, "two months later");
        let next = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
        assert_eq!(next.skipped.get("unsubscribed"), Some(&1));
    }
}
