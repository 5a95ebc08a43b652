//! Mail servers that break the rules: each message ends in the right state within its limit, the other
//! recipients get theirs, and nothing waits for a server that says nothing.
//!
//! `SAMHANDLA_FAULT_ROUNDS=20` runs each script as often.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use samhandla::{
    domain::{email::Email, schedule::IsoWeek},
    jobs,
    mail::{
        mailer::Mailer,
        smtp::{Limits, SmtpMailer},
    },
    service::{digests, digests::Run, outbox},
};
use tokio_rustls::{TlsAcceptor, rustls};

use crate::support::{
    faulty::{Fault, Faulty, Manner, Step},
    product::{self, Product, asf, cleaning_request},
    smtp::Sink,
};

const COMMAND: Duration = Duration::from_millis(400);
const LIMITS: Limits = Limits { connect: COMMAND, command: COMMAND, data: COMMAND, dot: COMMAND };
/// Mails in each round.
const MAILS: usize = 4;

/// Where a message stands after the round in which its server broke a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Sent,
    Later,
    Failed,
    Uncertain,
    /// Whether the dot was already out depends on the network.
    LaterOrUncertain,
}

const DRIP: Fault = Fault::Drip(Duration::from_millis(150));

const SCRIPTS: &[(&str, Step, Fault, Ends)] = &[
    ("no banner", Step::Banner, Fault::Hang, Ends::Later),
    ("refuses at once", Step::Banner, Fault::Say("554 5.7.1 not you"), Ends::Later),
    ("closes at once", Step::Banner, Fault::Close, Ends::Later),
    ("hangs at EHLO", Step::Ehlo, Fault::Hang, Ends::Later),
    ("garbage at EHLO", Step::Ehlo, Fault::Say("\u{1}\u{2}!! what"), Ends::Later),
    ("half a line at EHLO", Step::Ehlo, Fault::HalfLine, Ends::Later),
    ("hangs at MAIL", Step::Mail, Fault::Hang, Ends::Later),
    ("421 at MAIL", Step::Mail, Fault::Say("421 4.3.2 closing"), Ends::Later),
    ("hangs at RCPT", Step::Rcpt, Fault::Hang, Ends::Later),
    ("450 at RCPT", Step::Rcpt, Fault::Say("450 4.2.1 busy"), Ends::Later),
    ("452 at RCPT", Step::Rcpt, Fault::Say("452 4.2.2 full"), Ends::Later),
    ("550 at RCPT", Step::Rcpt, Fault::Say("550 5.1.1 no such person"), Ends::Failed),
    ("one byte at a time at RCPT", Step::Rcpt, DRIP, Ends::Later),
    ("a line of 10 MB at RCPT", Step::Rcpt, Fault::LongLine, Ends::Later),
    ("hangs at DATA", Step::Data, Fault::Hang, Ends::Later),
    ("closes at DATA", Step::Data, Fault::Close, Ends::Later),
    ("hangs after the dot", Step::Dot, Fault::Hang, Ends::Uncertain),
    ("closes after the dot", Step::Dot, Fault::Close, Ends::Uncertain),
    ("half a line after the dot", Step::Dot, Fault::HalfLine, Ends::Uncertain),
    ("one byte at a time after the dot", Step::Dot, DRIP, Ends::Uncertain),
    ("garbage after the dot", Step::Dot, Fault::Say("yes!"), Ends::Uncertain),
    ("closes in the text", Step::Text, Fault::Close, Ends::LaterOrUncertain),
    ("451 after the dot", Step::Dot, Fault::Say("451 4.3.0 try later"), Ends::Later),
    ("552 after the dot", Step::Dot, Fault::Say("552 5.3.4 too large"), Ends::Failed),
    ("554 after the dot", Step::Dot, Fault::Say("554 5.7.1 spam"), Ends::Failed),
    ("250 and a reset", Step::Dot, Fault::Reset, Ends::Sent),
];

/// A product with some mails queued for a server.
async fn with_mails(url: &str, limits: Limits) -> Product {
    with_mailer(Mailer::Smtp(SmtpMailer::from_url(url).unwrap().with_limits(limits))).await
}

