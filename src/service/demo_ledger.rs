//! What the demo's ASF have done so far: each target in a different state. Fictional throughout.

use std::collections::HashSet;

use anyhow::Context as _;
use chrono::{Duration, NaiveDate};

use super::{Result, claims, ledger, ledger::Writer};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        entry::{EntryFields, EntryKind},
        ledger::Fact,
        org_no::OrgNo,
        schedule::local_date,
    },
    store,
};

/// Writes down orders, agreements, bids and support through the ordinary forms, and accepts what the
/// notices suggest.
///
/// # Errors
/// When the sample itself is wrong, or the database does not answer.
pub(super) async fn fill(app: &App) -> Result<()> {
    let today = local_date(app.clock.now());
    let asfs: Vec<AsfId> = store::asf::list_after(&app.db, AsfId(0), 50).await?.into_iter().map(|asf| asf.id).collect();
    let asf = |place: usize| asfs.get(place).copied();
    for (place, (name, days, reference)) in SALES.iter().enumerate() {
        let (org_no, day) = (number(place)?, on(today, *days));
        let fields = EntryFields {
            name,
            org_no: &org_no,
            class: "private",
            occurred_on: &day,
            amount_sek: "18 500",
            income_kind: "service",
            reference,
            ..EntryFields::default()
        };
        let kind = if place == 5 { EntryKind::Order } else { EntryKind::Invoice };
        tell(app, asf(place), kind, &fields).await?;
    }
    agreements(app, asf(1), today).await?;
    bids(app, (asf(2), asf(3)), today).await?;
    support(app, asf(0), today).await?;
    let mut actors = HashSet::new();
    for proposal in claims::list(app, None).await? {
        let Fact::Procurement(procurement) = &proposal.entry.fact else { continue };
        if actors.len() < ACTORS && actors.insert(procurement.actor.org_no.clone()) {
            claims::accept(app, "demo", proposal.id, None).await?;
        }
    }
    Ok(())
}

/// Public actors that have taken social considerations: the goal.
const ACTORS: usize = 3;

/// Companies, days ago and evidence: the fourth is a claim, the last an order.
const SALES: [(&str, i64, &str); 6] = [
    ("Gransjö Möbler AB", 90, "Faktura 1001"),
    ("Tallkullens Bageri AB", 70, "Faktura 1002"),
    ("Ekbackens Bil AB", 50, "Faktura 1003"),
    ("Almlunds Handel AB", 45, ""),
    ("Björkdalens Vård AB", 20, "Faktura 1004"),
    ("Lindhaga Fastigheter AB", 5, "Order 77"),
];

/// Two that are signed and not invoiced yet: the target waits.
async fn agreements(app: &App, asf: Option<AsfId>, today: NaiveDate) -> Result<()> {
    let (org_no, signed) = (number(20)?, on(today, 60));
    let fields = EntryFields {
        name: "Granvik kommun",
        org_no: &org_no,
        class: "public",
        subject: "Skötsel av lekplatser",
        occurred_on: &signed,
        income_kind: "service",
        price: "open",
        reference: "KS 2026/118",
        ..EntryFields::default()
    };
    tell(app, asf, EntryKind::Agreement, &fields).await?;
    let framework =
        EntryFields { subject: "Återbruk av möbler", agreement: "framework", reference: "KS 2026/131", ..fields };
    tell(app, asf, EntryKind::Agreement, &framework).await
}

/// Without a document yet: the target has claims only.
async fn bids(app: &App, (first, second): (Option<AsfId>, Option<AsfId>), today: NaiveDate) -> Result<()> {
    let (org_no, day) = (number(21)?, on(today, 25));
    let fields = EntryFields {
        name: "Region Granvik",
        org_no: &org_no,
        subject: "RG 2026/45",
        role: "group",
        procedure: "advertised",
        occurred_on: &day,
        time: "14:05",
        deadline_on: &day,
        deadline_time: "23:59",
        ..EntryFields::default()
    };
    tell(app, first, EntryKind::Bid, &fields).await?;
    tell(app, second, EntryKind::Bid, &EntryFields { role: "subcontractor", ..fields }).await
}

/// A first meeting that has led to nothing yet.
async fn support(app: &App, asf: Option<AsfId>, today: NaiveDate) -> Result<()> {
    let met = on(today, 40);
    let fields = EntryFields {
        actor: "Coompanion",
        subject: "Prissättning",
        occurred_on: &met,
        form: "individual",
        kind: "advice",
        ..EntryFields::default()
    };
    tell(app, asf, EntryKind::Contact, &fields).await
}

async fn tell(app: &App, asf: Option<AsfId>, kind: EntryKind, fields: &EntryFields<'_>) -> Result<()> {
    ledger::record(app, ("demo", Writer::Staff), asf, kind, fields).await?;
    Ok(())
}

fn on(today: NaiveDate, days_ago: i64) -> String {
    (today - Duration::days(days_ago)).to_string()
}

/// Numbers with a right check digit that belong to nobody: no company has one that begins with 559902.
fn number(place: usize) -> Result<String> {
    let base = 559_902_500 + place;
    let found = (0..10).find_map(|digit| OrgNo::parse(&format!("{base}{digit}")).ok());
    Ok(found.context("one of ten check digits is right")?.as_str().to_owned())
}
