//! Readings of published notices, compared with the values that the SDK's own paths give.
//! The data stand beside the repository; without them the test says so, and fails only in CI.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::BufReader,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Reading, Record, dump_notice, files, input, read_asf, read_needs, relative_dates::fill_relative_dates};
use crate::domain::{
    asf::NewAsf,
    need::{NeedStatus, NewLot, NewNeed},
    place::Place,
    reservation::{Reservation, SocialConsideration},
};

/// The folder beside the repository; `None` when it is absent and nobody demands it.
fn data() -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if data.is_dir() {
        return Some(data);
    }
    assert!(std::env::var_os("CI").is_none(), "the notices are missing: {}", data.display());
    println!("skipped: no notices at {}", data.display());
    None
}

fn read_file(path: &Path) -> Vec<Record<NewNeed>> {
    read_needs(&path.display().to_string(), BufReader::new(fs::File::open(path).unwrap())).collect()
}

/// Expected values by field and lot, each with its qualifier (language or currency).
type Expected = BTreeMap<(String, String), Vec<(String, String)>>;

fn expected(data: &Path) -> BTreeMap<String, Expected> {
    let mut files: BTreeMap<String, Expected> = BTreeMap::new();
    for row in ::csv::Reader::from_path(data.join("eforms/expected.csv")).unwrap().into_records() {
        let row = row.unwrap();
        let key = (row[1].to_owned(), row[2].to_owned());
        files
            .entry(row[0].to_owned())
            .or_default()
            .entry(key)
            .or_default()
            .push((row[3].to_owned(), row[4].to_owned()));
    }
    files
}

/// The list of expected values leaves out BT-630, so these are read off the notice.
const INTEREST_DEADLINES: &[(&str, &str)] = &[("sdk-examples/pin-cfc-social_24.xml", "2023-05-31T12:00:00Z")];

struct Comparison<'a> {
    file: &'a str,
    expected: &'a Expected,
    compared: usize,
    mismatches: Vec<String>,
}

