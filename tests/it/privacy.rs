//! What the law gives a person: all of it in one file, and being forgotten everywhere, also by a backup.

use std::{path::Path, sync::Arc};

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{email::Email, pairing::PairingId, schedule::IsoWeek, user::Role},
    service::{digests, digests::Run, outbox, privacy, relays, search},
    store::users,
    web,
};

use crate::{
    sign_in_pages::Browser,
    support::{
        database,
        product::{self, Product, cleaner, cleaning_request},
    },
};

const EVA: &str = "eva.bok@skurborsten.example";
const INVOICE: &str = "name=Kunden+AB&org_no=556517-5592&class=private&occurred_on=2026-11-20&amount_sek=12+000\
     &income_kind=service&reference=F-1";

/// Eva everywhere a person can stand: as the address of an ASF, a user, a buyer, in words of a need, in
/// mails to her and about her, in what came back, and in the log.
async fn known_everywhere() -> (Product, Browser) {
    let product = product::empty().await;
    let asf = samhandla::domain::asf::NewAsf { email: Some(Email::parse(EVA).unwrap()), ..cleaner() };
    let mut need = cleaning_request();
    need.text = format!("{} Fråga {EVA}.", need.text);
    need.lots[0].text = need.text.clone();
    need.buyer.email = Some(Email::parse(EVA).unwrap());
    need.buyer.org_no = None;
    product.take_in(&[asf], &[need]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    relays::write(&product.app, "user:1", PairingId(1), &format!("Mejla {EVA} eller svara här.")).await.unwrap();
    let mut eva = Browser::new(&web::router(Arc::clone(&product.app)));
    eva.follow_link(&product, EVA, Role::Asf).await;
    eva.post("/logga-in", &format!("email={}", EVA.replace('@', "%40"))).await;
    assert_eq!(eva.post("/konto/kollega", "email=bo%40skurborsten.example").await.to, "/konto?klart=inbjuden");
    assert_eq!(eva.post("/liggare/ny?slag=invoice", INVOICE).await.status, StatusCode::SEE_OTHER);
    let asked = eva.post("/liggare/1/bekrafta", &format!("email={}", EVA.replace('@', "%40"))).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let mail = product.messages().await.pop().unwrap().text;
    let start = mail.find("/bekrafta-handelse/").unwrap();
    let link = mail[start..].split_whitespace().next().unwrap().to_owned();
    assert_eq!(eva.post(&link, "").await.status, StatusCode::OK);
    outbox::deliver_pending(&product.app).await.unwrap();
    search::follow(&product.app).await.unwrap();
    (product, eva)
}

/// Places that still name Eva: rows of every table, and files of the data directory with all its folders.
async fn traces(product: &Product) -> Vec<String> {
    let mut found: Vec<String> =
        database::snapshot(&product.app.db).await.into_iter().filter(|row| row.contains("eva.bok")).collect();
    let mut waiting = vec![product.data.path().to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if names_eva(&path) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn names_eva(path: &Path) -> bool {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).replace("=\r\n", "");
    text.contains("eva.bok")
}

#[tokio::test]
async fn everything_about_a_person_is_one_file_and_no_key_is_in_it() {
    let (product, mut eva) = known_everywhere().await;
    let page = eva.post("/konto/uppgifter", "").await;
    assert_eq!(page.status, StatusCode::OK);
    let all: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(all["address"], EVA);
    for (table, least) in [
        ("user", 1),
        ("session", 1),
        ("asf", 1),
        ("buyer", 1),
        ("need", 1),
        ("message", 3),
        ("confirmation", 1),
        ("relay_line", 1),
        ("audit", 2),
    ] {
        let rows = all[table].as_array().unwrap_or_else(|| panic!("no {table}"));
        assert!(rows.len() >= least, "{table}: {rows:?}");
    }
    for key in ["token_hash", "\"secret\"", "\"raw\"", "return_path"] {
        assert!(!page.body.contains(key), "{key}");
    }
    let mut nobody = Browser::new(&web::router(Arc::clone(&product.app)));
    assert_eq!(nobody.post("/konto/uppgifter", "").await.to, "/logga-in");
}

#[tokio::test]
async fn who_is_forgotten_is_nowhere_and_what_counts_stays() {
    let (product, mut eva) = known_everywhere().await;
    assert!(traces(&product).await.len() > 8, "the test must find what it looks for");
    let counted = async || {
        let known = samhandla::service::targets::current(&product.app).await.unwrap();
        known.progress.iter().map(|target| (target.counted, target.confirmed)).collect::<Vec<_>>()
    };
    let before = counted().await;
    assert_eq!(before[0], (1, 1));
    let unsure = eva.post("/konto/radera", "").await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.body.contains("Kryssa i rutan") && unsure.body.contains("href=\"#sure\""), "{}", unsure.body);
    assert!(!traces(&product).await.is_empty());
    let gone = eva.post("/konto/radera", "sure=ja").await;
    assert!(gone.status == StatusCode::OK && gone.body.contains("Du är raderad"), "{}", gone.body);
    search::follow(&product.app).await.unwrap();
    // SQLite leaves what it deleted in the file until its place is needed; the snapshot reads what is there.
    let left: Vec<String> =
        traces(&product).await.into_iter().filter(|place| !place.contains("samhandla.db")).collect();
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(counted().await, before, "counted without the person");
    assert_eq!(eva.get("/konto").await.to, "/logga-in");
    let mails = product.messages().await.len();
    eva.post("/logga-in", &format!("email={}", EVA.replace('@', "%40"))).await;
    assert_eq!(product.messages().await.len(), mails, "nobody knows the address");
}

#[tokio::test]
async fn a_backup_put_back_forgets_again_and_who_came_back_stays() {
    let (product, mut eva) = known_everywhere().await;
    eva.post("/konto/radera", "sure=ja").await;
    assert_eq!(privacy::replay(&product.app).await.unwrap(), 0, "nothing to do twice");
    // A database from before, with the list that lies beside it.
    let (older, _) = known_everywhere().await;
    let list = "forgotten.jsonl";
    std::fs::copy(product.data.path().join(list), older.data.path().join(list)).unwrap();
    assert_eq!(privacy::replay(&older.app).await.unwrap(), 1);
    search::follow(&older.app).await.unwrap();
    let left: Vec<String> = traces(&older).await.into_iter().filter(|place| !place.contains("samhandla.db")).collect();
    assert!(left.is_empty(), "{left:#?}");
    // Back by her own will, later.
    product.pass(Duration::days(1));
    let mut back = Browser::new(&web::router(Arc::clone(&product.app)));
    back.follow_link(&product, EVA, Role::Buyer).await;
    assert_eq!(privacy::replay(&product.app).await.unwrap(), 0);
    assert!(users::find_by_email(&product.app.db, &Email::parse(EVA).unwrap()).await.unwrap().is_some());
}

/// Threads in the database, and mails that still tell of one.
async fn of_the_thread(product: &Product) -> usize {
    let rows = database::snapshot(&product.app.db).await;
    rows.iter().filter(|row| row.contains("Kan ni komma på torsdag")).count()
}

#[tokio::test]
async fn what_a_person_wrote_goes_with_them_on_both_sides() {
    for who in ["inkop@vatterbygg.example", "info@skurborsten.example"] {
        let product = product::empty().await;
        product.take_in(&[cleaner()], &[cleaning_request()]).await;
        relays::write(&product.app, "user:1", PairingId(1), "Kan ni komma på torsdag?").await.unwrap();
        assert_eq!(of_the_thread(&product).await, 2, "the line, and the mail that carries it");
        let role = if who.starts_with("info") { Role::Asf } else { Role::Buyer };
        let mut person = Browser::new(&web::router(Arc::clone(&product.app)));
        person.follow_link(&product, who, role).await;
        let extract = person.post("/konto/uppgifter", "").await.body;
        assert!(extract.contains("Kan ni komma på torsdag"), "{who}: {extract}");
        person.post("/konto/radera", "sure=ja").await;
        assert_eq!(of_the_thread(&product).await, 0, "{who}");
        let mails = product.messages().await;
        let carried = mails.iter().find(|mail| mail.kind == "relay").unwrap();
        assert_eq!(carried.state, "cancelled", "{who}");
    }
}
