//! The access table walked from outside: every route, by every kind of visitor, about what is theirs and
//! what is another's; and the headers of every route.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use samhandla::{
    domain::{
        asf::AsfId,
        buyer::BuyerKind,
        email::Email,
        follow_up::Side,
        language::Language,
        ledger::{AgreementKind, Counterpart, CounterpartClass, Fact, Parties},
        pairing::PairingId,
        place::Place,
        proposal::{self, Won},
        quarantine::{NewQuarantined, QuarantineKind},
        relay::Line,
        schedule::IsoWeek,
        user::Role,
    },
    service::{claims, digests, digests::Run, join_requests, quarantine, secrets, sign_in},
    store::{self, connection},
    web::{
        self,
        access::{Answer, TABLE},
    },
};
use sea_orm::ConnectionTrait as _;
use tower::ServiceExt as _;

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner, request};

/// The visitors: nobody, and one of each role.
const VISITORS: [Option<Role>; 6] =
    [None, Some(Role::Asf), Some(Role::Buyer), Some(Role::Procurer), Some(Role::Coordinator), Some(Role::Operator)];

struct Site {
    product: Product,
    router: Router,
    /// For each route with a parameter, the address that is the visitor's own and that of another, and
    /// what the form says.
    examples: BTreeMap<&'static str, (String, String)>,
    forms: BTreeMap<String, String>,
}

fn address(role: Role) -> String {
    match role {
        Role::Asf => "info@skurborsten.example".to_owned(),
        Role::Buyer => "inkop@vatterbygg.example".to_owned(),
        role => format!("{}@people.example", role.as_str()),
    }
}

