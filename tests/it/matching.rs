//! Pairings follow what changes on either side, from either side.

use samhandla::{
    domain::{
        need::LotId,
        pairing::{PairingState, Strength},
        place::Place,
    },
    service::matching,
    store::pairings,
};

use crate::support::product::{self, cleaner, cleaning_request, joiner, request};

#[tokio::test]
async fn a_newcomer_is_matched_with_open_needs_the_day_it_joins() {
    let product = product::empty().await;
    product.take_in(&[], &[cleaning_request()]).await;
    product.take_in(&[cleaner()], &[]).await;
    let found = pairings::list_for_lots(&product.app.db, &[LotId(1)]).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].strength, Strength::Strong);
    assert!(found[0].reasons.iter().any(samhandla::domain::reason::Reason::is_evidence));
}

#[tokio::test]
async fn both_directions_find_the_same_pairings() {
    let needs = || {
        [
            cleaning_request(),
            request("behov-2", "Odlingslådor till gården", "Vi vill ha sex odlingslådor i trä."),
            request("behov-3", "Programmering av robot", "Konsult till svetsrobot."),
        ]
    };
    let from_needs = product::empty().await;
    from_needs.take_in(&[cleaner(), joiner()], &[]).await;
    from_needs.take_in(&[], &needs()).await;
    let from_asf = product::empty().await;
    from_asf.take_in(&[], &needs()).await;
    from_asf.take_in(&[cleaner(), joiner()], &[]).await;
    let lots = [LotId(1), LotId(2), LotId(3)];
    let one = pairings::list_for_lots(&from_needs.app.db, &lots).await.unwrap();
    let other = pairings::list_for_lots(&from_asf.app.db, &lots).await.unwrap();
    let essence = |found: &[samhandla::domain::pairing::Pairing]| {
        let mut all: Vec<_> = found.iter().map(|p| (p.lot_id, p.asf_id, p.strength, p.reasons.clone())).collect();
        all.sort_by_key(|(lot, asf, ..)| (*lot, *asf));
        all
    };
    assert!(!one.is_empty());
    assert_eq!(essence(&one), essence(&other));
}

#[tokio::test]
async fn a_full_run_finds_what_single_changes_found() {
    let product = product::empty().await;
    product.take_in(&[cleaner(), joiner()], &[cleaning_request()]).await;
    let before = pairings::list_for_lots(&product.app.db, &[LotId(1)]).await.unwrap();
    matching::run_all(&product.app).await.unwrap();
    assert_eq!(pairings::list_for_lots(&product.app.db, &[LotId(1)]).await.unwrap(), before);
}

#[tokio::test]
async fn a_need_that_moves_out_of_reach_withdraws_its_suggestions() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[cleaning_request()]).await;
    let mut moved = cleaning_request();
    moved.lots[0].places = Place::parse_list("SE110").unwrap();
    product.take_in(&[], &[moved]).await;
    assert!(pairings::list_for_lots(&product.app.db, &[LotId(1)]).await.unwrap().is_empty());
    product.take_in(&[], &[cleaning_request()]).await;
    let back = pairings::list_for_lots(&product.app.db, &[LotId(1)]).await.unwrap();
    assert_eq!(back[0].state, PairingState::Suggested);
}

#[tokio::test]
async fn an_asf_without_the_trade_is_never_suggested() {
    let product = product::empty().await;
    product.take_in(&[joiner()], &[cleaning_request()]).await;
    assert!(pairings::list_for_lots(&product.app.db, &[LotId(1)]).await.unwrap().is_empty());
}

#[tokio::test]
async fn odd_needs_are_answered_or_left_in_silence_and_never_stop_the_others() {
    let product = product::empty().await;
    let long = "städning av kontor och lokaler ".repeat(7_000);
    let odd = [
        ("ett ord", "Städning", String::new()),
        ("långt", "Lokaler", long.clone()),
        ("lång rubrik", long.as_str(), String::new()),
        ("engelska", "Office cleaning twice a week", "We need somebody to clean our office.".to_owned()),
        ("finska", "Toimistosiivous", "Tarvitsemme siivousta kaksi kertaa viikossa.".to_owned()),
        ("arabiska", "تنظيف المكاتب", "نحتاج إلى خدمات تنظيف".to_owned()),
        ("tecken", "!!! ??? \u{202e}---", "\u{feff}".to_owned()),
        ("ett långt ord", &"x".repeat(50_000), String::new()),
    ];
    let mut needs: Vec<_> = odd.iter().map(|(id, title, text)| request(id, title, text)).collect();
    let mut only_code = request("bara kod", "Tjänster", "");
    only_code.lots[0].cpv = samhandla::domain::cpv::Cpv::parse_list("90910000|12345678").unwrap();
    needs.push(only_code);
    product.take_in(&[cleaner(), joiner()], &needs).await;
    let suggested = |lot: i64| {
        let db = product.app.db.clone();
        async move { pairings::list_for_lots(&db, &[LotId(lot)]).await.unwrap().len() }
    };
    assert_eq!(suggested(1).await, 1, "one word");
    assert_eq!(suggested(4).await, 1, "English");
    assert_eq!(suggested(9).await, 1, "only a code");
    for silent in 5..=8_usize {
        let lot = i64::try_from(silent).unwrap();
        assert_eq!(suggested(lot).await, 0, "{}", odd[silent - 1].0);
    }
}
