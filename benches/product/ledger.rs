//! The targets page on a ledger of 100 000 entries, through the whole site.

use std::{sync::Arc, time::Instant};

use anyhow::Context as _;
use axum::{body::Body, http::Request};
use chrono::Duration;
use samhandla::{
    domain::{
        asf::AsfId,
        evidence::Evidence,
        ledger::{Counterpart, CounterpartClass, Fact, Income, IncomeKind, NewEntry, Order, Parties},
        org_no::OrgNo,
        place::Place,
    },
    service::{imports, targets},
    store::{connection, ledger},
    web,
};
use tower::ServiceExt as _;

use crate::{generator, now, open, report::Times};

/// Fills a ledger and asks for the page, warm and after each new entry.
pub async fn targets_page(entries: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let app = Arc::new(open(folder.path()).await?);
    imports::store(&app, &(0..100).map(generator::asf).collect::<Vec<_>>()).await?;
    for batch in 0..entries.div_ceil(5_000) {
        let tx = connection::begin(&app.db).await?;
        for number in batch * 5_000..((batch + 1) * 5_000).min(entries) {
            ledger::insert(&tx, &entry(number)?, "bench", now() - Duration::hours(1)).await?;
        }
        tx.commit().await?;
    }
    let site = web::router(Arc::clone(&app));
    let page = async || -> anyhow::Result<std::time::Duration> {
        let started = Instant::now();
        let answer = site.clone().oneshot(Request::get("/mal").body(Body::empty())?).await?;
        anyhow::ensure!(answer.status().is_success(), "{}", answer.status());
        axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
        Ok(started.elapsed())
    };
    let first = page().await?;
    let mut warm = Vec::new();
    for _ in 0..200 {
        warm.push(page().await?);
    }
    let mut after = Vec::new();
    for number in entries..entries + 20 {
        let tx = connection::begin(&app.db).await?;
        ledger::insert(&tx, &entry(number)?, "bench", now()).await?;
        tx.commit().await?;
        after.push(page().await?);
    }
    let started = Instant::now();
    targets::known(&app.db, now()).await?;
    let (warm, after) = (Times::new(warm), Times::new(after));
    println!(
        "targets     {entries} ledger entries, ms: page p50/p99 {:.1}/{:.1}; first {:.0}; after each new entry p50 {:.0}; \
         as of an instant, all read anew {:.0}",
        warm.percentile(0.5) / 1e3,
        warm.percentile(0.99) / 1e3,
        first.as_secs_f64() * 1e3,
        after.percentile(0.5) / 1e3,
        started.elapsed().as_secs_f64() * 1e3
    );
    Ok(())
}

/// Invoices and orders of 100 ASF with 5 000 companies; every tenth is a credit note.
fn entry(number: usize) -> anyhow::Result<NewEntry> {
    let serial = 559_100_000 + (number * 7_919) % 5_000;
    let org_no = (0..10).find_map(|digit| OrgNo::parse(&format!("{serial}{digit}")).ok()).context("a check digit")?;
    let counterpart = Counterpart {
        class: CounterpartClass::Private,
        org_no: Some(org_no),
        name: Some(format!("Bolag {serial}")),
        group: None,
    };
    let asf = AsfId(i64::try_from(number % 100)? + 1);
    let parties = Parties { asf, asf_places: vec![Place::parse("0680")?], counterpart };
    let fact = match number % 10 {
        0 => Fact::Order(Order { parties, amount_ore: None }),
        place => {
            let amount_ore = if place == 1 { -10_000 } else { 1_000_000 };
            let kind = IncomeKind::Service;
            Fact::Income(Income { parties, kind, amount_ore, agreement_key: None, credits: None })
        }
    };
    let occurred_on = now().date_naive() - Duration::days(i64::try_from(number % 700)?);
    Ok(NewEntry {
        key: format!("bench {number}"),
        occurred_on,
        pairing_id: None,
        evidence: Evidence::by_reference("F"),
        fact,
    })
}
