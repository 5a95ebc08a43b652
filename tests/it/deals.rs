//! The deal page: from the need to the money, each step with its day, who did it and where it stands,
//! and what the chain counts toward.

use axum::http::StatusCode;
use samhandla::{
    domain::{pairing::Answer, schedule::IsoWeek, user::Role},
    service::{claims, digests, digests::Run, pairings},
};

use crate::{
    ledger_pages::{ASF, Visitor},
    support::product::{self, Product, cleaner, cleaning_request, joiner},
};

/// A suggestion that the cleaner has answered with yes.
async fn answered() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let text = product.messages().await[0].text.clone();
    let start = text.find("/svar/").unwrap() + "/svar/".len();
    let token: String = text[start..].chars().take_while(char::is_ascii_hexdigit).collect();
    let yes = Answer::parse("yes", "", "Vi kan börja i januari.").unwrap();
    pairings::respond(&product.app, &token, &yes).await.unwrap();
    product
}

const INVOICE: &str = "kind=invoice&occurred_on=2026-11-20&amount_sek=12+000&income_kind=service&reference=F-1001";

/// Places of words in a page, which must stand in this order.
fn in_order(page: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = page[from..].find(word).unwrap_or_else(|| panic!("no {word} after the words before it in {page}"));
        from += at + word.len();
    }
}

#[tokio::test]
async fn a_deal_shows_its_chain_from_the_need_to_the_money_and_what_it_counts_toward() {
    let product = answered().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    let (_, empty) = asf.get("/affar/1").await;
    in_order(
        &empty,
        &["Behovet kom in", "Vätterbygg AB", "Föreslogs", " av 100", "Svar: Ja", "Vi kan börja i januari."],
    );
    assert!(empty.contains("Ingen affär inskriven än") && !empty.contains("Så räknas affären"), "{empty}");

    let order = "kind=order&occurred_on=2026-11-10&amount_sek=&income_kind=service&reference=";
    assert_eq!(asf.post("/affar/1", order).await.0, StatusCode::SEE_OTHER);
    let (_, pending) = asf.get("/affar/1").await;
    in_order(&pending, &["Så räknas affären", "På väg", "Beställt men inte fakturerat än (T1 f)", "Beställning"]);

    assert_eq!(staff.post("/affar/1", INVOICE).await.0, StatusCode::SEE_OTHER);
    let credit = INVOICE.replace("amount_sek=12+000", "amount_sek=-2+000").replace("F-1001", "K-1");
    assert_eq!(staff.post("/affar/1", &credit).await.0, StatusCode::SEE_OTHER);
    asf.post("/liggare/2/bekrafta", "email=inkop@vatterbygg.example").await;
    let mail = product.messages().await.pop().unwrap().text;
    let path = mail[mail.find("/bekrafta-handelse/").unwrap()..].split_whitespace().next().unwrap().to_owned();
    Visitor::stranger(&product).post(&path, "").await;
    let (_, page) = asf.get("/affar/1").await;
    in_order(
        &page,
        &[
            "Så räknas affären",
            "Räknas",
            "Behovet kom in",
            "Föreslogs",
            "Svar: Ja",
            "presenterades",
            "Beställning",
            "av Skurborsten",
            "/liggare/2\">Faktura",
            "F-1001",
            "av projektet",
            "Kreditfaktura",
            "Bekräftat av motparten",
            "Av Vätterbygg AB",
        ],
    );
    staff.post("/liggare/2/ratta", "reason=fel+belopp").await;
    let (_, page) = asf.get("/affar/1").await;
    in_order(&page, &["Så räknas affären", "På väg", "Beställning", "Gäller inte längre", "Rättat", "fel belopp"]);
}

#[tokio::test]
async fn an_invoice_from_the_quick_form_joins_the_chain_of_its_parties() {
    let product = answered().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    let order = "kind=order&occurred_on=2026-11-10&income_kind=service&reference=O-17";
    assert_eq!(asf.post("/affar/1", order).await.0, StatusCode::SEE_OTHER);
    let buyer = product::valid_org_no("559901002");
    let invoice = format!(
        "name=V%C3%A4tterbygg+AB&org_no={}&class=private&occurred_on=2026-11-20&amount_sek=9+000&income_kind=service&reference=F-77",
        buyer.as_str()
    );
    assert_eq!(asf.post("/liggare/ny?slag=invoice", &invoice).await.0, StatusCode::SEE_OTHER);
    let (_, page) = asf.get("/affar/1").await;
    in_order(&page, &["Räknas", "O-17", "F-77"]);
}

#[tokio::test]
async fn a_yes_proposes_a_relation_and_the_deal_shows_it_when_it_is_accepted() {
    let product = answered().await;
    let waiting = claims::list(&product.app, None).await.unwrap();
    assert_eq!(waiting.iter().map(|proposal| proposal.entry.fact.kind()).collect::<Vec<_>>(), ["relation"]);
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    assert_eq!(asf.post(&format!("/forslag/{}", waiting[0].id.0), "svar=ja").await.0, StatusCode::SEE_OTHER);
    let (_, page) = asf.get("/affar/1").await;
    in_order(&page, &["presenterades", "/liggare/1\">Kontakt"]);
}

#[tokio::test]
async fn a_deal_is_seen_by_its_asf_and_staff_alone() {
    let product = answered().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    asf.post("/affar/1", INVOICE).await;
    for other in [
        Visitor::stranger(&product),
        Visitor::signed_in(&product, Role::Asf, "info@hyvelspnet.example").await,
        Visitor::signed_in(&product, Role::Buyer, "inkop@vatterbygg.example").await,
    ] {
        let (status, body) = other.get("/affar/1").await;
        assert!(status != StatusCode::OK && !body.contains("F-1001"), "{status}: {body}");
        assert_ne!(other.post("/liggare/1/intyga", "").await.0, StatusCode::OK);
    }
}
