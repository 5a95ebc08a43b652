//! Small files of our own: each test changes the one thing that it is about.

use crate::{
    domain::{asf::NewAsf, buyer::BuyerKind, need::NewNeed, reservation::Reservation},
    intake::{Reading, Record, read_asf, read_needs},
};

const NEEDS_HEADER: &str = "external_id,kind,title,text,buyer_name,buyer_org_no,buyer_kind,municipality,nuts,cpv,\
                            value_sek,deadline,start,end,reservation,url,lot\n";
const NEED: &str = "B-1,request,Trappstädning,Varje vecka,Brf Lyktan,556517-5592,nonprofit,0680,SE211,90911000|90910000-9,\
                    95 000,2026-07-01,2026-08-01,2027-07-31,sheltered_programme,https://a.example,A\n";
const ASF_HEADER: &str = "org_no,unit,name,legal_form,municipality,postal_code,website,email,area,capability_title,\
                          capability_text,cpv,people,hours_per_week,max_value_sek,earliest_start\n";
const ASF: &str = "556517-5592,,Verkstan,ekonomisk förening,0680,553 20,verkstan.example,Info@verkstan.example,0680|0643,\
                   Snickeri,Vi bygger,44112100,8,210,400000,2026-05-01\n";

fn needs(bytes: impl AsRef<[u8]>) -> Vec<Record<NewNeed>> {
    read_needs("n.csv", bytes.as_ref()).collect()
}

fn asf(bytes: impl AsRef<[u8]>) -> Vec<Record<NewAsf>> {
    read_asf("a.csv", bytes.as_ref()).collect()
}

/// Each record as `row 2 read` or `row 2 rejected-cpv detail`.
fn outcomes<T>(records: &[Record<T>]) -> Vec<String> {
    let outcome = |record: &Record<T>| match &record.reading {
        Reading::Read(_) => format!("{} read", record.record),
        Reading::Skipped { reason } => format!("{} skipped {reason}", record.record),
        Reading::Rejected(refusal) => format!("{} {} {}", record.record, refusal.rule, refusal.detail),
    };
    records.iter().map(outcome).collect()
}

#[track_caller]
fn read<T: Clone + std::fmt::Debug>(records: &[Record<T>]) -> T {
    match records {
        [Record { reading: Reading::Read(value), .. }] => value.clone(),
        other => panic!("{other:?}"),
    }
}

fn need_file(rows: &str) -> String {
    format!("{NEEDS_HEADER}{rows}")
}

#[test]
fn a_row_becomes_a_need_with_one_lot() {
    let need = read(&needs(need_file(NEED)));
    assert_eq!((need.source.as_str(), need.external_id.as_str(), need.title.as_str()), ("csv", "B-1", "Trappstädning"));
    assert_eq!((need.buyer.kind, need.buyer.org_no.unwrap().as_str()), (BuyerKind::Nonprofit, "5565175592"));
    assert_eq!(need.url.as_deref(), Some("https://a.example"));
    let [lot] = &need.lots[..] else { panic!() };
    assert_eq!((lot.lot_no.as_str(), lot.value_sek), ("A", Some(95_000)));
    assert_eq!(lot.cpv.iter().map(|c| c.as_str()).collect::<Vec<_>>(), ["90911000", "90910000"]);
    assert_eq!(lot.places.iter().map(|p| p.code()).collect::<Vec<_>>(), ["0680"]);
    assert_eq!(lot.deadline_at.unwrap().to_rfc3339(), "2026-07-01T21:59:00+00:00");
    assert_eq!(lot.start_on.unwrap().to_string(), "2026-08-01");
    assert_eq!(lot.reservation, Reservation::ShelteredProgramme);
}

#[test]
fn a_row_becomes_an_asf_with_one_capability() {
    let asf = read(&asf(format!("{ASF_HEADER}{ASF}")));
    assert_eq!((asf.org_no.as_str(), asf.unit.as_str(), asf.name.as_str()), ("5565175592", "", "Verkstan"));
    assert_eq!((asf.municipality.code(), asf.postal_code.as_str()), ("0680", "55320"));
    assert_eq!(asf.website, "https://verkstan.example");
    assert_eq!(asf.email.unwrap().as_str(), "info@verkstan.example");
    assert_eq!(asf.area.iter().map(|p| p.code()).collect::<Vec<_>>(), ["0680", "0643"]);
    let [capability] = &asf.capabilities[..] else { panic!() };
    assert_eq!(
        (capability.people, capability.hours_per_week, capability.max_value_sek),
        (Some(8), Some(210), Some(400_000))
    );
}

