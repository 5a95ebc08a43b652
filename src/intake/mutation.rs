//! Broken input in many forms: whatever a file holds, reading it ends with an answer.

use std::{io::Cursor, ops::ControlFlow, time::Duration};

use super::{
    Reading,
    archive::{Document, tests},
    read_asf, read_needs,
    template::{self, Noun},
    visit_documents,
};

/// Longest time of a processor that one input may take: how long it lasts depends on who else works on the machine.
const LONGEST: Duration = Duration::from_secs(2);

/// Time of a processor that this thread has had.
fn worked() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(told.split_whitespace().next().unwrap().parse().unwrap())
}

const RELEASES: &str = r#"{"uri":"https://a.example","releases":[{"ocid":"a-1","date":"2026-03-01T10:00:00Z","tag":["tender"],
 "buyer":{"id":1,"name":"Habo kommun"},"tender":{"title":"St\u00e4d","status":"active","value":{"amount":9e5,"currency":"SEK"},
 "items":[{"classification":{"scheme":"CPV","id":"90911000"}}],"lots":[{"id":"L1"}]}},{"ocid":"a-2","tag":["award"]}]}"#;

const NOTICE: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?><!-- x --><u:ContractNotice
 xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<ID schemeName="notice-id">n</ID><IssueDate>2026-03-01+01:00</IssueDate><IssueTime>12:30:00.5Z</IssueTime>
<a:ContractingParty><a:Party><a:PartyName><Name>K&#246;pare &amp; co</Name></a:PartyName></a:Party></a:ContractingParty>
<a:ProcurementProject><Name languageID="SWE"><![CDATA[<p>St&auml;d</p>]]></Name>
<a:RequestedTenderTotal><EstimatedOverallContractAmount currencyID="SEK">9.0</EstimatedOverallContractAmount></a:RequestedTenderTotal>
<a:MainCommodityClassification><ItemClassificationCode>90910000</ItemClassificationCode></a:MainCommodityClassification>
<a:RealizedLocation><a:Address><CityName>Habo</CityName><CountrySubentityCode>SE211</CountrySubentityCode></a:Address></a:RealizedLocation>
</a:ProcurementProject><a:ProcurementProjectLot><ID schemeName="Lot">LOT-0001</ID><a:TenderingProcess>
<a:TenderSubmissionDeadlinePeriod><EndDate>2026-04-19+02:00</EndDate><EndTime>23:59:00+01:00</EndTime></a:TenderSubmissionDeadlinePeriod>
</a:TenderingProcess></a:ProcurementProjectLot></u:ContractNotice>"#;

const NEEDS: &str = "external_id;kind;title;text;buyer_name;municipality;nuts;cpv;value_sek;deadline;start;reservation;url;lot\n\
                     1;tender;\"Tvätt; \"\"grov\"\"\";Lång\ntext;Kommunen;0680;SE211|SE;90910000;5;2026-07-01T12:00+02:00;2026-08-01;none;https://a.example;A\n\
                     1;;;;;;;;;;;;;B\n2;request;Lunch;;Företaget;Habo;;;;2026-07-01;;;;\n";

const ASF: &str = "\u{FEFF}org_no,unit,name,municipality,website,email,area,capability_title,cpv,people,earliest_start\n\
                   556517-5592,,Verkstan,0680,verkstan.example,a@b.example,06|SE,Snickeri,44112100,8,2026-05-01\n,,,,,,,Tvätt,,,\n";

/// Marsaglia's xorshift: the same mutations in every run.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// One to four changes: cut, repeat, replace, insert or turn over.
fn mutate(original: &[u8], random: &mut Xorshift) -> Vec<u8> {
    const PIECES: &[&[u8]] = &[
        b"<",
        b">",
        b"&",
        b"\"",
        b"<![CDATA[",
        b"<!--",
        b"<!DOCTYPE a [",
        b"]]>",
        b"&#x110000;",
        b"\0",
        b"\xFF\xFE",
        b"\xC3",
        b";",
        b",",
        b"\r",
        b"\n",
        b"<?xml encoding='UTF-16'?>",
        b"\xEF\xBB\xBF",
        b"99999999999999999999",
        "å\u{308}".as_bytes(),
    ];
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let (at, end) = (random.below(bytes.len()), random.below(bytes.len()));
        let range = at.min(end)..at.max(end);
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(range.start..range.end.min(range.start + 40))),
            2 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            3 => bytes.extend_from_within(range),
            4 => bytes[range].reverse(),
            _ => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

