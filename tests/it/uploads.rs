//! Files that staff upload: first what they would do, then a button that does it.

use axum::http::StatusCode;
use chrono::Duration;
use samhandla::{
    domain::{asf::AsfId, upload::MAX_BYTES, user::Role},
    service::{quarantine, uploads},
    store,
};

use crate::{
    pages::Visitor,
    support::{
        database,
        product::{self, Product, cleaner, cleaning_request},
    },
};

const NEEDS: &str = "external_id,kind,title,buyer_name,cpv\n\
    1,request,Städning av trapphus,Bolaget AB,90910000\n\
    2,request,Fönsterputsning,Bolaget AB,909\n";

async fn staff(product: &Product) -> Visitor {
    Visitor::signed_in(product, Role::Coordinator).await
}

/// Uploads a file and gives the page that shows what it would do.
async fn look(visitor: &Visitor, slug: &str, file: &[u8]) -> (String, String) {
    let answer = visitor.upload(&format!("/inlasning?slag={slug}"), "fil.csv", file).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.headers["location"].to_str().unwrap().to_owned();
    let page = visitor.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    (path, page.body)
}

/// The figure beside a word of the page.
fn figure(page: &str, word: &str) -> u64 {
    let after = page.split(&format!("<dt>{word}</dt><dd>")).nth(1).unwrap_or_else(|| panic!("no {word}: {page}"));
    after.split('<').next().unwrap().parse().unwrap()
}

fn figures(page: &str) -> [u64; 4] {
    ["Nya", "Ändras", "Som förut", "Går inte att läsa"].map(|word| figure(page, word))
}

#[tokio::test]
async fn a_file_is_shown_first_and_taken_in_by_its_button() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = staff(&product).await;
    let (path, page) = look(&visitor, "behov", NEEDS.as_bytes()).await;
    assert_eq!(figures(&page), [1, 0, 0, 1]);
    assert!(page.contains("<li>Städning av trapphus</li>") && page.contains("Rad 3"), "{page}");
    assert!(page.contains("En CPV-kod har åtta siffror"));
    assert_eq!(store::needs::count(&product.app.db).await.unwrap(), (0, 0), "looking stores nothing");

    let answer = visitor.post(&path, "").await;
    assert_eq!(answer.headers["location"], "/inlasning?slag=behov&nya=1&andrade=0&lika=0&fel=1");
    let page = visitor.get(answer.headers["location"].to_str().unwrap()).await.body;
    assert!(page.contains("Klart. 1 ny, 0 ändrade, 0 som förut.") && page.contains("1 gick inte att läsa"), "{page}");
    assert_eq!(store::needs::count(&product.app.db).await.unwrap().0, 1);
    assert_eq!(store::pairings::list_for_asf(&product.app.db, AsfId(1)).await.unwrap().len(), 1, "it is matched");
    assert!(visitor.get("/karantan").await.body.contains("fil.csv"));
    assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "it waits no more");

    let (_, page) = look(&visitor, "behov", NEEDS.as_bytes()).await;
    assert_eq!(figures(&page), [0, 0, 1, 1]);
    let (_, page) = look(&visitor, "behov", NEEDS.replace("av trapphus", "av kontor").as_bytes()).await;
    assert_eq!(figures(&page), [0, 1, 0, 1]);
    assert!(page.contains("Städning av trapphus</td>") && page.contains("Städning av kontor</td>"), "{page}");
}

#[tokio::test]
async fn a_changed_asf_shows_what_changes_in_swedish() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = staff(&product).await;
    let file = format!(
        "org_no,name,legal_form,municipality,email,area,capability_title,capability_text\n\
         {},Skurborsten,ekonomisk förening,0680,nya@skurborsten.example,0680,Städning,Vi städar\n",
        cleaner().org_no
    );
    let (path, page) = look(&visitor, "asf", file.as_bytes()).await;
    assert_eq!(figures(&page), [0, 1, 0, 0]);
    assert!(page.contains("<th scope=\"row\">E-post</th>") && page.contains("nya@skurborsten.example</td>"), "{page}");
    visitor.post(&path, "").await;
    let asf = store::asf::find(&product.app.db, AsfId(1)).await.unwrap().unwrap();
    assert_eq!(asf.email.unwrap().as_str(), "nya@skurborsten.example");
}

#[tokio::test]
async fn headings_that_nobody_knows_are_chosen_on_the_page_and_remembered() {
    let product = product::empty().await;
    let visitor = staff(&product).await;
    let file = "nr;uppdraget;vem\n7;Snöskottning;Brf Lyktan\n";
    let (path, page) = look(&visitor, "behov", file.as_bytes()).await;
    assert_eq!(figures(&page), [0, 0, 0, 1]);
    assert!(page.contains("”uppdraget” betyder") && page.contains("3 rubriker läses inte"), "{page}");
    assert!(!page.contains("Läs in filen"), "there is nothing to take in yet");
    let chosen = "kolumn-0=external_id&kolumn-1=title&kolumn-2=buyer_name";
    let answer = visitor.post(&format!("{path}/rubriker"), chosen).await;
    assert_eq!(answer.headers["location"], path);
    assert_eq!(figures(&visitor.get(&path).await.body), [1, 0, 0, 0]);
    let (_, page) = look(&visitor, "behov", file.replace("7;", "8;").as_bytes()).await;
    assert_eq!(figures(&page), [1, 0, 0, 0], "the next file with the same headings");
}