impl Comparison<'_> {
    fn values(&self, field: &str, lot: &str) -> Vec<&(String, String)> {
        self.expected.get(&(field.to_owned(), lot.to_owned())).into_iter().flatten().collect()
    }

    fn plain(&self, field: &str, lot: &str) -> Vec<&str> {
        self.values(field, lot).into_iter().map(|(_, value)| value.as_str()).collect()
    }

    fn one(&self, field: &str, lot: &str) -> Option<&str> {
        self.plain(field, lot).first().copied()
    }

    /// The version in Swedish, else in the language of the notice, else the first; one line.
    fn text(&self, field: &str, lot: &str) -> Option<String> {
        let versions = self.values(field, lot);
        let own = self.one("BT-702(a)-notice", "").unwrap_or_default();
        let by = |wanted: &str| versions.iter().find(|(language, _)| language == wanted);
        let (_, text) = by("SWE").or_else(|| by(own)).or(versions.first())?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, read: T, expected: T) {
        self.compared += 1;
        if read != expected {
            self.mismatches.push(format!("{} {what}: read {read:?}, expected {expected:?}", self.file));
        }
    }

    fn notice(&mut self, need: &NewNeed) {
        let id = self.one("BT-04-notice", "").or(self.one("BT-701-notice", "")).map(str::to_owned);
        self.same("BT-04", Some(need.external_id.clone()), id);
        let number = self.one("OPP-010-notice", "").map(str::to_owned);
        self.same("OPP-010", need.publication_no.clone(), number);
        let published = self.one("OPP-012-notice", "").map(|date| date[..10].to_owned());
        self.same("OPP-012", need.published_on.map(|day| day.to_string()), published);
        let title = self.text("BT-21-Procedure", "").or_else(|| self.text("BT-21-Lot", &need.lots[0].lot_no));
        self.same("BT-21-Procedure", Some(need.title.clone()), title);
        self.same("BT-24-Procedure", need.text.clone(), self.text("BT-24-Procedure", "").unwrap_or_default());
        self.buyer(need);
        let mut lots: Vec<String> = self
            .expected
            .keys()
            .map(|(_, lot)| lot.clone())
            .filter(|l| l.starts_with("LOT") || l.starts_with("PAR"))
            .collect();
        lots.sort();
        lots.dedup();
        self.same("BT-137", need.lots.iter().map(|lot| lot.lot_no.clone()).collect(), lots);
        for lot in &need.lots {
            self.lot(lot, need.lots.len() == 1);
        }
    }

    /// The list has no link from a name to its organisation but their order.
    fn buyer(&mut self, need: &NewNeed) {
        let ids = self.plain("OPT-200-Organization-Company", "");
        let wanted = self.one("OPT-300-Procedure-Buyer", "");
        let Some(at) = ids.iter().position(|id| Some(*id) == wanted) else { return };
        let count = ids.len();
        let names = self.values("BT-500-Organization-Company", "");
        let languages = ["SWE", self.one("BT-702(a)-notice", "").unwrap_or_default()];
        let names = languages.iter().find_map(|language| {
            let own: Vec<String> =
                names.iter().filter(|(of, _)| of == language).map(|(_, name)| name.clone()).collect();
            (own.len() == count).then_some(own)
        });
        // A company without a name in that language breaks the order: nothing to compare with.
        if let Some(names) = names {
            self.same("BT-500", need.buyer.name.clone(), names[at].clone());
        }
        let (numbers, countries) =
            (self.plain("BT-501-Organization-Company", ""), self.plain("BT-514-Organization-Company", ""));
        if numbers.len() == count && countries.len() == count {
            let swedish = (countries[at] == "SWE").then(|| numbers[at].replace(['-', ' '], ""));
            let swedish = swedish.filter(|number| number.len() == 10);
            self.same("BT-501", need.buyer.org_no.as_ref().map(|no| no.as_str().to_owned()), swedish);
        }
    }

    fn lot(&mut self, lot: &NewLot, is_only_one: bool) {
        let id = lot.lot_no.as_str();
        let title = self.text("BT-21-Lot", id).or_else(|| self.text("BT-21-Procedure", ""));
        self.same(&format!("BT-21 {id}"), Some(lot.title.clone()), title);
        let text = self.text("BT-24-Lot", id).or_else(|| self.text("BT-24-Procedure", ""));
        self.same(&format!("BT-24 {id}"), lot.text.clone(), text.unwrap_or_default());
        let codes = |main: &str, more: &str, lot: &str| {
            let mut codes = self.plain(main, lot);
            codes.extend(self.plain(more, lot));
            let mut once: Vec<String> = Vec::new();
            codes.into_iter().for_each(|code| {
                if !once.iter().any(|c| c == code) {
                    once.push(code.to_owned())
                }
            });
            once
        };
        let own = codes("BT-262-Lot", "BT-263-Lot", id);
        let cpv = if own.is_empty() { codes("BT-262-Procedure", "BT-263-Procedure", "") } else { own };
        self.same(&format!("BT-262/263 {id}"), lot.cpv.iter().map(|c| c.as_str().to_owned()).collect(), cpv);
        let own = self.plain("BT-5071-Lot", id);
        let nuts = if own.is_empty() { self.plain("BT-5071-Procedure", "") } else { own };
        let places = nuts.iter().map(|code| Place::parse(code).unwrap()).collect::<Vec<_>>();
        self.same(&format!("BT-5071 {id}"), lot.places.clone(), places);
        let (deadline, is_doubtful) = self.deadline(id);
        self.same(&format!("BT-131 {id}"), lot.deadline_at, deadline);
        self.same(&format!("doubtful {id}"), lot.deadline_doubtful, is_doubtful);
        self.same(&format!("BT-27 {id}"), lot.value_sek, self.value(id, is_only_one));
        self.reservation(lot);
    }

    fn deadline(&self, id: &str) -> (Option<DateTime<Utc>>, bool) {
        if let Some((_, at)) = INTEREST_DEADLINES.iter().find(|(file, _)| self.file.ends_with(file)) {
            return (Some(at.parse().unwrap()), false);
        }
        let found = ["BT-131", "BT-1311"].iter().find_map(|field| {
            let date = self.one(&format!("{field}(d)-Lot"), id)?;
            let time = self.one(&format!("{field}(t)-Lot"), id)?;
            let (day, clock) = (&date[..10], &time[..8]);
            let at = |offset: &str| DateTime::parse_from_rfc3339(&format!("{day}T{clock}{offset}")).unwrap().to_utc();
            let (one, other) = (at(&date[10..]), at(&time[8..]));
            Some((one.min(other), one != other))
        });
        (found.map(|(at, _)| at), found.is_some_and(|(_, doubtful)| doubtful))
    }

    /// SEK only; the total of the procedure stands for its only lot.
    fn value(&self, id: &str, is_only_one: bool) -> Option<i64> {
        let sek = |field: &str, lot: &str| {
            let (_, amount) = self.values(field, lot).into_iter().find(|(currency, _)| currency == "SEK")?;
            amount.split('.').next()?.parse().ok()
        };
        let total = || sek("BT-27-Procedure", "").or_else(|| sek("BT-271-Procedure", ""));
        sek("BT-27-Lot", id).or_else(|| sek("BT-271-Lot", id)).or_else(|| total().filter(|_| is_only_one))
    }

    fn reservation(&mut self, lot: &NewLot) {
        let id = lot.lot_no.as_str();
        let has = |field: &str, code: &str| self.plain(field, id).contains(&code);
        let reservation = if has("BT-71-any", "res-ws") {
            Reservation::ShelteredOrIntegration
        } else if has("BT-71-any", "res-pub-ser") {
            Reservation::Participatory
        } else if has("BT-736-any", "yes") {
            Reservation::ShelteredProgramme
        } else {
            Reservation::None
        };
        let is_employment = has("BT-775-Lot", "opp");
        self.same(&format!("BT-71/736 {id}"), lot.reservation, reservation);
        self.same(&format!("BT-775 {id}"), lot.social.contains(&SocialConsideration::Employment), is_employment);
    }
}

