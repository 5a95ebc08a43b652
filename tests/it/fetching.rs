//! Notices from TED, against a server of our own: whole, resumed, and through every failure.

use std::time::Duration;

use chrono::NaiveDate;
use samhandla::{
    domain::schedule::local_date,
    fetch::{FetchError, client::Limits},
    jobs,
    service::{
        arrivals::Report,
        fetching::{self, Ask, Ended},
        schedules,
    },
    store::{fetch_marks, needs, quarantine},
};

use crate::support::{
    binary,
    product::{self, Product},
    ted::{Published, Reply, SEARCH, Ted, notices, xml_path},
};

/// The query of the settings as they come.
const QUERY: &str = "buyer-country IN (SWE) AND place-of-performance IN (SE211)";

async fn product_for(ted: &Ted) -> Product {
    product::with_settings(|config| config.ted_url = ted.url.clone()).await
}

/// A patience that a test has time for.
fn ask() -> Ask {
    let ms = Duration::from_millis;
    let limits = Limits {
        connect: ms(500),
        answer: ms(500),
        pace: ms(0),
        attempts: 3,
        first_pause: ms(5),
        longest_pause: ms(2_000),
        bytes: 1_000_000,
    };
    Ask { limits, ..Ask::default() }
}

async fn fetch(product: &Product) -> (Report, Ended) {
    fetching::ted(&product.app, ask()).await.unwrap()
}

async fn mark(product: &Product) -> Option<NaiveDate> {
    fetch_marks::find(&product.app.db, "ted", QUERY).await.unwrap()
}

async fn stored(product: &Product) -> u64 {
    needs::count(&product.app.db).await.unwrap().0
}

fn last_day() -> NaiveDate {
    local_date(product::START.parse().unwrap())
}

async fn with_five() -> (Ted, Product, Vec<Published>) {
    let published = notices(5, last_day());
    let ted = Ted::start(published.clone(), 2).await;
    let product = product_for(&ted).await;
    (ted, product, published)
}

