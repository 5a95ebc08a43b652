//! A running product on a fresh database, with a clock moved by hand, and builders that fill in
//! what a test does not care about.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use samhandla::{
    app::App,
    clock::Clock,
    config::{Config, Flags, SecondFactorRule},
    domain::{
        asf::{NewAsf, NewCapability},
        buyer::{BuyerKind, NewBuyer},
        contract::ContractTerms,
        email::Email,
        language::Language,
        need::{NeedKind, NeedStatus, NewLot, NewNeed},
        org_no::OrgNo,
        place::Place,
        reservation::Reservation,
    },
    service::{imports, matching},
    store::outbox::StoredMessage,
};

use super::database::{self, TestDatabase};

/// Tuesday 24 November 2026, 07:30 in Stockholm.
pub const START: &str = "2026-11-24T06:30:00Z";

/// The product, gone when the test ends.
pub struct Product {
    pub app: Arc<App>,
    pub data: tempfile::TempDir,
    database: TestDatabase,
}

/// A product with nothing in it.
pub async fn empty() -> Product {
    with_settings(|_| {}).await
}

/// A product with nothing in it and settings of its own.
pub async fn with_settings(change: impl FnOnce(&mut Config)) -> Product {
    let database = database::fresh().await;
    let data = tempfile::tempdir().unwrap();
    let flags = Flags { data: Some(data.path().to_owned()), database: Some(database.url.clone()), listen: None };
    let mut config = Config::load(flags).unwrap();
    config.base_url = Some("http://samhandla.test".to_owned());
    // No test asks a server that is not its own.
    config.ted_url = String::new();
    // The tests of the second factor ask for it.
    config.second_factor = SecondFactorRule::Off;
    change(&mut config);
    let app = App::open(config, Clock::manual(START.parse().unwrap())).await.unwrap();
    Product { app: Arc::new(app), data, database }
}

impl Product {
    /// For other processes on the same database.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub fn pass(&self, time: Duration) {
        self.app.clock.set(self.now() + time);
    }

    /// Stores and matches.
    pub async fn take_in(&self, asf: &[NewAsf], needs: &[NewNeed]) -> matching::Report {
        imports::store(&self.app, asf).await.unwrap();
        imports::store(&self.app, needs).await.unwrap();
        matching::run_changed(&self.app).await.unwrap()
    }

    /// Every queued or sent message, oldest first.
    pub async fn messages(&self) -> Vec<StoredMessage> {
        let mut messages = samhandla::store::outbox::list_latest(&self.app.db, 1000).await.unwrap();
        messages.reverse();
        messages
    }
}

/// A cleaner in Jönköping that also washes windows.
pub fn cleaner() -> NewAsf {
    asf(
        "559900-0118",
        "Skurborsten",
        "Städning av kontor och trapphus",
        "Vi städar kontor, skolor och trapphus och putsar fönster.",
    )
}

/// A joiner in Tranås.
pub fn joiner() -> NewAsf {
    NewAsf {
        municipality: Place::parse("0687").unwrap(),
        area: Place::parse_list("0687|0686").unwrap(),
        ..asf("559900-0126", "Hyvelspånet", "Snickeri", "Vi bygger bänkar, odlingslådor och fågelholkar i trä.")
    }
}

pub fn asf(org_no: &str, name: &str, title: &str, text: &str) -> NewAsf {
    let slug: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    NewAsf {
        org_no: valid_org_no(org_no),
        unit: String::new(),
        name: name.to_owned(),
        legal_form: "ekonomisk förening".to_owned(),
        municipality: Place::parse("0680").unwrap(),
        postal_code: "55315".to_owned(),
        website: String::new(),
        email: Some(Email::parse(&format!("info@{slug}.example")).unwrap()),
        area: Place::parse_list("0680|0643|0642").unwrap(),
        capabilities: vec![NewCapability {
            title: title.to_owned(),
            text: text.to_owned(),
            cpv: Vec::new(),
            people: Some(4),
            hours_per_week: Some(100),
            max_value_sek: None,
            earliest_start: None,
        }],
    }
}

/// Numbers in tests are written without care for the check digit.
pub fn valid_org_no(text: &str) -> OrgNo {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(9).collect();
    (0..10).find_map(|check| OrgNo::parse(&format!("{digits}{check}")).ok()).unwrap()
}

/// A company in Jönköping asks for cleaning, in three weeks.
pub fn cleaning_request() -> NewNeed {
    request("behov-1", "Städning av vårt kontor", "Vi är 20 anställda och behöver städning två gånger i veckan.")
}

pub fn request(external_id: &str, title: &str, text: &str) -> NewNeed {
    NewNeed {
        source: "csv".to_owned(),
        external_id: external_id.to_owned(),
        issued_at: None,
        kind: NeedKind::Request,
        title: title.to_owned(),
        text: text.to_owned(),
        buyer: NewBuyer {
            kind: BuyerKind::Private,
            name: "Vätterbygg AB".to_owned(),
            org_no: Some(valid_org_no("559901002")),
            municipality: Some(Place::parse("0680").unwrap()),
            email: Some(Email::parse("inkop@vatterbygg.example").unwrap()),
        },
        language: Language::Sv.into(),
        published_on: None,
        publication_no: None,
        url: None,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots: vec![NewLot {
            lot_no: "LOT-0001".to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
            cpv: Vec::new(),
            places: Place::parse_list("0680").unwrap(),
            value_sek: Some(90_000),
            deadline_at: Some(START.parse::<DateTime<Utc>>().unwrap() + Duration::days(21)),
            deadline_doubtful: false,
            start_on: None,
            end_on: None,
            reservation: Reservation::None,
            social: Vec::new(),
            contract: ContractTerms::default(),
        }],
    }
}
