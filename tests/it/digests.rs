//! The weekly mail: once a week, only with something in it, and with its reasons.

use chrono::Duration;
use samhandla::{
    domain::{mail_preference::MailPreference, schedule::IsoWeek},
    jobs,
    service::{digests, digests::Run, matching, outbox, schedules},
};

use crate::support::product::{self, Product, cleaner, cleaning_request, joiner, request};

async fn week(product: &Product) -> digests::Report {
    matching::run_changed(&product.app).await.unwrap();
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap()
}

#[tokio::test]
async fn a_fitting_need_is_mailed_with_its_reason_and_nobody_else_is_written_to() {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    let report = week(&product).await;
    assert_eq!((report.recipients, report.messages, report.pairings), (1, 1, 1));
    assert_eq!(report.skipped.get("nothing"), Some(&1));
    let messages = product.messages().await;
    assert_eq!(messages[0].recipient, "info@skurborsten.example");
    assert!(messages[0].text.contains("Städning av vårt kontor"), "{}", messages[0].text);
    assert!(messages[0].text.contains("/svar/"));
    assert!(messages[0].text.to_lowercase().contains("städ"));
}

#[tokio::test]
async fn the_same_week_twice_queues_nothing_the_second_time() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    assert_eq!(week(&product).await.messages, 1);
    let again = week(&product).await;
    assert_eq!((again.messages, again.skipped.get("already")), (0, Some(&1)));
    assert_eq!(product.messages().await.len(), 1);
}

#[tokio::test]
async fn an_item_is_new_once_and_comes_back_only_when_it_closes() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    assert_eq!(week(&product).await.messages, 1);
    product.pass(Duration::days(7));
    assert_eq!(week(&product).await.skipped.get("nothing"), Some(&1));
    product.pass(Duration::days(7));
    assert_eq!(week(&product).await.messages, 1);
    product.pass(Duration::days(7));
    assert_eq!(week(&product).await.messages, 0);
}

#[tokio::test]
async fn a_dry_run_counts_and_writes_nothing() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let dry = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Dry).await.unwrap();
    assert_eq!((dry.recipients, dry.messages), (1, 0));
    assert!(product.messages().await.is_empty());
}

#[tokio::test]
async fn two_weeks_of_downtime_give_one_digest_and_a_long_late_one_waits() {
    let product = product::empty().await;
    product
        .take_in(
            &[cleaner()],
            &[cleaning_request(), request("behov-2", "Fönsterputsning", "Putsning av fönster på kontoret.")],
        )
        .await;
    let heart = jobs::JOBS;
    samhandla::service::schedules::ensure(&product.app, &heart).await.unwrap();
    // Due on Tuesday at 08:00; three days late is folded into the next week.
    product.pass(Duration::days(3));
    jobs::run_due(&product.app).await.unwrap();
    assert!(product.messages().await.is_empty());
    // Down over the next Tuesday as well, back one hour after the one that follows.
    product.pass(Duration::days(11) + Duration::minutes(90));
    jobs::run_due(&product.app).await.unwrap();
    jobs::run_due(&product.app).await.unwrap();
    assert_eq!(product.messages().await.len(), 1);
}

#[tokio::test]
async fn a_weekly_run_whose_node_died_is_taken_up_again() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    schedules::ensure(&product.app, &jobs::JOBS).await.unwrap();
    product.pass(Duration::minutes(31));
    // The node claims the run at 08:01 and dies before it queues anything.
    assert_eq!(schedules::claim_due(&product.app).await.unwrap().len(), 1);
    jobs::run_due(&product.app).await.unwrap();
    assert!(product.messages().await.is_empty());
    product.pass(Duration::minutes(11));
    jobs::run_due(&product.app).await.unwrap();
    product.pass(Duration::minutes(11));
    jobs::run_due(&product.app).await.unwrap();
    assert_eq!(product.messages().await.len(), 1);
}

#[tokio::test]
async fn a_paused_asf_is_left_in_peace_and_comes_back_when_the_pause_ends() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let tx = samhandla::store::connection::begin(&product.app.db).await.unwrap();
    let until = product.now().date_naive() + Duration::days(5);
    samhandla::store::asf::set_paused_until(&tx, samhandla::domain::asf::AsfId(1), Some(until)).await.unwrap();
    tx.commit().await.unwrap();
    product.take_in(&[], &[cleaning_request()]).await;
    assert_eq!(week(&product).await.skipped.get("paused"), Some(&1));
    product.pass(Duration::days(5));
    matching::match_resumed(&product.app).await.unwrap();
    assert_eq!(week(&product).await.messages, 1);
}

/// Lets the heart beat each hour for some days, and gives when mails were queued, in local time.
async fn beaten(product: &Product, days: i64) -> Vec<String> {
    for _ in 0..days * 24 {
        product.pass(Duration::hours(1));
        jobs::run_due(&product.app).await.unwrap();
    }
    let zone = samhandla::domain::schedule::ZONE;
    let queued = product.messages().await.into_iter().map(|m| m.created_at.with_timezone(&zone));
    queued.map(|at| at.format("%a %H").to_string()).collect()
}

#[tokio::test]
async fn each_reader_gets_the_mail_at_the_hour_of_the_own_choice() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    schedules::ensure(&product.app, &jobs::JOBS).await.unwrap();
    let choice = MailPreference::parse("4", "15", "1", "all", false).unwrap();
    choose(&product, &choice).await;
    assert_eq!(beaten(&product, 7).await, ["Thu 15"]);
}

async fn choose(product: &Product, choice: &MailPreference) {
    let tx = samhandla::store::connection::begin(&product.app.db).await.unwrap();
    let asf = samhandla::domain::asf::AsfId(1);
    samhandla::store::mail_preferences::upsert(&tx, asf, choice, product.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_wants_only_what_fits_well_gets_nothing_that_only_may() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let strong = MailPreference::parse("2", "8", "1", "strong", false).unwrap();
    choose(&product, &strong).await;
    let dry = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Dry).await.unwrap();
    let pairing =
        samhandla::store::pairings::list_for_asf(&product.app.db, samhandla::domain::asf::AsfId(1)).await.unwrap();
    let is_strong = pairing[0].strength == samhandla::domain::pairing::Strength::Strong;
    assert_eq!(dry.recipients, u64::from(is_strong));
}

#[tokio::test]
async fn a_stopped_weekly_mail_waits_until_the_task_is_done() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    week(&product).await;
    outbox::stop_weekly(&product.app, "user:1", "x").await.unwrap();
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 0);
    let task = samhandla::store::tasks::list_open(&product.app.db, 10).await.unwrap().remove(0);
    samhandla::service::tasks::finish(&product.app, task.id, "user:1").await.unwrap();
    assert_eq!(outbox::deliver_pending(&product.app).await.unwrap().sent, 1);
}
