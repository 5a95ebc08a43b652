//! Small notices of our own in the older format: each test changes the one thing that it is about.

use crate::{
    domain::{
        award::{AwardKind, Outcome},
        language::TextLanguage,
        need::{NeedStatus, NewNeed},
        notice::NoticeForm,
        reservation::Reservation,
    },
    intake::{Reading, read_needs},
};

const NOTICE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" xmlns:n="nuts" DOC_ID="100010-2021">
<CODED_DATA_SECTION><REF_OJS><DATE_PUB>20210310</DATE_PUB></REF_OJS>
<NOTICE_DATA><NO_DOC_OJS>2021/S 050-100010</NO_DOC_OJS><URI_LIST><URI_DOC LG="SV">https://ted.example/100010</URI_DOC></URI_LIST>
<LG_ORIG>SV</LG_ORIG><n:PERFORMANCE_NUTS CODE="SE211">x</n:PERFORMANCE_NUTS></NOTICE_DATA>
<CODIF_DATA><DS_DATE_DISPATCH>20210308</DS_DATE_DISPATCH></CODIF_DATA></CODED_DATA_SECTION>
<FORM_SECTION><F02_2014 LG="SV" CATEGORY="ORIGINAL" FORM="F02">
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Emåsjöns kommun</OFFICIALNAME><NATIONALID>212900-1026</NATIONALID>
<TOWN>Vetlanda</TOWN><COUNTRY VALUE="SE"/></ADDRESS_CONTRACTING_BODY><URL_DOCUMENT>https://a.example/doc</URL_DOCUMENT></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Lokalvård</P></TITLE><CPV_MAIN><CPV_CODE CODE="90910000"/></CPV_MAIN><TYPE_CONTRACT CTYPE="SERVICES"/>
<SHORT_DESCR><P>Städning av skolor</P><P>och förskolor i kommunen.</P></SHORT_DESCR>
<OBJECT_DESCR ITEM="1"><TITLE><P>Norr</P></TITLE><LOT_NO>1</LOT_NO><n:NUTS CODE="SE211"/><VAL_OBJECT CURRENCY="SEK">400000.00</VAL_OBJECT></OBJECT_DESCR>
<OBJECT_DESCR ITEM="2"><TITLE><P>Söder</P></TITLE><LOT_NO>2</LOT_NO><DURATION TYPE="MONTH">24</DURATION></OBJECT_DESCR></OBJECT_CONTRACT>
<LEFTI></LEFTI>
<PROCEDURE><FRAMEWORK/><DATE_RECEIPT_TENDERS>2021-04-12</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>23:59</TIME_RECEIPT_TENDERS></PROCEDURE>
</F02_2014></FORM_SECTION></TED_EXPORT>"#;

const AWARDS: &str = r#"<NOTICE_NUMBER_OJ>2021/S 040-100001</NOTICE_NUMBER_OJ></PROCEDURE>
<AWARD_CONTRACT ITEM="1"><CONTRACT_NO>K1</CONTRACT_NO><LOT_NO>2</LOT_NO><AWARDED_CONTRACT><DATE_CONCLUSION_CONTRACT>2021-06-01</DATE_CONCLUSION_CONTRACT>
<CONTRACTORS><NO_AWARDED_TO_GROUP/><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Skurborsten</OFFICIALNAME><NATIONALID>556517-5592</NATIONALID>
<COUNTRY VALUE="SE"/></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS><VALUES><VAL_TOTAL CURRENCY="SEK">380000</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>
<AWARD_CONTRACT ITEM="2"><LOT_NO>1</LOT_NO><NO_AWARDED_CONTRACT><PROCUREMENT_DISCONTINUED/></NO_AWARDED_CONTRACT></AWARD_CONTRACT>"#;

fn with(from: &str, to: &str) -> String {
    assert!(NOTICE.contains(from), "{from}");
    NOTICE.replace(from, to)
}

fn reading(xml: &str) -> Reading<NewNeed> {
    read_needs("n.xml", xml.as_bytes()).next().unwrap().reading
}

