//! A no with a reason changes the next suggestion, says how, and can be taken back.

use samhandla::{
    domain::{
        asf::{Asf, AsfId, NewAsf},
        cpv::Cpv,
        lesson::{Lesson, Taught},
        need::{LotId, NewNeed},
        pairing::{Answer, Pairing, Strength},
        place::Place,
        reason::{Objection, Reason},
        schedule::{IsoWeek, local_date},
    },
    service::{digests, digests::Run, lessons, matching, pairings, secrets},
    store::{self, connection, tokens, tokens::Subject},
};

use crate::support::product::{self, Product, cleaner, cleaning_request, request};

/// Needs that ask for the same kind of work in the same place.
fn cleanings() -> Vec<NewNeed> {
    let title = |n: usize| format!("Städning av lokal {n}");
    (1..=5).map(|n| request(&format!("behov-{n}"), &title(n), "Vi behöver städning varje vecka.")).collect()
}

async fn of_lot(product: &Product, lot: i64) -> Option<Pairing> {
    store::pairings::list_for_lots(&product.app.db, &[LotId(lot)]).await.unwrap().pop()
}

async fn asf(product: &Product) -> Asf {
    store::asf::find(&product.app.db, AsfId(1)).await.unwrap().unwrap()
}

/// Declines a lot by the link of a mail.
async fn decline(product: &Product, lot: i64, reason: &str) -> Vec<Lesson> {
    let pairing = of_lot(product, lot).await.unwrap();
    let tx = connection::begin(&product.app.db).await.unwrap();
    let subject = Subject { pairing_id: Some(pairing.id.0), asf_id: Some(1), ..Subject::default() };
    let lasts = chrono::Duration::days(1);
    let secret = secrets::issue(&tx, tokens::Purpose::Answer, subject, lasts, product.now()).await.unwrap();
    tx.commit().await.unwrap();
    let answer = Answer::parse("no", reason, "").unwrap();
    pairings::respond(&product.app, secret.plain(), &answer).await.unwrap();
    lessons::of_pairing(&product.app, AsfId(1), pairing.id).await.unwrap()
}

async fn with(asf: NewAsf, needs: &[NewNeed]) -> Product {
    let product = product::empty().await;
    product.take_in(&[asf], needs).await;
    product
}

#[tokio::test]
async fn wrong_work_lowers_the_trade_and_only_repetition_silences_it() {
    let mut needs = cleanings();
    needs.push(request("fönster", "Fönsterputsning", "Putsning av fönster."));
    let product = with(cleaner(), &needs).await;
    let (before, windows) = (of_lot(&product, 5).await.unwrap(), of_lot(&product, 6).await.unwrap());
    assert_eq!(before.strength, Strength::Strong);
    let taught = decline(&product, 1, "wrong_work").await;
    assert!(matches!(&taught[0].taught, Taught::Concept(id, _) if id == "cleaning"), "{taught:?}");
    let once = of_lot(&product, 5).await.unwrap();
    assert!(once.score < before.score, "{once:?}");
    let declined = |o: &Objection| matches!(o, Objection::DeclinedWork { .. });
    assert!(once.objections.iter().any(declined), "{once:?}");
    assert_eq!(of_lot(&product, 6).await.unwrap().score, windows.score, "another trade stays as it was");
    decline(&product, 2, "wrong_work").await;
    let last = of_lot(&product, 3).await.map(|pairing| pairing.score);
    assert!(last.is_none_or(|score| score < once.score), "{last:?}");
    if last.is_some() {
        decline(&product, 3, "wrong_work").await;
    }
    assert_eq!(of_lot(&product, 5).await, None, "three times is enough");
    for lesson in asf(&product).await.lessons {
        lessons::undo(&product.app, AsfId(1), lesson.id).await.unwrap();
    }
    let after = of_lot(&product, 5).await.unwrap();
    assert_eq!((after.score, after.reasons, after.objections), (before.score, before.reasons, before.objections));
}

#[tokio::test]
async fn too_large_lowers_the_largest_job() {
    let product = with(cleaner(), &cleanings()).await;
    let before = of_lot(&product, 5).await.unwrap();
    let taught = decline(&product, 1, "too_large").await;
    assert_eq!(taught[0].taught, Taught::LargestJob(72_000));
    let after = of_lot(&product, 5).await.unwrap();
    assert!(after.objections.contains(&Objection::TooLarge { value_sek: 90_000, largest_sek: 72_000 }), "{after:?}");
    assert!(after.score < before.score);
    lessons::undo(&product.app, AsfId(1), taught[0].id).await.unwrap();
    assert_eq!(of_lot(&product, 5).await.unwrap().score, before.score);
    assert!(lessons::undo(&product.app, AsfId(2), taught[0].id).await.is_err(), "nobody else may");
}