async fn call(router: &Router, request: axum::http::request::Builder, body: String) -> Response {
    router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

fn form(path: &str) -> axum::http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn token_in(text: &str, page: &str) -> String {
    let rest = text.split(page).nth(1).unwrap_or_else(|| panic!("no {page} in {text}"));
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}

const OUTCOME: &str = "actor=Coompanion&subject=Pris&shown=periods&before_on=2025-07-01&after_on=2026-07-01&months=3\
     &without=less&occurred_on=2026-11-10&reference=Samtal";

const UPLOAD: &str = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
     Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--edge--\r\n";

impl Site {
    /// Two ASF, each with a pairing, an entry with a document, a proposal and links in the mail: what is
    /// the first one's is "own".
    async fn fill() -> Self {
        let product = product::empty().await;
        let mut joinery = request("behov-2", "Snickeri", "Vi behöver bänkar i trä byggda i Tranås.");
        joinery.lots[0].places = Place::parse_list("0687").unwrap();
        joinery.buyer.kind = BuyerKind::Public;
        joinery.buyer.name = "Vätterköpings kommun".to_owned();
        joinery.buyer.org_no = Some(product::valid_org_no("212000000"));
        joinery.buyer.email = Some(Email::parse(&address(Role::Procurer)).unwrap());
        product.take_in(&[cleaner(), joiner()], &[cleaning_request(), joinery]).await;
        digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
        let router = web::router(Arc::clone(&product.app));
        let mut site = Self { product, router, examples: BTreeMap::new(), forms: BTreeMap::new() };
        site.fill_links().await;
        site.fill_ledger().await;
        site.fill_waiting().await;
        site
    }

    fn example(&mut self, route: &'static str, own: &str, other: &str) {
        let put = |value: &str| {
            let start = route.find('{').unwrap();
            let end = route.find('}').unwrap();
            format!("{}{value}{}", &route[..start], &route[end + 1..])
        };
        self.examples.insert(route, (put(own), put(other)));
    }

    async fn fill_links(&mut self) {
        for mail in self.product.messages().await.into_iter().filter(|mail| mail.text.contains("/svar/")) {
            let asf = if mail.recipient == "info@skurborsten.example" { 1 } else { 2 };
            let answer = token_in(&mail.text, "/svar/");
            let no = form(&format!("/svar/{answer}"));
            assert_eq!(call(&self.router, no, "answer=no&reason=wrong_work".to_owned()).await.status(), StatusCode::OK);
            let lessons = store::lessons::list_for_asf(&self.product.app.db, [AsfId(asf)]).await.unwrap();
            let lesson = format!("lesson={}", lessons[0].id.0);
            self.forms.insert(format!("/asf/{asf}/angra"), lesson.clone());
            if asf == 1 {
                self.forms.insert(format!("/svar/{answer}/angra"), lesson);
                self.example("/svar/{token}", &answer, "0000");
                self.example("/svar/{token}/angra", &answer, "0000");
                self.example("/veckobrev/{token}", &token_in(&mail.text, "/veckobrev/"), "0000");
                self.example("/avanmalan/{token}", &token_in(&mail.text, "/avanmalan/"), "0000");
            }
        }
        assert_eq!(self.forms.len(), 3, "both ASF have got a mail: {:?}", self.forms);
        self.example("/asf/{id}", "1", "2");
        self.example("/asf/{id}/angra", "1", "2");
        self.example("/asf/{id}/kontakt", "1", "2");
        for route in ["/asf/{id}/profil", "/asf/{id}/kan", "/asf/{id}/paus", "/asf/{id}/uppgift"] {
            self.example(route, "1", "2");
        }
        for route in [
            "/behov/{id}",
            "/behov/{id}/svar",
            "/behov/{id}/andra",
            "/behov/{id}/stang",
            "/behov/{id}/kontakt",
            "/behov/{id}/paminn",
        ] {
            self.example(route, "1", "2");
        }
        let need = "title=Trappor&text=Fyra&place=0680&deadline=2026-12-20&buyer_kind=nonprofit&buyer_name=Brf\
             &email=brf%40brf.example";
        assert_eq!(call(&self.router, form("/behov/nytt"), need.to_owned()).await.status(), StatusCode::OK);
        let mail = self.product.messages().await.pop().unwrap();
        self.example("/bekrafta/{token}", &token_in(&mail.text, "/bekrafta/"), "0000");
    }

    async fn fill_ledger(&mut self) {
        let staff = self.signed_in(Some(Role::Coordinator)).await;
        for asf in [1, 2] {
            let invoice = format!(
                "asf={asf}&name=Kunden+AB&org_no=556517-5592&class=private&occurred_on=2026-11-20&amount_sek=100\
                 &income_kind=service&reference=F-{asf}"
            );
            let posted = form("/liggare/ny?slag=invoice").header(header::COOKIE, &staff);
            assert_eq!(call(&self.router, posted, invoice).await.status(), StatusCode::SEE_OTHER);
        }
        for id in [1, 2] {
            let posted = Request::post(format!("/liggare/{id}/fil"))
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
                .header(header::COOKIE, &staff);
            assert_eq!(call(&self.router, posted, UPLOAD.to_owned()).await.status(), StatusCode::SEE_OTHER);
        }
        let posted = form("/liggare/1/bekrafta").header(header::COOKIE, &staff);
        call(&self.router, posted, "email=kund%40kund.example".to_owned()).await;
        let mail = self.product.messages().await.pop().unwrap();
        self.example("/bekrafta-handelse/{token}", &token_in(&mail.text, "/bekrafta-handelse/"), "0000");
        for route in
            ["/liggare/{id}", "/liggare/{id}/bekrafta", "/liggare/{id}/ratta", "/liggare/{id}/fil", "/fil/{id}"]
        {
            self.example(route, "1", "2");
        }
        // Only what came of support is agreed to.
        for asf in [1, 2] {
            let outcome = format!("asf={asf}&{OUTCOME}");
            let posted = form("/liggare/ny?slag=outcome").header(header::COOKIE, &staff);
            assert_eq!(call(&self.router, posted, outcome).await.status(), StatusCode::SEE_OTHER);
        }
        let entries = store::ledger::list_after(&self.product.app.db, 0).await.unwrap();
        let outcomes: Vec<String> = entries
            .iter()
            .filter(|entry| matches!(entry.told.fact, Fact::SupportOutcome(_)))
            .map(|entry| entry.id.0.to_string())
            .collect();
        let [own, other] = &outcomes[..] else { panic!("two outcomes were told: {outcomes:?}") };
        self.example("/liggare/{id}/intyga", own, other);
        let of = async |asf: i64| {
            let found = store::pairings::list_for_asf(&self.product.app.db, AsfId(asf)).await.unwrap();
            found.first().map_or_else(|| panic!("ASF {asf} has no pairing"), |pairing| pairing.id.0.to_string())
        };
        let (own, other) = (of(1).await, of(2).await);
        self.example("/affar/{pairing}", &own, &other);
    }

    async fn fill_waiting(&mut self) {
        let (app, now) = (&self.product.app, self.product.now());
        let tx = connection::begin(&app.db).await.unwrap();
        for asf in [1, 2] {
            let counterpart = Counterpart {
                class: CounterpartClass::Public,
                org_no: Some(product::valid_org_no("212000000")),
                name: Some("Kommunen".to_owned()),
                group: None,
            };
            let parties = Parties { asf: AsfId(asf), asf_places: Vec::new(), counterpart };
            let won = Won {
                procurement: format!("2026/{asf}"),
                reference: "2026/1".to_owned(),
                kind: AgreementKind::Contract,
                amount_ore: Some(100),
                decided_on: "2026-11-20".parse().unwrap(),
            };
            claims::suggest(&tx, proposal::of_award(won, parties), now).await.unwrap();
        }
        store::tasks::open(&tx, "task-kind-call", "asf:1", "Skurborsten", now).await.unwrap();
        let hash = secrets::hash("abba");
        store::follow_ups::insert(&tx, PairingId(1), Side::Asf, &hash, now).await.unwrap();
        store::profile_checks::insert(&tx, AsfId(1), &hash, (now, now + chrono::Duration::days(9))).await.unwrap();
        let thread = store::relays::insert(&tx, PairingId(1), now).await.unwrap();
        let line = Line { side: Side::Buyer, text: "Hej".to_owned(), written_at: now };
        store::relays::insert_line(&tx, thread, &line, Some(&hash)).await.unwrap();
        tx.commit().await.unwrap();
        let refused = NewQuarantined {
            kind: QuarantineKind::Needs,
            source: "behov.csv".to_owned(),
            record: "row 3".to_owned(),
            rule: "rejected-cpv".to_owned(),
            detail: String::new(),
            raw: "external_id,kind,title,buyer_name,cpv\n2,request,Fönster,Bolaget AB,909\n".to_owned(),
            is_whole: true,
            need_id: None,
        };
        quarantine::keep(app, vec![refused]).await.unwrap();
        for asf in [1, 2] {
            let eva = Email::parse("eva@people.example").unwrap();
            join_requests::ask(app, AsfId(asf), &eva, "", Language::Sv).await.unwrap();
        }
        for route in [
            "/forslag/{id}",
            "/anslutningar/{id}",
            "/asf/{id}/ansluta",
            "/uppgifter/{id}",
            "/karantan/{id}",
            "/karantan/{id}/slapp",
            "/regler/{id}/godkann",
            "/regler/{id}/avsla",
            "/brevlada/{id}",
            "/granska/behov/{id}",
            "/granska/profil/{id}",
            "/justera/{id}",
            "/justera/{id}/ta-tillbaka",
            "/anvandare/{id}",
            "/konto/sessioner/{id}",
        ] {
            let is_shared = !["/forslag/{id}", "/anslutningar/{id}", "/asf/{id}/ansluta"].contains(&route);
            self.example(route, "1", if is_shared { "1" } else { "2" });
        }
        for route in ["/uppfoljning/{token}", "/profil/{token}", "/kontakt/{token}"] {
            self.example(route, "abba", "0000");
        }
        self.example("/mejl/{kind}", "weekly_digest", "weekly_digest");
        self.example("/mal/rapport/{file}", "mal.csv", "mal.csv");
        self.example("/matchningar/{file}", "matchningar.csv", "matchningar.csv");
        self.example("/asf/lista/{file}", "asf.csv", "asf.csv");
        self.example("/inlasning/mall/{file}", "asf.csv", "asf.csv");
        self.example("/static/{*path}", "samhandla.css", "samhandla.css");
        self.example("/api/anrop/{noun}", "needs", "asf");
        self.example("/api/nycklar/{id}", "1", "2");
    }

    /// The cookie of somebody of a role who has just signed in.
    async fn signed_in(&self, role: Option<Role>) -> String {
        let Some(role) = role else { return String::new() };
        let response = call(&self.router, Request::post(self.link(role).await), String::new()).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{role:?}");
        // Who was given a passkey by this test has shown it.
        let shown = "UPDATE session SET verified_at = created_at WHERE user_id IN (SELECT user_id FROM passkey)";
        self.product.app.db.execute_unprepared(shown).await.unwrap();
        response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    async fn link(&self, role: Role) -> String {
        let email = Email::parse(&address(role)).unwrap();
        let link = sign_in::link_for(&self.product.app, &email, role).await.unwrap();
        link.strip_prefix("http://samhandla.test").unwrap().to_owned()
    }

    /// The address of a list that somebody of a role has just made, with the first ASF on it.
    async fn new_list(&self, role: Role) -> String {
        let posted = form("/listor").header(header::COOKIE, self.signed_in(Some(role)).await);
        // No two lists of one person have the same name.
        let name = format!("name={}", uuid::Uuid::now_v7().simple());
        let made = call(&self.router, posted, name).await;
        let list = made.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let add = format!("asf=1&list={}", list.rsplit('/').next().unwrap());
        let posted = form("/listor/lagg-till").header(header::COOKIE, self.signed_in(Some(role)).await);
        assert_eq!(call(&self.router, posted, add).await.status(), StatusCode::SEE_OTHER);
        list
    }

    /// A key of somebody of a role, and of no device.
    async fn new_passkey(&self, role: Role) -> i64 {
        self.signed_in(Some(role)).await;
        let email = Email::parse(&address(role)).unwrap();
        let user = store::users::find_by_email(&self.product.app.db, &email).await.unwrap().unwrap();
        let tx = store::connection::begin(&self.product.app.db).await.unwrap();
        let name = uuid::Uuid::now_v7().simple().to_string();
        store::passkeys::insert(&tx, user.id, &name, (&name, "{}"), self.product.now()).await.unwrap();
        tx.commit().await.unwrap();
        store::passkeys::list(&self.product.app.db, user.id).await.unwrap().last().unwrap().id.0
    }

    /// A file that staff has just uploaded and not taken in yet.
    async fn upload(&self) -> String {
        let cookie = self.signed_in(Some(Role::Coordinator)).await;
        let request = Request::post("/inlasning?slag=behov")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .header(header::COOKIE, cookie);
        let table = "external_id,kind,title,buyer_name,cpv\n7,request,Tvätt,Bolaget AB,909";
        let body = UPLOAD.replace("a.pdf", "a.csv").replace("%PDF-1.7", table);
        let response = call(&self.router, request, body).await;
        response.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// The addresses to try a route at: whose it is, and where.
    async fn addresses(&self, route: &str, role: Option<Role>) -> [String; 2] {
        if route.starts_with("/inlasning/{id}") {
            let path = route.replace("/inlasning/{id}", &self.upload().await);
            return [path.clone(), path];
        }
        if let ("/konto/sessioner/{id}", Some(role)) = (route, role) {
            self.signed_in(Some(role)).await;
            let email = Email::parse(&address(role)).unwrap();
            let user = store::users::find_by_email(&self.product.app.db, &email).await.unwrap().unwrap();
            let own = store::sessions::list(&self.product.app.db, user.id, self.product.now()).await.unwrap();
            return [format!("/konto/sessioner/{}", own[0].id.0), "/konto/sessioner/0".to_owned()];
        }
        if route.starts_with("/konto/passkey/{id}") {
            let id = match role {
                Some(role) => self.new_passkey(role).await,
                None => 1,
            };
            return [route.replace("{id}", &id.to_string()), route.replace("{id}", "0")];
        }
        if let Some(rest) = route.strip_prefix("/listor/{id}") {
            let list = match role {
                Some(role) => self.new_list(role).await,
                None => "/listor/1".to_owned(),
            };
            return [format!("{list}{rest}"), format!("/listor/0{rest}")];
        }
        // The second need is the procurer's.
        if route.starts_with("/behov/{id}/") && role == Some(Role::Procurer) {
            let [own, other] = ["2", "1"].map(|id| route.replace("{id}", id));
            return [own, other];
        }
        if let ("/api/webbkrokar/{id}", Some(role)) = (route, role) {
            let posted = form("/api/webbkrokar").header(header::COOKIE, self.signed_in(Some(role)).await);
            let hook = "url=https%3A%2F%2Fekonomi.example%2Fkrok&events=deal.recorded";
            assert_eq!(call(&self.router, posted, hook.to_owned()).await.status(), StatusCode::OK);
            let email = Email::parse(&address(role)).unwrap();
            let user = store::users::find_by_email(&self.product.app.db, &email).await.unwrap().unwrap();
            let own = store::webhooks::list_for_user(&self.product.app.db, user.id).await.unwrap();
            return [format!("/api/webbkrokar/{}", own.last().unwrap().id.0), "/api/webbkrokar/0".to_owned()];
        }
        if route == "/api/webbkrokar/{id}" {
            return ["/api/webbkrokar/1".to_owned(), "/api/webbkrokar/0".to_owned()];
        }
        if route == "/kalender/{link}" {
            let posted = form("/folj").header(header::COOKIE, self.signed_in(Some(Role::Asf)).await);
            let page = call(&self.router, posted, "gor=ny".to_owned()).await.into_body();
            let page = axum::body::to_bytes(page, 1 << 20).await.unwrap();
            let link = token_in(&String::from_utf8_lossy(&page), "/kalender/");
            return [format!("/kalender/{link}.ics"), "/kalender/0000.ics".to_owned()];
        }
        if route == "/delad-lista/{token}" {
            let share = format!("{}/dela", self.new_list(Role::Buyer).await);
            let posted = form(&share).header(header::COOKIE, self.signed_in(Some(Role::Buyer)).await);
            let page = call(&self.router, posted, String::new()).await.into_body();
            let page = axum::body::to_bytes(page, 1 << 20).await.unwrap();
            let token = token_in(&String::from_utf8_lossy(&page), "/delad-lista/");
            return [format!("/delad-lista/{token}"), "/delad-lista/0000".to_owned()];
        }
        if route == "/logga-in/{token}" {
            return [self.link(Role::Buyer).await, "/logga-in/0000".to_owned()];
        }
        match self.examples.get(route) {
            Some((own, other)) => [own.clone(), other.clone()],
            None if route.contains('{') => panic!("{route}: tests/it/access.rs needs an example of its own"),
            None => [route.to_owned(), route.to_owned()],
        }
    }

    async fn ask(&self, method: &str, route: &str, path: &str, role: Option<Role>) -> Response {
        // Anew each time: one of the routes signs out.
        let cookie = self.signed_in(role).await;
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
        if ["/liggare/{id}/fil", "/inlasning"].contains(&route) && method == "POST" {
            let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
            return call(&self.router, request, UPLOAD.replace("1.7", "1.6")).await;
        }
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let typed = if route.starts_with("/listor/") { "asf=1" } else { "" };
        call(&self.router, request, self.forms.get(path).cloned().unwrap_or_else(|| typed.to_owned())).await
    }
}

/// What the table calls an answer.
fn named(route: &str, response: &Response) -> Answer {
    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap());
    match response.status() {
        StatusCode::FORBIDDEN => Answer::Forbidden,
        // The door is open to all; it only says so of what came to no address of ours.
        StatusCode::NOT_FOUND if route == "/studs" => Answer::Allowed,
        StatusCode::NOT_FOUND => Answer::NotFound,
        _ if matches!(to, Some("/logga-in" | "/logga-in/steg-2")) && !route.starts_with("/logga") => Answer::SignIn,
        _ => Answer::Allowed,
    }
}

#[tokio::test]
async fn every_route_answers_every_visitor_as_the_table_says() {
    let mut surprises = Vec::new();
    let mut asked = 0;
    for role in VISITORS {
        // What a visitor changes is no concern of the next.
        let site = Site::fill().await;
        for (method, route, access) in TABLE {
            let (own, other) = access.of(role);
            let addresses = site.addresses(route, role).await;
            // Another's first: what is refused leaves all as it was.
            for (whose, path, expected) in [("other", &addresses[1], other), ("own", &addresses[0], own)] {
                if whose == "other" && addresses[0] == addresses[1] {
                    continue;
                }
                let response = site.ask(method, route, path, role).await;
                asked += 1;
                let answer = named(route, &response);
                if answer != expected || response.status().is_server_error() {
                    let status = response.status();
                    surprises
                        .push(format!("{role:?} {method} {route} ({whose}): {answer:?} {status}, not {expected:?}"));
                }
            }
        }
    }
    assert!(surprises.is_empty(), "{} of {asked}:\n{}", surprises.len(), surprises.join("\n"));
    println!("{asked} requests, {} routes", TABLE.len());
}

#[tokio::test]
async fn every_route_carries_the_headers_that_keep_it_safe() {
    let site = Site::fill().await;
    for (method, route, _) in TABLE {
        for role in [None, Some(Role::Asf), Some(Role::Operator)] {
            let [own, _] = site.addresses(route, role).await;
            let response = site.ask(method, route, &own, role).await;
            let of = |name| {
                let value = response.headers().get(&name).unwrap_or_else(|| panic!("{method} {route}: no {name}"));
                value.to_str().unwrap().to_owned()
            };
            let policy = of(header::CONTENT_SECURITY_POLICY);
            for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
                assert!(policy.contains(part), "{method} {route}: {policy}");
            }
            // A mail brings its styles, and is shown in a frame that runs nothing.
            let is_mail = ["/brevlada/{id}", "/mejl/{kind}"].contains(route) && response.status() == StatusCode::OK;
            assert!(is_mail || !policy.contains("unsafe"), "{method} {route}: {policy}");
            assert_eq!(of(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{method} {route}");
            assert_eq!(of(header::REFERRER_POLICY), "no-referrer", "{method} {route}");
            let keep = of(header::CACHE_CONTROL);
            let may_be_kept = route.starts_with("/static") || (role.is_none() && keep == "private, no-cache");
            assert!(may_be_kept || keep == "no-store", "{method} {route} {role:?}: {keep}");
            assert!(!response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY), "{method} {route}");
        }
    }
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_stay_there_and_the_cookie_is_bound_to_the_host() {
    let product = product::with_settings(|config| config.base_url = Some("https://samhandla.test".to_owned())).await;
    let router = web::router(Arc::clone(&product.app));
    for path in ["/", "/finns-inte", "/oversikt", "/static/samhandla.css", "/halsa"] {
        let response = call(&router, Request::get(path), String::new()).await;
        let strict = response.headers()[header::STRICT_TRANSPORT_SECURITY].to_str().unwrap();
        let seconds: u32 = strict.strip_prefix("max-age=").unwrap().split(';').next().unwrap().parse().unwrap();
        assert!(seconds >= 31_536_000, "{path}: {strict}");
    }
    let email = Email::parse("kund@kund.example").unwrap();
    let link = sign_in::link_for(&product.app, &email, Role::Buyer).await.unwrap();
    let path = link.strip_prefix("https://samhandla.test").unwrap();
    let response = call(&router, Request::post(path), String::new()).await;
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-") && cookie.contains("; Secure") && cookie.contains("Path=/"), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn forms_of_other_sites_are_turned_away_on_every_route_that_reads_a_cookie() {
    let site = Site::fill().await;
    // A mail provider and a mail server post there; neither has a cookie of ours.
    let open = ["/avanmalan/{token}", "/studs"];
    for (_, route, access) in TABLE.iter().filter(|rule| rule.0 == "POST" && !open.contains(&rule.1)) {
        // What staff may not do in another's name, that other does.
        let may = |role: &Role| access.of(Some(*role)).0 == Answer::Allowed;
        let role = [Role::Operator, Role::Asf, Role::Buyer].into_iter().find(may);
        let [own, _] = site.addresses(route, role).await;
        let cookie = site.signed_in(role).await;
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let request = form(&own).header(header::COOKIE, &cookie).header(header::HOST, "samhandla.test");
            let response = call(&site.router, request.header(name, value), String::new()).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{route} {name}");
        }
        let request = form(&own).header(header::COOKIE, &cookie).header("origin", "http://samhandla.test");
        let request = request.header("sec-fetch-site", "same-origin").header(header::HOST, "inner:8080");
        let response = call(&site.router, request, String::new()).await;
        assert_ne!(response.status(), StatusCode::FORBIDDEN, "{route}: our own form, behind a proxy");
    }
}