#[track_caller]
fn need(xml: impl AsRef<str>) -> NewNeed {
    match reading(xml.as_ref()) {
        Reading::Read(need) => need,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_contract_notice_becomes_a_need_with_its_lots() {
    let need = need(NOTICE);
    assert_eq!((need.source.as_str(), need.publication_no.as_deref()), ("ted-export", Some("100010-2021")));
    assert_eq!(
        (need.title.as_str(), need.text.as_str()),
        ("Lokalvård", "Städning av skolor och förskolor i kommunen.")
    );
    assert_eq!((need.status, need.language), (NeedStatus::Open, TextLanguage::Sv));
    assert_eq!(need.keys[0].as_str(), "ted:100010-2021");
    assert_eq!(need.buyer.org_no.unwrap().as_str(), "2129001026");
    assert_eq!(
        (need.published_on.unwrap().to_string(), need.url.as_deref()),
        ("2021-03-10".to_owned(), Some("https://a.example/doc"))
    );
    let [north, south] = &need.lots[..] else { panic!() };
    assert_eq!((north.lot_no.as_str(), north.title.as_str(), north.value_sek), ("LOT-0001", "Norr", Some(400_000)));
    assert_eq!((south.lot_no.as_str(), south.value_sek, south.cpv[0].as_str()), ("LOT-0002", None, "90910000"));
    assert_eq!(south.places, north.places, "a lot without a place has that of the contract");
    assert_eq!(north.deadline_at.unwrap().to_rfc3339(), "2021-04-12T21:59:00+00:00");
    assert!(north.contract.framework.is_some() && south.contract.duration.is_some());
}

#[test]
fn the_form_and_its_kind_decide_what_a_notice_is_for() {
    let form = |name: &str, kind: &str| {
        let opened = format!("<{name} LG=\"SV\" CATEGORY=\"ORIGINAL\" FORM=\"F02\">{kind}");
        let xml = with("<F02_2014 LG=\"SV\" CATEGORY=\"ORIGINAL\" FORM=\"F02\">", &opened);
        need(xml.replace("</F02_2014>", &format!("</{name}>"))).notice.unwrap().form
    };
    assert_eq!(form("F05_2014", ""), NoticeForm::Competition);
    assert_eq!(form("F01_2014", "<NOTICE TYPE=\"PRI_ONLY\"/>"), NoticeForm::Planning);
    assert_eq!(form("F01_2014", "<NOTICE TYPE=\"PRI_CALL_COMPETITION\"/>"), NoticeForm::Competition);
    assert_eq!(form("F21_2014", "<NOTICE TYPE=\"CONTRACT\"/>"), NoticeForm::Competition);
    assert_eq!(form("F21_2014", "<NOTICE TYPE=\"AWARD_CONTRACT\"/>"), NoticeForm::Result);
    assert_eq!(form("F15_2014", ""), NoticeForm::Voluntary);
    assert_eq!(form("F20_2014", ""), NoticeForm::Modification);
    let skipped = |name: &str| match reading(&NOTICE.replace("F02_2014", name)) {
        Reading::Skipped { reason } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!((skipped("F08_2014"), skipped("OTH_NOT")), ("buyer-profile-notice", "unknown-ted-form"));
}

#[test]
fn an_award_names_the_winner_of_its_lot_and_the_notice_that_it_ends() {
    let xml = with("</PROCEDURE>", AWARDS).replace("F02_2014", "F03_2014");
    let need = need(xml);
    assert_eq!((need.status, need.keys[1].as_str()), (NeedStatus::Closed, "ted:100001-2021"));
    let results = need.notice.unwrap().results;
    assert_eq!(results[1].outcome, Outcome::NoWinner);
    assert_eq!((results[0].lot_no.as_str(), results[0].outcome), ("LOT-0002", Outcome::Won));
    let award = &results[0].awards[0];
    assert_eq!(
        (award.winner_name.as_str(), award.value_sek, award.kind),
        ("Skurborsten", Some(380_000), AwardKind::Contract)
    );
    assert_eq!((award.shared, award.decided_on.unwrap().to_string()), (false, "2021-06-01".to_owned()));
    assert_eq!(award.winner_org_no.as_ref().unwrap().as_str(), "5565175592");
}

#[test]
fn a_corrigendum_tells_only_what_changes() {
    let changes = "<COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2021/S 040-100001</NOTICE_NUMBER_OJ></COMPLEMENTARY_INFO><CHANGES>\
        <CHANGE><WHERE><LOT_NO>2</LOT_NO></WHERE><OLD_VALUE><DATE>2021-04-12</DATE></OLD_VALUE>\
        <NEW_VALUE><DATE>2021-05-03</DATE><TIME>12:00</TIME></NEW_VALUE></CHANGE>\
        <CHANGE><WHERE/><OLD_VALUE><TEXT><P>skolor</P></TEXT></OLD_VALUE><NEW_VALUE><TEXT><P>gymnasier</P></TEXT></NEW_VALUE></CHANGE></CHANGES><LEFTI>";
    let notice = need(with("<LEFTI>", changes).replace("F02_2014", "F14_2014")).notice.unwrap();
    assert_eq!((notice.form, notice.changes.unwrap().as_str()), (NoticeForm::Change, "ted:100001-2021"));
    let [deadline, words] = &notice.corrections[..] else { panic!() };
    assert_eq!(deadline.deadline_at.unwrap().to_rfc3339(), "2021-05-03T10:00:00+00:00");
    assert_eq!(deadline.lot_no, "2");
    assert_eq!(words.replaced, Some(("skolor".to_owned(), "gymnasier".to_owned())));
}

#[test]
fn a_reservation_holds_for_every_lot() {
    let check = |element: &str, expected| {
        let need = need(with("<LEFTI>", &format!("<LEFTI><{element}/>")));
        assert!(need.lots.iter().all(|lot| lot.reservation == expected), "{element}");
    };
    check("RESTRICTED_SHELTERED_WORKSHOP", Reservation::ShelteredOrIntegration);
    check("RESTRICTED_SHELTERED_PROGRAM", Reservation::ShelteredProgramme);
    check("RESERVED_ORGANISATIONS_SERVICE_MISSION", Reservation::Participatory);
}

#[test]
fn what_lacks_its_parts_is_refused_with_the_reason() {
    let refused = |xml: &str| match reading(xml) {
        Reading::Rejected(refusal) => refusal.rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused("<TED_EXPORT/>"), "rejected-not-notice");
    assert_eq!(refused(&with("100010-2021", "x").replace("2021/S 050-100010", "y")), "rejected-notice-id");
    assert_eq!(refused(&with("CODE=\"90910000\"", "CODE=\"9091\"")), "rejected-cpv");
    assert_eq!(refused(&with("2021-04-12", "2021-04-31")), "rejected-date");
    assert_eq!(refused(&with(">20210308<", ">20211308<")), "rejected-date");
}