#[test]
fn published_notices_are_read_as_the_sdk_reads_them() {
    let Some(data) = data() else { return };
    let (mut compared, mut notices, mut mismatches) = (0, 0, Vec::new());
    for (file, expected) in &expected(&data) {
        let [record] = &read_file(&data.join(file))[..] else { panic!("{file}: one notice, one record") };
        if let Reading::Read(need) = &record.reading {
            let mut comparison = Comparison { file, expected, compared: 0, mismatches: Vec::new() };
            comparison.notice(need);
            compared += comparison.compared;
            notices += 1;
            mismatches.extend(comparison.mismatches);
        }
    }
    println!("{notices} notices, {compared} values compared");
    assert!(mismatches.is_empty(), "{} mismatches:\n{}", mismatches.len(), mismatches.join("\n"));
    assert!(notices >= 18 && compared > 300, "{notices} notices, {compared} values");
}

/// Both examples that are invalid on purpose show it: one has two main CPV codes in a lot, the other
/// demands a tender for both lots and allows one.
#[test]
fn every_notice_is_read_or_says_why_not() {
    let Some(data) = data() else { return };
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut rejected = Vec::new();
    for input in files(&[data.join("eforms/notices"), data.join("ted-export")]) {
        let input::Input::File(path) = input else { panic!("{input:?}") };
        for record in read_file(&path) {
            let outcome = match record.reading {
                Reading::Read(need) => format!("{} {}", need.source, need.notice.unwrap().form.as_str()),
                Reading::Skipped { reason } => format!("skipped {reason}"),
                Reading::Rejected(refusal) => {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    rejected.push((name, refusal.rule, refusal.detail));
                    continue;
                }
            };
            *outcomes.entry(outcome).or_default() += 1;
        }
    }
    println!("{outcomes:#?}\n{rejected:#?}");
    let demands = "BT-763 demands a tender for all 2 lots, BT-31 allows 1";
    let repeats = "BT-262 (LOT-0001): 2 main classifications where one is allowed";
    let expected = [
        ("INVALID_change-cn_24_FRA_comments.xml", "rejected-notice-contradiction", demands),
        ("INVALID_cn_24_multiple.xml", "rejected-repeated", repeats),
    ];
    let expected = expected.map(|(file, rule, detail)| (file.to_owned(), rule, detail.to_owned()));
    assert_eq!(rejected, expected);
    let expected = [
        ("eforms change", 6),
        ("eforms competition", 24),
        ("eforms planning", 3),
        ("eforms result", 4),
        ("skipped buyer-profile-notice", 1),
        ("ted-export competition", 15),
        ("ted-export modification", 4),
        ("ted-export planning", 8),
        ("ted-export result", 14),
        ("ted-export voluntary", 14),
    ];
    assert_eq!(outcomes, expected.map(|(outcome, count)| (outcome.to_owned(), count)).into());
}