#[test]
fn no_mutation_of_a_file_stops_the_reader() {
    let mut random = Xorshift(0x5EED_CAFE_F00D_0001);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..500 {
        for original in [NOTICE, NEEDS] {
            let bytes = mutate(original.as_bytes(), &mut random);
            for record in read_needs("mutated", bytes.as_slice()) {
                match record.reading {
                    Reading::Read(need) => {
                        assert!(!need.lots.is_empty() && !need.title.is_empty() && !need.external_id.is_empty());
                        read += 1;
                    }
                    Reading::Rejected(refusal) => {
                        assert!(!refusal.detail.contains(char::is_control), "{refusal:?}");
                        refused += 1;
                    }
                    Reading::Skipped { .. } => {}
                }
            }
        }
        for record in read_asf("mutated", mutate(ASF.as_bytes(), &mut random).as_slice()) {
            assert!(!record.record.is_empty());
        }
    }
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused: the mutations try too little");
}

/// How many inputs are tried: few at each run, many when somebody asks for them.
#[expect(clippy::disallowed_methods, reason = "a setting of this test, not of the product")]
fn size() -> usize {
    std::env::var("SAMHANDLA_MUTATIONS").ok().and_then(|size| size.parse().ok()).unwrap_or(300)
}

/// Reads a file as the command line does, and counts records read and refused.
fn outcomes(bytes: Vec<u8>) -> (usize, usize) {
    let (mut read, mut refused) = (0, 0);
    let mut refuse = |refusal: super::Refusal| {
        assert!(!refusal.detail.is_empty() && !refusal.detail.contains(char::is_control), "{refusal:?}");
        refused += 1;
    };
    visit_documents("mutated", Cursor::new(bytes), &mut |name, document| {
        match document {
            Document::Skipped(_) => {}
            Document::Refused(refusal) => refuse(refusal),
            Document::Content(bytes) => {
                for record in read_needs(name, bytes) {
                    match record.reading {
                        Reading::Read(_) => read += 1,
                        Reading::Rejected(refusal) => refuse(refusal),
                        Reading::Skipped { .. } => {}
                    }
                }
            }
        }
        ControlFlow::Continue(())
    });
    (read, refused)
}

#[test]
fn no_mutation_of_any_format_stops_the_reader_or_takes_long() {
    let members: &[(&str, &[u8])] =
        &[("n.xml", NOTICE.as_bytes()), ("n.csv", NEEDS.as_bytes()), ("n.json", RELEASES.as_bytes())];
    let originals = [
        NOTICE.as_bytes().to_vec(),
        NEEDS.as_bytes().to_vec(),
        RELEASES.as_bytes().to_vec(),
        template::workbook(Noun::Needs).unwrap(),
        tests::zip(members),
        tests::tar_gz(members),
    ];
    let mut random = Xorshift(0x5EED_CAFE_F00D_0002);
    let mut sums = vec![(0, 0); originals.len()];
    let mut slowest = Duration::ZERO;
    for at in 0..size() {
        let kind = at % originals.len();
        let bytes = mutate(&originals[kind], &mut random);
        let begun = worked();
        let (read, refused) = outcomes(bytes);
        slowest = slowest.max(worked() - begun);
        sums[kind] = (sums[kind].0 + read, sums[kind].1 + refused);
    }
    println!("{} inputs, slowest {slowest:?}, read and refused by format {sums:?}", size());
    assert!(slowest < LONGEST, "{slowest:?}");
    assert!(sums.iter().all(|(_, refused)| *refused > 0) && sums.iter().any(|(read, _)| *read > 0), "{sums:?}");
}

#[test]
fn inputs_made_to_hurt_are_refused_in_time() {
    let long = "x".repeat(11 << 20);
    let bomb = format!("<!DOCTYPE a [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;\">]><a>&b;</a>", "x".repeat(1000));
    let utf16: Vec<u8> = NEEDS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let inputs = [
        bomb.into_bytes(),
        format!("<a b=\"{long}\"/>").into_bytes(),
        format!("{{\"ocid\":\"{long}\"}}").into_bytes(),
        format!("external_id,title,buyer_name\n1,{long},x\n").into_bytes(),
        [&[0xFF, 0xFE], utf16.as_slice()].concat(),
        tests::zip(&[("../../n.csv", &[b','; 20 << 20])]),
        tests::zip(&[("[Content_Types].xml", &vec![b' '; 60 << 20])]),
        b"PK\x03\x04".to_vec(),
        vec![0x1F, 0x8B, 8, 0],
    ];
    for bytes in inputs {
        let (shown, begun) = (String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned(), worked());
        let (read, refused) = outcomes(bytes);
        let took = worked() - begun;
        assert!(took < LONGEST, "{shown}: {took:?}");
        assert!(read == 0 && refused > 0, "{shown}: {read} read, {refused} refused");
    }
}

#[test]
fn every_truncation_of_a_notice_is_refused() {
    for length in 0..NOTICE.len() - 1 {
        let mut records = read_needs("cut", &NOTICE.as_bytes()[..length]);
        let record = records.next().unwrap();
        assert!(matches!(record.reading, Reading::Rejected(_)), "{length}: {record:?}");
        assert!(records.next().is_none());
    }
    assert!(matches!(read_needs("whole", NOTICE.as_bytes()).next().unwrap().reading, Reading::Read(_)));
}