#[test]
fn separator_byte_order_mark_order_and_line_ends_are_free() {
    let expected = read(&needs(need_file(NEED)));
    assert_eq!(read(&needs(format!("\u{FEFF}{}", need_file(NEED)))), expected);
    assert_eq!(read(&needs(need_file(NEED).replace(',', ";"))), expected);
    assert_eq!(read(&needs(need_file(NEED).replace('\n', "\r\n"))), expected);
    let turned = |row: &str| row.trim_end().split(',').rev().collect::<Vec<_>>().join(",");
    assert_eq!(read(&needs(format!("{}\n{}", turned(NEEDS_HEADER).to_uppercase(), turned(NEED)))), expected);
    assert_eq!(outcomes(&needs(need_file(&format!("{NEED},,,,,,,,,,,,,,,,\n\n")))), ["row 2 read"]);
}

#[test]
fn few_columns_are_enough_and_unknown_ones_are_named() {
    let file = "title,färg,kind,external_id,buyer_name,Anm\nLunch,röd,tender,1,Kommunen,\n";
    let mut records = read_needs("n.csv", file.as_bytes());
    assert_eq!(records.unknown_columns(), ["färg", "anm"]);
    let need = read(&records.by_ref().collect::<Vec<_>>());
    assert_eq!((need.buyer.kind, need.lots[0].lot_no.as_str()), (BuyerKind::Public, "1"));
    let asf = read(&asf("org_no,name,municipality,capability_title\n5565175592,A,Habo,Tvätt\n"));
    assert_eq!(asf.area, [asf.municipality]);
}

#[test]
fn a_file_without_its_columns_is_refused_as_a_whole() {
    let check = |file: &[u8], expected: &str| assert_eq!(outcomes(&needs(file)), [expected]);
    check(b"title,text\na,b\n", "file rejected-columns missing columns: external_id, buyer_name");
    check(b"title,title,external_id,kind,buyer_name\n", "file rejected-columns column title occurs twice");
    check(b"bara text\n", "file rejected-format neither XML, JSON nor CSV: the first line names no known column");
    check(b"", "file rejected-format the file is empty");
    check(b"\xFF\xFEa\0,\0", "file rejected-encoding the file is UTF-16 at byte 0; save it as UTF-8");
    check(b"titl\xE5,kind\n", "file rejected-encoding header: not UTF-8 at byte 4 of a column name");
    assert_eq!(outcomes(&asf("<a/>")), ["file rejected-format XML where a CSV file of ASF was expected"]);
    let missing = "file rejected-columns missing columns: org_no, name, municipality, capability_title";
    assert_eq!(outcomes(&asf("a,b\n")), [missing]);
}

#[test]
fn a_bad_row_is_refused_with_field_and_value_and_its_neighbours_are_read() {
    let check = |from: &str, to: &str, expected: &str| {
        assert!(NEED.contains(from));
        let rows = format!("{}{}{}", NEED.replace("B-1", "B-0"), NEED.replace(from, to), NEED.replace("B-1", "B-2"));
        let expected = format!("row 3 {expected}");
        assert_eq!(outcomes(&needs(need_file(&rows))), ["row 2 read", &expected, "row 4 read"], "{to}");
    };
    check("556517-5592", "556517-5593", "rejected-org-no buyer_org_no: \"556517-5593\"");
    check("2026-07-01", "2026-02-30", "rejected-date deadline: \"2026-02-30\"");
    check("2026-08-01", "i höst", "rejected-date start: \"i höst\"");
    check("90911000|", "9091|", "rejected-cpv cpv: \"9091\"");
    check("request", "önskan", "rejected-need-kind kind: \"önskan\"");
    check("nonprofit", "staten", "rejected-buyer-kind buyer_kind: \"staten\"");
    check("sheltered_programme", "ja", "rejected-reservation reservation: \"ja\"");
    check("95 000", "-95000", "rejected-number value_sek: \"-95000\"");
    check("0680", "9999", "rejected-place municipality: \"9999\"");
    check("SE211", "nära", "rejected-place nuts: \"nära\"");
    check("https://a.example", "javascript:x", "rejected-url url: \"javascript:x\"");
    check("Trappstädning", " ", "rejected-required title: \"\"");
    check("Brf Lyktan", "", "rejected-required buyer_name: \"\"");
    check("B-1", "", "rejected-required external_id: \"\"");
    check("Varje vecka,", "", "rejected-fields 16 fields where the header has 17");
    check("Varje vecka,", "Varje, vecka,", "rejected-fields 18 fields where the header has 17");
}