async fn with_mailer(mailer: Mailer) -> Product {
    let mut product = product::empty().await;
    Arc::get_mut(&mut product.app).unwrap().mailer = mailer;
    let cleaners: Vec<_> = (0..MAILS)
        .map(|n| asf(&format!("55990{n}011"), &format!("Städlaget {n}"), "Kontorsstädning", "Vi städar kontor."))
        .collect();
    product.take_in(&cleaners, &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    product
}

async fn counts(product: &Product) -> [usize; 4] {
    let messages = product.messages().await;
    ["sent", "ready", "failed", "uncertain"].map(|state| messages.iter().filter(|m| m.state == state).count())
}

async fn play(name: &str, step: Step, fault: Fault, ends: Ends) {
    let server = Faulty::start(Some((step, fault)), Manner::default()).await;
    let product = with_mails(&server.url(), LIMITS).await;
    let started = Instant::now();
    outbox::deliver_pending(&product.app).await.unwrap();
    // The slowest way: connect, greet and MAIL in time, then the step that breaks; and the work itself.
    assert!(started.elapsed() < 4 * COMMAND + Duration::from_secs(3), "{name} took {:?}", started.elapsed());
    let others = MAILS - 1;
    let (later, uncertain) = ([others, 1, 0, 0], [others, 0, 0, 1]);
    let expected: &[[usize; 4]] = match ends {
        Ends::Sent => &[[MAILS, 0, 0, 0]],
        Ends::Later => &[later],
        Ends::Failed => &[[others, 0, 1, 0]],
        Ends::Uncertain => &[uncertain],
        Ends::LaterOrUncertain => &[later, uncertain],
    };
    let found = counts(&product).await;
    assert!(expected.contains(&found), "{name}: {found:?} sent, ready, failed, uncertain");
    for minutes in [6, 31] {
        product.pass(chrono::Duration::minutes(minutes));
        outbox::deliver_pending(&product.app).await.unwrap();
    }
    let failed = usize::from(ends == Ends::Failed);
    assert_eq!(counts(&product).await, [MAILS - failed, 0, failed, 0], "{name}: when the server is good again");
    assert_eq!(server.accepted(), MAILS - failed, "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_broken_rule_ends_in_its_state_and_touches_no_other_recipient() {
    #[expect(clippy::disallowed_methods, reason = "the size of a campaign is no setting of the product")]
    let rounds = std::env::var("SAMHANDLA_FAULT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    for _ in 0..rounds {
        // Some at a time: each mostly waits.
        for some in SCRIPTS.chunks(6) {
            futures_util::future::join_all(
                some.iter().map(|(name, step, fault, ends)| play(name, *step, *fault, *ends)),
            )
            .await;
        }
    }
    println!("{} scripts, {rounds} times", SCRIPTS.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_stops_neither_the_heart_nor_the_other_mails() {
    let server = Faulty::start(Some((Step::Dot, Fault::Hang)), Manner::default()).await;
    let long = Limits { dot: Duration::from_secs(600), ..Limits::default() };
    let product = with_mails(&server.url(), long).await;
    let app = Arc::clone(&product.app);
    let hanging = tokio::spawn(async move { outbox::deliver_pending(&app).await });
    while server.accepted() < MAILS - 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::timeout(Duration::from_secs(10), jobs::beat(&product.app)).await.unwrap();
    let someone = Email::parse("info@ny.example").unwrap();
    samhandla::service::sign_in::link_for(&product.app, &someone, samhandla::domain::user::Role::Coordinator)
        .await
        .unwrap();
    samhandla::service::sign_in::request_link(&product.app, &someone, samhandla::domain::language::Language::Sv)
        .await
        .unwrap();
    tokio::time::timeout(Duration::from_secs(10), jobs::deliver(&product.app)).await.unwrap();
    assert!(server.recipients.lock().unwrap().contains(&"info@ny.example".to_owned()));
    assert!(!hanging.is_finished());
    hanging.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_connections_are_open_than_the_limit_says() {
    let sink = Sink::start().await;
    let url = sink.url.clone();
    let product = product::with_settings(|config| {
        config.smtp_url = Some(url);
        config.smtp_connections = 2;
    })
    .await;
    let cleaners: Vec<_> =
        (0..9).map(|n| asf(&format!("55990{n}011"), &format!("Laget {n}"), "Kontorsstädning", "Vi städar.")).collect();
    product.take_in(&cleaners, &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let sent = tokio::join!(outbox::deliver_pending(&product.app), outbox::deliver_pending(&product.app));
    assert_eq!(sent.0.unwrap().sent + sent.1.unwrap().sent, 9);
    assert!((1..=2).contains(&sink.most_connections()), "{}", sink.most_connections());
}

/// An authority of our own and a server certificate from it: its PEM, and the server's side of TLS.
fn certificate(host: &str, expired: bool) -> (String, TlsAcceptor) {
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let mut authority = rcgen::CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_pem = authority.self_signed(&authority_key).unwrap().pem();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec![host.to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(if expired { 2021 } else { 2090 }, 1, 1);
    let leaf = params.signed_by(&key, &issuer).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key.into())
        .unwrap();
    (authority_pem, TlsAcceptor::from(Arc::new(config)))
}

/// `anna` with the password `p@ss`.
const LOGIN: &str = "AGFubmEAcEBzcw==";

/// Sends all mails to a server with this certificate; how many it took, and whether somebody signed in.
async fn sent_over_tls(scheme: &str, login: &str, host: &str, expired: bool, offers: bool) -> (usize, bool) {
    let (authority, acceptor) = certificate(host, expired);
    let mut manner = Manner { login: Some(LOGIN), ..Manner::default() };
    match scheme {
        "smtps" => manner.implicit_tls = Some(acceptor),
        _ => manner.starttls = offers.then_some(acceptor),
    }
    let server = Faulty::start(None, manner).await;
    let url = format!("{scheme}://{login}localhost:{}", server.port);
    let smtp = SmtpMailer::from_url(&url).unwrap().with_limits(LIMITS).with_authority(authority.as_bytes()).unwrap();
    let product = with_mailer(Mailer::Smtp(smtp)).await;
    let report = outbox::deliver_pending(&product.app).await.unwrap();
    assert_eq!(report.failed + report.uncertain, 0, "nobody is to blame but the server");
    (server.accepted(), server.signed_in.load(std::sync::atomic::Ordering::SeqCst))
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_verified_and_the_password_goes_only_over_it() {
    let right = "anna:p%40ss@";
    assert_eq!(sent_over_tls("smtp", right, "localhost", false, true).await, (MAILS, true), "STARTTLS");
    assert_eq!(sent_over_tls("smtps", right, "localhost", false, true).await, (MAILS, true), "implicit TLS");
    assert_eq!(sent_over_tls("smtp", "", "localhost", false, true).await, (MAILS, false), "without signing in");
    assert_eq!(sent_over_tls("smtp", "anna:wrong@", "localhost", false, true).await, (0, false), "wrong password");
    assert_eq!(sent_over_tls("smtp", right, "mail.example", false, true).await, (0, false), "wrong host");
    assert_eq!(sent_over_tls("smtps", right, "mail.example", false, true).await, (0, false), "wrong host, implicit");
    assert_eq!(sent_over_tls("smtp", right, "localhost", true, true).await, (0, false), "expired");
    assert_eq!(sent_over_tls("smtps", right, "localhost", true, true).await, (0, false), "expired, implicit");
    assert_eq!(sent_over_tls("smtp", right, "localhost", false, false).await, (0, false), "no STARTTLS");
}

#[tokio::test]
async fn a_certificate_from_an_unknown_authority_is_refused() {
    let (_, acceptor) = certificate("localhost", false);
    let server = Faulty::start(None, Manner { implicit_tls: Some(acceptor), ..Manner::default() }).await;
    let smtp = SmtpMailer::from_url(&format!("smtps://localhost:{}", server.port)).unwrap().with_limits(LIMITS);
    let product = with_mailer(Mailer::Smtp(smtp)).await;
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 0);
}
