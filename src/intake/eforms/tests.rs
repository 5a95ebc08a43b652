//! Small notices of our own: each test changes the one thing that it is about.

use crate::{
    domain::{
        award::{NewAward, Outcome},
        language::TextLanguage,
        need::{NeedStatus, NewLot, NewNeed},
        reservation::{Reservation, SocialConsideration},
    },
    intake::{MAX_PIECE_BYTES, Reading, Record, Refusal, read_needs, tree::MAX_DEPTH},
};

const NOTICE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
 xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"
 xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
 xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
 <efac:Organizations><efac:Organization>
  <efac:Company>
   <cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>
   <cac:PartyName><cbc:Name languageID="SWE">Exempelköpings kommun</cbc:Name></cac:PartyName>
   <cac:PostalAddress><cbc:CityName>Vetlanda</cbc:CityName><cac:Country><cbc:IdentificationCode>SWE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
   <cac:PartyLegalEntity><cbc:CompanyID>556517-5592</cbc:CompanyID></cac:PartyLegalEntity>
  </efac:Company>
  <efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification></efac:TouchPoint>
 </efac:Organization></efac:Organizations>
 <efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">00000001-2026</efbc:NoticePublicationID><efbc:PublicationDate>2026-03-02Z</efbc:PublicationDate></efac:Publication>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID schemeName="notice-id">notice-1</cbc:ID>
<cbc:ContractFolderID>procedure-1</cbc:ContractFolderID>
<cbc:IssueDate>2026-03-01+01:00</cbc:IssueDate><cbc:IssueTime>12:30:00+01:00</cbc:IssueTime>
<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>SWE</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:ProcurementProject>
 <cbc:Name languageID="ENG">Cleaning</cbc:Name><cbc:Name languageID="SWE">Lokalvård</cbc:Name>
 <cbc:Description languageID="SWE">Städning &#229;ret runt</cbc:Description>
 <cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="SEK">900000</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
 <cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">90910000</cbc:ItemClassificationCode></cac:MainCommodityClassification>
 <cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>SE211</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>
</cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
 <cac:TenderingTerms></cac:TenderingTerms>
 <cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-04-19+02:00</cbc:EndDate><cbc:EndTime>23:59:00+02:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>
 <cac:ProcurementProject><cbc:Name languageID="SWE">Förskolor</cbc:Name></cac:ProcurementProject>
</cac:ProcurementProjectLot>
</ContractNotice>"#;

const DEADLINE: &str = "<cbc:EndDate>2026-04-19+02:00</cbc:EndDate><cbc:EndTime>23:59:00+02:00</cbc:EndTime>";
const TERMS: &str = "<cac:TenderingTerms></cac:TenderingTerms>";
const LOT_NAME: &str = "<cbc:Name languageID=\"SWE\">Förskolor</cbc:Name>";

fn with(from: &str, to: &str) -> String {
    assert!(NOTICE.contains(from), "{from}");
    NOTICE.replace(from, to)
}

fn record(bytes: &[u8]) -> Record<NewNeed> {
    let mut records: Vec<_> = read_needs("n.xml", bytes).collect();
    assert_eq!(records.len(), 1);
    records.remove(0)
}