#[tokio::test]
async fn wrong_place_narrows_the_area_and_a_second_time_closes_it() {
    let mut needs = cleanings();
    needs[4].lots[0].places = Place::parse_list("0643").unwrap();
    let product = with(cleaner(), &needs).await;
    let habo = of_lot(&product, 5).await.unwrap();
    let taught = decline(&product, 1, "wrong_place").await;
    assert_eq!(taught[0].taught, Taught::Place(Place::parse("0680").unwrap()));
    let near = of_lot(&product, 2).await.unwrap();
    assert_eq!(near.strength, Strength::Possible);
    assert!(near.objections.iter().any(|o| matches!(o, Objection::DeclinedPlace { .. })), "{near:?}");
    assert!(!near.reasons.iter().any(|r| matches!(r, Reason::Place { .. })), "{near:?}");
    decline(&product, 2, "wrong_place").await;
    assert_eq!(of_lot(&product, 3).await, None);
    assert_eq!(of_lot(&product, 5).await.unwrap(), habo, "other places stay as they were");
    lessons::undo(&product.app, AsfId(1), taught[0].id).await.unwrap();
    assert_eq!(of_lot(&product, 3).await.unwrap().strength, Strength::Possible);
}

#[tokio::test]
async fn no_time_pauses_until_a_day() {
    let product = with(cleaner(), &cleanings()).await;
    let taught = decline(&product, 1, "no_time").await;
    let until = local_date(product.now()) + chrono::Days::new(28);
    assert_eq!(taught[0].taught, Taught::Pause(until));
    assert_eq!(asf(&product).await.paused_until, Some(until));
    assert_eq!(of_lot(&product, 2).await, None);
    let week = IsoWeek::at(product.now());
    let report = digests::queue_weekly(&product.app, week, Run::Queue).await.unwrap();
    assert_eq!((report.messages, report.skipped.get("paused")), (0, Some(&1)));
    lessons::undo(&product.app, AsfId(1), taught[0].id).await.unwrap();
    assert_eq!(asf(&product).await.paused_until, None);
    assert!(of_lot(&product, 2).await.is_some());
}

#[tokio::test]
async fn an_answer_that_changes_takes_its_lesson_along() {
    let product = with(cleaner(), &cleanings()).await;
    decline(&product, 1, "wrong_work").await;
    decline(&product, 1, "too_large").await;
    let kinds = |asf: &Asf| asf.lessons.iter().map(|l| l.taught.columns().0).collect::<Vec<_>>();
    assert_eq!(kinds(&asf(&product).await), ["size"]);
    decline(&product, 1, "other").await;
    assert!(asf(&product).await.lessons.is_empty());
}

#[tokio::test]
async fn a_code_that_made_the_suggestion_is_lowered_with_it() {
    let mut skilled = cleaner();
    skilled.capabilities[0].cpv = Cpv::parse_list("90911200").unwrap();
    let mut needs = cleanings();
    needs.iter_mut().for_each(|need| need.lots[0].cpv = Cpv::parse_list("90911200").unwrap());
    let product = with(skilled, &needs).await;
    let taught = decline(&product, 1, "wrong_work").await;
    assert!(taught.iter().any(|lesson| lesson.taught == Taught::Code("9091".to_owned())), "{taught:?}");
    for lot in 2..=3 {
        if of_lot(&product, lot).await.is_some() {
            decline(&product, lot, "wrong_work").await;
        }
    }
    assert_eq!(of_lot(&product, 5).await, None);
}

#[tokio::test]
async fn a_full_run_finds_the_same_with_lessons_as_single_changes() {
    let mut needs = cleanings();
    needs.push(cleaning_request());
    let product = with(cleaner(), &needs).await;
    decline(&product, 1, "wrong_work").await;
    let lots: Vec<LotId> = (1..=6).map(LotId).collect();
    let before = store::pairings::list_for_lots(&product.app.db, &lots).await.unwrap();
    matching::run_all(&product.app).await.unwrap();
    assert_eq!(store::pairings::list_for_lots(&product.app.db, &lots).await.unwrap(), before);
}
