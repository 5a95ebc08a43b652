//! What is read from letters, in Swedish and English. Tuesday 24 November 2026 is today.

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn read(text: &str) -> Proposal {
    propose(text, today())
}

#[test]
fn the_last_day_to_answer_is_read_in_every_way_it_is_written() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(read(text).deadline.map(|day| day.to_string()).as_deref(), expected, "{text}");
    };
    for (text, expected) in [
        ("Svara senast 15 december.", "2026-12-15"),
        ("Svar senast den 15:e december 2026, tack", "2026-12-15"),
        ("Sista svarsdag är senast 2026-12-15.", "2026-12-15"),
        ("Offert senast 15/12", "2026-12-15"),
        ("Offert senast 15/1-2027", "2027-01-15"),
        ("Offert senast 15.12.2026.", "2026-12-15"),
        ("Senast fredag vecka 50", "2026-12-11"),
        ("Senast fredag i vecka 50 vill vi ha svar", "2026-12-11"),
        ("Svar senast v. 50", "2026-12-11"),
        ("Svar senast v50", "2026-12-11"),
        ("Svar senast onsdag v 2", "2027-01-13"),
        ("Svara senast fredag", "2026-11-27"),
        ("Svara senast på tisdag", "2026-12-01"),
        ("Svara senast nästa fredag", "2026-12-04"),
        ("Svara senast fredag 11 december", "2026-12-11"),
        ("Svara senast fredagen den 11 december", "2026-12-11"),
        ("Vi vill ha svar inom två veckor", "2026-12-08"),
        ("Vi vill ha offert inom 10 dagar", "2026-12-04"),
        ("Svara senast sista november", "2026-11-30"),
        ("Offert före slutet av december", "2026-12-31"),
        ("Svara senast i morgon", "2026-11-25"),
        ("Svara senast 3 mars", "2027-03-03"),
        ("Please reply by December 15", "2026-12-15"),
        ("Please reply no later than 15 December 2026.", "2026-12-15"),
        ("Deadline: the 15th of December", "2026-12-15"),
        ("Quotes by Friday week 50", "2026-12-11"),
        ("Quotes by Friday of week 50", "2026-12-11"),
        ("Send your quote by Friday", "2026-11-27"),
        ("Please answer within three weeks", "2026-12-15"),
        ("Bids are due Jan 8", "2027-01-08"),
    ] {
        check(text, Some(expected));
    }
    for text in [
        "Vi behöver städning två gånger i veckan.",
        "Vi har 20 anställda.",
        "Mötet var 15 december 2025.",
        "Svara senast 2026-11-01.",
        "Arbetet ska börja 15 december.",
        "Svara senast 32 december",
        "Svara senast vecka 60",
        "Ring 036-10 50 00 senast!",
    ] {
        check(text, None);
    }
}

#[test]
fn first_and_last_day_of_the_work_are_kept_apart_from_the_answer() {
    let check = |text: &str, expected: [Option<&str>; 3]| {
        let read = read(text);
        let days = [read.deadline, read.start, read.end].map(|day| day.map(|day| day.to_string()));
        assert_eq!(days.each_ref().map(Option::as_deref), expected, "{text}");
    };
    check("Start 1 februari 2027. Svara senast 15 december.", [Some("2026-12-15"), Some("2027-02-01"), None]);
    check(
        "Från 1 mars till 30 september. Offert senast 10/12.",
        [Some("2026-12-10"), Some("2027-03-01"), Some("2027-09-30")],
    );
    check("Starting January 11, ends t.o.m. 2027-06-30", [None, Some("2027-01-11"), Some("2027-06-30")]);
    check("Vi vill börja vecka 3, svar senast fredag", [Some("2026-11-27"), Some("2027-01-22"), None]);
}

#[test]
fn sums_are_whole_kronor_for_the_whole_need() {
    let check = |text: &str, expected: Option<i64>| assert_eq!(read(text).value_sek, expected, "{text}");
    for (text, expected) in [
        ("Budget ca 50 000 kr", 50_000),
        ("Budget ca 50\u{a0}000 kr.", 50_000),
        ("max 700 tkr", 700_000),
        ("max 700tkr per år", 700_000),
        ("ungefär 1,2 mkr", 1_200_000),
        ("ungefär 1.2 miljoner kronor", 1_200_000),
        ("80.000 kronor", 80_000),
        ("kostar 1 250 000 SEK exkl. moms", 1_250_000),
        ("SEK 80,000", 80_000),
        ("50 000:- plus moms", 50_000),
        ("50-70 tkr", 70_000),
        ("50 000–70 000 kr", 70_000),
        ("max 90 000 kr, i dag betalar vi 450 kr/timme", 90_000),
        ("about 2 million SEK", 2_000_000),
    ] {
        check(text, Some(expected));
    }
    for text in [
        "450 kr/timme",
        "450 kr per timme",
        "85 kr per portion",
        "20 anställda",
        "1 000 EUR",
        "0 kr",
        "2026 kräver mer",
    ] {
        check(text, None);
    }
}