#[tokio::test]
async fn what_cannot_be_read_is_said_at_the_field_and_kept_nowhere() {
    let product = product::empty().await;
    let visitor = staff(&product).await;
    let before = database::snapshot(&product.app.db).await;
    let large = vec![b'x'; MAX_BYTES + 1];
    let rows: String = (0..5_001).map(|row| format!("{row},Städ,Bolaget\n")).collect();
    let many = format!("external_id,title,buyer_name\n{rows}").into_bytes();
    let files: [(&[u8], &str); 6] = [
        (b"", "Den här är tom"),
        (&large, "större än 10 MB"),
        (b"%PDF-1.7", "ingen fil vi kan läsa"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Spara den som Excel"),
        (b"hej hopp", "Filen är ingen sort"),
        (&many, "fler än 5\u{a0}000 poster"),
    ];
    for (file, expected) in files {
        let answer = visitor.upload("/inlasning?slag=behov", "fil", file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{expected}: {}", answer.body);
        let plain = answer.body.replace('\u{a0}', " ");
        assert!(plain.contains(&expected.replace('\u{a0}', " ")), "{expected}: {}", answer.body);
        assert!(answer.body.contains("id=\"file-error\""), "{}", answer.body);
    }
    assert_eq!(database::snapshot(&product.app.db).await, before);
}

#[tokio::test]
async fn a_need_from_another_source_is_named_as_such_and_a_look_keeps_nothing_aside() {
    let product = product::empty().await;
    let mut first = cleaning_request();
    (first.source, first.external_id) = ("portal".to_owned(), "173914-2024".to_owned());
    product.take_in(&[], &[first]).await;
    let visitor = staff(&product).await;
    let file = "external_id,kind,title,buyer_name\n173914-2024,tender,Städning,Bolaget AB\n";
    let (_, page) = look(&visitor, "behov", file.as_bytes()).await;
    assert_eq!(figures(&page), [0, 0, 1, 0]);
    assert!(page.contains("1 behov finns redan från en annan källa"), "{page}");
    assert!(store::quarantine::list_after(&product.app.db, 0, 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn templates_are_there_and_go_in_as_they_are() {
    let product = product::empty().await;
    let visitor = staff(&product).await;
    for (slug, name) in [("asf", "asf.csv"), ("behov", "behov.csv")] {
        let page = visitor.get(&format!("/inlasning?slag={slug}")).await.body;
        assert!(page.contains(&format!("/inlasning/mall/{name}")), "{page}");
        let template = visitor.get(&format!("/inlasning/mall/{name}")).await;
        assert_eq!(template.headers["content-disposition"], "attachment");
        let (_, page) = look(&visitor, slug, template.body.as_bytes()).await;
        assert_eq!(figures(&page), [1, 0, 0, 0]);
    }
    assert_eq!(visitor.get("/inlasning/mall/behov.xlsx").await.status, StatusCode::OK);
    assert_eq!(visitor.get("/inlasning/mall/annat.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_staff_may_upload_and_a_file_waits_a_day() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = staff(&product).await;
    let (path, _) = look(&visitor, "behov", NEEDS.as_bytes()).await;
    for (other, expected) in [
        (Visitor::new(&product), StatusCode::SEE_OTHER),
        (Visitor::signed_in(&product, Role::Asf).await, StatusCode::FORBIDDEN),
    ] {
        assert_eq!(other.get("/inlasning").await.status, expected);
        assert_eq!(other.get(&path).await.status, expected);
        assert_eq!(other.get("/inlasning/mall/asf.csv").await.status, expected);
        assert_eq!(other.upload("/inlasning", "fil.csv", NEEDS.as_bytes()).await.status, expected);
        for below in ["", "/rubriker", "/slapp"] {
            assert_eq!(other.post(&format!("{path}{below}"), "").await.status, expected);
        }
    }
    assert_eq!(store::needs::count(&product.app.db).await.unwrap().0, 0);
    assert_eq!(visitor.post(&path, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(store::quarantine::list_after(&product.app.db, 0, 9).await.unwrap().len(), 1);
    let (path, _) = look(&visitor, "behov", NEEDS.as_bytes()).await;
    product.pass(Duration::hours(25));
    assert_eq!(uploads::expire(&product.app).await.unwrap(), 1);
    assert!(uploads::find(&product.app, path.rsplit('/').next().unwrap().parse().unwrap()).await.is_err());
    product.pass(quarantine::KEPT_FOR - Duration::hours(25) - Duration::minutes(1));
    assert_eq!(quarantine::expire(&product.app).await.unwrap(), 0);
    product.pass(Duration::days(1));
    assert_eq!(quarantine::expire(&product.app).await.unwrap(), 1, "records are kept for a time, not for ever");
}
