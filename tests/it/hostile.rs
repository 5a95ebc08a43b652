//! Files made to hurt, each read by a process of its own: how much memory and time it takes, what it says, and that
//! nothing is written but to its own data directory.

use std::{
    fs::{self, File},
    io::{BufReader, Cursor, Read as _, Write as _},
    ops::ControlFlow,
    path::Path,
    process::Command,
};

use flate2::{Compression, write::GzEncoder};
use samhandla::{
    domain::language::Language,
    intake::{self, Reading, archive::Document},
    words::Words,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Most that reading one file may take, of a test build with everything that it links.
const MOST_MIB: u64 = 128;
/// Longest that it may compute. Time of the processor, since others share it with us.
const MOST_SECONDS: f64 = 2.0;

/// Names the file for the process that reads it.
const FILE: &str = "SAMHANDLA_HOSTILE_FILE";

const ROWS: &str = "external_id,title,buyer_name\n1,Städning,Kommunen\n";

/// Reads the file that the test below names, and prints what it took.
#[test]
#[ignore = "it is run by the test below, in a process of its own"]
fn reads_one_file() {
    #[expect(clippy::disallowed_methods, reason = "the test below says which file")]
    let path = std::env::var(FILE).unwrap();
    let mut said = Vec::new();
    intake::visit_documents("fil", File::open(&path).unwrap(), &mut |name, document| {
        match document {
            Document::Content(bytes) => {
                for record in intake::read_needs(name, bytes) {
                    match record.reading {
                        Reading::Read(_) => said.push("read".to_owned()),
                        Reading::Skipped { reason } => said.push(reason.to_owned()),
                        Reading::Rejected(refusal) => said.push(refusal.rule.to_owned()),
                    }
                }
            }
            Document::Skipped(reason) => said.push(reason.to_owned()),
            Document::Refused(refusal) => said.push(refusal.rule.to_owned()),
        }
        ControlFlow::Continue(())
    });
    intake::read_asf("fil", BufReader::new(File::open(&path).unwrap())).for_each(drop);
    said.dedup();
    println!("\nsaid {}", said.join(" "));
    println!("mib {}", status("VmHWM") / 1024);
    println!("seconds {}", processor_seconds());
}

fn status(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let value = status.lines().find(|l| l.starts_with(line)).unwrap();
    value.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// User and system time of this process (proc(5), fields 14 and 15, in hundredths).
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap() / 100.0).sum()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Written by hand, since the library refuses names that lead out.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// An XML file that is repeated text between a head and a tail.
fn repeated(head: &str, piece: &str, times: usize, tail: &str) -> Vec<u8> {
    [head, &piece.repeat(times), tail].concat().into_bytes()
}

fn workbook_of(sheet: &[u8]) -> Vec<u8> {
    let original = samhandla::intake::template::workbook(samhandla::intake::template::Noun::Needs).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(original)).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        let name = member.name().unwrap().into_owned();
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(if name.ends_with("sheet1.xml") { sheet } else { &bytes }).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const NOTICE: &str = "<ContractNotice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2\" \
    xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">";

/// Each with what it must say, in order; `read` stands for a record that is read.
fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    const MIB: usize = 1 << 20;
    let laughs = "<!DOCTYPE a [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&c;&c;</a>";
    let outside = "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">]><a>&x;</a>";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(ROWS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (zipped, gzipped) = (zip(&[("a.csv", ROWS.as_bytes())]), gzip(&tar(&[("a.csv", ROWS.as_bytes())])));
    let swelling = repeated(NOTICE, &format!("<cbc:X>{}</cbc:X>", "x".repeat(MIB)), 40, "");
    let rows = [ROWS.as_bytes(), &b"2,Snickeri,Kommunen\n"[..]].concat();
    vec![
        ("entity bomb", laughs.into(), "rejected-doctype"),
        ("entity from outside", outside.into(), "rejected-doctype"),
        ("entity bomb in a zip", zip(&[("a.xml", laughs.as_bytes())]), "rejected-doctype"),
        ("attribute of 11 MB", repeated("<a b=\"", "x", 11 * MIB, "\"/>"), "rejected-too-large"),
        ("10 MB of attributes", repeated("<a", " b=\"1\"", 2 * MIB, "/>"), "rejected-too-large"),
        (
            "text of 60 MB",
            repeated(&format!("{NOTICE}<cbc:Note>"), "x", 60 * MIB, "</cbc:Note></ContractNotice>"),
            "rejected-too-large",
        ),
        ("two million elements", repeated(NOTICE, "<cbc:Note/>", 2 * MIB, "</ContractNotice>"), "rejected-too-large"),
        ("a million levels", repeated(NOTICE, "<cbc:Note>", MIB, ""), "rejected-too-large"),
        ("a million levels of JSON", repeated("", "[", MIB, ""), "rejected-json"),
        ("JSON text of 11 MB", repeated("{\"ocid\":\"", "x", 11 * MIB, "\"}"), "rejected-too-large"),
        ("cell of 11 MB", repeated("external_id,title,buyer_name\n1,", "x", 11 * MIB, ",x\n"), "rejected-too-large"),
        ("a million columns", repeated("external_id,title,buyer_name", ",x", MIB, "\n1,a,b\n"), "rejected-too-large"),
        ("40 MB of one letter in a zip", zip(&[("a.xml", &swelling)]), "rejected-too-large rejected-archive-size"),
        ("40 MB of one letter in a gzip", gzip(&swelling), "rejected-too-large"),
        ("zip in a zip", zip(&[("a.xml", &zipped)]), "rejected-nested-archive"),
        (
            "workbook that swells",
            workbook_of(&repeated("<worksheet><sheetData>", " ", 80 * MIB, "")),
            "rejected-archive-size",
        ),
        ("UTF-16", utf16, "rejected-encoding"),
        ("Latin-1", b"external_id,title,buyer_name\n1,St\xe4d,Kommunen\n".to_vec(), "rejected-encoding"),
        ("encoding that is not", b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>".to_vec(), "rejected-encoding"),
        ("cut zip", zipped[..zipped.len() / 2].to_vec(), "rejected-unreadable rejected-archive"),
        ("cut tar.gz", gzipped[..gzipped.len() / 2].to_vec(), "rejected-unreadable"),
        ("cut workbook", workbook_of(b"<worksheet/>")[..2_000].to_vec(), "rejected-sheet"),
        ("zip that leads out", zip(&[("../../../../tmp/samhandla-ut.csv", &rows)]), "read"),
        (
            "tar that leads out",
            tar(&[("../../../../tmp/samhandla-ut.csv", &rows), ("/tmp/samhandla-ut.csv", &rows)]),
            "read",
        ),
    ]
}

