//! The ledger from outside: who may see what on every route, forms with bad input, evidence, the
//! other party's word, proposals, and a report that says the same in every form.

use std::{io::Cursor, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use calamine::{Data, Reader as _};
use samhandla::{
    domain::buyer::BuyerKind,
    domain::need::{NeedKind, NewNeed},
    domain::{
        email::Email,
        ledger::Fact,
        reservation::{Reservation, SocialConsideration},
        target::settings::SettingName,
        user::Role,
    },
    service::{claims, demo, imports, ledger_transfer, reports, sign_in, targets},
    store::{connection, ledger, tasks},
    web,
};
use tower::ServiceExt as _;

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner};

pub struct Visitor {
    site: Router,
    cookie: String,
}

impl Visitor {
    pub fn stranger(product: &Product) -> Self {
        Self { site: web::router(Arc::clone(&product.app)), cookie: String::new() }
    }

    pub async fn signed_in(product: &Product, role: Role, email: &str) -> Self {
        let link = sign_in::link_for(&product.app, &Email::parse(email).unwrap(), role).await.unwrap();
        let mut visitor = Self::stranger(product);
        let path = link.strip_prefix("http://samhandla.test").unwrap().to_owned();
        let response = visitor.site.clone().oneshot(Request::post(&path).body(Body::empty()).unwrap()).await.unwrap();
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        visitor.cookie = cookie.split(';').next().unwrap().to_owned();
        visitor
    }

    pub async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> (StatusCode, String) {
        let (status, _, bytes) = self.bytes(request, body).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn bytes(
        &self,
        request: axum::http::request::Builder,
        body: impl Into<Body>,
    ) -> (StatusCode, String, Vec<u8>) {
        let request = request.header(header::COOKIE, &self.cookie).body(body.into()).unwrap();
        let response = self.site.clone().oneshot(request).await.unwrap();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, location.unwrap_or_default(), bytes.to_vec())
    }

    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&self, path: &str, form: &str) -> (StatusCode, String) {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form.to_owned()).await
    }

    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> (StatusCode, String) {
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request, body).await
    }
}

pub const ASF: &str = "info@skurborsten.example";
const OTHER_ASF: &str = "info@hyvelspnet.example";

pub async fn two_asf() -> Product {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    product
}

pub const INVOICE: &str = "name=Hemliga+kunden+AB&org_no=556517-5592&class=private&occurred_on=2026-11-20\
     &amount_sek=12+000&income_kind=service&reference=F-4711";

const BID: &str = "name=Hemliga+kommunen&org_no=556517-5592&subject=2026%2F77&role=sole&procedure=advertised\
     &occurred_on=2026-11-20&time=10:00&deadline_on=2026-11-20&deadline_time=10:00&reference=B-4712";

