//! Correcting a lot for the matcher: shown before it is saved, seen from both sides, kept over a new version of
//! the notice, and taken back.

use axum::http::StatusCode;
use samhandla::{
    domain::{
        asf::AsfId,
        cpv::Cpv,
        mail_policy::{Facts, Hold, MailPolicy},
        need::{LotId, NewNeed},
        pairing::Strength,
        place::Place,
        reason::Reason,
        schedule::IsoWeek,
        tuning::Tuning,
        user::Role,
    },
    service::{
        digests::{self, Run},
        matching::{self, Report},
        tunings,
    },
    store,
};

use crate::{
    pages::Visitor,
    support::product::{self, Product, cleaner, joiner, request},
};

/// A request whose words say too little.
fn vague() -> NewNeed {
    request("vag-1", "Hjälp i lokalen", "Vi vill ha hjälp hos oss en gång i veckan.")
}

async fn with_vague() -> (Product, Visitor, LotId) {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[vague()]).await;
    let visitor = Visitor::signed_in(&product, Role::Coordinator).await;
    let need = store::needs::list_latest(&product.app.db, 1).await.unwrap().pop().unwrap();
    (product, visitor, need.lots[0].id)
}

async fn suggested(product: &Product, lot: LotId) -> Vec<(AsfId, Strength, Vec<Reason>)> {
    let mut pairings = store::pairings::list_for_lots(&product.app.db, &[lot]).await.unwrap();
    pairings.sort_by_key(|pairing| pairing.asf_id);
    pairings.into_iter().map(|pairing| (pairing.asf_id, pairing.strength, pairing.reasons)).collect()
}

async fn asf_named(product: &Product, name: &str) -> AsfId {
    tunings::named(&product.app, name).await.unwrap()
}

#[tokio::test]
async fn what_a_correction_gives_is_shown_before_it_is_saved_and_mailed_after() {
    let (product, visitor, lot) = with_vague().await;
    let path = format!("/justera/{}", lot.0);
    assert!(visitor.get(&path).await.body.contains("Ingen ASF passar"));
    let shown = visitor.post(&path, "words=kontorsst%C3%A4dning&gor=visa").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("Skurborsten") && shown.body.contains("1 tillkommer"), "{}", shown.body);
    assert!(suggested(&product, lot).await.is_empty(), "looking stores nothing");
    assert_eq!(visitor.post(&path, "words=kontorsst%C3%A4dning&gor=spara").await.status, StatusCode::SEE_OTHER);
    assert_eq!(suggested(&product, lot).await.len(), 1);
    let dry = digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Dry).await.unwrap();
    assert_eq!(dry.pairings, 1);
    let page = visitor.get(&path).await.body;
    assert!(page.contains("coordinator@staff.example") && page.contains("kontorsstädning"), "{page}");
}

#[tokio::test]
async fn both_directions_and_a_full_run_see_the_same_correction() {
    let (product, _, lot) = with_vague().await;
    let joiner_id = asf_named(&product, "Hyvelspånet").await;
    let tuning = Tuning {
        words: "städning".to_owned(),
        places: Place::parse_list("0643").unwrap(),
        added: vec![joiner_id],
        reason: "De ringde och vill".to_owned(),
        ..Tuning::default()
    };
    tunings::save(&product.app, lot, &tuning, "c").await.unwrap();
    let from_the_lot = suggested(&product, lot).await;
    assert_eq!(from_the_lot.len(), 2, "{from_the_lot:?}");
    let added = from_the_lot.iter().find(|(asf, ..)| *asf == joiner_id).unwrap();
    assert_eq!(added.2[0], Reason::Added { why: "De ringde och vill".to_owned() });
    for id in [joiner_id, asf_named(&product, "skurb").await] {
        let asf = store::asf::find(&product.app.db, id).await.unwrap().unwrap();
        matching::match_asf(&product.app, &asf, &mut Report::default()).await.unwrap();
    }
    assert_eq!(suggested(&product, lot).await, from_the_lot);
    matching::run_all(&product.app).await.unwrap();
    assert_eq!(suggested(&product, lot).await, from_the_lot);
}

