//! Tables that others made: workbooks, headings in their words, feeds.

use std::collections::BTreeMap;

use super::{
    Reading, Record,
    csv::header::Mappings,
    read_asf, read_needs, read_needs_mapped,
    template::{self, Noun},
};
use crate::domain::{
    need::{NeedKind, NewNeed},
    reservation::Reservation,
};

fn need(record: Record<NewNeed>) -> NewNeed {
    match record.reading {
        Reading::Read(need) => need,
        other => panic!("{}: {other:?}", record.record),
    }
}

#[test]
fn both_templates_are_read_in_full_and_say_the_same() {
    let (csv, book) = (template::csv(Noun::Needs), template::workbook(Noun::Needs).unwrap());
    let records = read_needs("t", csv.as_bytes());
    assert!(records.unknown_columns().is_empty());
    let from_csv: Vec<_> = records.map(need).collect();
    assert_eq!(from_csv.len(), 1);
    assert_eq!(from_csv, read_needs("t", book.as_slice()).map(need).collect::<Vec<_>>());
    let (csv, book) = (template::csv(Noun::Asf), template::workbook(Noun::Asf).unwrap());
    let asf: Vec<_> = read_asf("t", csv.as_bytes()).map(|record| record.reading).collect();
    assert!(matches!(asf[..], [Reading::Read(_)]), "{asf:?}");
    assert_eq!(asf, read_asf("t", book.as_slice()).map(|record| record.reading).collect::<Vec<_>>());
}

#[test]
fn dates_and_numbers_of_a_workbook_are_read_and_empty_rows_are_passed_by() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let _empty = book.add_worksheet();
    let sheet = book.add_worksheet();
    for (column, name) in ["ID", "Rubrik", "Köpare", "Sista dag", "Värde"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), name).unwrap();
    }
    sheet.write_number(3, 0, 17).unwrap();
    sheet.write_string(3, 1, "Städning").unwrap();
    sheet.write_string(3, 2, "Brf Lyktan").unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 7, 1).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(3, 3, date, &format).unwrap();
    sheet.write_number(3, 4, 95_000.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let records: Vec<_> = read_needs("b.xlsx", bytes.as_slice()).collect();
    assert_eq!(records[0].record, "row 4");
    let need = need(records[0].clone());
    assert_eq!((need.external_id.as_str(), need.kind), ("17", NeedKind::Request));
    assert_eq!(need.lots[0].value_sek, Some(95_000));
    assert_eq!(need.lots[0].deadline_at.unwrap().to_rfc3339(), "2026-07-01T21:59:00+00:00");
}

#[test]
fn usual_headings_are_known_and_decisions_come_first() {
    let file = "Diarienummer;Rubrik;Beställare;Förfarande;Vad det gäller;Kommun\n\
                7;Städ;HABO KOMMUN;Öppet förfarande;Tre skolor;Habo\n";
    let records = read_needs("n.csv", file.as_bytes());
    assert_eq!(records.unknown_columns(), ["vad det gäller"]);
    let header = records.header().unwrap();
    let found = need(records.into_iter().next().unwrap());
    assert_eq!((found.kind, found.text.as_str()), (NeedKind::Tender, ""));
    let decided =
        BTreeMap::from([("vad det gäller".to_owned(), "text".to_owned()), ("kommun".to_owned(), String::new())]);
    let mappings = Mappings { by_signature: [(header.signature, decided)].into(), ..Mappings::default() };
    let records = read_needs_mapped("n.csv", file.as_bytes(), &mappings);
    assert_eq!(records.unknown_columns(), ["kommun"]);
    assert_eq!(need(records.into_iter().next().unwrap()).text, "Tre skolor");
    let other = file.replace("Rubrik", "Titel");
    assert_eq!(read_needs_mapped("n.csv", other.as_bytes(), &mappings).unknown_columns(), ["vad det gäller"]);
}

#[test]
fn a_table_of_public_procurements_is_read_without_any_help() {
    let file = "id,published,title,main_cpv,buyer,buyer_orgno,nature,procedure,reserved\n\
                MT1,2021-01-01,Skötsel av grönytor,77310000,HABO KOMMUN,2120001637,Tjänster,Förenklat förfarande,false\n";
    let found = need(read_needs("p.csv", file.as_bytes()).next().unwrap());
    assert_eq!((found.external_id.as_str(), found.kind), ("MT1", NeedKind::Tender));
    assert_eq!(found.published_on.unwrap().to_string(), "2021-01-01");
    assert_eq!(found.lots[0].reservation, Reservation::None);
}

#[test]
fn entries_of_feeds_become_needs() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Torget</title><entry><id>urn:1</id>
        <title>Upphandling av städ</title><link rel="alternate" href="https://a.example/1"/><author><name>Habo kommun</name></author>
        <updated>2026-03-01T10:00:00Z</updated><summary type="html">&lt;p&gt;Tre skolor&lt;/p&gt;</summary></entry>
        <entry><id>urn:2</id></entry></feed>"#;
    let rss = r#"<rss version="2.0"><channel><title>Torget</title><item><guid>2</guid><title>Flyttkartonger</title>
        <link>https://a.example/2</link><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate><description>Hundra</description></item></channel></rss>"#;
    let records: Vec<_> = read_needs("f", atom.as_bytes()).collect();
    assert!(matches!(&records[1].reading, Reading::Rejected(refusal) if refusal.rule == "rejected-title"));
    let one = need(records[0].clone());
    assert_eq!((one.kind, one.text.as_str(), one.buyer.name.as_str()), (NeedKind::Tender, "Tre skolor", "Habo kommun"));
    assert_eq!(one.url.as_deref(), Some("https://a.example/1"));
    let two = need(read_needs("f", rss.as_bytes()).next().unwrap());
    assert_eq!((two.kind, two.buyer.name.as_str(), two.external_id.as_str()), (NeedKind::Request, "Torget", "2"));
    assert_eq!(two.issued_at.unwrap().to_rfc3339(), "2026-03-02T09:00:00+00:00");
}