#[tokio::test]
async fn bids_and_incomes_of_one_asf_are_seen_by_it_and_staff_on_every_route_and_by_nobody_else() {
    let product = two_asf().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    assert_eq!(asf.post("/liggare/ny?slag=invoice", INVOICE).await.0, StatusCode::SEE_OTHER);
    assert_eq!(asf.post("/liggare/ny?slag=bid", BID).await.0, StatusCode::SEE_OTHER);
    assert_eq!(asf.upload("/liggare/1/fil", "hemlig.pdf", b"%PDF-1.7 hemlig").await.0, StatusCode::SEE_OTHER);
    let routes = [
        "/",
        "/mal",
        "/mal?lage=counted",
        "/mal?per=2026-11-25",
        "/liggare?per=2026-11-25",
        "/mal/rapport",
        "/mal/rapport/mal.csv",
        "/mal/rapport/mal.json",
        "/mal/rapport/mal.xlsx",
        "/liggare",
        "/liggare?slag=bid",
        "/liggare/1",
        "/liggare/2",
        "/liggare/3",
        "/fil/1",
        "/liggare/ny?slag=outcome",
        "/forslag",
        "/uppgifter",
        "/beslut",
        "/oversikt",
        "/asf/1",
        "/behov/1",
        "/affar/1",
        "/brevlada",
    ];
    let secrets = ["Hemliga", "4711", "4712", "hemlig", "12\u{a0}000"];
    let leaks = |body: &str| secrets.iter().any(|secret| body.contains(secret));
    let others = [
        Visitor::stranger(&product),
        Visitor::signed_in(&product, Role::Asf, OTHER_ASF).await,
        Visitor::signed_in(&product, Role::Buyer, "kund@kund.example").await,
        Visitor::signed_in(&product, Role::Procurer, "kommun@kommun.example").await,
    ];
    for (number, other) in others.iter().enumerate() {
        for path in routes {
            let (_, body) = other.get(path).await;
            assert!(!leaks(&body), "visitor {number} sees {path}: {body}");
        }
        for path in [
            "/liggare/1/bekrafta",
            "/liggare/1/ratta",
            "/liggare/1/intyga",
            "/liggare/ny?slag=procurement",
            "/affar/1",
            "/uppgifter/1",
            "/beslut",
            "/forslag/1",
        ] {
            let (status, body) = other.post(path, "email=a@b.example&reason=x&svar=ja").await;
            let refused = status == StatusCode::FORBIDDEN || status == StatusCode::SEE_OTHER;
            assert!(refused && !leaks(&body), "visitor {number} posts {path}: {status}");
        }
        assert_ne!(other.upload("/liggare/1/fil", "x.pdf", b"%PDF-2").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 3);
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    for visitor in [&asf, &staff] {
        for path in ["/mal", "/liggare", "/liggare/1", "/fil/1"] {
            let (status, body) = visitor.get(path).await;
            assert!(status == StatusCode::OK && leaks(&body), "{path}: {body}");
        }
    }
    assert_eq!(asf.get("/mal/rapport").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn forms_say_what_is_wrong_and_store_nothing_twice() {
    let product = two_asf().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    let wrong = [
        ("amount_sek=12+000", "amount_sek=0", "Skriv beloppet"),
        ("amount_sek=12+000", "amount_sek=99999999999", "Skriv beloppet"),
        ("amount_sek=12+000", "amount_sek=tolv", "Skriv beloppet"),
        ("amount_sek=12+000", "amount_sek=", "Skriv fakturans belopp"),
        ("occurred_on=2026-11-20", "occurred_on=2027-11-20", "Datumet har inte varit"),
        ("occurred_on=2026-11-20", "occurred_on=2019-11-20", "utanför de år"),
        ("org_no=556517-5592", "org_no=556517-5593", "tio siffror"),
        ("name=Hemliga+kunden+AB", "name=", "Skriv namnet"),
    ];
    for (good, bad, message) in wrong {
        let (status, body) = asf.post("/liggare/ny?slag=invoice", &INVOICE.replace(good, bad)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(body.contains(message), "{bad}: {body}");
    }
    let negative = INVOICE.replace("slag=invoice", "").replace("amount_sek=12+000", "amount_sek=-5");
    let (status, _) = asf.post("/liggare/ny?slag=order", &negative).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 0);
    for done in ["ja", "redan"] {
        let request =
            Request::post("/liggare/ny?slag=invoice").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (status, location, _) = asf.bytes(request, INVOICE).await;
        assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("/liggare/ny?slag=invoice&sparat={done}")));
    }
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 1);
    let (status, body) = asf.upload("/liggare/1/fil", "virus.pdf", b"MZ not a document").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("PDF, PNG eller JPEG"), "{body}");
    let mut large = b"%PDF-1.7".to_vec();
    large.resize(10 * 1024 * 1024 + 1, b'x');
    let (status, body) = asf.upload("/liggare/1/fil", "stor.pdf", &large).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("10 MB"), "{status}");
    large.resize(13 * 1024 * 1024, b'x');
    assert_eq!(asf.upload("/liggare/1/fil", "stor.pdf", &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 1);
    let uploads = product.data.path().join("uploads");
    assert!(!uploads.exists(), "nothing refused is kept");
}

