//! From a pasted mail to the ordinary form, filled; nothing is stored before a person sends it.

use axum::http::StatusCode;
use samhandla::{domain::user::Role, service::proposals, store};

use crate::{
    pages::Visitor,
    support::product::{self, cleaner},
};

const MAIL: &str = "Från: Anna Ek <anna@vatterbygg.example>\n\
    Ämne: VB: Kontorsstädning\n\
    \n\
    Hej! Vi på Vätterbygg AB i Huskvarna behöver städning två gånger i veckan.\n\
    Max 90 tkr. Svara senast fredag vecka 50.\n\
    Mvh Anna";

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The value of a field in a page.
fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let start = page.find(&format!("id=\"{name}\" name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}"));
    page[start..].split("value=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[tokio::test]
async fn a_pasted_mail_fills_the_form_and_the_form_as_it_is_becomes_a_need() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(visitor.get("/behov/fran-text").await.status, StatusCode::OK);
    let page = visitor.post("/behov/fran-text", &format!("pasted={}", encoded(MAIL))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(store::needs::count(&product.app.db).await.unwrap().0, 0);
    let html = &page.body;
    assert_eq!((field(html, "title"), field(html, "value_sek")), ("Kontorsstädning", "90000"));
    assert_eq!((field(html, "deadline"), field(html, "email")), ("2026-12-11", "anna@vatterbygg.example"));
    assert!(html.contains("<option value=\"0680\" selected>") && html.contains("value=\"private\" checked"), "{html}");
    assert!(html.contains("Städning</dd>") && field(html, "cpv").starts_with("9091"), "{}", field(html, "cpv"));
    let typed = ["title", "value_sek", "deadline", "email", "cpv", "buyer_name"];
    let mut form: Vec<String> = typed.iter().map(|name| format!("{name}={}", encoded(field(html, name)))).collect();
    form.push("text=St%C3%A4dning&place=0680&buyer_kind=private".to_owned());
    assert_eq!(visitor.post("/behov/nytt", &form.join("&")).await.status, StatusCode::OK);
    let need =
        store::needs::list_after(&product.app.db, samhandla::domain::need::NeedId(0), 1).await.unwrap().remove(0);
    assert_eq!((need.title.as_str(), need.buyer.name.as_str()), ("Kontorsstädning", "Vätterbygg AB"));
    assert_eq!(need.lots[0].work.cpv.len(), 1);
}

#[tokio::test]
async fn the_page_is_for_staff_and_an_empty_text_is_sent_back() {
    let product = product::empty().await;
    let anyone = Visitor::new(&product);
    assert_eq!(anyone.get("/behov/fran-text").await.status, StatusCode::SEE_OTHER);
    assert_eq!(anyone.post("/behov/fran-text", "pasted=x").await.status, StatusCode::SEE_OTHER);
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    assert_eq!(visitor.post("/behov/fran-text", "pasted=+").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_trade_of_the_title_comes_before_that_of_the_text() {
    let product = product::empty().await;
    let check = async |text: &str, expected: Option<&str>| {
        let found = proposals::propose(&product.app, text).await.unwrap();
        assert_eq!(found.sector.map(|sector| sector.id.as_str()), expected, "{text}");
    };
    check("Ämne: Fönsterputsning\n\nVi har städning redan, men städning räcker inte.", Some("window_cleaning")).await;
    check("Ämne: Förfrågan\n\nVi vill ha snöskottning och sandning i vinter.", Some("snow")).await;
    check("Lawn mowing in Habo, please reply by Friday.", Some("gardening")).await;
    check("Hej, vi undrar en sak.", None).await;
}