#[track_caller]
fn need(xml: impl AsRef<[u8]>) -> NewNeed {
    match record(xml.as_ref()).reading {
        Reading::Read(need) => need,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn only_lot(xml: impl AsRef<[u8]>) -> NewLot {
    let mut lots = need(xml).lots;
    assert_eq!(lots.len(), 1);
    lots.remove(0)
}

#[track_caller]
fn refusal(xml: impl AsRef<[u8]>) -> Refusal {
    match record(xml.as_ref()).reading {
        Reading::Rejected(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check_refused(xml: impl AsRef<[u8]>, rule: &str, detail: &str) {
    let refusal = refusal(xml);
    assert_eq!(refusal.rule, rule, "{refusal}");
    assert!(refusal.detail.contains(detail), "{refusal}");
}

fn places(lot: &NewLot) -> Vec<String> {
    lot.places.iter().map(ToString::to_string).collect()
}

#[test]
fn a_notice_becomes_a_need_with_what_its_lot_leaves_out_from_the_procedure() {
    let need = need(NOTICE);
    assert_eq!((need.source.as_str(), need.external_id.as_str()), ("eforms", "procedure-1"));
    assert_eq!((need.title.as_str(), need.text.as_str()), ("Lokalvård", "Städning året runt"));
    assert_eq!((need.status, need.language), (NeedStatus::Open, TextLanguage::Sv));
    assert_eq!(need.issued_at.unwrap().to_rfc3339(), "2026-03-01T11:30:00+00:00");
    assert_eq!(need.publication_no.as_deref(), Some("00000001-2026"));
    assert_eq!(need.published_on.unwrap().to_string(), "2026-03-02");
    assert_eq!(need.buyer.name, "Exempelköpings kommun");
    assert_eq!(need.buyer.org_no.unwrap().as_str(), "5565175592");
    assert_eq!(need.buyer.municipality.unwrap().code(), "0685");
    let lot = &need.lots[0];
    assert_eq!((lot.lot_no.as_str(), lot.title.as_str()), ("LOT-0001", "Förskolor"));
    assert_eq!((lot.text.as_str(), lot.cpv[0].as_str()), ("Städning året runt", "90910000"));
    assert_eq!((places(lot), lot.value_sek), (vec!["06".to_owned()], Some(900_000)));
    assert_eq!(lot.deadline_at.unwrap().to_rfc3339(), "2026-04-19T21:59:00+00:00");
    assert_eq!(record(NOTICE.as_bytes()).record, "notice-1");
}

#[test]
fn prefixes_and_encodings_are_the_publishers_own() {
    let renamed = NOTICE.replace("cac:", "x:").replace("xmlns:cac", "xmlns:x");
    let renamed =
        renamed.replace("<ContractNotice xmlns=", "<u:ContractNotice xmlns:u=").replace("</Contract", "</u:Contract");
    assert_eq!(need(renamed), need(NOTICE));
    assert_eq!(need(format!("\u{FEFF}{NOTICE}")), need(NOTICE));
    let utf16: Vec<u8> =
        format!("\u{FEFF}{}", with("UTF-8", "UTF-16")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(need(utf16), need(NOTICE));
    let latin =
        |label: &str| with("UTF-8", label).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    assert_eq!(need(latin("ISO-8859-1")), need(NOTICE));
    assert_eq!(need(latin(&format!("ISO-8859-1\"{} standalone=\"no", " ".repeat(200)))), need(NOTICE));
    let wrong = latin("UTF-8");
    let at = wrong.iter().position(|byte| *byte == 0xF6).unwrap();
    check_refused(&wrong, "rejected-encoding", &format!("not UTF-8 at byte {at}"));
    check_refused(with("UTF-8", "x-unknown"), "rejected-encoding", "x-unknown");
    check_refused(with("UTF-8", "UTF-16"), "rejected-encoding", "byte 0");
}

#[test]
fn a_deadline_with_two_offsets_is_the_earlier_instant_and_doubtful() {
    let check = |period: &str, expected: &str, is_doubtful| {
        let lot = only_lot(with(DEADLINE, period));
        assert_eq!((lot.deadline_at.unwrap().to_rfc3339(), lot.deadline_doubtful), (expected.to_owned(), is_doubtful));
    };
    check(
        "<cbc:EndDate>2026-04-19+02:00</cbc:EndDate><cbc:EndTime>23:59:00+01:00</cbc:EndTime>",
        "2026-04-19T21:59:00+00:00",
        true,
    );
    check(
        "<cbc:EndDate>2026-04-19</cbc:EndDate><cbc:EndTime>23:59:00Z</cbc:EndTime>",
        "2026-04-19T23:59:00+00:00",
        false,
    );
    check(
        "<cbc:EndDate>2026-04-19</cbc:EndDate><cbc:EndTime>12:00:00</cbc:EndTime>",
        "2026-04-19T10:00:00+00:00",
        false,
    );
    check("<cbc:EndDate>2026-04-19+02:00</cbc:EndDate>", "2026-04-19T21:59:00+00:00", false);
    assert_eq!(only_lot(with(DEADLINE, "")).deadline_at, None);
    let requests = with("TenderSubmissionDeadlinePeriod", "ParticipationRequestReceptionPeriod");
    assert!(only_lot(requests).deadline_at.is_some());
}

#[test]
fn reservations_are_read_wherever_they_stand_in_the_lot() {
    let check = |terms: &str, reservation, social: &[SocialConsideration]| {
        let lot = only_lot(with(TERMS, &format!("<cac:TenderingTerms>{terms}</cac:TenderingTerms>")));
        assert_eq!((lot.reservation, lot.social.as_slice()), (reservation, social), "{terms}");
    };
    let participation = |code: &str| {
        format!(
            "<cac:TendererQualificationRequest><cbc:CompanyLegalFormCode>x</cbc:CompanyLegalFormCode>\
             <cac:SpecificTendererRequirement><cbc:TendererRequirementTypeCode listName=\"reserved-procurement\">{code}\
             </cbc:TendererRequirementTypeCode></cac:SpecificTendererRequirement></cac:TendererQualificationRequest>"
        )
    };
    let execution = |list: &str| {
        format!(
            "<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode listName=\"{list}\">yes</cbc:ExecutionRequirementCode></cac:ContractExecutionRequirement>"
        )
    };
    let social = [SocialConsideration::Reservation];
    check(&participation("none"), Reservation::None, &[]);
    check(&participation("res-ws"), Reservation::ShelteredOrIntegration, &social);
    check(&participation("res-pub-ser"), Reservation::Participatory, &social);
    check(&execution("reserved-execution"), Reservation::ShelteredProgramme, &social);
    check(&execution("conditions"), Reservation::None, &[]);
}

#[test]
fn a_social_objective_counts_only_when_it_is_work_for_people() {
    let check = |codes: &[(&str, &str)], expected: &[SocialConsideration]| {
        let types: String = codes
            .iter()
            .map(|(list, code)| {
                format!("<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName=\"{list}\">{code}</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>")
            })
            .collect();
        assert_eq!(only_lot(with(LOT_NAME, &types)).social, expected, "{codes:?}");
    };
    let social = ("strategic-procurement", "soc-obj");
    check(&[social, ("social-objective", "opp")], &[SocialConsideration::Employment]);
    check(&[social, ("social-objective", "gen-eq")], &[SocialConsideration::Unclear]);
    check(&[("social-objective", "acc-all")], &[]);
    check(&[("strategic-procurement", "env-imp")], &[]);
}

#[test]
fn places_are_the_lots_own_before_the_procedures() {
    let check = |address: &str, expected: &[&str]| {
        let location = format!("<cac:RealizedLocation><cac:Address>{address}</cac:Address></cac:RealizedLocation>");
        assert_eq!(places(&only_lot(with(LOT_NAME, &format!("{LOT_NAME}{location}")))), expected, "{address}");
    };
    let nuts = |code: &str| format!("<cbc:CountrySubentityCode>{code}</cbc:CountrySubentityCode>");
    check(&nuts("SE232"), &["14"]);
    check(&format!("<cbc:CityName>Nässjö</cbc:CityName>{}", nuts("SE211")), &["0682"]);
    check(&format!("<cbc:CityName>Nässjö</cbc:CityName>{}", nuts("SE110")), &["01"]);
    check("<cbc:Region>anyw-cou</cbc:Region>", &["SE"]);
    let country = "<cac:Country><cbc:IdentificationCode>GBR</cbc:IdentificationCode></cac:Country>";
    check(&format!("<cbc:Region>anyw-cou</cbc:Region>{country}"), &["06"]);
    check("<cbc:Region>anyw-eea</cbc:Region>", &["SE"]);
    check("<cbc:Region>anyw</cbc:Region>", &["SE"]);
}

#[test]
fn amounts_in_other_currencies_are_no_value_and_a_framework_maximum_stands_in() {
    let check = |from: &str, to: &str, expected| assert_eq!(only_lot(with(from, to)).value_sek, expected, "{to}");
    check("currencyID=\"SEK\"", "currencyID=\"EUR\"", None);
    check(">900000<", ">0<", None);
    check(
        "<cbc:EstimatedOverallContractAmount currencyID=\"SEK\">900000</cbc:EstimatedOverallContractAmount>",
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>\
         <efbc:FrameworkMaximumAmount currencyID=\"SEK\">70.50</efbc:FrameworkMaximumAmount>\
         </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>",
        Some(70),
    );
    let lot = "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0002</cbc:ID></cac:ProcurementProjectLot></ContractNotice>";
    assert!(
        need(with("</ContractNotice>", lot)).lots.iter().all(|lot| lot.value_sek.is_none()),
        "a total for two lots"
    );
}

#[test]
fn parts_are_lots_groups_are_not_and_without_any_the_procedure_is_one() {
    let check = |scheme: &str, expected: &str| {
        assert_eq!(only_lot(with("schemeName=\"Lot\"", &format!("schemeName=\"{scheme}\""))).lot_no, expected);
    };
    check("Part", "LOT-0001");
    check("LotsGroup", "LOT-0000");
}

#[test]
fn the_form_decides_what_becomes_of_a_notice() {
    let status = |xml: String| need(xml).status;
    assert_eq!(status(with("\"competition\"", "\"planning\"")), NeedStatus::Planned);
    let cancelled = "<efac:Changes><efac:ChangeReason><cbc:ReasonCode>cancel</cbc:ReasonCode></efac:ChangeReason></efac:Changes><efac:Organizations>";
    assert_eq!(status(with("<efac:Organizations>", cancelled)), NeedStatus::Closed);
    assert_eq!(status(with("\"competition\"", "\"result\"")), NeedStatus::Closed);
    assert_eq!(status(with("\"competition\"", "\"cont-modif\"")), NeedStatus::Closed);
    match record(with("\"competition\"", "\"completion\"").as_bytes()).reading {
        Reading::Skipped { reason } => assert_eq!(reason, "completion-notice"),
        other => panic!("{other:?}"),
    }
    check_refused("<html><body/></html>", "rejected-not-eforms", "html");
    check_refused("<ContractNotice/>", "rejected-not-eforms", "ContractNotice");
}

#[test]
fn identity_is_the_procedure_else_the_notice() {
    let folder = "<cbc:ContractFolderID>procedure-1</cbc:ContractFolderID>";
    assert_eq!(need(with(folder, "")).external_id, "notice-1");
    let without = with(folder, "").replace("<cbc:ID schemeName=\"notice-id\">notice-1</cbc:ID>", "");
    check_refused(without, "rejected-notice-id", "BT-04");
}

#[test]
fn the_buyer_may_be_named_by_a_touch_point() {
    let party = "<cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001";
    let by_touch_point = with(party, &party.replace("ORG-0001", "TPO-0001"));
    assert_eq!(need(by_touch_point).buyer, need(NOTICE).buyer);
    check_refused(with(party, &party.replace("ORG-0001", "ORG-0009")), "rejected-buyer-name", "ORG-0009");
    assert_eq!(need(with("556517-5592", "556517-5593")).buyer.org_no, None);
}

#[test]
fn only_web_links_become_the_url() {
    let uri = |uri: &str| {
        let reference = format!(
            "<cac:TenderingTerms><cac:CallForTendersDocumentReference><cac:Attachment><cac:ExternalReference>\
             <cbc:URI>{uri}</cbc:URI></cac:ExternalReference></cac:Attachment></cac:CallForTendersDocumentReference></cac:TenderingTerms>"
        );
        need(with(TERMS, &reference)).url
    };
    assert_eq!(uri("https://a.example/?a=1&amp;b=2").as_deref(), Some("https://a.example/?a=1&b=2"));
    assert_eq!(uri("javascript:alert(1)"), None);
}

#[test]
fn wrong_values_are_refused_with_field_lot_and_value() {
    check_refused(with("2026-04-19+02:00", "2026-04-31+02:00"), "rejected-date", "BT-131: \"2026-04-31+02:00\"");
    check_refused(with("23:59:00", "25:59:00"), "rejected-date", "BT-131");
    check_refused(with("2026-03-01+01:00", "1 mars"), "rejected-date", "BT-05: \"1 mars\"");
    check_refused(with(">90910000<", ">9091<"), "rejected-cpv", "BT-262 (Procedure): \"9091\"");
    check_refused(with(">900000<", ">-5<"), "rejected-number", "BT-27 (Procedure): \"-5\"");
    let lot = "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID></cac:ProcurementProjectLot></ContractNotice>";
    check_refused(with("</ContractNotice>", lot), "rejected-lot-duplicate", "LOT-0001");
    let untitled = NOTICE.replace("Cleaning", "").replace("Lokalvård", " ").replace("Förskolor", "");
    check_refused(untitled, "rejected-title", "LOT-0001");
    check_refused(
        with(LOT_NAME, &LOT_NAME.repeat(2)),
        "rejected-repeated",
        "BT-21 (LOT-0001): more than one title in SWE",
    );
}

#[test]
fn malformed_and_truncated_notices_are_refused_with_line_and_column() {
    check_refused(&NOTICE[..NOTICE.len() - 5], "rejected-xml", "line 39, column 1");
    check_refused(with("</cac:Party>", "</cac:Buyer>"), "rejected-xml", "line 26");
    check_refused(with("Förskolor", "a & b"), "rejected-xml", "line");
    check_refused(with("Förskolor", "&okänd;"), "rejected-xml", "entity");
    check_refused(with("Förskolor", "&#0;"), "rejected-xml", "line");
    check_refused(with(" languageID=\"ENG\"", " a=\"1\" a=\"2\""), "rejected-xml", "line");
    check_refused(with("<cac:Party>", "<nowhere:Party>"), "rejected-xml", "line");
    check_refused(format!("{NOTICE}<a/>"), "rejected-xml", "second root");
    check_refused(format!("{NOTICE}text"), "rejected-xml", "outside");
    check_refused("<", "rejected-xml", "line 1, column 1");
    check_refused("<!-- only this -->", "rejected-xml", "no root");
}

#[test]
fn a_doctype_is_refused_before_anything_in_it_is_used() {
    let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;&x;\">]>\n<ContractNotice";
    check_refused(with("<ContractNotice", bomb), "rejected-doctype", "line 2, column 1");
    let external = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>&x;</a>";
    check_refused(external, "rejected-doctype", "line 1");
}

#[test]
fn too_deep_and_too_large_notices_are_refused() {
    check_refused("<a>".repeat(MAX_DEPTH + 1), "rejected-too-large", "128 levels");
    check_refused("<a>".repeat(MAX_DEPTH), "rejected-xml", "");
    let piece = "x".repeat(usize::try_from(MAX_PIECE_BYTES).unwrap() + 20_000);
    check_refused(format!("<a>{piece}</a>"), "rejected-too-large", "single piece");
    check_refused(format!("<a b=\"{piece}\"/>"), "rejected-too-large", "single piece");
    check_refused(format!("<!--{piece}--><a/>"), "rejected-too-large", "single piece");
}

#[test]
fn a_refusal_is_one_printable_line() {
    let refusal = refusal(with(">90910000<", ">\u{202E}9\n9\u{1b}[1m<").replace('\u{1b}', "&#27;"));
    assert!(!refusal.detail.contains(|c: char| c.is_control() || c == '\u{202E}'), "{refusal:?}");
}

/// One lot won by a group of two, and what it is worth.
const RESULT: &str = r#"<efac:NoticeResult>
 <efac:LotResult><cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>
  <efac:LotTender><cbc:ID>TEN-0001</cbc:ID></efac:LotTender><efac:LotTender><cbc:ID>TEN-0002</cbc:ID></efac:LotTender>
  <efac:SettledContract><cbc:ID>CON-0001</cbc:ID></efac:SettledContract><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>
 <efac:LotTender><cbc:ID>TEN-0001</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="SEK">812000</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty></efac:LotTender>
 <efac:LotTender><cbc:ID>TEN-0002</cbc:ID><efac:TenderingParty><cbc:ID>TPA-0002</cbc:ID></efac:TenderingParty></efac:LotTender>
 <efac:SettledContract><cbc:ID>CON-0001</cbc:ID><cbc:AwardDate>2026-05-04+02:00</cbc:AwardDate><efac:LotTender><cbc:ID>TEN-0001</cbc:ID></efac:LotTender></efac:SettledContract>
 <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID><efac:Tenderer><cbc:ID>ORG-0001</cbc:ID></efac:Tenderer><efac:Tenderer><cbc:ID>TPO-0001</cbc:ID></efac:Tenderer></efac:TenderingParty>
 <efac:TenderingParty><cbc:ID>TPA-0002</cbc:ID><efac:Tenderer><cbc:ID>ORG-0001</cbc:ID></efac:Tenderer></efac:TenderingParty>
</efac:NoticeResult><efac:Organizations>"#;

#[track_caller]
fn results(change: impl Fn(String) -> String) -> Vec<(Outcome, Vec<NewAward>)> {
    let xml = with("<efac:Organizations>", RESULT).replace("\"competition\"", "\"result\"");
    let results = need(change(xml)).notice.unwrap().results;
    results.into_iter().map(|result| (result.outcome, result.awards)).collect()
}

#[test]
fn a_result_says_who_won_by_the_contract_that_was_settled() {
    let [(outcome, awards)] = &results(|xml| xml)[..] else { panic!() };
    assert_eq!((*outcome, awards.len()), (Outcome::Won, 2));
    let first = &awards[0];
    assert_eq!(
        (first.winner_name.as_str(), first.value_sek, first.shared),
        ("Exempelköpings kommun", Some(812_000), true)
    );
    assert_eq!(first.winner_org_no.as_ref().unwrap().as_str(), "5565175592");
    assert_eq!(first.decided_on.unwrap().to_string(), "2026-05-04");
    assert!(awards.iter().all(|award| award.tender_no == "TEN-0001"));
    let nobody = results(|xml| xml.replace("selec-w", "clos-nw"));
    assert_eq!(nobody, [(Outcome::NoWinner, Vec::new())]);
    let dis = "<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName=\"dps-usage\">dps-list</cbc:ContractingSystemTypeCode></cac:ContractingSystem><cac:TenderSubmissionDeadlinePeriod>";
    let goes_on = results(|xml| xml.replace("<cac:TenderSubmissionDeadlinePeriod>", dis));
    assert_eq!((goes_on[0].0, goes_on[0].1.len()), (Outcome::GoesOn, 2));
}

#[test]
fn a_notice_that_rules_itself_out_is_refused() {
    let second = "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0002</cbc:ID></cac:ProcurementProjectLot></ContractNotice>";
    let limits = |most: u8, awarded: u8| {
        let terms = format!(
            "</cac:ContractingParty><cac:TenderingTerms><cac:LotDistribution><cbc:MaximumLotsAwardedNumeric>{awarded}</cbc:MaximumLotsAwardedNumeric>\
             <cbc:MaximumLotsSubmittedNumeric>{most}</cbc:MaximumLotsSubmittedNumeric></cac:LotDistribution></cac:TenderingTerms>\
             <cac:TenderingProcess><cbc:PartPresentationCode>all</cbc:PartPresentationCode></cac:TenderingProcess>"
        );
        with("</cac:ContractingParty>", &terms).replace("</ContractNotice>", second)
    };
    check_refused(limits(1, 2), "rejected-notice-contradiction", "all 2 lots, BT-31 allows 1");
    check_refused(limits(2, 0), "rejected-notice-contradiction", "BT-33");
    assert_eq!(need(limits(2, 2)).lots.len(), 2);
}

#[test]
fn the_language_is_that_of_the_words_not_of_the_label() {
    let english =
        "The transformers are to be delivered to the new substation in the north and installed by the supplier";
    let labelled =
        NOTICE.replace("Lokalvård", english).replace("Städning &#229;ret runt", english).replace("Förskolor", english);
    assert_eq!(need(labelled).language, TextLanguage::En);
    let swedish = "Uppdraget omfattar städning av skolor och ska pågå till och med nästa år";
    let both = with(
        LOT_NAME,
        &format!("<cbc:Name languageID=\"SWE\">{english}</cbc:Name><cbc:Name languageID=\"ENG\">{swedish}</cbc:Name>"),
    );
    assert_eq!(only_lot(both).title, swedish);
}

#[test]
fn what_nobody_reads_costs_no_memory_and_what_is_read_has_a_limit() {
    let unread =
        format!("<cac:Unread><cac:Deeper>{}</cac:Deeper></cac:Unread></ContractNotice>", "<x>åäö</x>".repeat(400_000));
    assert_eq!(need(with("</ContractNotice>", &unread)), need(NOTICE));
    let read = format!("<cbc:VersionID>1</cbc:VersionID>{}</ContractNotice>", "<cbc:Name>x</cbc:Name>".repeat(200_000));
    check_refused(with("</ContractNotice>", &read), "rejected-too-large", "33554432 bytes");
}

#[test]
fn terms_of_the_contract_are_kept() {
    let project = format!(
        "{LOT_NAME}<cbc:Note languageID=\"SWE\">Obs</cbc:Note><cbc:SMESuitableIndicator>true</cbc:SMESuitableIndicator>\
         <cac:PlannedPeriod><cbc:DurationMeasure unitCode=\"MONTH\">48</cbc:DurationMeasure></cac:PlannedPeriod>"
    );
    let contract = only_lot(with(LOT_NAME, &project)).contract;
    assert_eq!((contract.sme, contract.note.as_str()), (Some(true), "Obs"));
    assert_eq!(contract.duration, Some(crate::domain::contract::Duration::Months(48)));
}

#[test]
fn a_notice_goes_by_the_names_of_its_procedure_its_version_and_its_publication() {
    let keys = |xml: String| need(xml).keys.iter().map(|key| key.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(keys(NOTICE.to_owned()), ["procedure:procedure-1", "notice:notice-1/1", "ted:1-2026"]);
    let changes = "<efac:Changes><efbc:ChangedNoticeIdentifier>aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee-03</efbc:ChangedNoticeIdentifier></efac:Changes><efac:Organizations>";
    let changed = need(with("<efac:Organizations>", changes));
    assert_eq!(changed.notice.unwrap().changes.unwrap().as_str(), "notice:aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/3");
}