#[tokio::test]
async fn the_other_party_confirms_by_a_button_and_a_look_changes_nothing() {
    let product = two_asf().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    asf.post("/liggare/ny?slag=invoice", INVOICE).await;
    let (status, _) = asf.post("/liggare/1/bekrafta", "email=kund@kund.example").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let mail = product.messages().await.pop().unwrap();
    assert_eq!(mail.recipient, "kund@kund.example");
    let start = mail.text.find("/bekrafta-handelse/").unwrap();
    let path = mail.text[start..].split_whitespace().next().unwrap().to_owned();
    let stranger = Visitor::stranger(&product);
    for _ in 0..3 {
        let (status, body) = stranger.get(&path).await;
        assert!(status == StatusCode::OK && body.contains("Skurborsten"), "{body}");
    }
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 1);
    for _ in 0..2 {
        assert_eq!(stranger.post(&path, "").await.0, StatusCode::OK);
    }
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 2);
    let known = targets::current(&product.app).await.unwrap();
    assert_eq!((known.progress[0].counted, known.progress[0].confirmed), (1, 1));
    assert_eq!(stranger.get("/bekrafta-handelse/0123").await.0, StatusCode::NOT_FOUND);
}

/// A notice of a municipality of the county.
fn notice(external_id: &str) -> NewNeed {
    let mut need = NewNeed {
        kind: NeedKind::Tender,
        published_on: Some("2026-11-10".parse().unwrap()),
        ..product::request(external_id, "Skötsel av parker", "Gräs och häckar")
    };
    need.buyer.kind = BuyerKind::Public;
    need.buyer.name = "Vätterköpings kommun".to_owned();
    need.lots[0].reservation = Reservation::ShelteredOrIntegration;
    need.lots[0].social = vec![SocialConsideration::Employment];
    need
}

