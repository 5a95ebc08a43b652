//! Broken input in many forms: whatever a file holds, reading it ends with an answer.

use super::{read_asf, read_needs};

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
                    super::Reading::Read(need) => {
                        assert!(!need.lots.is_empty() && !need.title.is_empty() && !need.external_id.is_empty());
                        read += 1;
                    }
                    super::Reading::Rejected(refusal) => {
                        assert!(!refusal.detail.contains(char::is_control), "{refusal:?}");
                        refused += 1;
                    }
                    super::Reading::Skipped { .. } => {}
                }
            }
        }
        for record in read_asf("mutated", mutate(ASF.as_bytes(), &mut random).as_slice()) {
            assert!(!record.record.is_empty());
        }
    }
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused: the mutations try too little");
}

#[test]
fn every_truncation_of_a_notice_is_refused() {
    for length in 0..NOTICE.len() - 1 {
        let mut records = read_needs("cut", &NOTICE.as_bytes()[..length]);
        let record = records.next().unwrap();
        assert!(matches!(record.reading, super::Reading::Rejected(_)), "{length}: {record:?}");
        assert!(records.next().is_none());
    }
    assert!(matches!(read_needs("whole", NOTICE.as_bytes()).next().unwrap().reading, super::Reading::Read(_)));
}