#[test]
fn places_are_names_and_postal_codes_of_the_county() {
    let check = |text: &str, expected: &str| {
        let codes: Vec<String> = read(text).places.iter().map(|place| place.code().to_owned()).collect();
        assert_eq!(codes.join("|"), expected, "{text}");
    };
    check("Städning i Jönköping och Huskvarna.", "0680");
    check("Vi finns i Nässjö kommun och i Tranås", "0682|0687");
    check("Jönköpings kommuns förskolor", "0680");
    check("Leverans till Storgatan 1, 571 31 NÄSSJÖ", "0682");
    check("Leverans till 33131", "0683");
    check("Hela Jönköpings län", "06");
    check("Work in Stockholms län", "01");
    check("Work in Vetlanda", "0685");
    check("Vi bor bra här", "");
    check("Vi gör det\n\nMvh\nAnna\nStorgatan 1, 553 15 Jönköping", "0680");
}

const MAIL: &str = "Från: Anna Ek <anna@vatterbygg.example>\n\
    Skickat: den 20 november 2026 10:12\n\
    Till: info@samhandla.example\n\
    Ämne: SV: Städning av kontor i Jönköping\n\
    \n\
    Hej!\n\
    \n\
    Vi på Vätterbygg AB behöver städning två gånger i veckan av vårt kontor, ca 300 kvm.\n\
    Budgeten är max 90 tkr per år. Start 1 februari. Svara senast fredag vecka 50.\n\
    \n\
    Med vänlig hälsning\n\
    Anna Ek\n\
    Vätterbygg AB, 556000-4615\n\
    https://vatterbygg.example\n\
    \n\
    Från: Per <per@annan.example>\n\
    Ämne: Gammalt\n\
    Svara senast 2026-11-30.\n";

#[test]
fn a_mail_becomes_a_request_without_its_headers_signature_and_older_mails() {
    let read = read(MAIL);
    assert_eq!(read.title, "Städning av kontor i Jönköping");
    assert!(read.text.starts_with("Vi på Vätterbygg AB behöver") && read.text.ends_with("vecka 50."), "{}", read.text);
    assert_eq!(read.email.as_ref().map(|email| email.as_str()), Some("anna@vatterbygg.example"));
    assert_eq!((read.buyer_name.as_str(), read.buyer_kind), ("Vätterbygg AB", Some(BuyerKind::Private)));
    assert_eq!(read.deadline.map(|day| day.to_string()).as_deref(), Some("2026-12-11"));
    assert_eq!(read.start.map(|day| day.to_string()).as_deref(), Some("2027-02-01"));
    assert_eq!((read.value_sek, read.kind), (Some(90_000), NeedKind::Request));
    assert_eq!(read.url, "https://vatterbygg.example");
    assert_eq!(read.places.len(), 1);
}

#[test]
fn three_lines_are_enough_and_nothing_is_made_up() {
    let read = read(
        "Hej, vi behöver fruktkorgar varje vecka till kontoret i Värnamo.\nMax 40 000 kr om året.\nSvar senast 15/12.",
    );
    assert_eq!(read.title, "vi behöver fruktkorgar varje vecka till kontoret i Värnamo");
    assert_eq!((read.value_sek, read.places[0].code()), (Some(40_000), "0683"));
    let read = propose("Gräs", today());
    assert_eq!((read.title.as_str(), read.text.as_str(), read.deadline, read.value_sek), ("Gräs", "Gräs", None, None));
    assert_eq!((read.email, read.org_no, read.buyer_kind, read.places), (None, None, None, Vec::new()));
    assert_eq!(propose("", today()).title, "");
}

#[test]
fn the_kind_and_the_buyer_follow_the_words() {
    let check = |text: &str, kind: NeedKind, buyer: Option<BuyerKind>, name: &str| {
        let read = read(text);
        assert_eq!((read.kind, read.buyer_kind, read.buyer_name.as_str()), (kind, buyer, name), "{text}");
    };
    let (public, nonprofit, private) = (BuyerKind::Public, BuyerKind::Nonprofit, BuyerKind::Private);
    check("Direktupphandling av catering, Eksjö kommun", NeedKind::DirectAward, Some(public), "Eksjö kommun");
    check("Upphandling av ramavtal. Region Jönköpings län", NeedKind::Tender, Some(public), "Region Jönköpings län");
    check("Kommunen vill köpa lunch", NeedKind::Request, Some(public), "");
    check("Our company needs lunch", NeedKind::Request, Some(private), "");
    check("Föreningen vill ha snickare", NeedKind::Request, Some(nonprofit), "");
    check(
        "A direct award of cleaning by Habo Mekaniska AB.",
        NeedKind::DirectAward,
        Some(private),
        "Habo Mekaniska AB",
    );
}

#[test]
fn any_text_is_read_without_panic() {
    let pieces = [
        "senast ", "v", "v.", "15:e ", "åäö", "\u{a0}", "/", "-", "sista", "om ett ", "SEK ", "1.000.00", "\u{301}",
        "553", " 1", "å/ä", ":-", "\n",
    ];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        read(&text);
    }
}