#[test]
fn each_costs_little_and_says_why_in_swedish() {
    let words = Words::embedded().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    for (name, bytes, expected) in files() {
        let path = folder.path().join("fil");
        fs::write(&path, &bytes).unwrap();
        let size = bytes.len();
        drop(bytes);
        let took = in_own_process(&path);
        println!("{name}: {size} bytes, {} MiB, {} s, {}", took.mib, took.seconds, took.said);
        if took.mib > MOST_MIB || took.seconds > MOST_SECONDS || took.said != expected {
            faults.push(format!("{name}: {} MiB, {} s, {} instead of {expected}", took.mib, took.seconds, took.said));
        }
        for rule in expected.split(' ').filter(|rule| *rule != "read") {
            let reason = words.text(Language::Sv, rule, &[]);
            assert!(reason.ends_with('.') && !reason.contains("rejected"), "{name}: {reason}");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!Path::new("/tmp/samhandla-ut.csv").exists(), "an archive wrote outside");
}

struct Took {
    said: String,
    mib: u64,
    seconds: f64,
}

fn in_own_process(path: &Path) -> Took {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["hostile::reads_one_file", "--exact", "--ignored", "--nocapture"])
        .env(FILE, path)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let line = |word: &str| {
        let line = printed.lines().find_map(|line| line.strip_prefix(&format!("{word} ")));
        line.unwrap_or_else(|| panic!("no {word}: {printed}")).to_owned()
    };
    Took { said: line("said"), mib: line("mib").parse().unwrap(), seconds: line("seconds").parse().unwrap() }
}