#[tokio::test]
async fn a_correction_survives_a_new_version_and_is_gone_when_it_is_taken_back() {
    let (product, visitor, lot) = with_vague().await;
    let tuning = Tuning { words: "städning".to_owned(), ..Tuning::default() };
    tunings::save(&product.app, lot, &tuning, "c").await.unwrap();
    let newer = NewNeed { text: "Vi vill ha hjälp hos oss två gånger i veckan.".to_owned(), ..vague() };
    product.take_in(&[], &[newer]).await;
    assert_eq!(suggested(&product, lot).await.len(), 1);
    let (need, stored) = tunings::find(&product.app, lot).await.unwrap();
    assert!(need.text.contains("två gånger") && stored.tuning == Some(tuning));
    let back = format!("/justera/{}/ta-tillbaka", lot.0);
    assert_eq!(visitor.post(&back, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.post(&back, "").await.status, StatusCode::SEE_OTHER, "once more changes nothing");
    assert!(suggested(&product, lot).await.is_empty());
    assert!(visitor.get(&format!("/justera/{}", lot.0)).await.body.contains("Togs tillbaka"));
}

#[tokio::test]
async fn whoever_is_excluded_is_not_suggested_from_either_side_and_can_come_back() {
    let (product, visitor, lot) = with_vague().await;
    let id = asf_named(&product, "Skurborsten").await;
    let path = format!("/justera/{}", lot.0);
    let save = format!("words=st%C3%A4dning&ut_{}=1&reason=De+har+inte+tid&gor=spara", id.0);
    assert_eq!(visitor.post(&path, &save).await.status, StatusCode::SEE_OTHER);
    assert!(suggested(&product, lot).await.is_empty());
    let asf = store::asf::find(&product.app.db, id).await.unwrap().unwrap();
    matching::match_asf(&product.app, &asf, &mut Report::default()).await.unwrap();
    assert!(suggested(&product, lot).await.is_empty());
    assert!(visitor.get(&path).await.body.contains("Ta inte med Skurborsten"), "so that it can be undone");
    visitor.post(&path, "words=st%C3%A4dning&gor=spara").await;
    assert_eq!(suggested(&product, lot).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_correction_comes_back_as_typed_and_stores_nothing() {
    let (product, visitor, lot) = with_vague().await;
    let path = format!("/justera/{}", lot.0);
    let long = "%C3%A5".repeat(301);
    for (form, kept) in [
        ("gor=spara".to_owned(), "Skriv eller välj"),
        ("cpv=abc&gor=spara".to_owned(), "value=\"abc\""),
        ("places=Atlantis!&gor=spara".to_owned(), "Atlantis!"),
        (format!("words={long}&gor=spara"), "högst 300 tecken"),
        ("ut_1=1&gor=spara".to_owned(), "Skriv varför"),
        ("ny_asf=Finns+inte&reason=x&gor=spara".to_owned(), "value=\"Finns inte\""),
        ("ny_asf=%25&reason=x&gor=spara".to_owned(), "hittar ingen ASF"),
        ("words=%3Cscript%3E&cpv=%E2%80%AE%F0%9F%98%80&gor=spara".to_owned(), "&lt;script&gt;"),
    ] {
        let answer = visitor.post(&path, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains(kept) && answer.body.contains("error-summary"), "{form}: {}", answer.body);
    }
    assert!(store::tunings::history(&product.app.db, lot).await.unwrap().is_empty());
    assert_eq!(visitor.get("/justera/999").await.status, StatusCode::NOT_FOUND);
    assert_eq!(Visitor::new(&product).get(&path).await.headers["location"], "/logga-in");
    let asf = Visitor::signed_in(&product, Role::Asf).await;
    assert_eq!(asf.post(&path, "words=x&gor=spara").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_asf_is_added_by_a_part_of_its_name_and_reads_who_added_it() {
    let (product, visitor, lot) = with_vague().await;
    let path = format!("/justera/{}", lot.0);
    let shown = visitor.post(&path, "ny_asf=hyvelsp%C3%A5n&reason=De+ringde&gor=visa").await.body;
    assert!(shown.contains("Tillagd av samordnaren: De ringde"), "{shown}");
    let id = asf_named(&product, "Hyvelspånet").await;
    let save = format!("med_{}=1&reason=De+ringde&gor=spara", id.0);
    visitor.post(&path, &save).await;
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap();
    let mail = product.messages().await.pop().unwrap();
    assert!(
        mail.recipient.contains("hyvelsp") && mail.text.contains("Samordnaren lade till er: De ringde"),
        "{mail:?}"
    );
}

#[tokio::test]
async fn the_rules_for_mailing_go_by_the_corrected_place_and_codes() {
    let (product, _, lot) = with_vague().await;
    let policy = |name: &str, value: &str| {
        MailPolicy::parse(&[(name.to_owned(), value.to_owned())].into_iter().collect()).unwrap()
    };
    let holds = async |policy: &MailPolicy| {
        let (need, stored) = tunings::find(&product.app, lot).await.unwrap();
        policy.hold(&Facts::new(&need, &stored, true, None), product.now())
    };
    let (elsewhere, other_codes) = (policy("places", "SE110"), policy("cpv", "9091"));
    assert_eq!(holds(&elsewhere).await, Some(Hold::Place));
    let cpv = Cpv::parse_list("55520000").unwrap();
    tunings::save(&product.app, lot, &Tuning { cpv, ..Tuning::default() }, "c").await.unwrap();
    assert_eq!(holds(&other_codes).await, Some(Hold::Cpv));
    let tuning = Tuning {
        cpv: Cpv::parse_list("90910000").unwrap(),
        places: Place::parse_list("SE110").unwrap(),
        ..Tuning::default()
    };
    tunings::save(&product.app, lot, &tuning, "c").await.unwrap();
    assert_eq!(holds(&elsewhere).await, None);
    assert_eq!(holds(&other_codes).await, None);
}