#[tokio::test]
async fn every_page_is_followed_and_the_next_run_begins_where_this_one_ended() {
    let (ted, product, published) = with_five().await;
    let (report, ended) = fetch(&product).await;
    assert_eq!((ended, report.created, report.rejected.len()), (Ended::Whole, 5, 0));
    assert_eq!((stored(&product).await, mark(&product).await), (5, Some(last_day())));
    let (path, first) = ted.asked().remove(0);
    assert_eq!((path.as_str(), first["limit"].as_u64()), (SEARCH, Some(250)));
    assert_eq!(first["paginationMode"], "ITERATION");
    assert_eq!(first["query"], format!("({QUERY}) AND publication-date>=20261025 SORT BY publication-date ASC"));
    let mut later = notices(6, last_day()).pop().unwrap();
    later.day = last_day().succ_opt().unwrap();
    ted.publish(later);
    let asked = ted.asked().len();
    let (report, ended) = fetch(&product).await;
    assert_eq!((ended, report.created, report.skipped.unwrap()["stored-already"]), (Ended::Whole, 1, 1));
    assert!(ted.asked()[asked].1["query"].as_str().unwrap().contains("publication-date>=20261124"));
    assert_eq!(ted.count(&xml_path(&published[4].number)), 1);
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again() {
    let (ted, product, published) = with_five().await;
    ted.fail(SEARCH, &[Reply::Status(503, ""), Reply::Status(429, "retry-after: 1\r\n")]);
    ted.fail(&xml_path(&published[0].number), &[Reply::Hang, Reply::CutOff(String::new())]);
    ted.fail(&xml_path(&published[1].number), &[Reply::Half(String::new()), Reply::Status(500, "")]);
    let (report, ended) = fetch(&product).await;
    assert_eq!((ended, report.created, report.rejected.len()), (Ended::Whole, 5, 0));
    assert_eq!(ted.count(&xml_path(&published[0].number)), 3);
}

#[tokio::test]
async fn the_server_is_asked_no_faster_than_agreed_and_a_short_wait_is_waited() {
    let (ted, product, _) = with_five().await;
    let mut slow = ask();
    slow.limits.pace = Duration::from_millis(50);
    let began = std::time::Instant::now();
    fetching::ted(&product.app, slow).await.unwrap();
    let asked = u32::try_from(ted.asked().len()).unwrap();
    assert!(asked == 8 && began.elapsed() >= Duration::from_millis(50) * (asked - 1), "{asked}");
    ted.fail(SEARCH, &[Reply::Status(503, "retry-after: 1\r\n")]);
    let began = std::time::Instant::now();
    assert_eq!(fetch(&product).await.1, Ended::Whole);
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_server_that_is_gone_ends_the_run_and_the_next_one_goes_on() {
    for fault in [Reply::Status(502, ""), Reply::Hang, Reply::CutOff(String::new())] {
        let (ted, product, published) = with_five().await;
        ted.fail(&xml_path(&published[3].number), &[fault.clone(), fault.clone(), fault.clone()]);
        let (report, ended) = fetch(&product).await;
        assert!(matches!(ended, Ended::Broken(FetchError::Away(_))), "{fault:?}: {ended:?}");
        assert_eq!((report.rejected.len(), mark(&product).await), (0, Some(published[1].day)), "{fault:?}");
        let (_, ended) = fetch(&product).await;
        assert_eq!((ended, stored(&product).await, mark(&product).await), (Ended::Whole, 5, Some(last_day())));
    }
}

#[tokio::test]
async fn a_long_wait_is_left_to_the_next_run() {
    let (ted, product, _) = with_five().await;
    ted.fail(SEARCH, &[Reply::Status(429, "retry-after: 3600\r\n")]);
    assert_eq!(fetch(&product).await.1, Ended::Broken(FetchError::Busy { seconds: 3600 }));
    let date = "date: Tue, 24 Nov 2026 06:30:00 GMT\r\nretry-after: Tue, 24 Nov 2026 07:30:00 GMT\r\n";
    ted.fail(SEARCH, &[Reply::Status(429, date)]);
    assert_eq!(fetch(&product).await.1, Ended::Broken(FetchError::Busy { seconds: 3600 }));
    assert_eq!((stored(&product).await, mark(&product).await, ted.asked().len()), (0, None, 2));
}

#[tokio::test]
async fn answers_that_are_none_store_nothing_and_move_nothing() {
    let half_search = r#"{"notices":[],"timedOut":true}"#;
    let missing = r#"{"notices":[],"totalNoticeCount":7}"#;
    for nonsense in ["<html>maintenance</html>", r#"{"notices":{}}"#, "", half_search] {
        let (ted, product, _) = with_five().await;
        ted.fail(SEARCH, &vec![Reply::Whole(nonsense.to_owned()); 3]);
        let (report, ended) = fetch(&product).await;
        assert!(matches!(ended, Ended::Broken(FetchError::Nonsense(_))), "{nonsense}: {ended:?}");
        assert_eq!((report.read, mark(&product).await), (0, None));
    }
    let (ted, product, _) = with_five().await;
    ted.fail(SEARCH, &[Reply::Whole(missing.to_owned())]);
    assert!(matches!(fetch(&product).await.1, Ended::Broken(FetchError::Nonsense(_))));
    assert_eq!(mark(&product).await, None);
    ted.fail(SEARCH, &[Reply::Status(400, "")]);
    assert!(matches!(fetch(&product).await.1, Ended::Broken(FetchError::Refused { status: 400, .. })));
    ted.fail(SEARCH, &[Reply::Status(302, "location: http://127.0.0.1:1/\r\n")]);
    assert!(matches!(fetch(&product).await.1, Ended::Broken(FetchError::Refused { status: 302, .. })));
}

#[tokio::test]
async fn a_notice_that_cannot_be_had_is_kept_aside_and_the_others_go_in() {
    let (ted, product, mut published) = with_five().await;
    ted.fail(&xml_path(&published[1].number), &[Reply::Status(404, "")]);
    let broken = published.remove(2);
    ted.fail(&xml_path(&broken.number), &[Reply::Whole("<ContractNotice></ContractNotice>".to_owned())]);
    ted.fail(&xml_path(&published[3].number), &[Reply::Whole("a".repeat(1_000_001))]);
    let (report, ended) = fetch(&product).await;
    assert_eq!((ended, report.created, report.rejected.len()), (Ended::Whole, 2, 3));
    let kept = quarantine::list_after(&product.app.db, 0, 10).await.unwrap();
    let mut rules: Vec<_> = kept.iter().map(|kept| (kept.kept.rule.as_str(), kept.kept.is_whole)).collect();
    rules.sort_unstable();
    assert_eq!(rules[..2], [("rejected-fetch", false), ("rejected-fetch", false)]);
    assert!(rules[2].1, "{rules:?}");
    // Asked for by hand, from an earlier day: it goes in, leaves the quarantine, and the mark stays.
    product.pass(chrono::Duration::minutes(1));
    let (report, _) = fetching::ted(&product.app, Ask { since: Some(published[0].day), ..ask() }).await.unwrap();
    assert_eq!((report.created, report.rejected.len()), (3, 0));
    assert!(quarantine::list_after(&product.app.db, 0, 10).await.unwrap().is_empty());
    assert_eq!(mark(&product).await, Some(last_day()));
}

#[tokio::test]
async fn a_link_that_leads_elsewhere_is_not_followed() {
    let (ted, product, _) = with_five().await;
    let elsewhere =
        r#"{"notices":[{"ND":"475939-2026","PD":"2026-11-20+01:00","links":{"xml":{"MUL":"http://127.0.0.1:22/x"}}}]}"#;
    ted.fail(SEARCH, &vec![Reply::Whole(elsewhere.to_owned()); 3]);
    assert!(matches!(fetch(&product).await.1, Ended::Broken(FetchError::Address(_))));
    assert!(ted.asked().iter().all(|(path, _)| path == SEARCH));
}

#[tokio::test]
async fn the_job_fetches_each_morning_and_is_taken_up_again_after_a_failure() {
    let (ted, product, _) = with_five().await;
    schedules::ensure(&product.app, &jobs::JOBS).await.unwrap();
    // 07:30 on a Tuesday; the next morning at 06:40 it is due.
    product.pass(chrono::Duration::hours(24));
    ted.fail(SEARCH, &[Reply::Status(401, "")]);
    jobs::run_due(&product.app).await.unwrap();
    assert_eq!((stored(&product).await, ted.count(SEARCH)), (0, 1));
    product.pass(chrono::Duration::minutes(11));
    jobs::run_due(&product.app).await.unwrap();
    assert_eq!(stored(&product).await, 5);
    product.pass(chrono::Duration::minutes(11));
    let asked = ted.asked().len();
    jobs::run_due(&product.app).await.unwrap();
    assert_eq!(ted.asked().len(), asked);
}

#[tokio::test]
async fn a_run_that_is_out_of_time_goes_on_later() {
    let (_, product, _) = with_five().await;
    let (report, ended) = fetching::ted(&product.app, Ask { longest: Some(Duration::ZERO), ..ask() }).await.unwrap();
    assert_eq!((ended, report.read, mark(&product).await), (Ended::OutOfTime, 0, None));
}

/// The answer as the real server gave it, asked of a server of our own that knows none of its notices.
#[tokio::test]
async fn the_recorded_answer_is_read() {
    let recorded = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ted-api");
    let Ok(answer) = std::fs::read_to_string(recorded.join("search_v3_excerpt.json")) else { return };
    let ted = Ted::start(Vec::new(), 2).await;
    let product = product_for(&ted).await;
    ted.fail(SEARCH, &[Reply::Whole(answer)]);
    let (report, ended) = fetch(&product).await;
    assert_eq!((ended, report.rejected.len()), (Ended::Whole, 2));
    assert_eq!(ted.count(&xml_path("475939-2026")) + ted.count(&xml_path("476004-2026")), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_reports_as_an_import_does_and_fails_when_nobody_answers() {
    let today = local_date(chrono::DateTime::from(std::time::SystemTime::now()));
    let ted = Ted::start(notices(2, today), 250).await;
    let data = tempfile::tempdir().unwrap();
    let run = |url: &str| {
        let mut command = binary::samhandla(data.path());
        command.env("SAMHANDLA_TED_URL", url).args(["fetch", "ted", "--format", "json"]).output().unwrap()
    };
    let output = tokio::task::block_in_place(|| run(&ted.url));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for key in ["read", "created", "updated", "unchanged", "rejected", "skipped", "lots"] {
        assert!(!report[key].is_null(), "{key}: {report}");
    }
    assert_eq!(report["created"], 2);
    ted.fail(SEARCH, &[Reply::Status(400, "")]);
    let output = tokio::task::block_in_place(|| run(&ted.url));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("does not understand the query \"buyer-country IN (SWE) AND place-of"), "{said}");
    assert!(said.contains("--query") && said.contains("SAMHANDLA_TED_NUTS"), "{said}");
    assert_eq!(tokio::task::block_in_place(|| run("http://ted.example")).status.code(), Some(1));
    assert_eq!(tokio::task::block_in_place(|| run("")).status.code(), Some(1));
    let doctor = |url: &str| {
        let mut command = binary::samhandla(data.path());
        let output = command.env("SAMHANDLA_TED_URL", url).args(["doctor", "--format", "json"]).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let checks = report["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|check| check["name"] == "fetching").unwrap()["ok"].as_bool().unwrap()
    };
    assert_eq!([doctor(&ted.url), doctor(""), doctor("http://ted.example")], [true, true, false]);
}