#[test]
fn a_bad_asf_row_is_refused_with_field_and_value() {
    let check = |from: &str, to: &str, expected: &str| {
        assert!(ASF.contains(from));
        assert_eq!(outcomes(&asf(format!("{ASF_HEADER}{}", ASF.replace(from, to)))), [format!("row 2 {expected}")]);
    };
    check("556517-5592", "556517-5593", "rejected-org-no org_no: \"556517-5593\"");
    check(",0680,553", ",06,553", "rejected-place municipality: \"06\"");
    check("Info@verkstan.example", "info", "rejected-email email: \"info\"");
    check("verkstan.example,", "vår sida,", "rejected-url website: \"vår sida\"");
    check("553 20", "5532", "rejected-postal-code postal_code: \"5532\"");
    check(",8,", ",-8,", "rejected-number people: \"-8\"");
    check("2026-05-01", "2026-05-32", "rejected-date earliest_start: \"2026-05-32\"");
    check("Snickeri", "", "rejected-required capability_title: \"\"");
    check("Verkstan,", ",", "rejected-required name: \"\"");
}

#[test]
fn bytes_that_are_not_utf_8_refuse_their_row_only() {
    let mut file = need_file(&NEED.replace("Trapp", "X")).into_bytes();
    let at = file.iter().position(|byte| *byte == b'X').unwrap();
    file[at] = 0xE5;
    file.extend_from_slice(NEED.replace("B-1", "B-2").as_bytes());
    assert_eq!(
        outcomes(&needs(file)),
        ["row 2 rejected-encoding title: not UTF-8 at byte 0 of the field", "row 3 read"]
    );
}

#[test]
fn adjacent_rows_of_one_need_are_its_lots_and_one_bad_row_refuses_them_all() {
    let two = format!("{NEED}{}", NEED.replace(",A\n", ",B\n").replace("Trappstädning", "Fönster"));
    let records = needs(need_file(&two));
    assert_eq!(outcomes(&records), ["rows 2-3 read"]);
    let titles: Vec<_> = read(&records).lots.into_iter().map(|lot| (lot.lot_no, lot.title)).collect();
    assert_eq!(titles, [("A".to_owned(), "Trappstädning".to_owned()), ("B".to_owned(), "Fönster".to_owned())]);
    let bad = two.replace("Fönster,Varje vecka", "Fönster,");
    assert_eq!(outcomes(&needs(need_file(&bad))), ["rows 2-3 read"]);
    let check = |from: &str, to: &str, expected: &str| {
        let (first, second) = two.split_at(NEED.len());
        assert_eq!(outcomes(&needs(need_file(&format!("{first}{}", second.replace(from, to))))), [expected]);
    };
    check("2026-07-01", "x", "row 3 rejected-date deadline: \"x\"");
    check(",B\n", ",A\n", "row 3 rejected-lot-duplicate lot: \"A\"");
    check("Brf Lyktan", "Brf Annan", "row 3 rejected-contradiction buyer_name: \"Brf Annan\"");
    check(",B\n", ",B,C\n", "row 3 rejected-fields 18 fields where the header has 17");
}

#[test]
fn a_key_that_comes_back_after_other_rows_is_refused() {
    let file = need_file(&format!("{NEED}{}{NEED}", NEED.replace("B-1", "B-2")));
    let expected =
        ["row 2 read", "row 3 read", "row 4 rejected-repeated-key B-1: came before, and other rows stand between"];
    assert_eq!(outcomes(&needs(file)), expected);
}

#[test]
fn later_rows_of_an_asf_may_leave_the_rest_empty() {
    let rows =
        format!("{ASF_HEADER}{ASF},,,,,,,,,Tvätt,,,,,,\n556517-5592,Norra,Verkstan norr,,0643,,,,,Tvätt,,,,,,\n");
    let records = asf(&rows);
    assert_eq!(outcomes(&records), ["rows 2-3 read", "row 4 read"]);
    let [Record { reading: Reading::Read(first), .. }, _] = &records[..] else { panic!() };
    assert_eq!(first.capabilities.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(), ["Snickeri", "Tvätt"]);
}

#[test]
fn many_rows_are_read_one_need_at_a_time() {
    let rows: String = (0..20_000).map(|n| NEED.replace("B-1", &format!("B-{n}"))).collect();
    let file = need_file(&rows);
    let mut records = read_needs("n.csv", file.as_bytes());
    assert_eq!(records.next().map(|r| r.record).as_deref(), Some("row 2"));
    assert_eq!(records.filter(|r| matches!(r.reading, Reading::Read(_))).count(), 19_999);
}

#[test]
fn a_quote_that_never_closes_is_refused_instead_of_eating_the_file() {
    let endless = format!("{}\"{}", need_file(NEED), "x,\n".repeat(6_000_000));
    let outcomes = outcomes(&needs(endless));
    assert_eq!(outcomes[0], "row 2 read");
    assert!(outcomes[1].starts_with("row 3 rejected-too-large"), "{}", outcomes[1]);
    assert_eq!(outcomes.len(), 2);
}