/// Every value that the SDK's paths give is in the dump, and the dump has no other of these fields.
#[test]
fn the_dump_of_every_file_is_what_the_sdk_reads() {
    let Some(data) = data() else { return };
    let rows: Vec<[String; 5]> = ::csv::Reader::from_path(data.join("eforms/expected.csv"))
        .unwrap()
        .into_records()
        .map(|row| row.unwrap())
        .map(|row| [0, 1, 2, 3, 4].map(|at| row[at].to_owned()))
        .collect();
    let fields: BTreeSet<String> = rows.iter().map(|row| row[1].clone()).collect();
    let named: BTreeSet<String> = rows.iter().map(|row| row[0].clone()).collect();
    let mut read: Vec<[String; 5]> = Vec::new();
    for file in &named {
        let bytes = BufReader::new(fs::File::open(data.join(file)).unwrap());
        for value in dump_notice(file, bytes).unwrap() {
            read.push([value.file, value.field, value.lot, value.qualifier, one_line(&value.value)]);
        }
    }
    read.retain(|row| fields.contains(row[1].as_str()));
    read.sort();
    let mut expected: Vec<[String; 5]> = rows;
    expected.iter_mut().for_each(|row| row[4] = one_line(&row[4]));
    expected.sort();
    let missing: Vec<_> = expected.iter().filter(|row| !read.contains(row)).collect();
    let extra: Vec<_> = read.iter().filter(|row| !expected.contains(row)).collect();
    println!("{} files, {} fields, {} values", named.len(), fields.len(), expected.len());
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:#?}\nextra {extra:#?}");
    assert_eq!(read, expected, "a value is read as often as it stands there");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is read from the older format agrees with the list beside the files.
#[test]
fn notices_of_the_older_format_agree_with_their_list() {
    let Some(data) = data() else { return };
    let mut compared = 0;
    for row in ::csv::Reader::from_path(data.join("ted-export.csv")).unwrap().into_records() {
        let row = row.unwrap();
        let [record] = &read_file(&data.join(&row[0]))[..] else { panic!("{}", &row[0]) };
        let need = match &record.reading {
            Reading::Read(need) => need,
            Reading::Skipped { reason } => {
                assert_eq!((*reason, &row[4]), ("buyer-profile-notice", "F08_2014"));
                continue;
            }
            Reading::Rejected(refusal) => panic!("{}: {refusal}", &row[0]),
        };
        let (file, lot) = (&row[0], &need.lots[0]);
        assert_eq!(need.publication_no.as_deref(), Some(&row[1]), "{file}");
        assert_eq!(lot.cpv[0].as_str(), &row[5], "{file}");
        if !row[7].is_empty() {
            assert_eq!(need.title, super::text::clean(&row[7]), "{file}");
        }
        let listed: Vec<Place> = row[6].split('|').filter_map(|code| Place::parse(code).ok()).collect();
        let read = need.lots.iter().flat_map(|lot| &lot.places);
        for place in read.filter(|place| !matches!(place, Place::Municipality(_))) {
            assert!(listed.contains(place), "{file}: {place} is not in {}", &row[6]);
        }
        let is_reserved = need.lots.iter().any(|lot| lot.reservation != Reservation::None);
        assert_eq!(is_reserved, !row[8].is_empty(), "{file}: {}", &row[8]);
        assert_eq!(need.language.code(), row[2].to_lowercase(), "{file}: {}", need.title);
        compared += 1;
    }
    println!("{compared} notices of the older format compared");
    assert_eq!(compared, 55);
}

/// The sample data of `demo`, with their dates filled in.
#[test]
fn the_sample_data_are_read_in_full() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo");
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let filled = |path: &Path| fill_relative_dates(&fs::read_to_string(path).unwrap(), today);
    let mut wrong = Vec::new();
    for input in files(&[demo.join("notices"), demo.join("needs.csv")]) {
        let input::Input::File(path) = input else {
            println!("skipped: no sample data at {}", demo.display());
            continue;
        };
        for record in read_needs(&path.display().to_string(), filled(&path).as_bytes()) {
            match &record.reading {
                Reading::Skipped { .. } => {}
                Reading::Read(need) if need.status != NeedStatus::Open => {}
                Reading::Read(need) if need.lots.iter().all(|lot| lot.deadline_at.is_some()) => {}
                _ => wrong.push(format!("{record:?}")),
            }
        }
    }
    if demo.join("asf.csv").is_file() {
        let records: Vec<Record<NewAsf>> = read_asf("asf.csv", filled(&demo.join("asf.csv")).as_bytes()).collect();
        assert!(records.len() > 1);
        wrong.extend(records.iter().filter(|r| !matches!(r.reading, Reading::Read(_))).map(|r| format!("{r:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
