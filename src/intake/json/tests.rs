//! Packages, records, lines and tables, small and our own.

use crate::{
    domain::need::{NeedStatus, NewNeed},
    intake::{Reading, read_asf, read_needs},
};

const RELEASE: &str = r#"{"ocid":"ocds-x-1","id":"1","date":"2026-03-01T10:00:00Z","tag":["tender"],"language":"sv",
 "parties":[{"id":"B","name":"Habo kommun","roles":["buyer"],"identifier":{"scheme":"SE-ORG","id":"212000-1637"},
 "address":{"locality":"Habo","region":"SE211"}}],"buyer":{"id":"B","name":"Habo kommun"},
 "tender":{"id":"T","title":"Städning ] av } skolor","description":"Två \"skolor\"","status":"active","procurementMethod":"open",
 "value":{"amount":900000.5,"currency":"SEK"},"tenderPeriod":{"endDate":"2026-04-01T12:00:00+02:00"},
 "items":[{"id":"1","classification":{"scheme":"CPV","id":"90911000"},"relatedLot":"L1"},
 {"id":"2","classification":{"scheme":"CPV","id":"77310000"},"relatedLot":"L2"}],
 "lots":[{"id":"L1","title":"Städ"},{"id":"L2","title":"Gräs","value":{"amount":5,"currency":"SEK"}}],
 "documents":[{"id":"d","documentType":"biddingDocuments","url":"https://a.example/d"}]}}"#;

fn needs(file: &str) -> Vec<Result<NewNeed, String>> {
    let read = |reading| match reading {
        Reading::Read(need) => Ok(need),
        Reading::Skipped { reason } => Err(reason.to_owned()),
        Reading::Rejected(refusal) => Err(refusal.rule.to_owned()),
    };
    read_needs("f.json", file.as_bytes()).map(|record| read(record.reading)).collect()
}

#[test]
fn a_release_becomes_a_need_with_its_lots() {
    let [Ok(need)] = &needs(RELEASE)[..] else { panic!("{:?}", needs(RELEASE)) };
    assert_eq!((need.source.as_str(), need.external_id.as_str()), ("ocds", "ocds-x-1"));
    assert_eq!((need.title.as_str(), need.status), ("Städning ] av } skolor", NeedStatus::Open));
    assert_eq!(need.buyer.org_no.as_ref().unwrap().as_str(), "2120001637");
    assert_eq!(need.url.as_deref(), Some("https://a.example/d"));
    let [one, two] = &need.lots[..] else { panic!() };
    assert_eq!((one.lot_no.as_str(), one.cpv[0].as_str(), one.value_sek), ("L1", "90911000", None));
    assert_eq!((two.title.as_str(), two.cpv[0].as_str(), two.value_sek), ("Gräs", "77310000", Some(5)));
    assert_eq!(one.deadline_at.unwrap().to_rfc3339(), "2026-04-01T10:00:00+00:00");
    assert_eq!(one.places[0].code(), "0643");
}

#[test]
fn packages_records_arrays_and_lines_hold_the_same_releases() {
    let record = format!("{{\"ocid\":\"ocds-x-1\",\"compiledRelease\":{RELEASE}}}");
    let files = [
        format!("{{\"version\":\"1.1\",\"releases\" : [{RELEASE}, {RELEASE}],\"publisher\":{{\"name\":\"x\"}}}}"),
        format!("{{\"records\":[{record},{record}]}}"),
        format!("[{RELEASE},{record}]"),
        format!("{}\n{}\n", RELEASE.replace('\n', ""), record.replace('\n', "")),
    ];
    for file in files {
        let found = needs(&file);
        assert_eq!(found.len(), 2, "{file}");
        assert!(found.iter().all(|need| need.as_ref().is_ok_and(|need| need.lots.len() == 2)), "{found:?}");
    }
}

#[test]
fn the_status_follows_the_tender_and_the_awards() {
    let check = |from: &str, to: &str, expected| {
        let file = RELEASE.replace(from, to);
        assert_eq!(needs(&file)[0].as_ref().unwrap().status, expected, "{to}");
    };
    for (word, expected) in
        [("planned", NeedStatus::Planned), ("cancelled", NeedStatus::Closed), ("complete", NeedStatus::Closed)]
    {
        check("\"status\":\"active\"", &format!("\"status\":\"{word}\""), expected);
    }
    check("\"status\":\"active\",\"proc", "\"x\":[],\"proc", NeedStatus::Open);
    check("\"tag\":[\"tender\"]", "\"tag\":[\"tenderCancellation\"]", NeedStatus::Closed);
    let awarded = RELEASE.replace("\"status\":\"active\",", "");
    let awarded = awarded.replace("\"parties\"", "\"awards\":[{\"status\":\"active\"}],\"parties\"");
    assert_eq!(needs(&awarded)[0].as_ref().unwrap().status, NeedStatus::Closed);
}

#[test]
fn what_is_broken_is_refused_after_what_is_whole() {
    let cut = format!("{{\"releases\":[{RELEASE},{}", &RELEASE[..100]);
    let found = needs(&cut);
    assert!(found[0].is_ok());
    assert_eq!(found[1].as_ref().unwrap_err(), "rejected-json");
    assert_eq!(needs(&RELEASE.replace("90911000", "9091"))[0].as_ref().unwrap_err(), "rejected-cpv");
    assert_eq!(needs(&RELEASE.replace("\"items\":[", "\"items\":[7,"))[0].as_ref().unwrap_err(), "rejected-json");
    assert_eq!(needs(&"[".repeat(100_000))[0].as_ref().unwrap_err(), "rejected-json");
    assert_eq!(needs(&"{\"a\":".repeat(100_000))[0].as_ref().unwrap_err(), "rejected-json");
    let many = format!("{{\"ocid\":\"1\",\"tag\":[{}\"\"]}}", "\"\",".repeat(10_001));
    assert_eq!(needs(&many)[0].as_ref().unwrap_err(), "rejected-json");
    assert_eq!(needs("{\"ocid\":\"1\",\"tag\":[\"award\"]}")[0].as_ref().unwrap_err(), "release-without-tender");
}

#[test]
fn an_asf_holds_its_capabilities_in_a_list_or_in_rows() {
    let list = r#"[{"org_no":"556517-5592","name":"Verkstan","municipality":"0680","area":["0680","0643"],
        "capabilities":[{"title":"Snickeri","cpv":["44112100"],"people":8},{"title":"Tvätt"}]}]"#;
    let rows = "{\"org_no\":\"556517-5592\",\"name\":\"Verkstan\",\"municipality\":\"0680\",\"area\":\"0680|0643\",\
        \"capability_title\":\"Snickeri\",\"cpv\":\"44112100\",\"people\":8}\n{\"org_no\":\"556517-5592\",\"capability_title\":\"Tvätt\"}\n";
    let read = |file: &str| match read_asf("a.json", file.as_bytes()).next().unwrap().reading {
        Reading::Read(asf) => asf,
        other => panic!("{other:?}"),
    };
    assert_eq!(read(list), read(rows));
    assert_eq!(read(list).capabilities.len(), 2);
}