#[tokio::test]
async fn a_reserved_notice_is_proposed_and_counts_when_a_human_has_accepted_it() {
    let product = two_asf().await;
    let mut plain = notice("plain");
    plain.lots[0].reservation = Reservation::None;
    plain.lots[0].social = Vec::new();
    for _ in 0..2 {
        imports::store(&product.app, &[notice("N1"), notice("N2"), plain.clone()]).await.unwrap();
    }
    let waiting = claims::list(&product.app, None).await.unwrap();
    assert_eq!(waiting.len(), 2, "{waiting:?}");
    assert!(matches!(&waiting[0].entry.fact, Fact::Procurement(told) if told.stated.len() == 2));
    let t3 = async || targets::current(&product.app).await.unwrap().progress[2].counted;
    assert_eq!(t3().await, 0);
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    let (_, body) = staff.get("/forslag").await;
    assert!(body.contains("Vätterköpings kommun"));
    for _ in 0..2 {
        let path = format!("/forslag/{}", waiting[0].id.0);
        assert_eq!(staff.post(&path, "svar=ja").await.0, StatusCode::SEE_OTHER);
    }
    staff.post(&format!("/forslag/{}", waiting[1].id.0), "svar=nej").await;
    assert_eq!(t3().await, 1);
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 1);
    imports::store(&product.app, &[notice("N2")]).await.unwrap();
    assert!(claims::list(&product.app, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_notice_that_states_employment_is_proposed_when_its_buyer_is_of_the_county() {
    let product = two_asf().await;
    let mut stated = notice("stated");
    stated.lots[0].reservation = Reservation::None;
    let mut far = notice("far");
    far.buyer.municipality = Some(samhandla::domain::place::Place::parse("0580").unwrap());
    let mut company = notice("company");
    company.buyer.kind = BuyerKind::Private;
    imports::store(&product.app, &[stated, far, company]).await.unwrap();
    let waiting = claims::list(&product.app, None).await.unwrap();
    let keys: Vec<&str> = waiting.iter().map(|proposal| proposal.entry.key.as_str()).collect();
    assert_eq!(keys, ["notice:stated:LOT-0001"]);
}

#[tokio::test]
async fn page_spreadsheet_csv_and_json_say_the_same() {
    let product = two_asf().await;
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    for (kind, form) in [("invoice", INVOICE), ("bid", BID)] {
        let form = format!("asf=1&{form}");
        assert_eq!(staff.post(&format!("/liggare/ny?slag={kind}"), &form).await.0, StatusCode::SEE_OTHER);
    }
    let claim = "asf=2&name=%3DSUM(A1)&org_no=559900-0001&class=private&occurred_on=2026-11-20&amount_sek=500";
    let claim = claim.replace("559900-0001", product::valid_org_no("559900000").as_str());
    assert_eq!(staff.post("/liggare/ny?slag=invoice", &claim).await.0, StatusCode::SEE_OTHER);
    let report = reports::report(&product.app.db, product.now()).await.unwrap();
    let totals: Vec<_> = report.targets.iter().map(|target| (target.counted, target.claimed)).collect();
    assert_eq!(totals, [(1, 1), (0, 0), (0, 0), (1, 0), (0, 0)]);
    let (_, page) = staff.get("/mal/rapport").await;
    let (_, json) = staff.get("/mal/rapport/mal.json").await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let (_, csv) = staff.get("/mal/rapport/mal.csv").await;
    let (_, _, xlsx) = staff.bytes(Request::get("/mal/rapport/mal.xlsx"), Body::empty()).await;
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(xlsx)).unwrap();
    let sheets = book.sheet_names();
    assert_eq!(sheets[1..], ["T1", "T2", "T3", "T4", "T5"]);
    let csv_rows = csv.lines().count() - 1;
    assert_eq!(csv_rows, report.targets.iter().map(|target| target.items.len()).sum::<usize>());
    let first = book.worksheet_range_at(0).unwrap().unwrap();
    for (place, target) in report.targets.iter().enumerate() {
        let id = target.id.as_str();
        assert!(page.contains(&format!("id=\"{id}-sum\">{} av {}<", target.counted, target.goal)), "{id}: {page}");
        let json = &json["targets"][place];
        let figures = [
            ("goal", target.goal),
            ("counted", target.counted),
            ("evidenced", target.evidenced),
            ("confirmed", target.confirmed),
            ("pending", target.pending),
            ("review", target.review),
            ("claimed", target.claimed),
        ];
        assert_eq!(json["items"].as_array().unwrap().len(), target.items.len());
        for (column, (name, figure)) in (1..).zip(figures) {
            assert_eq!(json[name], figure, "{id} {name}");
            let line = u32::try_from(place).unwrap() + 3;
            assert_eq!(first.get_value((line, column)), Some(&Data::Float(f64::from(figure))), "{id} {name}");
        }
        let counted = |row: &&str| row.starts_with(&format!("{id},")) && row.contains(",counted,");
        assert_eq!(csv.lines().filter(counted).count(), target.counted as usize, "{csv}");
        let line = u32::try_from(place).unwrap() + 3;
        assert_eq!(first.get_value((line, 0)), Some(&Data::String(id.to_owned())));
        let sheet = book.worksheet_range(id).unwrap();
        let rows: Vec<Vec<String>> =
            sheet.rows().skip(1).map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let cells: Vec<Vec<String>> = target.items.iter().map(|row| row.cells(target.id).to_vec()).collect();
        let same = rows.iter().map(|row| row[..10].to_vec()).collect::<Vec<_>>();
        assert_eq!(same, cells, "{id}");
        let why: Vec<bool> = rows.iter().map(|row| !row[10].is_empty()).collect();
        assert_eq!(why, target.items.iter().map(|row| row.clause.is_some()).collect::<Vec<_>>(), "{id}");
    }
    assert!(csv.contains("'=SUM(A1)"), "a formula stays text: {csv}");
    let earlier = reports::report(&product.app.db, product.now() - chrono::Duration::days(1)).await.unwrap();
    assert!(earlier.targets.iter().all(|target| target.items.is_empty()));
}

#[tokio::test]
async fn the_ledger_leaves_as_lines_and_comes_back_the_same() {
    let product = two_asf().await;
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    staff.post("/liggare/ny?slag=invoice", &format!("asf=1&{INVOICE}")).await;
    staff.post("/liggare/ny?slag=bid", &format!("asf=2&{BID}")).await;
    staff.upload("/liggare/1/fil", "faktura.pdf", b"%PDF-1.7").await;
    staff.post("/liggare/2/ratta", "reason=fel+upphandling").await;
    let lines = ledger_transfer::export(&product.app).await.unwrap();
    assert_eq!(lines.len(), 4);
    let same = ledger_transfer::import(&product.app, "import", &lines).await.unwrap();
    assert!(same.iter().all(|taken| *taken == ledger_transfer::Taken::Unchanged), "{same:?}");
    let other = product::empty().await;
    // Numbered otherwise there.
    other.take_in(&[joiner(), cleaner()], &[]).await;
    let taken = ledger_transfer::import(&other.app, "import", &lines).await.unwrap();
    assert!(taken.iter().all(|taken| *taken == ledger_transfer::Taken::Created), "{taken:?}");
    let figures = |known: &samhandla::app::Known| {
        known.progress.iter().map(|target| (target.counted, target.claimed, target.pending)).collect::<Vec<_>>()
    };
    let (here, there) = (targets::current(&product.app).await.unwrap(), targets::current(&other.app).await.unwrap());
    assert_eq!(figures(&here), figures(&there));
    assert_eq!(figures(&here)[0], (1, 0, 0));
    let wrong = [
        "not a line".to_owned(),
        lines[0].replace(cleaner().org_no.as_str(), product::valid_org_no("559988888").as_str()).replace("form:", "x:"),
        lines[3].replace("form:bid", "form:nothing").replace("reversal:2", "reversal:9"),
        lines[0].replace("1200000", "1300000"),
    ];
    let taken = ledger_transfer::import(&other.app, "import", &wrong).await.unwrap();
    let rules = taken.iter().map(|taken| match taken {
        ledger_transfer::Taken::Rejected(rejection) => rejection.rule,
        other => panic!("{other:?}"),
    });
    let expected =
        ["rejected-ledger-line", "rejected-asf-unknown", "rejected-ledger-reference", "rejected-ledger-conflict"];
    assert_eq!(rules.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn names_are_public_only_when_both_parties_agree_and_every_form_opens() {
    let product = two_asf().await;
    let asf = Visitor::signed_in(&product, Role::Asf, ASF).await;
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    for kind in [
        "order",
        "invoice",
        "agreement",
        "bid",
        "contact",
        "outcome",
        "procurement",
        "cancellation",
        "actor",
        "ownership",
        "successor",
        "consent",
    ] {
        let path = format!("/liggare/ny?slag={kind}");
        assert_eq!(staff.get(&path).await.0, StatusCode::OK, "{kind}");
        assert_eq!(staff.post(&path, "").await.0, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        let english = Request::get(&path).header(header::ACCEPT_LANGUAGE, "en");
        assert_eq!(staff.send(english, Body::empty()).await.0, StatusCode::OK, "{kind} in English");
    }
    asf.post("/liggare/ny?slag=invoice", INVOICE).await;
    let stranger = Visitor::stranger(&product);
    let named = async || stranger.get("/mal").await.1.contains("Hemliga kunden AB");
    asf.post("/liggare/ny?slag=consent", "kind=given&occurred_on=2026-11-21").await;
    asf.post("/liggare/ny?slag=consent", "kind=given&occurred_on=2026-11-22&org_no=556517-5592").await;
    assert!(!named().await, "an ASF speaks for itself only");
    staff.post("/liggare/ny?slag=consent", "asf=1&kind=given&occurred_on=2026-11-22&org_no=556517-5592").await;
    assert!(named().await);
    staff.post("/liggare/ny?slag=consent", "asf=1&kind=withdrawn&occurred_on=2026-11-23&org_no=556517-5592").await;
    assert!(!named().await);
}

#[tokio::test]
async fn decisions_are_written_with_their_decider_and_bad_ones_refused() {
    let product = two_asf().await;
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    let good = "name=T1&value=12&valid_from=2026-11-20&decided_by=Styrgruppen";
    assert_eq!(staff.post("/beslut", good).await.0, StatusCode::SEE_OTHER);
    assert!(staff.get("/beslut").await.1.contains("Styrgruppen"));
    for name in SettingName::ALL.into_iter().filter(|name| !name.choices().is_empty()) {
        let offered = staff.get(&format!("/beslut?namn={}", name.as_str())).await.1;
        for choice in name.choices() {
            assert!(offered.contains(&format!("value=\"{choice}\"")), "{name:?} {choice}");
            let form = format!("name={}&value={choice}&valid_from=2026-11-20&decided_by=Styrgruppen", name.as_str());
            assert_eq!(staff.post("/beslut", &form).await.0, StatusCode::SEE_OTHER, "{name:?} {choice}");
        }
    }
    let told = staff.get("/beslut").await.1;
    assert!(told.contains("<td>Hela koncernen är en</td>") && !told.contains("<td>group</td>"), "{told}");
    assert_eq!(targets::current(&product.app).await.unwrap().progress[0].goal, 12);
    for bad in [
        good.replace("value=12", "value=-1"),
        good.replace("name=T1", "name=causality"),
        good.replace("name=T1", "name=nonsense"),
        good.replace("decided_by=Styrgruppen", "decided_by="),
        good.replace("2026-11-20", "igår"),
    ] {
        assert_eq!(staff.post("/beslut", &bad).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
}

#[tokio::test]
async fn the_demo_shows_each_target_in_another_state() {
    let product = product::empty().await;
    demo::fill(&product.app).await.unwrap();
    let known = targets::current(&product.app).await.unwrap();
    let state = |target: &samhandla::domain::target::Progress| match target {
        target if target.counted >= target.goal => "reached",
        target if target.counted > 0 => "on the way",
        target if target.pending > 0 => "pending only",
        target if target.claimed > 0 => "claimed only",
        _ => "nothing yet",
    };
    let states: Vec<&str> = known.progress.iter().map(state).collect();
    assert_eq!(states, ["on the way", "pending only", "reached", "claimed only", "nothing yet"]);
    let t1 = &known.progress[0];
    assert!(t1.claimed > 0 && t1.pending > 0 && !known.progress[4].items.is_empty(), "{:?}", known.progress);
}

#[tokio::test]
async fn one_page_tells_all_that_waits_for_a_human() {
    let product = two_asf().await;
    let page = async || {
        let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
        staff.get("/uppgifter").await.1
    };
    assert!(page().await.contains("Inget väntar just nu"));
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    let claim = format!("asf=1&{}", INVOICE.replace("&reference=F-4711", ""));
    staff.post("/liggare/ny?slag=invoice", &claim).await;
    let order = "asf=2&name=Nya+kunden+AB&org_no=559900-0001&class=private&occurred_on=2026-11-20";
    let order = order.replace("559900-0001", product::valid_org_no("559900000").as_str());
    staff.post("/liggare/ny?slag=order", &order).await;
    imports::store(&product.app, &[notice("N1")]).await.unwrap();
    let tx = connection::begin(&product.app.db).await.unwrap();
    tasks::open(&tx, "task-kind-call", "asf:2", "Hyvelspånet", product.now()).await.unwrap();
    tx.commit().await.unwrap();
    let early = page().await;
    assert!(early.contains("1 förslag väntar") && early.contains("Ring och fråga"), "{early}");
    for late in ["Be om underlag", "Fråga hur det går", "Hör av dig"] {
        assert!(!early.contains(late), "{late}: {early}");
    }
    product.pass(chrono::Duration::days(31));
    assert!(page().await.contains("Be om underlag"));
    // Half of the period, and three months of silence.
    product.pass(chrono::Duration::days(120));
    let late = page().await;
    assert!(late.contains("Fråga hur det går") && late.contains("Hör av dig"), "{late}");
    let kept = tasks::list_open(&product.app.db, 10).await.unwrap().remove(0);
    let staff = Visitor::signed_in(&product, Role::Coordinator, "staff@staff.example").await;
    assert_eq!(staff.post(&format!("/uppgifter/{}", kept.id), "").await.0, StatusCode::SEE_OTHER);
    assert!(!page().await.contains("Ring och fråga"));
    // What is evidenced is no longer asked about.
    staff.upload("/liggare/1/fil", "faktura.pdf", b"%PDF-1.7").await;
    assert!(!page().await.contains("Be om underlag"));
}
